"""The demonstration: read, check, preview, rehearse, send, report, each by the very code that does it for real."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from distribute.channels.transport import RehearsalWire
from distribute.checking import check
from distribute.cli.carrying import carry_out
from distribute.cli.freezing import freeze
from distribute.cli.ordering import draw_up
from distribute.cli.output import plan_document, print_skips
from distribute.cli.previewing import preview_release, write_preview
from distribute.cli.rehearsing import rehearse
from distribute.cli.wishes import Wishes, read_wished_release
from distribute.cli.workspace import Workspace, now

NOBODY = "the demonstration"
NETWORKS = ("mastodon", "bluesky")


def demonstrate(workspace: Workspace, release: Path, *, open_it: bool) -> int:
    """Carry the release through the whole house and say where to look; the exit code of the send."""
    wishes = Wishes(release=release, to=["example"], on=NETWORKS)
    understood = read_wished_release(workspace, wishes, now())
    _step("Read", understood.headline or "")
    for finding in check(understood, now()):
        click.echo(f"  {finding.severity}: {finding.message}" + (f" (line {finding.line})" if finding.line else ""))
    page = write_preview(workspace, preview_release(workspace, wishes), workspace.root / "preview")
    _step("Preview", workspace.name_of(page))
    _step("Rehearse", "the whole send over a wire that answers by itself")
    rehearse(workspace, wishes, None, as_json=False, is_brief=True)
    ledger = workspace.ledger()
    providers = workspace.providers(RehearsalWire())
    planned = draw_up(workspace, wishes, ledger=ledger, providers=providers, now=now())
    freeze(workspace, ledger, planned, NOBODY)
    _step("Send", f"the plan {planned.plan.id}, to the outbox folder")
    code = carry_out(workspace, ledger, plan_document(planned.plan, planned.digest), as_json=False, by=NOBODY)
    print_skips(planned.plan)
    _step("Look", "what journalists and readers would have got")
    click.echo(f"  preview page   {page}\n  outbox folder  {workspace.outbox}")
    click.echo(f"  report         {sys.argv[0]} report {planned.plan.id} --workspace {workspace.root}")
    if open_it:
        click.launch(page.as_uri())
    return code


def _step(name: str, what: str) -> None:
    click.echo(f"\n{click.style(name, bold=True, fg='cyan')}: {what}")
