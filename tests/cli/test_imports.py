"""What a verb imports is what it needs: whoever only reads waits for no ledger, whoever sends for no templates."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from distribute.cli.bundled import RELEASE, bundled
from distribute.delivery.ledger import Ledger
from tests.cli.conftest import Command, child_environment

TEXTS = {"markdown_it", "yaml", "phonenumbers", "distribute.sources.assembly"}
LETTERS = {"jinja2", "mjml", "lxml", "babel", "regex", "twitter_text", "distribute.rendering", "distribute.checking"}
PLANS = TEXTS | LETTERS | {"distribute.cli.ordering", "distribute.delivery.planning"}
"""What a plan is drawn up with."""
SERVERS = {"sqlalchemy.dialects.postgresql", "psycopg", "psycopg_pool", "procrastinate"}
PAST = {"distribute.delivery.slimming"}
"""What only an older ledger needs."""
LEDGER = {"sqlalchemy", "sqlite3", "distribute.delivery"}
DOCUMENTS = {"mammoth", "nh3", "PIL", "docx"}
"""What only Word documents and web pages are read with."""
WIRES = {"requests", "urllib3", "dns", "distribute.channels"}
WORK = {"apscheduler", "filelock", "rich"}
NEVER = SERVERS | PAST


def imported(workspace: Path, *words: str) -> set[str]:
    """The modules that a process of its own has when the command has succeeded."""
    script = "import sys; from distribute.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        env=child_environment(),
        cwd=workspace,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.fixture
def plan_id(distribute: Command) -> str:
    """A frozen plan."""
    return str(distribute("plan", "bridge.txt", "--to", "press", "--json").json["plan"])


def letters(workspace: Path) -> int:
    return len(list(workspace.rglob("outbox/**/*.eml")))


def test_help_needs_nothing_but_words(workspace: Path) -> None:
    found = imported(workspace, "--help")
    assert found & (NEVER | LEDGER | WIRES | WORK | PLANS) == set()
    assert found & {"distribute.config", "distribute.sources", "distribute.domain", "dataclasses", "json"} == set()


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_reading_a_release_needs_no_ledger_no_wire_and_no_parser_but_its_own(
    workspace: Path, form: tuple[str, ...]
) -> None:
    (workspace / RELEASE).write_bytes(bundled(RELEASE))
    found = imported(workspace, "show", RELEASE, *form)
    assert "distribute.sources.assembly" in found
    unneeded = {"email_validator", "itsdangerous", "asyncio", "importlib.resources"}
    assert found & (NEVER | LEDGER | WIRES | WORK | LETTERS | unneeded) == set()
    assert found & ({"markdown_it", "yaml", "phonenumbers"} | DOCUMENTS) == set()
    assert found & {"distribute.sources.embargo", "distribute.sources.zones", "distribute.domain.instant"} == set()


@pytest.mark.parametrize("verb", [("status",), ("hold", "--all")])
def test_looking_and_deciding_need_the_ledger_alone(workspace: Path, plan_id: str, verb: tuple[str, ...]) -> None:
    found = imported(workspace, *verb)
    assert "distribute.delivery.ledger" in found
    assert found & (NEVER | WIRES | WORK | PLANS | {"itsdangerous", "email_validator"}) == set()


def test_sending_a_frozen_plan_needs_nothing_that_draws_one_up(workspace: Path, plan_id: str) -> None:
    found = imported(workspace, "send", "--plan", plan_id, "--confirm", "5")
    assert letters(workspace) == 5
    assert found & (NEVER | PLANS | {"apscheduler", "rich", "itsdangerous"}) == set()


def test_the_worker_needs_nothing_that_draws_up_a_plan(workspace: Path, plan_id: str) -> None:
    ledger = Ledger.open(workspace / "distribute.db")
    ledger.plans.begin(plan_id, datetime.now(UTC))
    ledger.close()
    found = imported(workspace, "run", "--until-idle")
    assert letters(workspace) == 5
    assert found & (NEVER | PLANS | {"rich", "itsdangerous"}) == set()
