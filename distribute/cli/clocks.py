"""What can be said about the time: this machine's clock beside others, and plans whose zones have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime

from distribute.channels import CHANNELS, carrier, open_provider
from distribute.cli.workspace import Workspace, now, steady
from distribute.delivery.timekeeping import TOLERANCE, ClockGuard, set_back_by
from distribute.domain.instant import Instant, iso
from distribute.domain.plan import OUTBOX
from distribute.errors import SubmissionError, TryLater, Uncertain

Remarks = Iterator[tuple[str, str]]


def examine_clock(workspace: Workspace) -> Remarks:
    """What this machine says, and whether it said something later before."""
    moment = now()
    local = Instant(moment, workspace.zone)
    yield "ok", f"this machine says it is {local}: compare it with a clock you trust, or set CLOCK_CHECK"
    seen = workspace.ledger_if_any().sightings.last()
    if seen and set_back_by(seen, moment):
        yield "stop", f"this machine's clock was set back: a worker has seen {iso(seen)}; set it right"


def compare_clock(workspace: Workspace) -> Remarks:
    """This machine's clock beside the time that CLOCK_CHECK names, if it does."""
    address = workspace.settings.clock_check
    if address is None:
        return
    fault = ClockGuard(now, steady, workspace.trusted_time()).fault(is_release=True)
    if fault:
        yield "stop", fault.removeprefix("clock: ")
    else:
        yield "ok", f"{address} agrees with it"


def examine_accounts(workspace: Workspace) -> Remarks:
    """Each provider that is set up is asked whether it knows us; its clock is compared with ours."""
    carriers = {carrier(channel, workspace.environ, workspace.settings.email_provider) for channel in CHANNELS}
    for provider_class in sorted(carriers, key=lambda it: it.name):
        if provider_class.name == OUTBOX:
            continue
        try:
            headers = open_provider(provider_class.name, workspace.environ, workspace.live_wire()).probe()
        except (TryLater, Uncertain) as error:
            yield "note", f"{error}: whether it would take a send is not known"
        except SubmissionError as error:
            yield "stop", str(error)
        else:
            yield "ok", f"{provider_class.name} knows this account"
            yield from _beside(provider_class.name, headers)


def _beside(name: str, headers: Mapping[str, str]) -> Remarks:
    with suppress(ValueError, KeyError):
        ahead = (now() - parsedate_to_datetime(headers["Date"])).total_seconds()
        if abs(ahead) > TOLERANCE:
            side = "ahead of" if ahead > 0 else "behind"
            yield (
                "stop",
                f"this machine's clock is {abs(ahead):.0f} s {side} {name}'s: set it, or plans leave at the wrong time",
            )
