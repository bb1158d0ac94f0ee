"""Claim, submit, settle: the one path by which anything leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from distribute.channels.base import Provider
from distribute.delivery.asking import first_asking
from distribute.delivery.batch_rows import Claim
from distribute.delivery.cutting import cut
from distribute.delivery.desk import Desk, Turn
from distribute.delivery.doubts import Doubt
from distribute.delivery.records import read_letter, read_message
from distribute.delivery.repeating import is_repeatable, pause, why_not_repeated
from distribute.domain.audience import SkipReason, normalise_address
from distribute.domain.content import Rejected
from distribute.domain.instant import Instant
from distribute.domain.plan import EMAIL, Batch, ChannelPlan
from distribute.errors import BatchRefused, InputError, TryLater, Unauthorised, Uncertain

FRESH = timedelta(seconds=20)
"""So long after its claim a request may leave: less than it takes until a silent worker's server takes it for dead.

Whoever slept longer (a suspended machine, a stopped process) lets go instead: by now another may
have repeated the request, or a person decided about it.
"""


def send_batch(desk: Desk, batch_id: int) -> Turn:
    """Carry one batch to its provider, if it may leave; safe to call any number of times.

    The claim is on disk before the first byte goes. What is proven not to have left is planned
    again. What left without a readable answer is repeated byte for byte where its provider takes
    that for the same request; elsewhere it is uncertain and is not sent again from here.
    """
    batches = desk.ledger.batches
    _, name = batches.carried_by(batch_id)
    provider = desk.provider(name)
    claimed_at = desk.now()
    claim = batches.claim(batch_id, claimed_at, desk.owner)
    if claim is None:
        return Turn.NOTHING
    if claim.may_have_left and (fault := desk.guard(is_release=True)):
        batches.release(claim, desk.now())
        desk.ledger.plans.hold(claim.plan, fault, desk.now())
        return Turn.HELD
    refusals = _refusals(desk, claim)
    if claim.may_have_left and (why := why_not_repeated(desk, provider, claim, refusals)):
        return _doubt(desk, provider, claim, why)
    if not _is_fresh(claimed_at, desk.now()):
        batches.release(claim, desk.now())
        return Turn.NOTHING
    try:
        return (
            _leave_out(desk, claim, refusals) if refusals or _is_out_of_date(claim) else _submit(desk, provider, claim)
        )
    except InputError:
        batches.release(claim, desk.now())
        raise


def _is_fresh(claimed_at: datetime, now: datetime) -> bool:
    """False, too, when the clock was set back in between: then nobody can tell how long it was."""
    return timedelta() <= now - claimed_at < FRESH


def _submit(desk: Desk, provider: Provider[Any], claim: Claim) -> Turn:
    """Hand a claimed batch over and write down what came of it."""
    batches = desk.ledger.batches
    try:
        outcomes = provider.submit(claim)
    except TryLater as error:
        now = desk.now()
        batches.postpone(claim, now + timedelta(seconds=error.after), str(error), now)
        return Turn.POSTPONED
    except Unauthorised as error:
        batches.postpone(claim, desk.now(), str(error), desk.now())
        desk.ledger.plans.hold(claim.plan, str(error), desk.now())
        return Turn.HELD
    except BatchRefused as error:
        if not claim.may_have_left:
            return _cut_or_reject(desk, claim, str(error))
        return _doubt(desk, provider, claim, f"{error}, but it may have been taken before")
    except Uncertain as error:
        return _repeat_or_doubt(desk, provider, claim, str(error))
    except BaseException as error:
        _doubt(desk, provider, claim, f"{type(error).__name__} while it was under way")
        raise
    batches.settle(claim, outcomes, desk.now(), first_asking(provider, desk.now()))
    return Turn.SETTLED


def _repeat_or_doubt(desk: Desk, provider: Provider[Any], claim: Claim, why: str) -> Turn:
    """A lost answer: asked for again by the same request where that is harmless, after a growing pause."""
    now = desk.now()
    again = now + pause(claim.tries)
    if not is_repeatable(claim, provider.repeatable_for, again):
        return _doubt(desk, provider, claim, why)
    desk.ledger.batches.repeat(claim, again, why, now)
    return Turn.POSTPONED


def _doubt(desk: Desk, provider: Provider[Any], claim: Claim, why: str) -> Turn:
    now = desk.now()
    desk.ledger.batches.doubt(claim, why, now, first_asking(provider, now))
    return Turn.DOUBTED


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

    Who must not is asked last: between that answer and the request a machine should have little left to do.
    """
    suppressed = desk.suppressed() if claim.channel == EMAIL else {}
    if not suppressed:
        return {}
    addresses = ((key, normalise_address(recipient)) for key, (_, recipient) in claim.people.items())
    return {key: suppressed[address] for key, address in addresses if address in suppressed}


def _is_out_of_date(claim: Claim) -> bool:
    """Whether somebody in it is known to have got it since it was planned; one that may have left stays whole."""
    return len(claim.people) < len(claim.keys) and not claim.may_have_left


def _leave_out(desk: Desk, claim: Claim, refusals: Mapping[str, str]) -> Turn:
    """Cut a batch anew without those who said no, or got it, since it was planned; the others read what was planned."""
    stay = claim.people.keys() - refusals.keys()
    rows = [row for row in desk.ledger.standing.carried(claim.batch) if row["key"] in stay]
    parts = _cut(desk, claim, rows, len(rows)) if rows else []
    reasons = {key: f"{SkipReason.SUPPRESSED}: {why}" for key, why in refusals.items()}
    why = "somebody was suppressed" if refusals else "somebody is reported to have got it"
    desk.ledger.batches.replace(claim, parts, why, desk.now(), skipped=reasons)
    return Turn.CUT


def recut(desk: Desk, doubt: Doubt) -> list[Batch]:
    """New requests for the deliveries of a doubt, each with the very message that was planned.

    A network's post is one request, whose bytes are those that were planned.
    """
    if doubt.channel != EMAIL:
        return [desk.ledger.batches.planned(doubt.batch)]
    rows = [row for row in desk.ledger.standing.carried(doubt.batch) if row["key"] in doubt.recipients]
    return _cut(desk, doubt, rows, desk.provider(doubt.provider).batch_size)


def _cut(desk: Desk, its: Claim | Doubt, rows: Sequence[Mapping[str, Any]], size: int) -> list[Batch]:
    """Batches of at most ``size`` of these deliveries, each with the very message that was planned."""
    variant = rows[0]["variant"]
    release = desk.ledger.plans.release(its.plan)
    letter = read_letter(desk.ledger.standing.letter(its.plan, variant), variant, release)
    channel = ChannelPlan(channel=its.channel, provider=its.provider, at=Instant(desk.now(), "UTC"))
    messages, carrier = [read_message(row, letter) for row in rows], desk.provider(its.provider)
    return list(cut(messages, size, carrier.freeze, channel, room=carrier.room))
