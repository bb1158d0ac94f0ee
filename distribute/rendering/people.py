"""Who gets a letter and who does not, in rows: the first for tables, the rest as lines that any browser draws."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from distribute.domain.content import Message
from distribute.domain.plan import Plan, Recipient, Skip
from distribute.rendering.tally import REASONS, label_letters

ROWS = 300
"""People shown as table rows; the others follow as lines of text, which a browser draws quickly."""

Row = tuple[str, ...]

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of people: ``rows`` are the first of them, ``lines`` the others, their cells parted by tabs."""

    columns: Row
    rows: tuple[Row, ...]
    lines: str
    total: int


def list_recipients(plan: Plan) -> Sheet:
    """Everybody who gets a letter, by the name and address it is written to."""
    labels = label_letters(plan.letters)
    pairs = zip(plan.recipients, plan.messages, strict=True)
    rows = (_recipient(recipient, message, labels[recipient.variant]) for recipient, message in pairs)
    return _sheet(("Name", "E-mail", "Outlet", "Letter", "Region", "Row"), rows, len(plan.recipients))


def list_skips(plan: Plan) -> Sheet:
    """Everybody who gets nothing, and why."""
    return _sheet(("Name", "Address", "Reason", "Note", "Row"), map(_skip, plan.skips), len(plan.skips))


def _sheet(columns: Row, rows: Iterable[Row], total: int) -> Sheet:
    them: Iterator[Row] = (tuple(_BREAKS.sub(" ", cell) for cell in row) for row in rows)
    first = tuple(islice(them, ROWS))
    return Sheet(columns, first, "\n".join(map("\t".join, them)), total)


def _recipient(recipient: Recipient, message: Message, label: str) -> Row:
    contact = recipient.contact
    return (
        message.recipient.name,
        message.recipient.email,
        contact.outlet,
        label,
        contact.region,
        _place(contact.list_name, contact.line),
    )


def _skip(skip: Skip) -> Row:
    return (
        skip.name,
        skip.recipient,
        f"{REASONS[skip.reason]} ({skip.reason})",
        skip.detail,
        _place(skip.list_name or skip.channel, skip.line),
    )


def _place(name: str, line: int) -> str:
    return f"{name}:{line}" if line else name
