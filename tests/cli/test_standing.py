"""``status`` and ``report``: counted, named, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.channels.conftest import Fake
from tests.cli.conftest import Command

STATUSES = ("planned", "submitting", "accepted", "rejected", "uncertain", "skipped", "cancelled")


def sent(distribute: Command) -> str:
    result = distribute("send", "bridge.txt", "--to", "example", "--on", "bluesky", "--confirm", "18", "--json")
    assert result.code == 0, result.err
    return str(result.json["plan"])


def test_every_key_is_counted_once_and_newest_plans_come_first(distribute: Command) -> None:
    plan = sent(distribute)
    later = distribute("plan", "bridge.txt", "--to", "press", "--set", "edition=2", "--json").json["plan"]
    document = distribute("status", "--json").json
    assert [it["plan"] for it in document["plans"]] == [later, plan]
    deliveries = distribute("report", plan, "--json").json["deliveries"]
    channels = document["plans"][1]["channels"]
    assert sum(channel[status] for channel in channels for status in STATUSES) == len(deliveries) == 21
    assert {c["channel"]: (c["accepted"], c["skipped"]) for c in channels} == {"email": (17, 3), "bluesky": (1, 0)}


def test_the_report_gives_the_reason_of_every_skip(distribute: Command) -> None:
    plan = sent(distribute)
    skipped = [d for d in distribute("report", plan, "--json").json["deliveries"] if d["status"] == "skipped"]
    assert sorted(d["reason"].partition(":")[0] for d in skipped) == ["bad-address", "duplicate", "suppressed"]
    text = distribute("report", plan).out
    assert text.count("skipped") == 3
    assert text.count("accepted") == 18


def test_the_csv_report_holds_no_formula(distribute: Command, workspace: Path) -> None:
    path = workspace / "recipients" / "press.csv"
    path.write_text('email,first_name\nreader@example.com,"=HYPERLINK(""https://example.org"")"\n')
    plan = distribute("send", "bridge.txt", "--to", "press", "--confirm", "1", "--json").json["plan"]
    out = workspace / "report.csv"
    assert distribute("report", plan, "--format", "csv", "--out", str(out)).code == 0
    (row,) = csv.DictReader(io.StringIO(out.read_bytes().decode(), newline=""))
    assert row["recipient"] == "reader@example.com"
    assert row["name"].startswith("'=")


def test_the_html_report_is_one_page_of_its_own(distribute: Command) -> None:
    page = distribute("report", sent(distribute), "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert "src=" not in page
    assert page.count("<tr") >= 21


def test_an_unknown_plan_is_a_sentence(distribute: Command) -> None:
    for verb in ("status", "report"):
        result = distribute(verb, "nonsense")
        assert (result.code, "distribute status" in result.err) == (2, True)


def test_a_long_list_of_skips_is_summed_up(distribute: Command, workspace: Path) -> None:
    rows = "".join(f"reader{n}@example.com\nREADER{n}@example.com\n" for n in range(40))
    (workspace / "recipients" / "press.csv").write_text("email\n" + rows)
    out = distribute("plan", "bridge.txt", "--to", "press").out
    assert out.count("duplicate: ") == 25
    assert "and 15 more: 40 duplicate in all" in out


def test_looking_makes_no_ledger(distribute: Command, workspace: Path) -> None:
    assert distribute("status").out.startswith("No plans yet")
    assert distribute("status", "--json").json == {"plans": []}
    assert not (workspace / "distribute.db").exists()


def test_status_and_report_say_who_decided_what_and_when(distribute: Command) -> None:
    made = distribute("plan", "bridge.txt", "--to", "press", "--by", "  Ada   Moreau ", "--json").json
    assert made["author"] == "Ada Moreau"
    plan = made["plan"]
    assert (
        distribute("send", "--plan", plan, "--confirm", "5", "--json", DISTRIBUTE_USER="Ben").json["author"]
        == "Ada Moreau"
    )
    document = distribute("status", plan, "--json").json
    assert [(it["deed"], it["by"]) for it in document["decisions"]] == [("planned", "Ada Moreau"), ("confirmed", "Ben")]
    assert distribute("report", plan, "--json").json["decisions"] == document["decisions"]
    assert "confirmed by Ben, " in distribute("status", plan).out
    assert "reader" not in str(document["decisions"])


def test_who_cannot_be_named_decides_nothing(distribute: Command, workspace: Path) -> None:
    result = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--by", "\x1b[2J")
    assert (result.code, "DISTRIBUTE_USER" in result.err) == (2, True)
    assert not (workspace / "distribute.db").exists()


def test_who_is_uncertain_stands_by_name_in_the_status_of_a_plan(
    distribute: Command, sendgrid_server: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (sendgrid_server.environ | {"EMAIL_PROVIDER": "sendgrid"}).items():
        monkeypatch.setenv(name, value)
    sendgrid_server.faults.append((502, {"Content-Type": "text/html"}, b"<h1>Bad gateway</h1>"))
    plan = distribute("send", "bridge.txt", "--to", "press", "--confirm", "5", "--json").json["plan"]
    document = distribute("status", plan, "--json").json
    assert len(document["uncertain"]) == document["channels"][0]["uncertain"] > 0
    shown = distribute("status", plan).out
    for it in document["uncertain"]:
        assert f"uncertain {it['recipient']} (email): {it['because']}" in shown


def test_a_key_that_went_missing_is_seen_by_status_and_doctor(distribute: Command, workspace: Path) -> None:
    plan = distribute("plan", "bridge.txt", "--to", "press", "--json").json["plan"]
    assert distribute("status", plan, "--json").json["astray"] is None
    with closing(sqlite3.connect(workspace / "distribute.db")) as db, db:
        db.execute("DELETE FROM delivery WHERE id = (SELECT max(id) FROM delivery)")
    astray = f"the ledger of plan {plan} does not add up: email was planned with 5 keys and has 4"
    assert distribute("status", plan, "--json").json["astray"] == astray
    assert astray in distribute("status").out
    result = distribute("doctor", "--offline")
    assert (result.code, astray in result.out) == (1, True)
