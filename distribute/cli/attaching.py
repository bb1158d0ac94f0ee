"""``--attach FILE``: the files of every letter, within their limit; and how a plan speaks of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from distribute.cli.wishes import Wishes
from distribute.cli.workspace import Workspace
from distribute.domain.attachment import Attachment, weight
from distribute.domain.plan import EMAIL, Plan
from distribute.errors import ConfigError, PlanError

if TYPE_CHECKING:
    from distribute.delivery.order import Order
    from distribute.domain.release import Release

MEGABYTE = 1_000_000
WIDEST = 1200
"""Pixels of a picture shown in a letter: twice the width it has there, for screens with twice as many."""


def with_attachments(order: Order, workspace: Workspace, wishes: Wishes) -> Order:
    """The order with the files that were wished, which are inputs of its plan.

    Raises SourceError for one that may not leave, PlanError for too much of them or where no letter carries them.
    """
    if not wishes.attach and not wishes.is_inlining:
        return order
    if EMAIL not in order.carriers:
        raise PlanError("--attach and --inline-images are for letters: add --to LIST")
    inputs = dict(order.inputs)
    for name in wishes.attach:
        inputs |= workspace.digest(Path(name))
    order = _with_pictures(order) if wishes.is_inlining else order
    files = tuple(_read(wishes.attach))
    _require_light(workspace, files, _pictures(order) if wishes.is_inlining else 0)
    return replace(order, inputs=inputs, attachments=files)


def _read(names: Sequence[str]) -> Iterator[Attachment]:
    """The files, in the order given."""
    from distribute.sources.attachments import open_attachment  # noqa: PLC0415  few letters carry files

    return (open_attachment(Path(name)) for name in dict.fromkeys(names))


def _with_pictures(order: Order) -> Order:
    """The order of a release whose own pictures come with its letters, no wider than a letter shows them."""
    from distribute.sources.pictures import fitted  # noqa: PLC0415  few letters carry files

    def lighter(release: Release) -> Release:
        return replace(release, assets=tuple(fitted(it, WIDEST) for it in release.assets))

    others = tuple(map(lighter, order.others))
    return replace(order, release=lighter(order.release), others=others, is_inlining=True)


def _pictures(order: Order) -> int:
    """Bytes of the pictures in all versions of the release; each counts once."""
    found = {it.data for release in (order.release, *order.others) for it in release.assets if it.data}
    if not found:
        raise PlanError("the release has no picture of its own: --inline-images is for those that stand in a document")
    return sum(map(len, found))


def _require_light(workspace: Workspace, files: Sequence[Attachment], pictures: int) -> None:
    from distribute.sources.attachments import MOST  # noqa: PLC0415  few letters carry files

    limit = workspace.settings.attachment_limit * MEGABYTE
    if limit > MOST:
        raise ConfigError([f"ATTACHMENT_LIMIT is more than the {MOST // MEGABYTE} (megabytes) a mailbox takes"])
    if len({file.name for file in files}) < len(files):
        raise PlanError("two of the attached files have one name: rename one")
    if (total := sum(len(file.data) for file in files) + pictures) > limit:
        raise PlanError(
            f"the attached files and pictures come to {spelt(total)}, more than the {spelt(limit)} a letter may carry: "
            "link to them, make them smaller, or set ATTACHMENT_LIMIT"
        )


def attachments_document(records: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The entry of ``plan --json`` for the records of a letter's files; empty where it carries none."""
    names = ("name", "type", "sha256", "bytes", "cid")
    files = [{name: value for name, value in zip(names, record, strict=True) if value} for record in records]
    return {"attachments": files} if files else {}


def print_attachments(files: Sequence[Attachment]) -> None:
    for file in files:
        shown = "shown" if file.cid else "attached"
        click.echo(f"  {shown:<9} {file.name}, {spelt(len(file.data))}")


def attachment_notes(plan: Plan) -> Iterator[str]:
    """Why files had better stay at home."""
    if files := [file for file in files_of(plan) if not file.cid]:
        in_all = spelt(weight(files) * len(plan.messages))
        yield (
            f"every letter carries {', '.join(file.name for file in files)}, {in_all} in all: many newsrooms block "
            "files and journalists ask for links; put it on your site and link to it if you can"
        )


def files_of(plan: Plan) -> tuple[Attachment, ...]:
    """What its letters carry: each file once."""
    files = (file for _, letter in sorted(plan.letters.items()) for file in letter.attachments)
    return tuple(dict.fromkeys(files))


def spelt(size: int) -> str:
    """Bytes as people say them: 820 kB, 1.4 MB."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1000)) if size else 0} kB"
    return f"{size / MEGABYTE:.1f} MB" if size < 1000 * MEGABYTE else f"{size / MEGABYTE / 1000:.1f} GB"
