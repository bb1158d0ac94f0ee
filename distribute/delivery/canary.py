"""Who gets a release first, and who only after a pause in which it can still be stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from distribute.delivery.audience import Audience
from distribute.delivery.roll import Person, Roll
from distribute.domain.audience import Contact, MediaList, Selection

OWN = "own addresses"
"""The name of the list that stands before all others."""

FIRST = 3
"""So many of the lists get theirs with the own addresses."""


def with_own(audience: Audience, own: Sequence[str]) -> Audience:
    """The audience with these addresses before everybody else; they may know what is under embargo."""
    people = (Contact(email=it, embargo_ok=True, list_name=OWN, line=n) for n, it in enumerate(own, 1))
    listing = MediaList(name=OWN, contacts=tuple(people))
    return replace(audience, chosen=[(Selection(name=OWN, where={}), listing), *audience.chosen])


def stretches(roll: Roll, pause: timedelta, own: int) -> Iterator[tuple[int, Iterator[Person]]]:
    """The recipients, each stretch of them with the seconds it waits: the canary, then the rest.

    Without a pause all of them are one stretch. ``own`` is how many addresses stand before the lists.
    """
    if not pause:
        yield 0, roll.people()
        return
    last = roll.last_of_first(own + FIRST)
    yield 0, roll.people(until=last)
    yield int(pause.total_seconds()), roll.people(after=last)
