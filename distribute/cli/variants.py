"""What the settings, the options and the files beside a release say about its letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from distribute.cli.notes import read_notes
from distribute.cli.versions import Sibling, as_versions
from distribute.cli.wishes import Wishes
from distribute.cli.workspace import Workspace
from distribute.delivery.order import Order
from distribute.sources.releases import sidecar_of


def with_variants(order: Order, workspace: Workspace, wishes: Wishes, siblings: Sequence[Sibling]) -> Order:
    """``order`` with the other versions that go out, the covering notes and the greeting, and the files they are from.

    Raises InputError for a note that cannot be read or is for nobody.
    """
    settings = workspace.settings
    lists = [text.partition(":")[0] for text in wishes.to]
    notes = list(read_notes(wishes.note, lists, order.release.language or settings.distribute_language))
    others, slug = as_versions(wishes, order.release, siblings)
    inputs = dict(order.inputs)
    for path in (*(sibling.path for sibling in siblings), *(path for path, _ in notes)):
        inputs |= workspace.digest(path) | workspace.digest(sidecar_of(path))
    return replace(
        order,
        inputs=inputs,
        others=others,
        policy=settings.language_policy,
        notes=tuple(note for _, note in notes),
        is_greeting=settings.greeting,
        slug=slug,
    )
