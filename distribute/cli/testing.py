"""``test``: the letter that would go out, to people of ours alone, before anybody else gets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from distribute.channels.base import Provider
from distribute.channels.transport import RehearsalWire
from distribute.cli.json_document import print_json
from distribute.cli.options import BY, JSON, RELEASE, with_order_options, with_workspace
from distribute.cli.ordering import take_order
from distribute.cli.wishes import Wishes
from distribute.cli.workspace import Workspace, now
from distribute.delivery.letters import compile_variant, enter, write_to
from distribute.delivery.order import Order
from distribute.delivery.planning import channel_plans
from distribute.delivery.records import outcome_row
from distribute.delivery.roll import Roll
from distribute.delivery.trials import letter_digest
from distribute.domain.audience import Contact, normalise_address
from distribute.domain.content import Accepted, Letter, Message, Outcome, Rejected, Unclear
from distribute.domain.delivery import delivery_key
from distribute.domain.plan import EMAIL, Batch, letter_record
from distribute.errors import BatchRefused, ConfigError, PlanError, TryLater, Unauthorised, Uncertain
from distribute.rendering.greeting import greeter

DONE, IN_PART = 0, 3


@dataclass(frozen=True)
class Copy:
    """One test copy, marked, and the digest of the letter it is a copy of."""

    message: Message
    digest: str
    variant: str


@click.command("test")
@RELEASE
@click.option("--address", "addresses", multiple=True, metavar="ME@…", help="Of TEST_ADDRESSES (default: all of them).")
@click.option("--language", metavar="TAG", help="The letter of readers with that language (without --to).")
@with_order_options
@click.option("--dry-run", is_flag=True, help="Build the requests and send none.")
@BY
@JSON
@with_workspace
def send_test(
    workspace: Workspace,
    release: Path,
    addresses: Sequence[str],
    language: str | None,
    dry_run: bool,
    by: str | None,
    as_json: bool,
    **wished: Any,
) -> int:
    """Send the letter, marked TEST, to addresses of your own.

    With --to every letter that somebody on these lists would get; nobody on them gets one.
    """
    if any(channel != EMAIL for channel in wished["on"]):
        raise click.UsageError("a test is of the e-mail alone: leave out --on, `distribute preview` shows the posts")
    if language and wished["to"]:
        raise click.UsageError("--to tests every letter of these lists: leave out --language")
    chosen, actor = _allowed(workspace, addresses), workspace.actor(by)
    wishes = Wishes(release=release, language=language, to_nobody_in_particular=not wished["to"], **wished)
    moment = now()
    order, _ = take_order(
        workspace,
        wishes,
        ledger=workspace.ledger_if_any(),
        providers=workspace.providers(RehearsalWire()),
        now=moment,
    )
    copies = list(_copies(order, chosen))
    wire = RehearsalWire() if dry_run else workspace.live_wire()
    carrier = workspace.providers(wire)(order.carriers[EMAIL].name)
    ledger = None if dry_run else workspace.ledger()
    outcomes = []
    for copy in copies:
        outcomes.append((copy, outcome := _submit(carrier, copy, moment)))
        if ledger and isinstance(outcome, Accepted):
            ledger.trials.note(copy.digest, carrier.name, at=moment, by=actor)
    document = _document(order, carrier.name, outcomes) | {"dry_run": dry_run}
    print_json(document) if as_json else _print(document)
    return DONE if all(isinstance(outcome, Accepted) for _, outcome in outcomes) else IN_PART


def _allowed(workspace: Workspace, addresses: Sequence[str]) -> list[str]:
    """The addresses to write to; refused as a whole when one of them is not ours or asked not to be written to."""
    ours = {normalise_address(it): str(it) for it in workspace.settings.test_addresses}
    if not ours:
        raise ConfigError(["TEST_ADDRESSES is not set: name your own addresses there, test copies go to no other"])
    suppressed = workspace.suppressed()
    chosen = {normalise_address(it): it for it in addresses} or ours
    problems = [
        f"{it} is not among TEST_ADDRESSES: test copies go to no other address; add it there if it is one of yours"
        for address, it in chosen.items()
        if address not in ours
    ]
    problems += [
        f"{it} is suppressed ({suppressed[at]}): leave it out" for at, it in chosen.items() if at in suppressed
    ]
    if problems:
        raise ConfigError(problems)
    return list(chosen.values())


def _copies(order: Order, addresses: Sequence[str]) -> Iterator[Copy]:
    """Every letter that somebody would get, to each address."""
    channel = next(it for it in channel_plans(order) if it.channel == EMAIL)
    roll = Roll()
    variants = enter(order, channel, roll)
    if not roll.variants():
        raise PlanError("nobody on the chosen lists would get a letter: `distribute lists check LIST` says why")
    for variant in roll.variants():
        digest = letter_digest(letter_record(compile_variant(order, variants, variant, channel)))
        marked = compile_variant(replace(order, is_test=True), variants, variant, channel)
        for address in addresses:
            yield Copy(_message(order, marked, digest, address), digest, variant)


def _message(order: Order, letter: Letter, digest: str, address: str) -> Message:
    """The copy under a key that is no delivery's, and of this moment: a provider takes each test for a new one."""
    key = delivery_key(f"test of {digest}", order.release.edition, order.now.isoformat(), normalise_address(address))
    reader, its = Contact(email=address), replace(letter, release=f"test-{letter.release}")
    greeting = greeter(its, order.environment)(reader)
    return write_to(order, its, key, reader, lift=order.release.lift, greeting=greeting)


def _submit(carrier: Provider[Any], copy: Copy, at: datetime) -> Outcome:
    """One request for one copy, never repeated; what is proven not to have left is rejected, and the next one tried."""
    message = copy.message
    body = carrier.freeze([message])
    batch = Batch(channel=EMAIL, provider=carrier.name, at=at, body=body, keys=(message.key,))
    try:
        return carrier.submit(batch)[message.key]
    except (BatchRefused, TryLater, Unauthorised) as unsent:
        return Rejected(reason=str(unsent))
    except Uncertain as uncertain:
        return Unclear(reason=str(uncertain))


def _document(order: Order, provider: str, outcomes: Sequence[tuple[Copy, Outcome]]) -> dict[str, Any]:
    return {
        "release": order.identity,
        "headline": order.release.headline,
        "provider": provider,
        "copies": [
            {
                "address": copy.message.recipient.email,
                "variant": copy.variant,
                "subject": copy.message.letter.subject,
                **_standing(outcome),
            }
            for copy, outcome in outcomes
        ],
    }


def _standing(outcome: Outcome) -> dict[str, Any]:
    """As the ledger has it: accepted with the provider's name for it, rejected or uncertain with the reason."""
    row = outcome_row(outcome)
    return {"status": row["status"], "provider_id": row.get("provider_id"), "because": row.get("reason")}


def _print(document: Mapping[str, Any]) -> None:
    for copy in document["copies"]:
        click.secho(copy["subject"], bold=True)
        ending = f": {copy['because']}" if copy["because"] else f" ({copy['provider_id']})"
        click.echo(f"  {copy['address']}: {copy['status']} by {document['provider']}{ending}")
    click.echo(
        "Rehearsal: nothing left." if document["dry_run"] else "These were test copies: nobody on a list got anything."
    )
