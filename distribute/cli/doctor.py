"""``doctor``: what would stop a send today."""

from __future__ import annotations

import dataclasses
import difflib
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from dotenv import dotenv_values

from distribute.channels import CHANNELS, PROVIDERS, carrier, open_provider
from distribute.channels.sender_domain import find_faults
from distribute.channels.transport import RehearsalWire
from distribute.cli.clocks import Remarks, compare_clock, examine_accounts, examine_clock
from distribute.cli.json_document import print_json
from distribute.cli.letterheads import letterhead
from distribute.cli.options import JSON, with_workspace
from distribute.cli.ordering import missing_for_e_mail
from distribute.cli.output import status_document
from distribute.cli.pictures import is_example
from distribute.cli.wording import counted
from distribute.cli.workspace import Workspace, now
from distribute.config import Settings, variable
from distribute.domain.content import Address
from distribute.domain.delivery import PlanState
from distribute.domain.plan import EMAIL, OUTBOX
from distribute.domain.release import Block, BlockKind, MediaContact, Release
from distribute.errors import DistributeError
from distribute.rendering.letter import compile_letter
from distribute.rendering.phrases import languages
from distribute.rendering.posts import render_post
from distribute.sources.media_lists import read_media_list

LOW_DISK = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: ``ok``, ``note`` or ``stop`` (a send would fail)."""

    level: str
    subject: str
    sentence: str


@click.command()
@click.option("--offline", is_flag=True, help="Ask no provider and no name server.")
@JSON
@with_workspace
def doctor(workspace: Workspace, offline: bool, as_json: bool) -> int:
    """Look at settings, providers, domain, templates, lists, ledger, clock. Exits 1 when something stops a send.

    Providers are asked whether they know your credentials; nothing is sent.
    """
    diagnoses = list(examine(workspace, is_offline=offline))
    if as_json:
        print_json({"diagnoses": [dataclasses.asdict(diagnosis) for diagnosis in diagnoses]})
    else:
        colours = {"ok": "green", "note": "yellow", "stop": "red"}
        for it in diagnoses:
            click.echo(f"{click.style(f'{it.level:<5}', fg=colours[it.level])}{it.subject:<10} {it.sentence}")
    return int(any(diagnosis.level == "stop" for diagnosis in diagnoses))


def examine(workspace: Workspace, *, is_offline: bool) -> Iterator[Diagnosis]:
    """Every diagnosis, each part by itself: one that fails does not hide the next."""
    parts = _PARTS if is_offline else _PARTS | _ONLINE_PARTS
    for subject, part in parts.items():
        try:
            yield from (Diagnosis(level, subject, sentence) for level, sentence in part(workspace))
        except DistributeError as error:
            yield from (Diagnosis("stop", subject, line) for line in str(error).splitlines())


def _settings(workspace: Workspace) -> Remarks:
    settings = workspace.settings
    path = workspace.root / ".env"
    if not path.is_file():
        yield "note", "there is no .env here: `distribute init` makes one"
    elif path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield "note", f"{path} can be read by others on this machine: chmod 600 {path}"
    domain = settings.from_email.rpartition("@")[2]
    if not domain or is_example(domain):
        sender = settings.from_email or "not set"
        yield "note", f"FROM_EMAIL is {sender}: put in the address your press office sends from"
    else:
        yield "ok", f"letters come from {settings.from_email}"
    if not settings.postal_address:
        yield "note", "POSTAL_ADDRESS is not set: many laws ask for one in every mailing"
    if settings.require_test and not settings.test_addresses:
        yield "stop", "REQUIRE_TEST is set, and TEST_ADDRESSES names nobody whom `distribute test` could write to"
    yield from (("note", sentence) for sentence in _unknown(workspace))


def _providers(workspace: Workspace) -> Remarks:
    for channel in CHANNELS:
        provider_class = carrier(channel, workspace.environ, workspace.settings.email_provider)
        account = open_provider(provider_class.name, workspace.environ, RehearsalWire()).account
        if channel == EMAIL and provider_class.name != OUTBOX:
            yield from (("stop", sentence) for sentence in missing_for_e_mail(workspace.settings))
        is_file = provider_class.name == OUTBOX
        said = "only written to the outbox folder" if is_file else f"carried by {provider_class.name} ({account})"
        yield ("note" if is_file else "ok"), f"{channel} is {said}"


def _templates(workspace: Workspace) -> Remarks:
    environment = workspace.templates()
    head = letterhead(workspace.settings)
    sample = _sample(head.sender)
    zone = workspace.zone
    spoken = sorted(languages(environment))
    for language in spoken:
        compile_letter(sample, head, language, at=now(), zone=zone, environment=environment)
    for network in CHANNELS[1:]:
        render_post(sample, network, key="", account="", at=now(), environment=environment)
    yield "ok", f"letters render in {', '.join(spoken)}, posts for {', '.join(CHANNELS[1:])}"


def _lists(workspace: Workspace) -> Remarks:
    paths = sorted((workspace.root / "recipients").glob("*.csv"))
    for path in paths:
        if path == workspace.suppression_file:
            yield "ok", f"{counted(len(workspace.suppressions()), 'address', 'addresses')} must not be contacted"
            continue
        media = read_media_list(path)
        fatal = sum(problem.is_fatal for problem in media.problems)
        said = f"{path.name}: {counted(len(media.contacts), 'contact')}"
        if fatal:
            yield "note", f"{said}, {counted(fatal, 'row')} cannot be reached: `distribute lists check {path.stem}`"
        else:
            yield "ok", said
    if not paths:
        yield "note", "there is no media list in recipients/: put a CSV with an email column there"


def _ledger(workspace: Workspace) -> Remarks:
    free = shutil.disk_usage(workspace.root).free
    if free < LOW_DISK:
        yield "stop", f"only {free // 1024**2} MB are free on the disk of {workspace.root}: make room"
    if not workspace.has_ledger:
        yield "ok", "nothing was planned here yet"
        return
    ledger = workspace.ledger_if_any()
    documents = [status_document(ledger, row) for row in ledger.plans.newest_first()]
    yield "ok", f"{counted(len(documents), 'plan')} in {_whereabouts(workspace)}"
    broken, (decided, head) = ledger.journal.verify(), ledger.journal.head()
    holds = f"the journal of {counted(decided, 'decision')} holds, its head is {head}"
    yield ("stop", broken) if broken else ("ok", holds)
    yield from (("stop", document["astray"]) for document in documents if document["astray"])
    for document in documents:
        if document["state"] == PlanState.HELD:
            yield "note", f"plan {document['plan']} is held: {document['because']}"
        if document["state"] in {PlanState.SCHEDULED, PlanState.RUNNING}:
            yield "note", f"plan {document['plan']} is {document['state']}: `distribute run` must be running"
        yield from (("note", f"plan {document['plan']}: {sentence}") for sentence in document["notes"])


def _whereabouts(workspace: Workspace) -> str:
    location = workspace.ledger_location
    return location.name if isinstance(location, Path) else f"the database {location}"


def _unknown(workspace: Workspace) -> Sequence[str]:
    """Variables in .env that nothing reads: most are misspelt."""
    known = {variable(field.name) for field in dataclasses.fields(Settings)}
    for name, provider in PROVIDERS.items():
        known |= {variable(field.name, name) for field in dataclasses.fields(provider.Settings)}
    sentences = []
    for name in dotenv_values(workspace.root / ".env", interpolate=False):
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f": did you mean {near[0]}?" if near else ""
            sentences.append(f"{name} in .env is not a setting of this version{hint}")
    return sentences


def _sample(sender: Address) -> Release:
    return Release(
        headline="A headline to try the templates with",
        language="en",
        body=(Block(kind=BlockKind.PARAGRAPH, text="One sentence of text."),),
        contacts=(MediaContact(name="A Person", emails=(sender.email,)),),
        slug="sample",
    )


def _domain(workspace: Workspace) -> Remarks:
    domain = workspace.settings.from_email.rpartition("@")[2]
    if not domain or is_example(domain):
        return
    faults = list(find_faults(domain))
    yield from (("note", fault) for fault in faults)
    if not faults:
        yield "ok", f"{domain} publishes SPF and DMARC; whether DKIM signs is for your provider to say"


_PARTS: dict[str, Callable[[Workspace], Any]] = {
    "settings": _settings,
    "providers": _providers,
    "templates": _templates,
    "lists": _lists,
    "ledger": _ledger,
    "clock": examine_clock,
}
_ONLINE_PARTS: dict[str, Callable[[Workspace], Any]] = {
    "time": compare_clock,
    "accounts": examine_accounts,
    "domain": _domain,
}
