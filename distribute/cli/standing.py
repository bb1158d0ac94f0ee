"""``status`` and ``report``: where everything stands, and what each recipient and network got."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from distribute.cli.canary import print_pause
from distribute.cli.json_document import print_json
from distribute.cli.options import JSON, with_workspace
from distribute.cli.output import (
    approval_document,
    decisions,
    print_decisions,
    print_status,
    print_uncertain,
    status_document,
    uncertain_document,
)
from distribute.cli.workspace import Workspace, now
from distribute.delivery.ledger import Ledger
from distribute.domain.instant import iso
from distribute.domain.plan import OUTBOX
from distribute.errors import InputError

COLUMNS = (
    *("channel", "recipient", "name", "status", "reason", "provider"),
    *("provider_id", "url", "attempts", "at", "content", "key", "event", "event_at"),
)
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


@click.command()
@click.argument("plan_id", metavar="[PLAN]", required=False)
@click.option("--watch", is_flag=True, help="Show it anew every second until Ctrl-C.")
@JSON
@with_workspace
def status(workspace: Workspace, plan_id: str | None, watch: bool, as_json: bool) -> None:
    """Show where a plan, or every plan, stands."""
    ledger = workspace.ledger_if_any()
    while True:
        rows = [ledger.plans.find(plan_id)] if plan_id else ledger.plans.newest_first()
        documents = [status_document(ledger, row) for row in rows]
        if plan_id:
            documents[0] |= {"approved": approval_document(ledger, plan_id), "decisions": decisions(ledger, plan_id)}
            documents[0] |= {"uncertain": uncertain_document(ledger, plan_id)}
        if as_json:
            print_json(documents[0] if plan_id else {"plans": documents})
        else:
            _print(workspace, ledger, documents, watch=watch)
        if not watch:
            return
        time.sleep(1)


@click.command()
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "html"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to a file.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@with_workspace
def report(workspace: Workspace, plan_id: str, form: str, out: Path | None, as_json: bool) -> None:
    """Show what each recipient and network got, when, with its hash; and who was skipped and why.

    What the provider reported later (delivered, bounced, …) stands beside it, where it was asked or told.
    """
    ledger = workspace.ledger_if_any()
    row = ledger.plans.find(plan_id)
    standing = status_document(ledger, row)
    reported = ledger.events.of(plan_id)
    deliveries = [_delivery(it, reported.get(it["id"], ())) for it in ledger.standing.deliveries(plan_id)]
    match "json" if as_json else form:
        case "json":
            document = {name: standing[name] for name in ("plan", "hash", "author", "state")}
            document |= {"approved": approval_document(ledger, plan_id)}
            document |= {"decisions": decisions(ledger, plan_id), "deliveries": deliveries}
            _write(json.dumps(document, ensure_ascii=False, indent=2) + "\n", out)
        case "csv":
            _write(_csv(deliveries), out)
        case "html":
            detailed = [it | {"detail": _detail(it), "latest": _latest(it)} for it in deliveries]
            from distribute.rendering.filling import render  # noqa: PLC0415  Jinja is for this page alone

            page = render(workspace.templates(), "web/report.html.j2", standing=standing, deliveries=detailed)
            _write(page, out)
        case _:
            _write(_text(standing, deliveries), out)


def _delivery(row: Mapping[str, Any], reported: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "key": row["key"],
        "channel": row["channel"],
        "recipient": row["recipient"],
        "name": row["name"],
        "status": row["standing"],
        "reason": row["reason"],
        "provider": row["provider"],
        "provider_id": row["provider_id"],
        "url": row["url"],
        "attempts": row["attempts"],
        "at": iso(row["settled_at"]) if row["settled_at"] else None,
        "content": row["content"],
        "events": [
            {"kind": it["kind"], "at": iso(it["at"]), "detail": it["detail"], "permanent": it["permanent"]}
            for it in reported
        ],
    }


def _latest(delivery: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was reported last of a delivery; nothing where nothing was."""
    return delivery["events"][-1] if delivery["events"] else {}


def _csv(deliveries: Sequence[Mapping[str, Any]]) -> str:
    """Comma-separated with a header; cells a spreadsheet would take for a formula begin with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for delivery in deliveries:
        row = {**delivery, "event": _latest(delivery).get("kind"), "event_at": _latest(delivery).get("at")}
        cells = (str(row[column] if row[column] is not None else "") for column in COLUMNS)
        writer.writerow("'" + cell if cell.lstrip(" ").startswith(_RISKY) else cell for cell in cells)
    return text.getvalue()


def _text(standing: Mapping[str, Any], deliveries: Sequence[Mapping[str, Any]]) -> str:
    lines = [f"{standing['headline']}\nplan {standing['plan']}: {standing['state']}\n"]
    for delivery in deliveries:
        name = f" ({delivery['name']})" if delivery["name"] else ""
        latest = _latest(delivery)
        detail = ", ".join(fact for fact in (_detail(delivery), delivery["at"]) if fact)
        detail += f"; {latest['kind']}, {latest['at']}" if latest else ""
        lines.append(f"{delivery['status']:<10} {delivery['channel']:<9} {delivery['recipient']}{name}: {detail}\n")
    return "".join(lines)


def _detail(delivery: Mapping[str, Any]) -> str:
    """Why not, or where it can be seen, or what the provider calls it; of a file in the outbox its name alone."""
    address = delivery["url"] or ""
    name = delivery["provider_id"] or ""
    known_as = name.rpartition("/")[2] if delivery["provider"] == OUTBOX else name
    return str(delivery["reason"] or (address if address.startswith("http") else "") or known_as)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_bytes(text.encode())
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror}): name another file with --out") from error


def _print(workspace: Workspace, ledger: Ledger, documents: Sequence[Mapping[str, Any]], *, watch: bool) -> None:
    if watch:
        click.clear()
    for document in documents:
        print_status(document, {c["channel"]: c["zone"] for c in ledger.plans.channels(document["plan"])})
        if document["undo_until"] and datetime.fromisoformat(document["undo_until"]) > now():
            click.echo(
                f"  leaves at {document['undo_until']}; until then `distribute cancel {document['plan']}` undoes it"
            )
        print_pause(document)
        print_uncertain(document["plan"], document.get("uncertain", ()))
        print_decisions(document.get("decisions", ()), workspace.zone)
    if not documents:
        click.echo("No plans yet: `distribute plan RELEASE --to LIST` makes one.")
