"""``show`` and ``preview``: what a release is, before it goes anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from distribute.cli.options import JSON, RELEASE, with_order_options, with_release_options, with_workspace
from distribute.cli.wishes import Wishes
from distribute.cli.workspace import Workspace, now

if TYPE_CHECKING:
    from distribute.domain.release import Release
    from distribute.rendering.preview import Preview


@click.command()
@RELEASE
@with_release_options
@JSON
@with_workspace
def show(workspace: Workspace, release: Path, as_json: bool, **wished: Any) -> None:
    """Show the release as understood: headline, embargo, quotes with their speakers, contacts."""
    understood = _read(workspace, Wishes(release=release, **wished))
    if as_json:
        from distribute.cli.json_document import print_json  # noqa: PLC0415  where it is asked for
        from distribute.sources.record import release_record  # noqa: PLC0415  the same

        print_json(release_record(understood))
    else:
        from distribute.cli.showing import print_release  # noqa: PLC0415  where it is asked for

        print_release(understood)


@click.command()
@click.argument("release", required=False, type=click.Path(path_type=Path, dir_okay=False))
@with_order_options
@click.option("--plan", "frozen", metavar="ID_OR_FILE", help="A plan that is frozen already, exactly as it is.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write it (default: preview/).")
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@click.option(
    "--png",
    "in_pictures",
    is_flag=True,
    help="Take pictures, too, of it and of each letter (by Chromium; CHROMIUM names it).",
)
@click.option("--text", "as_text", is_flag=True, help="Show it here instead, in short; no page is written.")
@JSON
@with_workspace
def preview(
    workspace: Workspace,
    release: Path | None,
    frozen: str | None,
    out: Path | None,
    open_it: bool,
    in_pictures: bool,
    as_text: bool,
    as_json: bool,
    **wished: Any,
) -> None:
    """Write one page that shows the whole send: e-mail, posts, recipients, findings.

    Of a RELEASE as it would be sent now, or with --plan of one that was planned: what its approver signs.
    """
    from distribute.cli import previewing  # noqa: PLC0415  it imports all of rendering

    if as_text and (out or open_it or in_pictures or as_json):
        raise click.UsageError("--text writes no page: leave out --out, --open, --png and --json, or leave out --text")
    shown = _shown(workspace, release, frozen, wished)
    if as_text:
        from distribute.cli.outline import print_outline  # noqa: PLC0415  where it is asked for

        print_outline(shown)
        return
    page = previewing.write_preview(workspace, shown, out or workspace.root / "preview")
    pictures = previewing.picture_preview(workspace, shown, page) if in_pictures else []
    if as_json:
        from distribute.cli.json_document import print_json  # noqa: PLC0415  the same

        files = {"page": str(page), "pictures": list(map(str, pictures))}
        print_json(files | previewing.preview_document(shown, release or Path(shown.source)))
    else:
        click.echo("\n".join(map(str, [page, *pictures])))
    if open_it:
        click.launch(page.resolve().as_uri())


def _shown(workspace: Workspace, release: Path | None, frozen: str | None, wished: Mapping[str, Any]) -> Preview:
    if frozen and not release and not any(wished.values()):
        from distribute.cli.presenting import preview_plan  # noqa: PLC0415  where it is asked for

        return preview_plan(workspace, frozen)
    if frozen or not release:
        raise click.UsageError("name a RELEASE and what is wished of it, or a plan with --plan ID alone")
    from distribute.cli.previewing import preview_release  # noqa: PLC0415  it imports all of rendering

    return preview_release(workspace, Wishes(release=release, **wished))


def _read(workspace: Workspace, wishes: Wishes) -> Release:
    from distribute.cli.wishes import read_wished_release  # noqa: PLC0415  after the options are read

    return read_wished_release(workspace, wishes, now())
