"""The preview: a plan drawn up in a rehearsal, shown before anybody decides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from distribute.channels import CHANNELS
from distribute.channels.transport import RehearsalWire
from distribute.cli.browser import NAMES, find_chromium
from distribute.cli.checking import finding_document
from distribute.cli.ordering import draw_up
from distribute.cli.picturing import take_pictures
from distribute.cli.wishes import Wishes
from distribute.cli.workspace import Workspace, now
from distribute.domain.plan import EMAIL
from distribute.errors import InputError
from distribute.rendering.preview import Preview, make_preview, render_preview


def preview_release(workspace: Workspace, wishes: Wishes) -> Preview:
    """What is wished, drawn up and not kept; nothing in the workspace changes.

    A release with errors is shown with them: a preview is where one finds out.
    """
    if not wishes.to:
        wishes = replace(wishes, to_nobody_in_particular=True)
    if not wishes.to and not wishes.on:
        wishes = replace(wishes, on=[channel for channel in CHANNELS if channel != EMAIL])
    planned = draw_up(
        workspace,
        wishes,
        ledger=workspace.rehearsal_ledger(),
        providers=workspace.providers(RehearsalWire()),
        now=now(),
        is_preview=True,
    )
    return make_preview(
        planned.plan,
        planned.release,
        planned.findings,
        source=wishes.release.name,
        lines=planned.release.lines,
        organisation=workspace.settings.organisation or "",
    )


def write_preview(workspace: Workspace, preview: Preview, folder: Path) -> Path:
    """Write the page into ``folder``: named after the release, or after the plan that it shows frozen."""
    page = render_preview(preview, workspace.templates())
    name = preview.plan.id if preview.is_frozen else preview.plan.release
    path = folder / f"{name or 'release'}.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.encode())
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}): name another folder with --out") from error
    return path


def picture_preview(workspace: Workspace, preview: Preview, page: Path) -> list[Path]:
    """Pictures of the page and the letters beside ``page``; InputError where there is no browser to take them."""
    program = find_chromium(workspace.environ)
    if program is None:
        raise InputError(
            f"{page} is written, but there is no browser to take pictures with: install Chromium, or name one with "
            f"CHROMIUM (looked for {', '.join(NAMES)})"
        )
    return take_pictures(program, page, preview)


def preview_document(preview: Preview, release: Path) -> dict[str, Any]:
    """The ``preview --json`` document, but for the files that were written."""
    return {
        "release": preview.plan.release,
        "headline": preview.headline or None,
        "summary": list(preview.summary),
        "letters": [
            {
                "variant": letter.variant,
                "label": letter.label,
                "language": letter.tag,
                "recipients": letter.recipients,
                "subject": letter.subject,
                "preheader": letter.preheader,
                "html_bytes": letter.html_size,
                "attachments": [name for name, _ in letter.files],
            }
            for letter in preview.letters
        ],
        "posts": [
            {
                "network": view.post.network,
                "account": view.handle,
                "language": view.post.language,
                "text": view.post.text,
                "length": view.post.length,
                "limit": view.post.limit,
                "unit": view.post.unit,
            }
            for view in preview.posts
        ],
        "recipients": len(preview.plan.recipients),
        "skipped": {channel.channel: preview.plan.skipped(channel.channel) for channel in preview.plan.channels},
        "findings": [finding_document(release, remark.finding) for remark in preview.remarks],
    }
