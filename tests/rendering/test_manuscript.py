"""What a letter says: the parts in the words of a language, and nothing invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from jinja2 import Environment

from distribute.domain.release import (
    Asset,
    Block,
    BlockKind,
    Dateline,
    MediaContact,
    Release,
    ReleaseLine,
    ReleaseLineKind,
)
from distribute.errors import RenderError
from distribute.rendering.dates import direction
from distribute.rendering.frame import write_footer, write_status
from distribute.rendering.manuscript import Manuscript, write_manuscript
from distribute.rendering.phrases import open_phrases
from distribute.rendering.prose import plain

TORONTO = "America/Toronto"


def manuscript(release: Release, environment: Environment, language: str = "en", own: str = "en") -> Manuscript:
    phrases = open_phrases(environment, language)
    footer = write_footer(
        phrases, organisation="Example", postal_address="1 Road\n\nTown ", unsubscribe_url="https://u/"
    )
    status = write_status(release, phrases, "READER", "OTHERS")
    tongue = open_phrases(environment, own)
    return write_manuscript(release, phrases, organisation="Example", status=status, footer=footer, own=tongue)


def test_nothing_is_said_about_publication_unless_the_release_does(
    client_release: Release, environment: Environment
) -> None:
    status = manuscript(client_release, environment).status
    assert (status.words, status.lifts) == ("Press release", ())


def test_for_immediate_release_is_said_in_the_language(client_release: Release, environment: Environment) -> None:
    release = replace(client_release, release_line=ReleaseLine(kind=ReleaseLineKind.IMMEDIATE))
    assert manuscript(release, environment).status.words == "FOR IMMEDIATE RELEASE"
    assert manuscript(release, environment, "fr").status.words == "POUR DIFFUSION IMMÉDIATE"


def test_an_embargo_names_the_readers_the_issuers_and_the_universal_clock(
    embargoed_release: Release, environment: Environment
) -> None:
    status = manuscript(embargoed_release, environment).status
    assert status.words == "EMBARGOED UNTIL"
    assert status.lifts == ("READER", "that is, OTHERS")


def test_an_embargo_without_an_instant_is_refused(client_release: Release, environment: Environment) -> None:
    release = replace(client_release, release_line=ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw="until Tuesday"))
    with pytest.raises(RenderError, match="embargo"):
        manuscript(release, environment)


@pytest.mark.parametrize("headline", [None, "", " \n"])
def test_a_release_without_a_headline_is_refused(
    client_release: Release, environment: Environment, headline: str | None
) -> None:
    with pytest.raises(RenderError, match="no headline"):
        manuscript(replace(client_release, headline=headline), environment)


def test_a_language_that_is_no_tag_is_refused(client_release: Release, environment: Environment) -> None:
    with pytest.raises(RenderError, match="not a language"):
        manuscript(replace(client_release, language="en\r\nBcc: x"), environment)


@pytest.mark.parametrize(
    ("raw", "start"),
    [
        ("OTTAWA, 1 May", "OTTAWA, 1 May — Amnesty"),
        ("(Ottawa)", "(Ottawa) — Amnesty"),
        ("OTTAWA. –", "OTTAWA. – Amnesty"),
        ("OTTAWA —", "OTTAWA — Amnesty"),
        ("(Ottawa) -", "(Ottawa) - Amnesty"),
    ],
)
def test_the_dateline_runs_into_the_first_paragraph(
    client_release: Release, environment: Environment, raw: str, start: str
) -> None:
    heading = Block(kind=BlockKind.HEADING, text="Heading")
    release = replace(client_release, dateline=Dateline(raw=raw), body=(heading, *client_release.body))
    body = manuscript(release, environment).body
    assert plain(body[0].lines[0]) == "Heading"
    assert plain(body[1].lines[0]).startswith(start)
    assert [span.strong for span in body[1].lines[0]] == [True, False]
    assert plain(body[2].lines[0]).startswith("“The Belarusian")


def test_a_dateline_without_a_paragraph_is_not_lost(client_release: Release, environment: Environment) -> None:
    release = replace(client_release, dateline=Dateline(raw="OTTAWA"), body=(Block(kind=BlockKind.LIST, text="a\nb"),))
    assert plain(manuscript(release, environment).body[0].lines[0]).startswith("OTTAWA")


def test_the_preheader_is_the_lead_cut_at_a_word(client_release: Release, environment: Environment) -> None:
    preheader = manuscript(client_release, environment).preheader
    assert preheader == (
        "Amnesty International calls on the Belarusian authorities to immediately end police violence and to…"
    )


@pytest.mark.parametrize(
    ("lead", "preheader"),
    [
        ("Police held to account", ""),
        ("POLICE HELD to account – Minsk, Tuesday.", "Minsk, Tuesday."),
        ("Police held", ""),
        ("Minsk, Tuesday.", "Minsk, Tuesday."),
    ],
)
def test_the_preheader_never_repeats_the_subject(
    client_release: Release, environment: Environment, lead: str, preheader: str
) -> None:
    body = (Block(kind=BlockKind.PARAGRAPH, text=lead),)
    release = replace(client_release, headline="Police held to account", body=body)
    assert manuscript(release, environment).preheader == preheader


def test_a_lead_that_says_nothing_new_leaves_the_preheader_to_the_subhead(
    client_release: Release, environment: Environment
) -> None:
    lead = replace(client_release.body[0], text=client_release.headline or "")
    release = replace(client_release, body=(lead,), subheads=("Hundreds tell of torture",))
    assert manuscript(release, environment).preheader == "Hundreds tell of torture"
    assert manuscript(replace(release, subheads=()), environment).preheader == ""


@pytest.mark.parametrize(
    ("phone", "href", "words"),
    [
        ("+16137447667;ext=236", "tel:+1-613-744-7667;ext=236", "+1 613-744-7667 ext. 236"),
        ("+33199001234", "tel:+33-1-99-00-12-34", "+33 1 99 00 12 34"),
        ("newsdesk after six", None, "newsdesk after six"),
    ],
)
def test_a_telephone_number_can_be_dialled_and_read(
    client_release: Release, environment: Environment, phone: str, href: str | None, words: str
) -> None:
    release = replace(client_release, contacts=(MediaContact(name="A", phones=(phone,)),))
    (telephone,) = manuscript(release, environment).contacts[0].phones
    assert (telephone.href, f"{telephone.words} {telephone.extension}".rstrip()) == (href, words)


def test_one_contact_and_several_have_their_own_heading(full_release: Release, environment: Environment) -> None:
    assert manuscript(full_release, environment).contacts_heading == "Media contacts (not for publication)"
    one = replace(full_release, contacts=full_release.contacts[:1])
    assert manuscript(one, environment, "fr").contacts_heading == "Contact presse (ne pas publier)"


def test_the_boilerplate_keeps_its_own_heading(full_release: Release, environment: Environment) -> None:
    for text in ("About Us\nWe watch.", "About Us\n\nWe watch."):
        boilerplate = manuscript(replace(full_release, boilerplate=text), environment).boilerplate
        assert boilerplate is not None
        assert boilerplate.heading == "About Us"
        assert [plain(line) for passage in boilerplate.passages for line in passage.lines] == ["We watch."]


def test_the_boilerplate_gets_our_heading_where_it_has_none(full_release: Release, environment: Environment) -> None:
    boilerplate = manuscript(replace(full_release, boilerplate="We watch.\nWe tell."), environment).boilerplate
    assert boilerplate is not None
    assert boilerplate.heading == "About Example"
    assert len(boilerplate.passages[0].lines) == 2


def test_a_heading_of_notes_is_not_said_twice(full_release: Release, environment: Environment) -> None:
    notes = manuscript(replace(full_release, notes_to_editors="Notes to Editors:\n1. One"), environment).notes
    assert notes is not None
    assert [plain(line) for line in notes.passages[0].lines] == ["1. One"]


def test_only_a_picture_the_reader_can_reach_is_shown(full_release: Release, environment: Environment) -> None:
    release = replace(full_release, assets=(Asset(url="photo.jpg", caption="Lost"), *full_release.assets))
    assert [picture.url for picture in manuscript(release, environment).pictures] == [
        "https://media.example.org/minsk.jpg"
    ]


@pytest.mark.parametrize(
    ("language", "way"), [("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("fr-CA", "ltr")]
)
def test_a_language_has_its_direction(language: str, way: str) -> None:
    assert direction(language) == way


@pytest.mark.parametrize(
    ("heading", "is_kept"),
    [
        ("Note to editors:", False),
        ("Notes for Editors", False),
        ("Editors’ notes", False),
        ("Interviews are possible", True),
        ("Note that nobody was hurt in any of the three villages", True),
        ("Notes were taken.", True),
    ],
)
def test_the_author_s_heading_of_the_notes_is_not_said_beside_ours(
    client_release: Release, environment: Environment, heading: str, is_kept: bool
) -> None:
    release = replace(client_release, notes_to_editors=f"{heading}\n\n1. Names were changed.")
    for language in ("en", "fr"):
        notes = manuscript(release, environment, language).notes
        assert notes is not None
        assert notes.heading == open_phrases(environment, language)("Notes to editors")
        assert (plain(notes.passages[0].lines[0]) == heading) is is_kept
