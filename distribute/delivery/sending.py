"""Claim, submit, settle: the one path by which anything leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from distribute.channels.base import Provider
from distribute.delivery.batches import Claim
from distribute.delivery.ledger import Ledger
from distribute.delivery.planning import cut
from distribute.delivery.records import read_letter, read_message
from distribute.domain.audience import SkipReason, normalise_address
from distribute.domain.content import Rejected
from distribute.domain.instant import Instant
from distribute.domain.plan import EMAIL, Batch, ChannelPlan
from distribute.errors import BatchRefused, ConfigError, TryLater, Unauthorised, Uncertain

Now = Callable[[], datetime]


class Turn(Enum):
    """What became of one call of ``send_batch``."""

    NOTHING = auto()
    SETTLED = auto()
    POSTPONED = auto()
    CUT = auto()
    HELD = auto()
    DOUBTED = auto()


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What sending needs: the ledger, a provider by name, and the time as an aware UTC instant.

    ``suppressed`` maps the normalised addresses that must not be contacted to the reason; it is
    asked before each request, since somebody may have said no after the plan was made.
    """

    ledger: Ledger
    provider: Callable[[str], Provider[Any]]
    now: Now
    suppressed: Callable[[], Mapping[str, str]] = dict


def send_batch(desk: Desk, batch_id: int) -> Turn:
    """Carry one batch to its provider, if it may leave; safe to call any number of times.

    The claim is on disk before the first byte goes. What is proven not to have left is planned
    again; what left without a readable answer is uncertain and is not sent again from here.
    """
    batches = desk.ledger.batches
    provider = desk.provider(batches.provider_of(batch_id))
    claim = batches.claim(batch_id, desk.now())
    if claim is None:
        return Turn.NOTHING
    refusals = _refusals(desk, claim)
    if claim.may_have_left and (why := _unrepeatable(desk, provider, claim, refusals)):
        batches.doubt(claim, why, desk.now())
        return Turn.DOUBTED
    return _leave_out(desk, claim, refusals) if refusals else _submit(desk, provider, claim)


def _submit(desk: Desk, provider: Provider[Any], claim: Claim) -> Turn:
    """Hand a claimed batch over and write down what came of it."""
    batches = desk.ledger.batches
    try:
        outcomes = provider.submit(claim.body, claim.keys)
    except TryLater as error:
        now = desk.now()
        batches.postpone(claim, now + timedelta(seconds=error.after), str(error), now)
        return Turn.POSTPONED
    except Unauthorised as error:
        batches.postpone(claim, desk.now(), str(error), desk.now())
        desk.ledger.plans.hold(claim.plan, str(error))
        return Turn.HELD
    except BatchRefused as error:
        if not claim.may_have_left:
            return _cut_or_reject(desk, claim, str(error))
        batches.doubt(claim, f"{error}, but it may have been taken before", desk.now())
        return Turn.DOUBTED
    except Uncertain as error:
        batches.doubt(claim, str(error), desk.now())
        return Turn.DOUBTED
    except BaseException as error:
        batches.doubt(claim, f"{type(error).__name__} while it was under way", desk.now())
        raise
    batches.settle(claim, outcomes, desk.now())
    return Turn.SETTLED


def take_up_orphans(desk: Desk) -> Mapping[str, int]:
    """Decide about batches whose worker died in mid-request; how many were repeated and doubted.

    Only the one worker may call this, before it claims anything. A batch is repeated, byte for
    byte, only where its provider treats the repetition as the same request and is well inside
    the time it does so; everything else is uncertain.
    """
    decided = {"repeated": 0, "uncertain": 0}
    for claim in desk.ledger.batches.orphans():
        now = desk.now()
        if _is_fresh(claim, _repeatable_for(desk, claim.provider), now):
            desk.ledger.batches.take_up(claim, now)
            decided["repeated"] += 1
        else:
            desk.ledger.batches.doubt(claim, "interrupted after it may have left; no answer was recorded", now)
            decided["uncertain"] += 1
    return decided


def _unrepeatable(desk: Desk, provider: Provider[Any], claim: Claim, refusals: Mapping[str, str]) -> str:
    """Why a batch that may have left must not be repeated, asked again before every repetition; empty when it may.

    Between the crash and the repetition a plan may have been held for days, or somebody may have
    said no; leaving them out would make other bytes, which no provider takes for the same request.
    """
    if not _is_fresh(claim, provider.repeatable_for, desk.now()):
        return "interrupted after it may have left; its provider would not know it any more as the same request"
    if refusals:
        return "interrupted after it may have left, and somebody in it must not be contacted any more"
    return ""


def _is_fresh(claim: Claim, repeatable_for: timedelta, now: datetime) -> bool:
    """Whether it first left well inside the time its provider takes a repetition for the same request.

    What left later than now was sent before the clock was set back: how long ago, nobody can tell.
    """
    age = now - (claim.first_sent or now)
    return timedelta() <= age < repeatable_for / 2


def _repeatable_for(desk: Desk, provider: str) -> timedelta:
    """Zero also for a provider that is not set up any more: then nobody can tell what its key is worth."""
    try:
        return desk.provider(provider).repeatable_for
    except ConfigError:
        return timedelta()


def _cut_or_reject(desk: Desk, claim: Claim, why: str) -> Turn:
    """A request refused as a whole: halve it until the one at fault stands alone."""
    now = desk.now()
    if len(claim.keys) == 1:
        desk.ledger.batches.settle(claim, {claim.keys[0]: Rejected(reason=why)}, now)
        return Turn.SETTLED
    half = (len(claim.keys) + 1) // 2
    parts = _cut(desk, claim, desk.ledger.standing.carried(claim.batch), half)
    desk.ledger.batches.replace(claim, parts, why, now)
    return Turn.CUT


def _refusals(desk: Desk, claim: Claim) -> dict[str, str]:
    """The keys in an e-mail batch whose people must not be contacted any more, with the reason.

    Who must not is asked last: between that answer and the request a machine should have nothing left to do.
    """
    if claim.channel != EMAIL:
        return {}
    rows = desk.ledger.standing.carried(claim.batch)
    addresses = {row["key"]: normalise_address(row["recipient"]) for row in rows}
    suppressed = desk.suppressed()
    return {key: suppressed[address] for key, address in addresses.items() if address in suppressed}


def _leave_out(desk: Desk, claim: Claim, refusals: Mapping[str, str]) -> Turn:
    """Cut a batch anew without those who said no since it was planned; the others read what was planned."""
    rows = [row for row in desk.ledger.standing.carried(claim.batch) if row["key"] not in refusals]
    parts = _cut(desk, claim, rows, len(rows)) if rows else []
    reasons = {key: f"{SkipReason.SUPPRESSED}: {why}" for key, why in refusals.items()}
    desk.ledger.batches.replace(claim, parts, "somebody was suppressed", desk.now(), skipped=reasons)
    return Turn.CUT


def _cut(desk: Desk, claim: Claim, rows: Sequence[Mapping[str, Any]], size: int) -> list[Batch]:
    """Batches of at most ``size`` of these deliveries, each with the very message that was planned."""
    variant = rows[0]["variant"]
    release = desk.ledger.plans.release(claim.plan)
    letter = read_letter(desk.ledger.standing.letter(claim.plan, variant), variant, release)
    channel = ChannelPlan(channel=claim.channel, provider=claim.provider, at=Instant(desk.now(), "UTC"))
    messages = [read_message(row, letter) for row in rows]
    return list(cut(messages, size, desk.provider(claim.provider).freeze, channel))
