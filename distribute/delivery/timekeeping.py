"""Whether this machine's clock can be believed: nothing may leave early because a clock is wrong.

The wall clock is compared with a steady one from question to question, with what the ledger
remembers at a start, and with a trusted time where there is one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from distribute.delivery.ledger import Ledger
from distribute.delivery.plans import Plans
from distribute.domain.instant import iso
from distribute.errors import ClockError

JUMP = 2.0
"""Seconds by which the wall clock may part from the steady one between two questions."""

DRIFT = 60.0
"""Seconds by which it may part in small steps that all go one way."""

SLEW = 500e-6
"""Seconds a second that count as no step at all: how fast NTP moves a clock to the true time (RFC 5905, MAXFREQ)."""

TOLERANCE = 5.0
"""Seconds it may differ from the trusted time, which may have whole seconds and take three to answer."""

TRUST = 60.0
"""Seconds for which an ordinary question is content with the last answer of the trusted time."""

PATIENCE = 10.0
"""Seconds after which an answer of the trusted time is stale: the machine slept in between."""

REMEMBERED_EVERY = 30.0
"""Seconds between two notes in the ledger."""

_READINGS = 5
_SETTLED = 0.5

ELSEWHERE = "the time CLOCK_CHECK gives"
_MINE = "clock: this machine's clock"
_LOOK = "see that it is right"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the clock. ``fault``: why it cannot be believed, empty when it can.

    ``is_set_back``: time ran backwards since the last look, rightly or not; ``wall`` and
    ``steady`` are what the clocks said.
    """

    fault: str
    is_set_back: bool
    wall: datetime
    steady: float


