"""Invented releases in the manner of many houses, each read as its labels say."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from distribute.domain.release import Release
from distribute.sources.releases import read_release

HOUSES = Path(__file__).with_name("houses")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(params=sorted(path.stem for path in HOUSES.glob("*.txt")))
def house(request: pytest.FixtureRequest) -> tuple[Release, dict[str, Any]]:
    labels = json.loads((HOUSES / f"{request.param}.json").read_text(encoding="utf-8"))
    return read_release(HOUSES / f"{request.param}.txt", NOW), labels


def folded(text: str | None) -> str:
    """Words alone, so that marks and capitals do not count."""
    return " ".join(re.findall(r"[^\W_]+", (text or "").casefold()))


def test_every_part_of_a_release_is_read_as_a_person_labelled_it(house: tuple[Release, dict[str, Any]]) -> None:
    release, labels = house
    line, dateline = release.release_line, release.dateline
    assert release.headline in labels["headline"]
    assert release.language == labels["language"]
    assert (line.kind.value, line.until and line.until.isoformat()) == (labels["release_line"], labels["until"])
    assert folded(dateline.place if dateline else None) == folded(labels["place"])
    assert (dateline and dateline.date and dateline.date.isoformat()) == labels["date"]
    assert bool(release.end_mark) == bool(labels["end_mark"])


def test_every_quotation_has_its_speaker(house: tuple[Release, dict[str, Any]]) -> None:
    release, labels = house
    wanted = labels["quotes"]
    found = [folded(quote.text) for quote in release.quotes]
    assert [text.startswith(folded(quote["opens"])) for text, quote in zip(found, wanted, strict=True)] == [True] * len(
        wanted
    )
    for quote, label in zip(release.quotes, wanted, strict=True):
        assert any(_is_person(quote.speaker, name) for name in label["speaker"]), (quote.speaker, label)


def _is_person(found: str | None, name: str | None) -> bool:
    """The same surname, and no other words than the label has, or the label than it."""
    if not found or not name:
        return found == name
    ours, theirs = folded(found).split(), folded(name).split()
    return ours[-1] == theirs[-1] and (set(ours) <= set(theirs) or set(theirs) <= set(ours))


def test_every_contact_can_be_reached_and_nobody_is_lost(house: tuple[Release, dict[str, Any]]) -> None:
    release, labels = house
    found = [(contact.name, contact.phones, contact.emails) for contact in release.contacts]
    assert len(found) == len(labels["contacts"])
    for (name, phones, emails), label in zip(found, labels["contacts"], strict=True):
        assert folded(name) in [folded(alternative) for alternative in label["name"]]
        assert (set(phones), set(emails)) == (set(label["phones"]), set(label["emails"]))


def test_the_issuer_describes_itself_where_the_label_says(house: tuple[Release, dict[str, Any]]) -> None:
    release, labels = house
    text = folded(release.boilerplate)
    assert any(folded(words) in text for words in labels["boilerplate"]) or not (labels["boilerplate"] or text)
