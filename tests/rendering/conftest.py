"""The client's own release, as the house would understand it, and a letterhead to send it under."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import Environment

from distribute.domain.content import Address
from distribute.domain.release import (
    Asset,
    Block,
    BlockKind,
    Dateline,
    Mark,
    MarkKind,
    MediaContact,
    Quote,
    Release,
    ReleaseLine,
    ReleaseLineKind,
)
from distribute.rendering.environment import open_environment
from distribute.rendering.letter import Letterhead
from tests.rendering.plans import planned, release  # noqa: F401  pytest finds fixtures by name

GOLDEN = Path(__file__).parents[1] / "golden"
LIFT = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)

BODY = """
Amnesty International calls on the Belarusian authorities to immediately end police violence and to investigate the
gross human rights violations committed during the last three weeks, as peaceful protests against police brutality and
the rule of President Alyaksandr Lukashenka grow.

“The Belarusian authorities have to date refused to engage in a dialogue with the protesters, nor, apparently, have
they taken steps to investigate the massive human rights violations committed by the police during the first few days
of the post-election protests,” said Marie Struthers, Amnesty International’s Director for Eastern Europe and Central
Asia.

“According to our information not a single criminal case has been opened against police who brutally tortured hundreds
of peaceful protesters. Yet, dozens of criminal cases have been launched against these protesters, often without any
credible evidence of wrongdoing. Belarusians are peacefully demanding accountability to prevent this dangerous culture
of impunity.

“Unlike those who govern them, Belarusians have shown exceptional restraint and held singularly peaceful rallies – so
much so that tens of thousands of demonstrators who marched across the capital Minsk and other cities cleared the
streets of rubbish, and took off their shoes when climbing on benches.”

On 31 August, Belarusians opposing the 26-year rule of President Alyaksandr Lukashenka held one the biggest protest
rallies in the country’s modern history, attended in Minsk and in other cities by at least 100,000 demanding the
president’s resignation and investigation of human rights violations.

In the lead-up to 31 August at least 50 journalists were detained, and several had their accreditation revoked or were
deported from Belarus. On 31 August itself, at least 140 peaceful protesters were detained. Several senior members of
the opposition Coordination Council have been arrested on dubious criminal charges.

During the first three days of post-electoral protests, on 9-12 August, the authorities responded with widespread
arrests, harassment and intimidation, using rubber bullets, stunt grenades, tear gas and water cannons against
protesters. Over 6,700 people were detained and hundreds have delivered testimony of widespread torture and other
ill-treatment of detainees in police stations and detention facilities.
"""
PARAGRAPHS = tuple(" ".join(paragraph.split()) for paragraph in BODY.strip().split("\n\n"))


@pytest.fixture
def client_release() -> Release:
    """The sample the client gave, as it stands: no dateline, no release line, a quotation over three paragraphs."""
    quoted = (PARAGRAPHS[1].partition("”")[0], PARAGRAPHS[2], PARAGRAPHS[3].rstrip("”"))
    return Release(
        headline="Belarus: Police must be held accountable for violence",
        language="en",
        body=tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in PARAGRAPHS),
        quotes=(
            Quote(
                text="\n\n".join(part.lstrip("“") for part in quoted),
                speaker="Marie Struthers",
                title="Amnesty International’s Director for Eastern Europe and Central Asia",
                paragraphs=3,
                blocks=(1, 2, 3),
            ),
        ),
        contacts=(
            MediaContact(
                name="Lucy Scholey",
                role="Media Relations",
                organisation="Amnesty International Canada (English branch)",
                phones=("+16137447667;ext=236",),
            ),
        ),
        slug="belarus-police-must-be-held-accountable-for-violence",
        source="belarus.txt",
    )


@pytest.fixture
def embargoed_release(client_release: Release) -> Release:
    """The same release, embargoed until 24 November 2026, 06:00 in Toronto."""
    return replace(client_release, release_line=ReleaseLine(kind=ReleaseLineKind.EMBARGO, until=LIFT))


@pytest.fixture
def full_release(embargoed_release: Release) -> Release:
    """Every part a release can have; the added ones are invented."""
    text = "Read the full report, which is long but clear."
    marks = (
        Mark(start=5, end=20, kind=MarkKind.LINK, href="https://www.example.org/report"),
        Mark(start=31, end=35, kind=MarkKind.EMPHASIS),
        Mark(start=40, end=45, kind=MarkKind.STRONG),
    )
    return replace(
        embargoed_release,
        subheads=("Testimony from hundreds of people held in police stations",),
        dateline=Dateline(raw="OTTAWA, 24 November 2026"),
        body=(
            embargoed_release.body[0],
            Block(kind=BlockKind.HEADING, text="What happened"),
            Block(kind=BlockKind.PARAGRAPH, text=text, marks=marks),
            Block(kind=BlockKind.LIST, text="50 journalists detained\n140 protesters detained in a day"),
            Block(kind=BlockKind.QUOTE, text=PARAGRAPHS[3]),
        ),
        end_mark="ENDS",
        notes_to_editors="1. Interviews are possible in French.\n2. Names were changed.\n\nDates are local.",
        assets=(
            Asset(
                url="https://media.example.org/minsk.jpg",
                alt="A line of police officers facing a crowd",
                caption="Police officers and protesters in Minsk, 30 August.",
                credit="Ada Example",
                rights="Free for reporting on this release",
                full_size="https://media.example.org/minsk-print.jpg",
            ),
        ),
        contacts=(
            *embargoed_release.contacts,
            MediaContact(
                name="Jean Exemple", role="Relations médias", phones=("+33199001234",), emails=("jean@example.org",)
            ),
        ),
        boilerplate="Example Rights Watch is a movement of people who take injustice personally.",
    )


@pytest.fixture
def letterhead() -> Letterhead:
    return Letterhead(
        sender=Address("Press desk", "press@example.org"),
        reply_to=Address("Press desk", "desk@example.org"),
        organisation="Amnesty International Canada (English branch)",
        postal_address="100 Example Street\nOttawa ON  K1A 0B1, Canada",
        list_id="press.example.org",
    )


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares text with a file of ``tests/golden``; ``UPDATE_GOLDEN=1`` writes the file instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("UPDATE_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path} is missing: run with UPDATE_GOLDEN=1 and look at it"
        assert path.read_bytes().decode() == text, f"{path} differs: look at it, then run with UPDATE_GOLDEN=1"

    return compare


@pytest.fixture(scope="session")
def environment() -> Environment:
    """The shipped templates alone."""
    return open_environment()
