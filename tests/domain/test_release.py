"""A release says what it knows and nothing else; its slug is a name every file system takes."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from distribute.domain.release import Block, BlockKind, Release, ReleaseLine, ReleaseLineKind, slugify

LIFT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


# ---- absent parts


def test_a_release_invents_nothing() -> None:
    release = Release(headline=None)
    parts = dataclasses.asdict(release)
    line = parts.pop("release_line")
    assert {name for name, value in line.items() if value} == {"kind"}
    assert {name for name, value in parts.items() if value} == {"edition"}
    assert release.edition == 1


# ---- the embargo


def test_an_embargo_lifts_at_its_instant() -> None:
    release = Release(headline="x", release_line=ReleaseLine(kind=ReleaseLineKind.EMBARGO, until=LIFT))
    assert release.release_line.is_embargoed
    assert release.lift == LIFT


def test_an_embargo_that_could_not_be_dated_is_still_one() -> None:
    release = Release(headline="x", release_line=ReleaseLine(kind=ReleaseLineKind.EMBARGO))
    assert release.release_line.is_embargoed
    assert release.lift is None


@pytest.mark.parametrize("kind", [ReleaseLineKind.IMMEDIATE, ReleaseLineKind.NONE])
def test_only_an_embargo_has_a_lift(kind: ReleaseLineKind) -> None:
    release = Release(headline="x", release_line=ReleaseLine(kind=kind, until=LIFT))
    assert not release.release_line.is_embargoed
    assert release.lift is None


# ---- the body


def test_the_lead_is_the_first_paragraph() -> None:
    body = (
        Block(kind=BlockKind.HEADING, text="Background"),
        Block(kind=BlockKind.PARAGRAPH, text="Police must answer."),
        Block(kind=BlockKind.PARAGRAPH, text="They have not."),
    )
    lead = Release(headline="x", body=body).lead
    assert lead is body[1]


def test_a_body_without_paragraphs_has_no_lead() -> None:
    assert Release(headline="x").lead is None
    assert Release(headline="x", body=(Block(kind=BlockKind.LIST, text="one\ntwo"),)).lead is None


def test_the_words_are_those_of_the_body() -> None:
    body = (Block(kind=BlockKind.PARAGRAPH, text="Police  must\nanswer."), Block(kind=BlockKind.QUOTE, text="Now."))
    assert list(Release(headline="not counted", body=body).words()) == ["Police", "must", "answer.", "Now."]


# ---- slugs


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Belarus: Police must be held accountable", "belarus-police-must-be-held-accountable"),
        ("Bélarus : la police doit rendre des comptes", "belarus-la-police-doit-rendre-des-comptes"),
        ("L’État s’engage", "l-etat-s-engage"),
        ("  --  ", ""),
        ("", ""),
        ("Au cœur de la forêt", "au-coeur-de-la-foret"),
        ("Łódź, Straße", "lodz-strasse"),
        ("2 ²", "2-2"),
        ("Belarus—Police", "belarus-police"),
        ("a/../b\\c\x00d", "a-b-c-d"),
        ("CON.txt", "con-txt"),
    ],
)
def test_a_slug_is_plain_letters_digits_and_hyphens(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(("a", "b"), [("L’État", "L'État"), ("l’état", "L’ÉTAT"), ("é", "e\u0301"), ("a – b", "a—b")])
def test_typography_does_not_make_another_release(a: str, b: str) -> None:
    assert slugify(a) == slugify(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Беларусь", "Украина"),
        ("Беларусь 2026", "Украина 2026"),
        ("白俄罗斯", "乌克兰"),
        ("بيلاروس", "أوكرانيا"),
        (
            "Authorities must release " + "every " * 9 + "journalist held in Minsk",
            "Authorities must release " + "every " * 10,
        ),
    ],
)
def test_two_headlines_do_not_share_a_slug(a: str, b: str) -> None:
    """One slug and edition reach a person once: a shared slug would leave people out."""
    assert slugify(a) != slugify(b)


def test_a_long_headline_is_cut_between_words_and_its_digest_follows() -> None:
    assert re.fullmatch(r"alpha-beta-[0-9a-f]{8}", slugify("alpha beta gamma delta", longest=21))
    assert re.fullmatch(r"alpha-[0-9a-f]{8}", slugify("alpha beta gamma delta", longest=18))
    assert slugify("alpha beta gamma delta", longest=22) == "alpha-beta-gamma-delta"


def test_one_long_word_is_its_digest() -> None:
    assert re.fullmatch(r"[0-9a-f]{5}", slugify("Donaudampfschifffahrt", longest=5))


@given(text=st.text(max_size=120), longest=st.integers(1, 80))
@example(text="-a-", longest=1)
@settings(deadline=None)
def test_any_text_makes_a_name_every_file_system_takes(text: str, longest: int) -> None:
    slug = slugify(text, longest)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert len(slug) <= longest
    assert slugify(slug, longest) == slug
