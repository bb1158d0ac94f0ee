"""What sending needs at hand: the ledger, the providers, the time, and who said no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from distribute.channels.base import Provider
from distribute.delivery.ledger import Ledger
from distribute.delivery.timekeeping import unwatched

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
    ``owner`` is the number of the worker at this desk. ``guard`` says why the clock cannot be
    believed, if so; with ``is_release=True`` where something is about to start or to be repeated.
    """

    ledger: Ledger
    provider: Callable[[str], Provider[Any]]
    now: Now
    suppressed: Callable[[], Mapping[str, str]] = dict
    owner: int = 0
    guard: Callable[..., str] = unwatched