class ClockGuard:
    """Asked before anything starts or leaves. Not for several threads at once: :class:`Watch` is.

    ``wall`` gives aware UTC; ``steady`` seconds that also pass while the machine sleeps and that
    nobody can set; ``trusted`` the time from elsewhere in aware UTC, or ClockError, and ``whose``
    what a person calls it. ``seen`` is what the wall clock said in an earlier life of the program.
    """

    def __init__(
        self,
        wall: Callable[[], datetime],
        steady: Callable[[], float],
        trusted: Callable[[], datetime] | None = None,
        seen: datetime | None = None,
        whose: str = ELSEWHERE,
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._trusted = trusted
        self._seen = seen
        self._whose = whose
        self._last: tuple[datetime, float] | None = None
        self._drift = 0.0
        self._asked: float | None = None
        self._disagreement = ""

    def fault(self, *, is_release: bool = False) -> str:
        """Why the clock cannot be believed, as a sentence that begins with ``clock:``; empty when it can.

        A jump is a fault once, unless the trusted time confirms it: then it was a correction. The
        trusted time is asked at most once a minute, and always where ``is_release`` says that
        something is about to start or to be repeated; there it must answer. A disagreement is a
        fault for as long as it lasts.
        """
        return self.look(is_release=is_release).fault

    def look(self, *, is_release: bool = False) -> Look:
        """As ``fault``, with the readings it was told by."""
        wall, steady = self._read()
        jump, fault = self._compare(wall, steady)
        self._last = wall, steady
        if self._trusted and (is_release or jump or self._is_time_to_ask(steady)):
            fault = self._ask(self._trusted, fault, steady, is_release=is_release)
        return Look(fault or self._disagreement, jump < 0, wall, steady)

    def _read(self) -> tuple[datetime, float]:
        """Both clocks at one moment: a machine that was suspended in between looks again."""
        for _ in range(_READINGS):
            before, wall, after = self._steady(), self._wall(), self._steady()
            if after - before < _SETTLED:
                break
        return wall, after

    def _compare(self, wall: datetime, steady: float) -> tuple[float, str]:
        """Seconds the wall clock jumped since the last look (back: below zero; none: zero), and the sentence for it."""
        if self._last is None:
            return self._compare_with_an_earlier_life(wall)
        passed = steady - self._last[1]
        parted = (wall - self._last[0]).total_seconds() - passed
        if abs(parted) > JUMP:
            self._drift = 0.0
            return parted, f"{_MINE} jumped {_side(parted)} while {passed:,.0f} s passed: {_LOOK}"
        self._drift = _towards_zero(self._drift + parted, SLEW * passed)
        if abs(self._drift) > DRIFT:
            drifted, self._drift = self._drift, 0.0
            return drifted, f"{_MINE} moved {_side(drifted)} in small steps: {_LOOK}"
        return 0.0, ""

    def _compare_with_an_earlier_life(self, wall: datetime) -> tuple[float, str]:
        back = set_back_by(self._seen, wall)
        if not (self._seen and back):
            return 0.0, ""
        return -back, f"{_MINE} was set back: it says {iso(wall)}, and a worker has seen {iso(self._seen)}: {_LOOK}"

    def _is_time_to_ask(self, steady: float) -> bool:
        return self._asked is None or steady - self._asked >= TRUST

    def _ask(self, trusted: Callable[[], datetime], jumped: str, steady: float, *, is_release: bool) -> str:
        """What remains of a jump, or is found without one, when the trusted time has been asked."""
        self._asked = steady
        try:
            elsewhere = trusted()
        except ClockError as error:
            return self._unchecked(jumped, str(error), is_release=is_release)
        took = self._steady() - steady
        if took > PATIENCE:
            return self._unchecked(jumped, f"{self._whose} came too late", is_release=is_release)
        ahead = (self._wall() - elsewhere).total_seconds() - took / 2
        self._disagreement = ""
        if abs(ahead) > TOLERANCE:
            side = "ahead of" if ahead > 0 else "behind"
            self._disagreement = f"{_MINE} is {abs(ahead):,.0f} s {side} {self._whose}: set it right"
        return self._disagreement

    @staticmethod
    def _unchecked(jumped: str, why: str, *, is_release: bool) -> str:
        """Late is repairable, early is not: what matters waits for an answer."""
        if jumped:
            return f"{jumped} ({why})"
        return f"clock: {why}, and nothing starts by a clock that was not checked" if is_release else ""


class Watch:
    """The guard of one process over its ledger; may be asked from any thread.

    A fault has put every begun plan on hold before anybody is told of it, so no second thread can
    slip in between; after a set-back no request counts as young; the time is remembered.
    """

    def __init__(
        self,
        ledger: Ledger,
        wall: Callable[[], datetime],
        steady: Callable[[], float],
        trusted: Callable[[], datetime] | None = None,
        whose: str = ELSEWHERE,
    ) -> None:
        self._ledger = ledger
        self._guard = ClockGuard(wall, steady, trusted, ledger.sightings.last(), whose)
        self._remembered: float | None = None
        self._lock = threading.Lock()

    def __call__(self, *, is_release: bool = False) -> str:
        """As :meth:`ClockGuard.fault`."""
        with self._lock:
            look = self._guard.look(is_release=is_release)
            if look.is_set_back:
                self._ledger.sightings.outdate()
            if look.fault:
                hold_begun(self._ledger.plans, look.fault, look.wall)
            self._remember(look)
            return look.fault

    def _remember(self, look: Look) -> None:
        is_old = self._remembered is None or look.steady - self._remembered >= REMEMBERED_EVERY
        if is_old or look.is_set_back:
            self._ledger.sightings.note(look.wall)
            self._remembered = look.steady


def unwatched(*, is_release: bool = False) -> str:  # noqa: ARG001  the shape of a guard
    """The clock is taken at its word: for rehearsals, and for what is given its time."""
    return ""


def hold_begun(plans: Plans, fault: str, now: datetime) -> Sequence[str]:
    """Hold every plan that is scheduled or running because of a fault of the clock; their ids."""
    begun = plans.begun()
    for plan_id in begun:
        plans.hold(plan_id, f"{fault}; `distribute resume {plan_id}` then lets it go on", now)
    return begun


def set_back_by(seen: datetime | None, wall: datetime) -> float:
    """Seconds by which the clock is behind what a worker saw before; zero when it is not, or hardly."""
    back = (seen - wall).total_seconds() if seen else 0.0
    return back if back > JUMP else 0.0


def _side(seconds: float) -> str:
    return f"{abs(seconds):,.0f} s {'ahead' if seconds > 0 else 'back'}"


def _towards_zero(value: float, by: float) -> float:
    return max(value - by, 0.0) if value > 0 else min(value + by, 0.0)
