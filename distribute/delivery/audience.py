"""Who on the chosen lists gets a copy, and for everybody else the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from distribute.delivery.roll import Roll
from distribute.domain.audience import Contact, RowProblem, Selection, Suppression


class Listing(Protocol):
    """A media list, held or read from its file; ``path`` and ``sha256`` are empty where there is none."""

    @property
    def name(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def sha256(self) -> str: ...

    def entries(self) -> Iterable[Contact | RowProblem]:
        """Each contact and each problem, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The lists chosen (with the part of each), those left out, and who must not be contacted."""

    chosen: Sequence[tuple[Selection, Listing]]
    excluded: Sequence[tuple[Selection, Listing]] = ()
    suppressions: Sequence[Suppression] = ()


def choose(
    audience: Audience,
    roll: Roll,
    *,
    is_embargoed: bool,
    key: Callable[[str], str],
    variant: Callable[[Contact], str] = lambda _contact: "",
) -> None:
    """Enter everybody: one recipient per person, in list order, and a skip for every other row.

    ``key`` makes the delivery key of a normalised address; whose key the roll holds as promised has
    this edition already. A person accepts embargoes when any of their rows says so.
    """
    for selection, listing in audience.chosen:
        for entry in listing.entries():
            if isinstance(entry, RowProblem):
                roll.report(listing.name, entry)
            elif selection.admits(entry):
                roll.add(entry, key(entry.address), variant(entry))
    roll.suppress(audience.suppressions)
    for selection, listing in audience.excluded:
        roll.exclude(_admitted(selection, listing), f"on {selection}")
    roll.decide(is_embargoed=is_embargoed)


def _admitted(selection: Selection, listing: Listing) -> Iterator[Contact]:
    return (it for it in listing.entries() if isinstance(it, Contact) and selection.admits(it))
