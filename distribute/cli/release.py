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
        _print_release(understood)


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


def _print_release(it: Release) -> None:
    """What a press officer reads in ten seconds: headline, who is quoted, whom to call, what is missing."""
    _line("Headline", it.headline)
    for subhead in it.subheads:
        _line("Subhead", subhead)
    _line("Language", it.language)
    until = it.lift.isoformat() if it.lift else None
    _line("Release", {"none": None}.get(it.release_line.kind, f"{it.release_line.kind} {until or ''}".strip()))
    _line("Dateline", it.dateline.raw if it.dateline else None)
    _line("Body", f"{sum(1 for _ in it.words())} words in {len(it.body)} parts")
    for quote in it.quotes:
        speaker = ", ".join(part for part in (quote.speaker or "(nobody named)", quote.title) if part)
        _line("Quote", f"“{_opening(quote.text, 9)}” — {speaker}")
    for contact in it.contacts:
        parts = (contact.name, contact.role, contact.organisation, *contact.phones, *contact.emails)
        _line("Contact", ", ".join(part for part in parts if part))
    _line("Boilerplate", _opening(it.boilerplate or "", 14))
    _line("Notes", _opening(it.notes_to_editors or "", 14))
    _line("Link", it.link)
    for asset in it.assets:
        size = f"{asset.width} × {asset.height} pixels" if asset.width else None
        _line("Image", ", ".join(part for part in (asset.label, size, asset.caption or asset.alt) if part))
    absent = [
        name
        for name, there in {
            "release line": it.release_line.kind != "none",
            "dateline": it.dateline,
            "quote": it.quotes,
            "media contact": it.contacts,
            "boilerplate": it.boilerplate,
            "link": it.link,
        }.items()
        if not there
    ]
    if absent:
        click.secho(f"Not in the text: {', '.join(absent)}.", fg="yellow")


def _opening(text: str, number: int) -> str:
    """The first words of a text, with an ellipsis where there are more."""
    words = text.split()
    return " ".join(words[:number]) + (" …" if len(words) > number else "")


def _line(label: str, value: str | None) -> None:
    if value:
        click.echo(f"{click.style(f'{label:<12}', dim=True)}{value}")
