"""``init``, ``demo``, ``doctor`` and ``lists``: the first hour of a new user."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from tests.channels.conftest import Fake
from tests.cli.conftest import Command


def test_init_makes_a_workspace_and_keeps_what_is_there(distribute: Command, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    assert distribute("init", str(folder)).code == 0
    settings = folder / ".env"
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    secret = next(line for line in settings.read_text().splitlines() if line.startswith("SECRET_KEY="))
    assert len(secret) == len("SECRET_KEY=") + 64
    assert (folder / "recipients" / "example.csv").is_file()
    settings.write_text("FROM_EMAIL=own@example.org\n")
    assert "kept" in distribute("init", str(folder)).out
    assert settings.read_text() == "FROM_EMAIL=own@example.org\n"


def test_two_workspaces_have_two_secrets(distribute: Command, tmp_path: Path) -> None:
    for name in ("one", "two"):
        distribute("init", str(tmp_path / name))
    assert (tmp_path / "one" / ".env").read_text() != (tmp_path / "two" / ".env").read_text()


def test_the_demonstration_does_the_whole_job_and_says_where_to_look(distribute: Command, workspace: Path) -> None:
    result = distribute("demo")
    assert result.code == 0
    (folder,) = workspace.glob("distribute-demo-*")
    assert len(list(folder.rglob("*.eml"))) == 17
    assert len(list((folder / "outbox").rglob("*.json"))) == 2
    (page,) = (folder / "preview").iterdir()
    assert str(page) in result.out
    assert str(folder / "outbox") in result.out
    ending = result.out[result.out.index("Send") :]
    for reason in ("bad-address", "duplicate", "suppressed", "17 accepted", "1 accepted"):
        assert reason in ending


def test_the_doctor_finds_nothing_that_stops_a_fresh_workspace(distribute: Command) -> None:
    result = distribute("doctor", "--json")
    assert result.code == 0, result.out
    assert {it["subject"] for it in result.json["diagnoses"]} == {
        *("settings", "providers", "templates", "lists", "ledger", "clock"),
    }


def test_the_doctor_names_each_thing_that_stops_a_send(distribute: Command, workspace: Path) -> None:
    (workspace / ".env").write_text("EMAIL_PROVIDER=postmark\nFROM_EMIAL=a@example.org\nREQUIRE_TEST=1\n")
    (workspace / "templates" / "email").mkdir(parents=True)
    (workspace / "templates" / "email" / "letter.mjml.j2").write_text("<mjml>\n{{ lettr }}</mjml>")
    result = distribute("doctor")
    assert result.code == 1
    for piece in ("POSTMARK_SERVER_TOKEN", "did you mean FROM_EMAIL", "REQUIRE_TEST", "letter.mjml.j2:2"):
        assert piece in result.out


def test_the_doctor_verifies_the_journal(distribute: Command, workspace: Path) -> None:
    assert distribute("send", "bridge.txt", "--to", "press", "--confirm", "5").code == 0
    assert "the journal of 2 decisions holds, its head is " in distribute("doctor", "--offline").out
    with closing(sqlite3.connect(workspace / "distribute.db")) as db:
        db.executescript("DROP TRIGGER journal_update; UPDATE journal SET actor = 'somebody else' WHERE seq = 1")
    result = distribute("doctor", "--offline")
    assert (result.code, "does not hold from line 1 on (planned by somebody else" in result.out) == (1, True)


def test_the_doctor_never_shows_a_secret(distribute: Command, postmark_server: Fake) -> None:
    secrets = [value for name, value in postmark_server.environ.items() if "TOKEN" in name or "PASSWORD" in name]
    result = distribute("doctor", "--json", "--offline", **postmark_server.environ, EMAIL_PROVIDER="postmark")
    assert secrets
    assert not [secret for secret in secrets if secret in result.out + result.err]


def test_the_doctor_asks_each_provider_whether_it_knows_the_account(
    distribute: Command, postmark_server: Fake, mastodon_server: Fake
) -> None:
    environ = postmark_server.environ | {"EMAIL_PROVIDER": "postmark", "MASTODON_API_URL": mastodon_server.url}
    environ = {name: value for name, value in environ.items() if not name.startswith("BLUESKY")}
    known = distribute("doctor", "--json", **environ)
    accounts = [it for it in known.json["diagnoses"] if it["subject"] == "accounts"]
    assert [(it["level"], it["sentence"]) for it in accounts] == [
        ("ok", "mastodon knows this account"),
        ("ok", "postmark knows this account"),
    ]
    wrong = distribute("doctor", **environ | {"POSTMARK_SERVER_TOKEN": "wrong"})
    assert (wrong.code, "Check POSTMARK_SERVER_TOKEN" in wrong.out) == (1, True)
    assert not postmark_server.accepted
    postmark_server.calls = 0
    assert distribute("doctor", "--offline", **environ).code == 0
    assert postmark_server.calls == 0


def test_a_clock_that_is_off_stops_a_send(distribute: Command, postmark_server: Fake) -> None:
    headers = {"Content-Type": "application/json", "Date": "Sun, 22 Nov 2020 10:00:00 GMT"}
    postmark_server.faults.append((200, headers, b"{}"))
    environ = {name: value for name, value in postmark_server.environ.items() if name.startswith("POSTMARK")}
    result = distribute("doctor", EMAIL_PROVIDER="postmark", **environ)
    assert (result.code, "ahead of postmark" in result.out) == (1, True)


def test_a_list_is_shown_in_parts_and_checked_row_by_row(distribute: Command) -> None:
    shown = distribute("lists", "show", "example:language=fr", "--json").json
    assert {contact["language"] for contact in shown["contacts"]} == {"fr"}
    checked = distribute("lists", "check", "example", "--json")
    assert checked.code == 1
    assert checked.json["contacts"] == 19
    (fatal,) = [problem for problem in checked.json["problems"] if problem["fatal"]]
    assert fatal["line"] == 18
    assert "example.csv:18" in distribute("lists", "check", "example").out
    assert distribute("lists", "check", "press").code == 0


def test_unknown_verbs_options_and_workspaces_are_usage_errors(distribute: Command) -> None:
    assert distribute("sned").code == 2
    assert distribute("send", "bridge.txt", "--too", "press").code == 2
    assert distribute("send").code == 2
    assert distribute("status", "--workspace", "nowhere").code == 2


def test_a_fault_of_our_own_is_a_sentence_with_what_to_do(distribute: Command, monkeypatch: object) -> None:
    import distribute.cli.standing as module  # noqa: PLC0415

    def broken(*_args: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(module, "status_document", broken)  # type: ignore[attr-defined]
    assert distribute("plan", "bridge.txt", "--to", "press").code == 0
    result = distribute("status")
    assert result.code == 1
    assert "--debug" in result.err
