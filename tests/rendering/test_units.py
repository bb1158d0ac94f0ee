"""The whole units a post is put together from."""

from dataclasses import replace

import pytest

from distribute.domain.release import Block, BlockKind, Quote, Release
from distribute.rendering.units import DESCRIPTION, describe, find_units


def paragraphs(*texts: str, **parts: object) -> Release:
    body = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    return replace(Release(headline="Court frees Elena Ruiz", language="en", body=body), **parts)  # type: ignore[arg-type]


def test_a_quotation_comes_with_name_and_title_and_without_the_comma_of_its_sentence() -> None:
    release = paragraphs(
        "A court freed her.",
        "“We are glad,” said Ana Moreno, a lawyer.",
        quotes=(Quote(text="We are glad,", speaker="Ana Moreno", title="lawyer", blocks=(1,)),),
    )
    assert find_units(release).quotes == ("“We are glad” — Ana Moreno, lawyer",)


@pytest.mark.parametrize(
    ("title", "credit"), [("head of Verité.", "head of Verité"), ("head of Example Inc.", "head of Example Inc.")]
)
def test_a_title_that_ended_its_sentence_loses_the_full_stop_alone(title: str, credit: str) -> None:
    release = paragraphs(
        "A court freed her.",
        f"“We are glad,” said Ana Moreno, {title}",
        quotes=(Quote(text="We are glad,", speaker="Ana Moreno", title=title, blocks=(1,)),),
    )
    assert find_units(release).quotes == (f"“We are glad” — Ana Moreno, {credit}",)


def test_a_quotation_interrupted_by_its_attribution_stays_as_printed() -> None:
    release = paragraphs(
        "A court freed her.",
        "“We are glad,” said Ana Moreno. “We go on.”",
        quotes=(Quote(text="We are glad, We go on.", speaker="Ana Moreno", title="lawyer", blocks=(1,)),),
    )
    assert find_units(release).quotes == ("“We are glad,” said Ana Moreno. “We go on.”",)


def test_an_interruption_by_she_said_gets_the_name_after_it() -> None:
    release = paragraphs(
        "A court freed her.",
        "“We are glad,” she said. “We go on.”",
        quotes=(Quote(text="We are glad, We go on.", speaker="Ana Moreno", title=None, blocks=(1,)),),
    )
    assert find_units(release).quotes == ("“We are glad,” she said. “We go on.” — Ana Moreno",)


@pytest.mark.parametrize("other", ["Bo Li", "Ana Moreno"])
def test_a_paragraph_with_two_quotations_gives_neither_away_half(other: str) -> None:
    release = paragraphs(
        "A court freed her.",
        "“We are glad,” said Ana Moreno. “We go on,” said Bo Li. “We stay.”",
        quotes=(
            Quote(text="We are glad, We stay.", speaker="Ana Moreno", blocks=(1,)),
            Quote(text="Never on.", speaker=other, blocks=(1,)),
        ),
    )
    assert find_units(release).quotes == ()


def test_a_quotation_over_paragraphs_goes_whole() -> None:
    release = paragraphs(
        "A court freed her.",
        "“We are glad.",
        "“We go on,” said Ana Moreno.",
        quotes=(Quote(text="We are glad.\n\nWe go on,", speaker="Ana Moreno", paragraphs=2, blocks=(1, 2)),),
    )
    assert find_units(release).quotes == ("“We are glad.\n\nWe go on” — Ana Moreno",)


def test_a_quotation_over_paragraphs_with_its_attribution_amid_them_does_not_go_at_all(client_release: Release) -> None:
    assert find_units(client_release).quotes == ()


@pytest.mark.parametrize("words", ["more than eighty people were promised it", "Never again", "…and so we go on"])
def test_words_picked_out_of_a_sentence_do_not_stand_alone(words: str) -> None:
    release = paragraphs(
        "A court freed her.",
        f"Ana Moreno wrote that “{words}”.",
        quotes=(Quote(text=words, speaker="Ana Moreno", blocks=(1,)),),
    )
    assert find_units(release).quotes == ()


def test_a_quotation_without_a_speaker_is_not_offered() -> None:
    release = paragraphs("A court freed her.", "“We are glad.”", quotes=(Quote(text="We are glad.", blocks=(1,)),))
    assert find_units(release).quotes == ()


def test_the_first_sentence_takes_the_next_along_when_it_needs_its_speaker() -> None:
    said = "It was “a good day for all”! It was Ana Moreno who said so. Others agreed."
    release = paragraphs(said, quotes=(Quote(text="a good day for all", speaker="Ana Moreno", blocks=(0,)),))
    assert find_units(release).first_sentence == "It was “a good day for all”! It was Ana Moreno who said so."


@pytest.mark.parametrize("lead", ["Read more at https://example.com/elsewhere.", "“Nobody closed this mark.", ""])
def test_a_lead_that_may_not_stand_alone_is_not_offered(lead: str) -> None:
    units = find_units(paragraphs(lead))
    assert (units.lead, units.first_sentence) == (None, None)


def test_a_description_ends_where_a_sentence_does() -> None:
    sentence = "A court in Lima freed Elena Ruiz on Monday after nine years. "
    described = describe(paragraphs(sentence * 9))
    assert described == (sentence * 4).strip()
    assert len(described) <= DESCRIPTION


def test_a_description_has_one_sentence_even_when_it_is_long(client_release: Release) -> None:
    long = "A court " + "in Lima " * 60 + "freed her."
    assert describe(paragraphs(f"{long} It was time.")) == long
    assert client_release.lead
    assert describe(client_release) == client_release.lead.text
    assert describe(Release(headline="Nothing else")) == ""


def test_no_break_spaces_stay_where_the_author_set_them() -> None:
    lead = "Le comité « Vérité » est né."
    assert find_units(paragraphs(lead, language="fr")).lead == lead
