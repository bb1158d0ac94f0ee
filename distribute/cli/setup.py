"""``init`` and ``demo``: a workspace of one's own, and the whole job on the bundled release."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import closing
from pathlib import Path

import click

from distribute.cli import bundled
from distribute.cli.options import with_workspace
from distribute.cli.workspace import Workspace, now
from distribute.errors import InputError

_FOLDERS = ("recipients", "plans", "outbox")


@click.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--debug", is_flag=True, expose_value=False, help="Show where an error comes from.")
def init(folder: Path) -> None:
    """Make a workspace: .env, an example list, folders. What is there already stays as it is."""
    for path, is_new in make_workspace(folder).items():
        click.echo(f"{'made' if is_new else 'kept'}  {path}")
    here = "" if folder == Path() else f"cd {folder} and "
    click.echo(
        f"Next: {here}edit .env (who you are), then try `distribute preview RELEASE --to example`.\n"
        "Until you set EMAIL_PROVIDER everything is only written to the outbox folder."
    )


@click.command()
@click.option("--open", "open_it", is_flag=True, help="Open the preview in the browser.")
@with_workspace
def demo(workspace: Workspace, open_it: bool) -> int:
    """Do the whole job on the bundled release, in a fresh folder, with nothing leaving this machine."""
    from distribute.cli.demonstrating import demonstrate  # noqa: PLC0415  it imports everything

    folder = workspace.root / f"distribute-demo-{now():%Y%m%d-%H%M%S}"
    make_workspace(folder)
    release = folder / bundled.RELEASE
    release.write_bytes(bundled.bundled(bundled.RELEASE))
    release.with_suffix(".toml").write_bytes(bundled.bundled(bundled.SIDECAR))
    with closing(Workspace(folder)) as own:
        return demonstrate(own, release, open_it=open_it)


def make_workspace(folder: Path) -> dict[Path, bool]:
    """Make what a workspace needs and is not there; each path with whether it is new.

    Raises InputError when the folder cannot be written to.
    """
    wanted = {
        folder / ".env": _settings(),
        folder / "recipients" / bundled.LIST: bundled.bundled(bundled.LIST),
        folder / "recipients" / bundled.SUPPRESSIONS: bundled.bundled(bundled.SUPPRESSIONS),
    }
    try:
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        return {path: _write_new(path, content) for path, content in wanted.items()}
    except OSError as error:
        raise InputError(f"{folder} cannot be made a workspace ({error.strerror}): choose another folder") from error


def _settings() -> bytes:
    """The example settings with a secret of this workspace's own."""
    text = bundled.bundled(bundled.SETTINGS).decode()
    return re.sub(r"(?m)^SECRET_KEY=$", f"SECRET_KEY={secrets.token_hex(32)}", text).encode()


def _write_new(path: Path, content: bytes) -> bool:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return True
