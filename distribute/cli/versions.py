"""A release beside its other language versions, as found in its folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from distribute.cli.wishes import Wishes, read_wished_release
from distribute.cli.workspace import Workspace

if TYPE_CHECKING:
    from distribute.domain.finding import Finding
    from distribute.domain.release import Release

_OF_ALL = ("embargo", "release_line", "timezone", "edition")
"""What ``--set`` says of every version; the rest is said of the one file."""


def check_siblings(workspace: Workspace, wishes: Wishes, release: Release, now: datetime) -> tuple[Finding, ...]:
    """The findings of comparing a release with each version beside it; none where it is the only one.

    A version that cannot be read is a finding, since nobody knows then whether it agrees. ``bridge.md`` beside
    ``bridge.en.md`` is one only where no other is in its language.
    """
    from distribute.sources.siblings import find_siblings  # noqa: PLC0415  after the options are read

    siblings = find_siblings(wishes.release)
    return tuple(_findings(workspace, wishes, release, now, siblings)) if siblings else ()


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors before warnings, what is silenced last, otherwise as they came."""
    return tuple(sorted(findings, key=lambda finding: (finding.silenced is not None, not finding.is_error)))


def _findings(
    workspace: Workspace, wishes: Wishes, release: Release, now: datetime, siblings: tuple[Path, ...]
) -> Iterator[Finding]:
    from distribute.checking import Version, check_versions  # noqa: PLC0415  only where there are several versions
    from distribute.domain.finding import Finding, Severity  # noqa: PLC0415  the same
    from distribute.errors import InputError  # noqa: PLC0415  the same
    from distribute.sources.siblings import language_in_name, last_edits  # noqa: PLC0415  the same

    given = [text for text in wishes.given if text.partition("=")[0].strip().replace("-", "_") in _OF_ALL]
    seen = {release.language}
    for path in sorted(siblings, key=lambda path: not language_in_name(path)):
        try:
            other = read_wished_release(workspace, replace(wishes, release=path, given=given), now)
        except InputError as error:
            message = f"{path} is another version of this release and cannot be compared: {error}"
            yield Finding(rule="version-unreadable", severity=Severity.WARNING, message=message, file=str(path))
            continue
        is_plain = not (language_in_name(path) and language_in_name(wishes.release))
        if is_plain and other.language in seen:
            continue
        seen.add(other.language)
        edits = release.updated, other.updated
        if None in edits:
            edits = last_edits(wishes.release, path)
        shown = [it.astimezone(ZoneInfo(workspace.zone)) if it else None for it in edits]
        yield from check_versions(
            Version(release, str(wishes.release), shown[0]), [Version(other, str(path), shown[1])]
        )
