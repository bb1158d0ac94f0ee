"""``show`` and ``preview``: what a release is, before it goes anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from distribute.cli.options import JSON, RELEASE, with_order_options, with_release_options, with_workspace
from distribute.cli.wishes import Wishes
from distribute.cli.workspace import Workspace, now

if TYPE_CHECKING:
    from distribute.domain.release import Release


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
@RELEASE
@with_order_options
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write it (default: preview/).")
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@with_workspace
def preview(workspace: Workspace, release: Path, out: Path | None, open_it: bool, **wished: Any) -> None:
    """Write one page that shows the whole send: e-mail, posts, recipients, findings."""
    from distribute.cli.previewing import write_preview  # noqa: PLC0415  it imports all of rendering

    path = write_preview(workspace, Wishes(release=release, **wished), out or workspace.root / "preview")
    click.echo(str(path))
    if open_it:
        click.launch(path.as_uri())


def _read(workspace: Workspace, wishes: Wishes) -> Release:
    from distribute.cli.wishes import read_wished_release  # noqa: PLC0415  after the options are read

    return read_wished_release(workspace, wishes, now())
