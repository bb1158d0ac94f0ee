"""What people read in a terminal, and the JSON documents of cli.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from distribute.cli import zone_data
from distribute.cli.attaching import attachments_document, files_of, print_attachments
from distribute.cli.canary import canary_document, pause_document, print_canary
from distribute.cli.letters import letters_document, print_letters
from distribute.cli.wording import counted
from distribute.delivery.ledger import Ledger
from distribute.domain.delivery import PlanState, Status
from distribute.domain.finding import Finding
from distribute.domain.instant import Instant, iso
from distribute.domain.plan import Plan

SKIPS_SHOWN = 25
ON_RELEASE = "when it is released"


def plan_document(plan: Plan, digest: str) -> dict[str, Any]:
    """The ``plan --json`` document."""
    return {
        "plan": plan.id,
        "hash": digest,
        "release": plan.release,
        "edition": plan.edition,
        "headline": plan.headline,
        "embargo": plan.lift.iso if plan.lift else None,
        "armed": plan.is_armed,
        "channels": _channels(plan),
        "letters": letters_document(plan),
        "deliveries": plan.deliveries,
        **attachments_document([file.record for file in files_of(plan)]),
    }


def _channels(plan: Plan) -> list[dict[str, Any]]:
    """What each channel carries, through whom and when."""
    return [
        {
            "channel": channel.channel,
            "provider": channel.provider,
            **_when(channel.at, waits=plan.is_armed and channel.at.utc <= plan.created_at),
            **dict(zip(("deliveries", "requests"), plan.carried(channel.channel), strict=True)),
            **canary_document(*plan.canary(channel.channel)),
            "skipped": plan.skipped(channel.channel),
        }
        for channel in plan.channels
    ]


def frozen_document(ledger: Ledger, row: Mapping[str, Any]) -> dict[str, Any]:
    """The ``plan --json`` document of a plan that was recorded earlier."""
    counts, skipped = ledger.standing.counts(row["id"]), ledger.standing.skipped(row["id"])
    canaries = ledger.pauses.planned(row["id"])
    channels = [
        {
            "channel": it["channel"],
            "provider": it["provider"],
            **_when(Instant(it["at"], it["zone"]), waits=_waits(row, it)),
            "deliveries": sum(counts[it["channel"]].values()) - counts[it["channel"]][Status.SKIPPED],
            **canary_document(*canaries.get(it["channel"], (0, 0))),
            "skipped": skipped.get(it["channel"], {}),
        }
        for it in ledger.plans.channels(row["id"])
    ]
    return {
        "plan": row["id"],
        "hash": row["hash"],
        "release": row["release"],
        "edition": row["edition"],
        "headline": row["headline"],
        "author": row["author"],
        "armed": row["armed"],
        "channels": channels,
        "deliveries": sum(channel["deliveries"] for channel in channels),
        **attachments_document(ledger.standing.attachments(row["id"])),
    }


def _when(at: Instant, *, waits: bool) -> dict[str, str | None]:
    """When a channel leaves; one that ``waits`` for `distribute release` has no instant yet."""
    return {"at": None, "local": ON_RELEASE} if waits else {"at": at.iso, "local": str(at)}


def _waits(row: Mapping[str, Any], channel: Mapping[str, Any]) -> bool:
    """Whether a channel leaves when its armed plan is released: every one that waits for no lift."""
    return bool(_is_armed(row) and channel["at"] <= row["created_at"])


def _is_armed(row: Mapping[str, Any]) -> bool:
    return bool(row["armed"] and row["begun_at"] is None and row["state"] != PlanState.CANCELLED)


def print_plan(plan: Plan, digest: str) -> None:
    """Who gets what, when, through whom; and who does not, with the reason."""
    click.secho(plan.headline, bold=True)
    click.echo(f"  plan {plan.id}\n  hash {digest}")
    if plan.lift:
        click.secho(f"  EMBARGO until {plan.lift}", fg="red", bold=True)
    for channel in _channels(plan):
        click.echo(
            f"  {channel['channel']:<9} {counted(channel['deliveries'], 'delivery', 'deliveries'):>16}"
            f"  by {channel['provider']}, {channel['local']}"
        )
        print_canary(channel)
    print_letters(plan)
    print_attachments(files_of(plan))
    print_skips(plan)


def print_skips(plan: Plan) -> None:
    """Who on a chosen list gets nothing, with the row and the reason; the plan file and the report name all."""
    for skip in plan.skips[:SKIPS_SHOWN]:
        where = f" ({skip.list_name} line {skip.line})" if skip.line else ""
        detail = f": {skip.detail}" if skip.detail else ""
        click.echo(f"  skipped   {skip.recipient or 'a row'}{where}: {skip.reason}{detail}")
    if (more := len(plan.skips) - SKIPS_SHOWN) > 0:
        click.echo(f"  skipped   and {more:,} more: {_reasons(plan)} in all")


def _reasons(plan: Plan) -> str:
    counts = sum((Counter(plan.skipped(channel.channel)) for channel in plan.channels), Counter[str]())
    return ", ".join(f"{number:,} {reason}" for reason, number in counts.items())


def print_silenced(findings: Sequence[Finding]) -> None:
    """The rules that the release passes over, each once, with the reason."""
    for rule, reason in dict.fromkeys((it.rule, it.silenced) for it in findings if it.silenced is not None):
        click.echo(f"  silenced  {rule}: {reason}")


def print_advice(advice: Sequence[str]) -> None:
    for sentence in advice:
        click.echo(f"{click.style('note', fg='yellow')}: {sentence}", err=True)


def status_document(ledger: Ledger, row: Mapping[str, Any]) -> dict[str, Any]:
    """One plan of ``status --json``."""
    channels = ledger.plans.channels(row["id"])
    counts = ledger.standing.counts(row["id"])
    return {
        "plan": row["id"],
        "release": row["release"],
        "edition": row["edition"],
        "headline": row["headline"],
        "hash": row["hash"],
        "author": row["author"],
        "state": row["state"],
        "because": row["because"],
        "armed": _is_armed(row),
        "undo_until": iso(row["leaves_at"]) if row["leaves_at"] and row["state"] == PlanState.RUNNING else None,
        "canary": pause_document(ledger, row["id"]),
        "at": _when(Instant(channels[0]["at"], "UTC"), waits=_waits(row, channels[0]))["at"],
        "astray": ledger.standing.astray(row["id"], counts) or None,
        "notes": list(_moved(row, channels)),
        "channels": [
            {
                "channel": channel["channel"],
                "provider": channel["provider"],
                "at": _when(Instant(channel["at"], "UTC"), waits=_waits(row, channel))["at"],
                **counts.get(channel["channel"], dict.fromkeys(map(str, Status), 0)),
            }
            for channel in channels
        ],
    }


def _moved(row: Mapping[str, Any], channels: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A sentence for each channel still to start whose local time is another one by today's zone data."""
    if row["state"] in {PlanState.DONE, PlanState.CANCELLED}:
        return
    for channel in channels:
        at = Instant(channel["at"], channel["zone"])
        if channel["begun_at"] is None and channel["local"] not in {None, at.wall}:
            before = channel["local"].replace("T", " ").removesuffix(":00")
            yield (
                f"{channel['channel']} was planned for {before} {at.zone} by the zone data {row['tzdata']}; by "
                f"{zone_data.VERSION} its instant is {at}: plan again if the local time is what counts"
            )


