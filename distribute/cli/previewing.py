"""The preview page: a plan drawn up in a rehearsal, shown before anybody decides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from distribute.channels import CHANNELS
from distribute.channels.transport import RehearsalWire
from distribute.cli.ordering import draw_up
from distribute.cli.wishes import Wishes
from distribute.cli.workspace import Workspace, now
from distribute.domain.plan import EMAIL
from distribute.errors import InputError
from distribute.rendering.preview import make_preview, render_preview


def write_preview(workspace: Workspace, wishes: Wishes, folder: Path) -> Path:
    """Write ``NAME.html`` into ``folder``; nothing else in the workspace changes.

    A release with errors is shown with them: a preview is where one finds out.
    """
    moment = now()
    if not wishes.to:
        wishes = replace(wishes, to_nobody_in_particular=True)
    if not wishes.to and not wishes.on:
        wishes = replace(wishes, on=[channel for channel in CHANNELS if channel != EMAIL])
    planned = draw_up(
        workspace,
        wishes,
        ledger=workspace.rehearsal_ledger(),
        providers=workspace.providers(RehearsalWire()),
        now=moment,
        is_preview=True,
    )
    preview = make_preview(
        planned.plan,
        planned.release,
        planned.findings,
        source=wishes.release.name,
        lines=planned.release.lines,
        organisation=workspace.settings.organisation or "",
    )
    page = render_preview(preview, workspace.templates())
    path = folder / f"{planned.release.slug or 'release'}.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.encode())
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}): name another folder with --out") from error
    return path
