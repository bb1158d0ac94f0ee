"""Which line of a head is the headline, whatever stands above it."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from distribute.domain.release import BlockKind, Release, ReleaseLineKind
from distribute.sources.document import Paragraph
from distribute.sources.headings import choose_headline
from distribute.sources.masthead import HeadClues
from distribute.sources.releases import read_release

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HEADLINE = "Harbour workers win two more days of rest"
BODY = """HALIFAX, 3 November 2026 – Workers in the port will have two more days of rest from January, the union says.

“We waited nine years for a day,” said Ines Calloway, who drives a crane. “Now there are two.”

The port authority signed the agreement on Monday.
"""
LETTERHEADS = {
    "a name": "Lakeland Rights Watch",
    "a name and an address": "Lakeland Rights Watch\n221 Harbour Street\nToronto, ON M5V 2T6\nwww.lakeland.example.org",
    "an office": "Office of the Mayor\nCity of Brimley",
    "a desk in French": "Ligue des Rivières\nDirection de la communication",
    "a desk in German": "Bündnis Seeland e.V.\nPressestelle",
    "a subject in capitals": "HUMAN RIGHTS",
    "a row": "Lakeland University • News",
    "a minister": "THE HON MELINDA CALLOWAY MP\nMINISTER FOR PORTS\n\nMEDIA RELEASE",
    "a union in French": "Fédération des travailleurs des ports et de la logistique\n\nCommuniqué",
    "a county": "Harbour County Department of Work\nOffice of Public Affairs\n\nNews release\n\n3 November 2026",
    "a form": "HARBOUR POLICE\n\nIncident: Strike\nLocation: 4 Quay Road",
    "where to find pictures": "For video and photographs: https://media.example.org/quay",
    "a name above a date": "Harbour Union\n\n3 November 2026",
}


def read(tmp_path: Path, text: str) -> Release:
    path = tmp_path / "release.txt"
    path.write_text(text, encoding="utf-8")
    return read_release(path, NOW)


@pytest.mark.parametrize("above", LETTERHEADS.values(), ids=list(LETTERHEADS))
@pytest.mark.parametrize("headline", [HEADLINE, HEADLINE.upper(), "Two more days of rest"])
def test_a_letterhead_is_no_headline(tmp_path: Path, above: str, headline: str) -> None:
    assert read(tmp_path, f"{above}\n\n{headline}\n\n{BODY}").headline == headline


@pytest.mark.parametrize("headline", [HEADLINE, "Rest at last", "DOCKERS: TWO MORE DAYS"])
def test_a_headline_above_a_longer_subhead_stays_one(tmp_path: Path, headline: str) -> None:
    subhead = "Nine years of talks between the union and the port authority end in an agreement"
    release = read(tmp_path, f"{headline}\n\n{subhead}\n\n{BODY}")
    assert (release.headline, release.subheads) == (headline, (subhead,))


def test_a_line_in_capitals_below_a_headline_is_a_subhead(tmp_path: Path) -> None:
    release = read(tmp_path, f"{HEADLINE}\n\nAGREEMENT SIGNED ON MONDAY\n\n{BODY}")
    assert (release.headline, release.subheads) == (HEADLINE, ("AGREEMENT SIGNED ON MONDAY",))


def test_a_title_set_over_two_lines_is_one_headline(tmp_path: Path) -> None:
    release = read(tmp_path, f"Harbour Workers Win Two\nMore Days of Rest\n\n{BODY}")
    assert release.headline == "Harbour Workers Win Two More Days of Rest"


def test_two_sentences_over_each_other_are_headline_and_subhead(tmp_path: Path) -> None:
    release = read(tmp_path, f"{HEADLINE}\nNine years of talks end in an agreement\n\n{BODY}")
    assert (release.headline, release.subheads) == (HEADLINE, ("Nine years of talks end in an agreement",))


def test_the_headline_below_the_lead_is_found(tmp_path: Path) -> None:
    lead, rest = BODY.split("\n\n", 1)
    release = read(tmp_path, f"Lakeland Rights Watch\n\n{lead}\n\n{HEADLINE}\n\n{rest}")
    assert release.headline == HEADLINE
    assert release.body[0].text.startswith("Workers in the port")


def test_a_cross_heading_is_no_headline_where_there_are_several(tmp_path: Path) -> None:
    lead, rest = BODY.split("\n\n", 1)
    text = f"{lead}\n\nNine years of waiting\n\n{rest}\n\nWhat comes next\n\nThe first day of rest is 2 January 2027.\n"
    assert read(tmp_path, text).headline is None


def test_a_reply_loses_its_quote_signs(tmp_path: Path) -> None:
    quoted = "".join(f"> {line}\n" for line in f"{HEADLINE}\n\n{BODY}".splitlines())
    release = read(tmp_path, quoted)
    assert release.headline == HEADLINE
    assert release.dateline is not None
    assert release.dateline.place == "HALIFAX"
    assert [quote.speaker for quote in release.quotes] == ["Ines Calloway"]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_contact_that_a_mail_program_wrapped_is_read_whole(tmp_path: Path, width: int) -> None:
    contact = (
        "For more information or an interview, please contact Gwen Parry, the press officer of the union, at"
        " 902-555-0142 or gwen.parry@harbour.example.org."
    )
    paragraphs = [HEADLINE, *BODY.strip().split("\n\n"), contact]
    wrapped = "\n\n".join("\n".join(textwrap.wrap(text, width, break_on_hyphens=False)) for text in paragraphs)
    (found,) = read(tmp_path, wrapped).contacts
    assert (found.name, found.phones, found.emails) == (
        "Gwen Parry",
        ("+19025550142",),
        ("gwen.parry@harbour.example.org",),
    )


@pytest.mark.parametrize(
    "headline",
    ["Two days of rest: the dockers go on, and so do we all!", "Who will give the dockers two more days of rest?"],
)
def test_a_headline_may_call_or_ask(tmp_path: Path, headline: str) -> None:
    assert read(tmp_path, f"{headline}\n\n{BODY.partition(' – ')[2]}").headline == headline


def test_a_long_headline_in_capitals_is_one(tmp_path: Path) -> None:
    headline = (
        " ".join(["HARBOUR ANNOUNCES THAT WORKERS WILL HAVE TWO MORE DAYS OF REST FROM JANUARY"] * 2) + " AND IN JUNE"
    )
    assert read(tmp_path, f"Press release\n\n{headline}\n\n{BODY}").headline == headline


def test_a_first_sentence_of_news_is_no_headline(tmp_path: Path) -> None:
    lead = "The director of the port today released figures for the work that was done in the harbour in the year 2025."
    assert read(tmp_path, f"{lead}\n\n{BODY.partition(' – ')[2]}").headline is None


def test_a_release_from_an_archive_is_of_the_year_of_its_copyright(tmp_path: Path) -> None:
    release = read(tmp_path, f"{HEADLINE}\n\n{BODY.replace('3 November 2026', 'Nov. 3')}\n© 2006 Harbour Newswire\n")
    assert release.dateline is not None
    assert str(release.dateline.date) == "2006-11-03"


def test_lines_far_below_the_top_make_no_headline_over_two_lines() -> None:
    paragraphs = [Paragraph(place, place + 1, "Rows of a table", BlockKind.PARAGRAPH, place + 1) for place in range(9)]
    assert choose_headline(paragraphs, HeadClues(groups=(0, 0))).headline == (paragraphs[0],)


def test_a_paragraph_that_ends_what_it_quotes_with_a_single_mark_is_prose(tmp_path: Path) -> None:
    text = "Union chair Ines Calloway is glad that the port has signed at last. 'It is good that it was heard.'"
    release = read(tmp_path, f"{HEADLINE}\n\nHALIFAX, 3 November 2026 -\n\n{text}\n\nThe port signed on Monday.\n")
    assert [quote.speaker for quote in release.quotes] == ["Ines Calloway"]


def test_a_label_with_a_hyphen_stands_before_the_headline(tmp_path: Path) -> None:
    text = (
        "AVIS AUX MÉDIAS - Les dockers en grève au port\n\nQUÉBEC, QC, le 13 janv. 2026 /CNW/ - Les dockers font grève."
    )
    release = read(tmp_path, f"{text}\n\n« Nous attendons depuis neuf ans », dit Inès Calloway, porte-parole.\n")
    assert release.headline == "Les dockers en grève au port"
    assert release.dateline is not None
    assert release.dateline.place == "QUÉBEC, QC"


def test_a_release_line_may_run_into_the_first_paragraph(tmp_path: Path) -> None:
    lead = "In one of the poorest parts of the harbour, a bold new hospital is offering hope to families. " * 3
    release = read(tmp_path, f"{HEADLINE}\n\nFOR IMMEDIATE RELEASE — {lead}\n\nIt opened on Monday.\n")
    assert release.headline == HEADLINE
    assert release.release_line.kind is ReleaseLineKind.IMMEDIATE
    assert release.body[0].text.startswith("In one of")


def test_a_trade_mark_at_its_end_makes_no_sentence_of_a_subhead(tmp_path: Path) -> None:
    subhead = "Harbour Works, Acme and six other firms all sign on to support PortLink(TM)"
    release = read(tmp_path, f"{HEADLINE}\n\n{subhead}\n\nTEMPE, Ariz., Oct. 23 /PRNewswire/ -- Dockers won.\n")
    assert release.subheads == (subhead,)


def test_a_short_sentence_above_the_dateline_is_a_subhead(tmp_path: Path) -> None:
    text = (
        f"{HEADLINE}\n\nA strike in which everybody won something? Why not!\n\nBerlin - July 28, 2026 -- Dockers won.\n"
    )
    release = read(tmp_path, text)
    assert release.subheads == ("A strike in which everybody won something? Why not!",)
    assert [block.text for block in release.body] == ["Dockers won."]


def test_a_headline_of_many_capitals_with_a_house_in_it_is_no_letterhead(tmp_path: Path) -> None:
    title = "Town’s First Community Centre to Tackle Hunger and Loneliness Opens in Harbour Green"
    release = read(
        tmp_path,
        f"{title}\n\n6th September 2026\n\nA place that feeds and hears\n\nThe town opened it on Monday, with soup.\n",
    )
    assert release.headline == title


@pytest.mark.parametrize(
    ("label", "headline", "lead"),
    [
        ("News release: ", HEADLINE, "HALIFAX, 3 November 2026 – The dockers have signed at last."),
        (
            "Pressemitteilung: ",
            "Hafenarbeiter gewinnen zwei Tage",
            "Die Arbeiter haben nun mit dem Hafen unterschrieben.",
        ),
        ("Presseinformation – ", "Hafenarbeiter gewinnen zwei Tage", "Die Arbeiter haben nun endlich unterschrieben."),
        (
            "Communiqué de presse : ",
            "Les dockers gagnent deux jours",
            "Les dockers ont signé avec le port de la ville.",
        ),
    ],
)
def test_a_label_that_begins_like_a_shorter_one_is_none_of_the_headline(
    tmp_path: Path, label: str, headline: str, lead: str
) -> None:
    assert read(tmp_path, f"{label}{headline}\n\n{lead}\n\n{lead}\n").headline == headline
