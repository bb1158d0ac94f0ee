"""Who is reached and who is not, counted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from distribute.domain.audience import Contact, SkipReason
from distribute.domain.plan import Plan, Recipient, Skip
from distribute.rendering.tally import (
    MOST_BARS,
    REASONS,
    Bar,
    label_letters,
    language_name,
    tally_recipients,
    tally_skips,
)
from tests.channels.conftest import make_letter

LETTER = make_letter(variant="fr-press", language="fr")


def plan(regions: Sequence[str] = (), reasons: Sequence[SkipReason] = ()) -> Plan:
    contacts = [Contact(email=f"{i}@example.com", region=region, list_name="b") for i, region in enumerate(regions)]
    return Plan(
        id="belarus-1",
        release="belarus",
        edition=1,
        headline="Belarus",
        created_at=datetime(2026, 11, 22, tzinfo=UTC),
        channels=(),
        lift=None,
        letters={"fr-press": LETTER},
        recipients=tuple(Recipient(key=c.email, contact=c, variant="fr-press") for c in contacts),
        messages=(),
        posts=(),
        skips=tuple(Skip(channel="email", recipient="a@example.com", reason=reason) for reason in reasons),
        batches=(),
    )


def test_the_greatest_comes_first_and_equals_in_the_order_of_their_names() -> None:
    by_list, by_language, by_region = tally_recipients(plan(["Ontario", "Québec", "", "Québec"]))
    assert by_list.bars == (Bar("b", 4, 1.0),)
    assert by_language.bars == (Bar("French", 4, 1.0),)
    assert by_region.bars == (Bar("Québec", 2, 0.5), Bar("Ontario", 1, 0.25), Bar("not given", 1, 0.25))


def test_many_small_bars_become_one() -> None:
    regions = tally_recipients(plan([f"Region {i:02}" for i in range(MOST_BARS + 4)]))[2]
    assert len(regions.bars) == MOST_BARS + 1
    assert (regions.bars[-1].label, regions.bars[-1].count) == ("4 others", 4)
    assert sum(bar.share for bar in regions.bars) == pytest.approx(1)


def test_one_small_bar_more_keeps_its_own_name() -> None:
    regions = tally_recipients(plan([f"Region {i:02}" for i in range(MOST_BARS + 1)]))[2]
    assert [bar.count for bar in regions.bars] == [1] * (MOST_BARS + 1)
    assert regions.bars[-1].label == f"Region {MOST_BARS:02}"


def test_a_letter_is_called_by_what_is_in_it_and_never_by_its_id() -> None:
    both = replace(LETTER, variant="3f", versions=("en", "fr"))
    noted = replace(LETTER, variant="4a", versions=("fr",), note_list="press")
    letters = {"1c": replace(LETTER, variant="1c"), "2b": replace(LETTER, variant="2b", versions=("en",))}
    for_all = replace(noted, variant="5d", note_list="*")
    labels = label_letters(letters | {"3f": both, "4a": noted, "5d": for_all})
    assert labels == {
        "1c": "French",
        "2b": "French (2)",
        "3f": "English and French",
        "4a": "French, with the note for press",
        "5d": "French, with the covering note",
    }


def test_nobody_makes_no_bar() -> None:
    assert tally_skips(plan()).bars == ()


def test_every_reason_has_words_of_its_own() -> None:
    tally = tally_skips(plan(reasons=list(SkipReason)))
    assert {bar.label for bar in tally.bars} == set(REASONS.values())
    assert len(tally.bars) == len(SkipReason)


@pytest.mark.parametrize(("tag", "name"), [("fr", "French"), ("fr-CA", "French (Canada)"), ("qq", "qq"), ("", "")])
def test_a_language_is_told_by_name(tag: str, name: str) -> None:
    assert language_name(tag) == name
