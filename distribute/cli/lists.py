"""``lists show`` and ``lists check``: who is on a media list, and what is wrong with its rows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from distribute.cli.json_document import print_json
from distribute.cli.options import JSON, with_workspace
from distribute.cli.wording import counted
from distribute.cli.workspace import Workspace
from distribute.domain.audience import Contact, MediaList, RowProblem

_LIST = click.argument("name", metavar="LIST")
_COLUMNS = ("email", "name", "outlet", "beat", "language", "region", "timezone", "embargo_ok")


@click.group()
def lists() -> None:
    """Look at the media lists in recipients/."""


@lists.command("show")
@_LIST
@JSON
@with_workspace
def show_list(workspace: Workspace, name: str, as_json: bool) -> None:
    """Show who is on a list, or on a part of it: press:language=fr."""
    selection, media = workspace.media_list(name)
    contacts = [contact for contact in media.contacts if selection.admits(contact)]
    if as_json:
        print_json({"list": media.name, "selection": str(selection), "contacts": [asdict(c) for c in contacts]})
        return
    for contact in contacts:
        click.echo(_row(contact))
    click.echo(f"{counted(len(contacts), 'contact')} on {selection}.")
    _print_problems(media)


@lists.command("check")
@_LIST
@JSON
@with_workspace
def check_list(workspace: Workspace, name: str, as_json: bool) -> int:
    """Name every row that is not as it should be. Exits 1 when a row reaches nobody."""
    _, media = workspace.media_list(name)
    fatal = [problem for problem in media.problems if problem.is_fatal]
    if as_json:
        print_json(
            {"list": media.name, "contacts": len(media.contacts), "problems": [_problem(p) for p in media.problems]}
        )
    else:
        _print_problems(media)
        people = len({contact.address for contact in media.contacts})
        click.echo(
            f"{counted(people, 'person', 'people')} in {counted(len(media.contacts), 'good row')}; "
            f"{counted(len(fatal), 'row')} cannot be reached."
        )
    return int(bool(fatal))


def _row(contact: Contact) -> str:
    values = (str(getattr(contact, column) or "") for column in _COLUMNS[:-1])
    return "  ".join(value for value in values if value) + ("  accepts embargoes" if contact.embargo_ok else "")


def _problem(problem: RowProblem) -> dict[str, Any]:
    return {"line": problem.line, "email": problem.email, "message": problem.message, "fatal": problem.is_fatal}


def _print_problems(media: MediaList) -> None:
    for problem in media.problems:
        word, colour = ("error", "red") if problem.is_fatal else ("note", "yellow")
        click.echo(f"{click.style(word, fg=colour)}: {problem}")
