"""What a post must not do to its release."""

from dataclasses import replace

import pytest

from distribute.domain.release import MediaContact, Quote, Release, ReleaseLine, ReleaseLineKind
from distribute.rendering.fidelity import (
    faults,
    foreign_links,
    invented_numbers,
    leaks,
    misquotations,
    missing_speakers,
    names,
    unpaired_marks,
)


@pytest.fixture
def release(client_release: Release) -> Release:
    return replace(client_release, link="https://example.org/belarus")


def test_the_release_s_own_words_are_faithful(release: Release) -> None:
    assert release.lead
    assert faults(f"{release.headline}\n\n{release.lead.text}\n\nhttps://example.org/belarus", release) == []


def test_marks_that_do_not_pair_are_a_fault(release: Release) -> None:
    assert list(unpaired_marks("She said “no", release))
    assert not list(unpaired_marks("She said “no”", release))


@pytest.mark.parametrize(
    "text",
    [
        "“According to our information not a single criminal case” — Marie Struthers",
        '"According to our  information not a single criminal case" — Marie Struthers',
        "“this dangerous culture of impunity.\n\nUnlike those who govern them” — Marie Struthers",
    ],
)
def test_a_quotation_word_for_word_is_none(text: str, release: Release) -> None:
    assert not list(misquotations(text, release))


@pytest.mark.parametrize(
    "text",
    [
        "“According to our information no criminal case” — Marie Struthers",
        "“According to our information […] criminal case” — Marie Struthers",
        "“the post-election protests, According to our information” — Marie Struthers",
        "“According to our information …” — Marie Struthers",
    ],
)
def test_a_changed_shortened_or_joined_quotation_is_a_fault(text: str, release: Release) -> None:
    assert list(misquotations(text, release))


def test_a_quotation_without_its_speaker_is_a_fault(release: Release) -> None:
    said = "“not a single criminal case has been opened against police”"
    assert list(missing_speakers(said, release)) == ["it quotes Marie Struthers without the name"]
    assert not list(missing_speakers(f"{said}, says Struthers", release))
    assert list(missing_speakers(f"{said}, says Struthersson", release))


def test_a_quoted_term_and_a_quotation_in_the_headline_need_no_speaker(release: Release) -> None:
    titled = replace(release, headline="Belarus: “dangerous culture of impunity” must end")
    assert not list(missing_speakers("Belarus: “dangerous culture of impunity” must end", titled))
    assert not list(missing_speakers("Belarus shows “exceptional restraint”", release))


def test_a_number_the_release_does_not_print_is_a_fault(release: Release) -> None:
    assert not list(invented_numbers("Over 6,700 people, 140 protesters, 26 years: https://example.org/2031", release))
    assert list(invented_numbers("Over 7,000 people", release)) == [
        "it says 7,000, a number the release does not contain"
    ]


def test_a_second_or_a_foreign_link_is_a_fault(release: Release) -> None:
    own = "https://example.org/belarus"
    assert not list(foreign_links(f"Read {own}", release))
    assert list(foreign_links(f"{own} {own}", release)) == ["it has 2 links: a post may have one"]
    assert "https://example.com/x" in next(foreign_links("Read https://example.com/x.", release))


@pytest.mark.parametrize(
    "text",
    [
        "EMBARGOED UNTIL 24 November\n\nBelarus",
        "Belarus\nStrictly embargoed until Tuesday",
        "Embargo: 24 November",
        "SOUS EMBARGO JUSQU’AU 24 novembre",
        "For immediate release: Belarus",
        "Belarus ###",
        "Belarus\n-30-",
        "Call 613-744-7667",
        "Call +1 (613) 744 7667 now",
        "Write to Press@Example.org",
        "Not before Tuesday, please",
    ],
)
def test_what_is_for_journalists_alone_does_not_leak(text: str, release: Release) -> None:
    armed = replace(
        release,
        end_mark="-30-",
        release_line=ReleaseLine(kind=ReleaseLineKind.EMBARGO, raw="Not before  Tuesday"),
        contacts=(*release.contacts, MediaContact(emails=("press@example.org",))),
    )
    assert list(leaks(text, armed))


@pytest.mark.parametrize(
    "text",
    [
        "The EU extends its arms embargo until 2027",
        "Sin embargo, la policía",
        "War ends",
        "On 9-12 August, 100,000 came",
    ],
)
def test_words_that_only_look_like_it_may_be_posted(text: str, release: Release) -> None:
    assert not list(leaks(text, release))


@pytest.mark.parametrize("speaker", ["Marie Struthers", "Marie Struthers, MP", "Marie Struthers Jr."])
def test_a_surname_is_found_behind_titles(speaker: str) -> None:
    assert names("so said STRUTHERS.", speaker)
    assert not names("so said Marie", speaker)


def test_every_fault_is_reported_at_once(release: Release) -> None:
    bad = replace(release, quotes=(Quote(text="x"),))
    assert len(faults("“We never said this”, said 99 people ### https://example.com", bad)) == 4
