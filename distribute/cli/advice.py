"""What is not wrong with a plan but should be seen before a send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from distribute.cli.attaching import attachment_notes
from distribute.cli.pictures import is_example, strangers
from distribute.config import Settings
from distribute.delivery.draft import DraftedPlan
from distribute.delivery.ledger import Ledger
from distribute.domain.plan import EMAIL, OUTBOX, Plan, letter_record

NOTES_SHOWN = 25


def advise(settings: Settings, plan: DraftedPlan, ledger: Ledger) -> list[str]:
    """A sentence for each thing, the lists' first."""
    tests = () if settings.require_test else _tests(plan, ledger)
    about_settings = (*_settings(settings, plan), *strangers(settings, plan))
    theirs = [*_lists(plan), *_earlier_name(plan, ledger), *tests, *about_settings, *_networks(plan)]
    return [*theirs, *attachment_notes(plan)]


def untested(plan: Plan, ledger: Ledger) -> tuple[str, list[Mapping[str, Any]]]:
    """Who carries a plan's letters, and the records of those of which that provider never took a test copy."""
    provider = next((channel.provider for channel in plan.channels if channel.channel == EMAIL), "")
    return provider, ledger.trials.untested(map(letter_record, plan.letters.values()), provider)


def _lists(plan: DraftedPlan) -> Iterator[str]:
    """Problems of rows; those that became a skip are named there."""
    notes, number = plan.draft.roll.notes(NOTES_SHOWN)
    yield from notes
    if (more := number - len(notes)) > 0:
        yield f"{more:,} more rows are not as they should be: `distribute lists check LIST` names them"


def _earlier_name(plan: Plan, ledger: Ledger) -> Iterator[str]:
    before = ledger.plans.sent_under_another_name(plan.release_file, plan.release) if plan.release_file else None
    if before:
        yield (
            f"{plan.release_file} was sent before as “{before['headline']}” (plan {before['id']}): under this headline "
            "it is a new release and reaches the same people again; if it is the same one, set "
            f"`slug: {before['release']}`"
        )


def _tests(plan: Plan, ledger: Ledger) -> Iterator[str]:
    """What nobody of ours has seen in an inbox; the outbox folder has none."""
    provider, records = untested(plan, ledger)
    for record in records if provider != OUTBOX else ():
        yield (
            f"the letter “{record['subject']}” ({record['language']}) was never tested: `distribute test "
            f"{plan.release_file} --to LIST` sends it to TEST_ADDRESSES alone"
        )


def _settings(settings: Settings, plan: Plan) -> Iterator[str]:
    is_real = any(channel.channel == EMAIL and channel.provider != OUTBOX for channel in plan.channels)
    if plan.messages and not settings.postal_address:
        yield "POSTAL_ADDRESS is not set: many laws ask for one in every mailing"
    if is_real and is_example(settings.from_email.rpartition("@")[2]):
        yield f"FROM_EMAIL is {settings.from_email}, an example: nobody can answer it and most providers refuse it"
    if is_real and is_example(urlsplit(settings.public_url or "").hostname or ""):
        yield f"PUBLIC_URL is {settings.public_url}, an example: nobody can unsubscribe there"


def _networks(plan: Plan) -> Iterator[str]:
    for channel in plan.channels:
        if channel.channel != EMAIL and channel.provider == OUTBOX:
            yield f"{channel.channel} has no account set up: its post is only written to the outbox folder"