def decisions(ledger: Ledger, plan_id: str) -> list[dict[str, Any]]:
    """Who decided what about a plan and when, as the journal has it; ``seal`` is the line's hash."""
    return [
        {"at": iso(it["at"]), "by": it["by"], "deed": it["deed"], "detail": it["detail"], "seal": it["hash"]}
        for it in ledger.journal.lines(plan_id)
    ]


def approval_document(ledger: Ledger, plan_id: str) -> dict[str, str] | None:
    """Who approved a plan, and when; None while nobody has."""
    signed = ledger.approvals.find(plan_id)
    return {"by": signed["name"], "at": iso(signed["at"])} if signed else None


def uncertain_document(ledger: Ledger, plan_id: str) -> list[dict[str, str]]:
    """Who is uncertain, and why."""
    return [
        {name: it[name] for name in ("key", "channel", "recipient")} | {"because": it["reason"]}
        for it in ledger.standing.uncertain(plan_id)
    ]


def print_uncertain(plan_id: str, uncertain: Sequence[Mapping[str, str]]) -> None:
    """The uncertain by name, and where to go with them."""
    for it in uncertain[:SKIPS_SHOWN]:
        click.echo(f"  uncertain {it['recipient']} ({it['channel']}): {it['because']}")
    if (more := len(uncertain) - SKIPS_SHOWN) > 0:
        click.echo(f"  uncertain and {more:,} more: `distribute resolve {plan_id}` lists them all")
    elif uncertain:
        click.echo(f"  `distribute resolve {plan_id}` asks about them")


def print_decisions(decided: Sequence[Mapping[str, Any]], zone: str) -> None:
    """A line for each decision, on the issuer's clock and in UTC."""
    for it in decided:
        because = it["detail"].get("because") or it["detail"].get("said")
        said = f": {because}" if because else ""
        click.echo(f"  {it['deed']} by {it['by']}, {Instant.from_iso(it['at'], zone)}{said}")


def print_status(document: Mapping[str, Any], zones: Mapping[str, str]) -> None:
    """``zones`` maps the plan's channels to their authors' zones."""
    click.echo(
        f"{click.style(document['headline'], bold=True)}\n  plan {document['plan']}: {_state(document['state'])}"
    )
    if document["armed"]:
        click.echo(f"  armed: waits for `distribute release {document['plan']}`")
    if document["because"]:
        click.echo(f"  {document['because']}")
    if document["astray"]:
        click.secho(f"  {document['astray']}", fg="red")
    for note in document["notes"]:
        click.echo(f"  {click.style('note', fg='yellow')}: {note}")
    for channel in document["channels"]:
        when = Instant.from_iso(channel["at"], zones[channel["channel"]]) if channel["at"] else ON_RELEASE
        numbers = ", ".join(f"{channel[status]:,} {status}" for status in Status if channel[status])
        click.echo(f"  {channel['channel']:<9} {numbers or 'nobody'}; by {channel['provider']}, {when}")


def _state(state: str) -> str:
    colours = {PlanState.DONE: "green", PlanState.HELD: "red", PlanState.RUNNING: "cyan"}
    return click.style(state, fg=colours.get(PlanState(state)))
