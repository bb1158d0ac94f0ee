"""What was planned is what went out: the bytes a provider got, filled for each reader, are those of the plan."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from tests.channels.conftest import Fake
from tests.cli.conftest import Command


def planned(workspace: Path, plan: str) -> dict[str, dict[str, str]]:
    """Each recipient's two parts and headers, filled from the plan file alone."""
    lines = (workspace / "plans" / f"{plan}.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    letters = {record["letter"]: record for record in records if "letter" in record}
    return {
        record["recipient"]: _filled(letters[record["variant"]], record) for record in records if "delivery" in record
    }


def _filled(letter: dict[str, Any], record: dict[str, Any]) -> dict[str, str]:
    values = record["values"]
    escaped = {name: escape(value) for name, value in values.items()}

    def fill(pieces: list[str], by: dict[str, str]) -> str:
        return "".join(by[piece] if odd % 2 else piece for odd, piece in enumerate(pieces))

    headers = {name: fill(pieces, values) for name, pieces in letter["headers"]}
    parts = {"text/plain": fill(letter["text"], values), "text/html": fill(letter["html"], escaped)}
    return parts | headers | {"delivery": record["delivery"]}


@pytest.fixture
def embargoed(workspace: Path) -> Path:
    """A release whose letter has every slot, and readers in other zones."""
    text = (workspace / "bridge.txt").read_text()
    (workspace / "bridge.txt").write_text(f"---\nembargo: 2027-03-02 06:00 America/Toronto\n---\n{text}")
    rows = [f"reader{n}@example.com,fr,{zone},yes" for n, zone in enumerate(["Europe/Paris", "Asia/Kolkata", ""])]
    lists = "\n".join(["email,language,timezone,embargo_ok", *rows, "anna@example.com,en,America/Toronto,yes", ""])
    (workspace / "recipients" / "press.csv").write_text(lists)
    return workspace


def test_sendgrid_gets_what_was_planned_for_each_reader(
    distribute: Command, embargoed: Path, sendgrid_server: Fake
) -> None:
    environ = sendgrid_server.environ | {"EMAIL_PROVIDER": "sendgrid"}
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "4", "--json", **environ)
    assert result.code == 0, result.err
    received = sendgrid_server.received  # type: ignore[attr-defined]
    wanted = planned(embargoed, result.json["plan"])
    assert set(received) == set(wanted)
    for address, parts in wanted.items():
        for name, value in parts.items():
            if name != "Content-Language":
                assert received[address][name] == value, (address, name)
    assert "Kolkata" in received["reader1@example.com"]["text/plain"]
    assert "Kolkata" not in received["reader0@example.com"]["text/plain"]


def test_postmark_gets_what_was_planned_for_each_reader(
    distribute: Command, embargoed: Path, postmark_server: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries: list[dict[str, Any]] = []
    take = type(postmark_server)._entry  # type: ignore[attr-defined]

    def keep(fake: Any, entry: dict[str, Any]) -> Any:
        entries.append(entry)
        return take(fake, entry)

    monkeypatch.setattr(type(postmark_server), "_entry", keep)
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark"}
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "4", "--json", **environ)
    assert result.code == 0, result.err
    wanted = planned(embargoed, result.json["plan"])
    assert len(entries) == 4
    for entry in entries:
        parts = wanted[entry["To"]]
        assert (entry["TextBody"], entry["HtmlBody"]) == (parts["text/plain"], parts["text/html"])
        assert entry["Metadata"]["delivery"] == parts["delivery"]
        headers = {header["Name"]: header["Value"] for header in entry["Headers"]}
        assert headers["List-Unsubscribe"] == parts["List-Unsubscribe"]
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
