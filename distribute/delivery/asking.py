"""Providers are asked, after a lost answer, whether they took a delivery: when, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from distribute.channels.base import Provider
from distribute.delivery.desk import Desk
from distribute.delivery.doubts import Doubt
from distribute.domain.content import Sought
from distribute.errors import DistributeError, SubmissionError, TryLater

UNREACHABLE = timedelta(minutes=5)
"""A provider that could not be asked is asked again after this."""


def first_asking(provider: Provider[Any] | None, now: datetime) -> datetime | None:
    """When a provider is first asked about an answer lost now; None where nobody can be asked."""
    return now + provider.asks_after[0] if provider and provider.asks_after else None


def ask_due(desk: Desk) -> Mapping[str, int]:
    """Ask about everything that is due; by plan, how many deliveries are known now."""
    learnt: dict[str, int] = {}
    for doubt in desk.ledger.doubts.due(desk.now()):
        known, _ = ask(desk, doubt)
        learnt[doubt.plan] = learnt.get(doubt.plan, 0) + known
    return learnt


def ask(desk: Desk, doubt: Doubt, *, out_of_turn: bool = False) -> tuple[int, str]:
    """Ask a doubt's provider; how many deliveries are known now, and why not all of them.

    What is found is settled. What is not found stays uncertain: an index may lag, and a request
    may take effect after it was given up. Asking ``out_of_turn`` (a person wants to know) leaves
    the askings still to come as they are.
    """
    doubts = desk.ledger.doubts
    try:
        provider = desk.provider(doubt.provider)
        outcomes = dict(provider.look_up(list(_sought(doubt)))) if provider.asks_after else {}
    except DistributeError as error:
        return _put_off(desk, doubt, error, out_of_turn=out_of_turn)
    now = desk.now()
    known = doubts.learn(doubt, outcomes, f"found at {doubt.provider} by its key, {_minute(now)}", now)
    if not provider.asks_after:
        doubts.ask_again(doubt, None)
        return known, f"{doubt.provider} cannot be asked: look into its own log"
    if known == len(doubt.recipients):
        return known, ""
    if not out_of_turn:
        _schedule(desk, doubt, provider, now)
    return known, f"{doubt.provider} does not know it, or not yet"


def _schedule(desk: Desk, doubt: Doubt, provider: Provider[Any], now: datetime) -> None:
    """The next asking, or none when that was the last."""
    after = provider.asks_after
    if doubt.asked + 1 < len(after):
        desk.ledger.doubts.ask_again(doubt, now + after[doubt.asked + 1] - after[doubt.asked])
    else:
        note = f"; {doubt.provider} was asked {len(after)} times, until {_minute(now)}, and did not know it"
        desk.ledger.doubts.ask_again(doubt, None, note)


def _put_off(desk: Desk, doubt: Doubt, error: DistributeError, *, out_of_turn: bool) -> tuple[int, str]:
    """Only a provider that asks for patience, or is not there just now, is asked again by itself."""
    if not out_of_turn:
        if isinstance(error, TryLater) or not isinstance(error, SubmissionError):
            later = timedelta(seconds=error.after) if isinstance(error, TryLater) else UNREACHABLE
            desk.ledger.doubts.put_off(doubt, desk.now() + max(later, UNREACHABLE))
        else:
            desk.ledger.doubts.ask_again(doubt, None, f"; it could not be asked about ({error})")
    return 0, str(error)


def _sought(doubt: Doubt) -> Iterable[Sought]:
    for key, recipient in doubt.recipients.items():
        yield Sought(key=key, recipient=recipient, release=doubt.release, since=doubt.since)


def _minute(now: datetime) -> str:
    return f"{now:%Y-%m-%d %H:%M} UTC"
