"""``check``: what a newsroom editor would say of a release, each remark under the line it is about."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from distribute.cli.options import JSON, RELEASE, with_release_options, with_workspace
from distribute.cli.wishes import Wishes, read_wished_release
from distribute.cli.wording import counted
from distribute.cli.workspace import Workspace, now
from distribute.errors import SourceError

if TYPE_CHECKING:
    from distribute.domain.finding import Finding

_WIDEST = 120


@click.command("check")
@RELEASE
@with_release_options
@JSON
@with_workspace
def check_release(workspace: Workspace, release: Path, as_json: bool, **wished: Any) -> int:
    """Say what a newsroom editor would: errors block a send, warnings advise.

    Exits 1 when there are errors that the release does not silence.
    """
    from distribute.checking import check  # noqa: PLC0415  after the options are read
    from distribute.cli.json_document import print_json  # noqa: PLC0415  the same
    from distribute.cli.versions import by_weight, compare_siblings, read_siblings  # noqa: PLC0415  the same

    wishes, moment = Wishes(release=release, **wished), now()
    understood = read_wished_release(workspace, wishes, moment)
    siblings = read_siblings(workspace, wishes, understood, moment)
    findings = by_weight((*check(understood, moment), *compare_siblings(workspace, wishes, understood, siblings)))
    if as_json:
        print_json({"findings": [finding_document(release, finding) for finding in findings]})
    else:
        _print_findings(release, findings, understood.lines)
    return int(any(finding.is_blocking for finding in findings))


def finding_document(path: Path, finding: Finding) -> dict[str, Any]:
    """One finding of ``check --json``; ``silenced`` is the reason, or null."""
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "file": finding.file or str(path),
        "line": finding.line,
        "column": finding.column,
        "length": finding.length,
        "message": finding.message,
        "silenced": finding.silenced,
    }


def place_of(path: Path, finding: Finding) -> str:
    """``bridge.txt:12:93``, as far as the finding has a place."""
    return ":".join(str(part) for part in (finding.file or path, finding.line, finding.column) if part is not None)


def _print_findings(path: Path, findings: Sequence[Finding], lines: Sequence[str]) -> None:
    room = min(shutil.get_terminal_size().columns, _WIDEST)
    texts = {str(path): lines}
    for finding in findings:
        where = click.style(place_of(path, finding), bold=True)
        click.echo(f"{where}: {_weight(finding)}: {finding.message} ({finding.rule})")
        if finding.silenced is not None:
            click.secho(f"      silenced: {finding.silenced}", dim=True)
        else:
            file = finding.file or str(path)
            if finding.line and file not in texts:
                texts[file] = _lines_of(Path(file))
            _print_line(finding, texts.get(file, ()), room)
    click.echo(_summary(findings))


def _lines_of(path: Path) -> Sequence[str]:
    """The lines of another version; none where they cannot be shown."""
    from distribute.sources.releases import read_lines  # noqa: PLC0415  where there is one

    with suppress(SourceError):
        return read_lines(path)
    return ()


def _print_line(finding: Finding, lines: Sequence[str], room: int) -> None:
    """The line of the file, and carets under what is meant."""
    if finding.line is None or finding.line > len(lines) or not lines[finding.line - 1].strip():
        return
    from distribute.cli.excerpts import underline  # noqa: PLC0415  where a line is shown

    number = f"{finding.line:>6} | "
    words, marks = underline(lines[finding.line - 1], finding.column, finding.length, room - len(number))
    click.echo(click.style(number, dim=True) + words)
    if marks:
        click.echo(click.style("       | ", dim=True) + click.style(marks, fg=_colour(finding), bold=True))


def _weight(finding: Finding) -> str:
    if finding.silenced is not None:
        return click.style(f"silenced {finding.severity}", dim=True)
    return click.style(str(finding.severity), fg=_colour(finding), bold=True)


def _colour(finding: Finding) -> str:
    return "red" if finding.is_error else "yellow"


def _summary(findings: Sequence[Finding]) -> str:
    heard = [finding for finding in findings if finding.silenced is None]
    errors = sum(finding.is_error for finding in heard)
    remarks = f"{counted(errors, 'error')}, {counted(len(heard) - errors, 'warning')}"
    silenced = len(findings) - len(heard)
    return (remarks if findings else "Nothing to remark.") + (f", {silenced} silenced" if silenced else "")
