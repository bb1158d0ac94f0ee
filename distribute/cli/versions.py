"""A release beside its other language versions, as found in its folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Sibling:
    """Another language version of a release: its file, and what is in it or why that cannot be read."""

    path: Path
    release: Release | None
    problem: str = ""


def read_siblings(workspace: Workspace, wishes: Wishes, release: Release, now: datetime) -> tuple[Sibling, ...]:
    """Each version beside a release, one for a language. ``bridge.md`` beside ``bridge.en.md`` is one only where no
    other is in its language.
    """
    from distribute.sources.siblings import find_siblings  # noqa: PLC0415  after the options are read

    siblings = find_siblings(wishes.release)
    return tuple(_read(workspace, wishes, release, now, siblings)) if siblings else ()


def compare_siblings(
    workspace: Workspace, wishes: Wishes, release: Release, siblings: Sequence[Sibling]
) -> Iterator[Finding]:
    """The findings of comparing a release with each version beside it.

    A version that cannot be read is a finding, since nobody knows then whether it agrees.
    """
    from distribute.checking import Version, check_versions  # noqa: PLC0415  only where there are several versions
    from distribute.domain.finding import Finding, Severity  # noqa: PLC0415  the same
    from distribute.sources.siblings import last_edits  # noqa: PLC0415  the same

    for sibling in siblings:
        path, other = sibling.path, sibling.release
        if other is None:
            message = f"{path} is another version of this release and cannot be compared: {sibling.problem}"
            yield Finding(rule="version-unreadable", severity=Severity.WARNING, message=message, file=str(path))
            continue
        edits = release.updated, other.updated
        if None in edits:
            edits = last_edits(wishes.release, path)
        shown = [it.astimezone(ZoneInfo(workspace.zone)) if it else None for it in edits]
        yield from check_versions(
            Version(release, str(wishes.release), shown[0]), [Version(other, str(path), shown[1])]
        )


def check_own(siblings: Sequence[Sibling], now: datetime) -> Iterator[Finding]:
    """What blocks the versions that somebody would get beside the named one."""
    from distribute.checking import check  # noqa: PLC0415  only where there are several versions
    from distribute.domain.finding import Finding, Severity  # noqa: PLC0415  the same

    for path, other in ((sibling.path, sibling.release) for sibling in siblings):
        if other is None:
            message = f"readers of {path} would get another language: mend it, or set LANGUAGE_POLICY=one"
            yield Finding(rule="version-unreadable", severity=Severity.ERROR, message=message, file=str(path))
        else:
            yield from (replace(it, file=str(path)) for it in check(other, now) if it.is_blocking)


def as_versions(wishes: Wishes, release: Release, siblings: Sequence[Sibling]) -> tuple[tuple[Release, ...], str]:
    """The releases in further languages, one for each, and the slug by which the ledger knows all of them.

    That is the slug of the version whose language comes first, whichever is named, unless ``--set slug=…`` says it.
    """
    from distribute.sources.siblings import language_in_name  # noqa: PLC0415  only where there are several versions

    found: dict[str | None, Release] = {release.language: release}
    for sibling in siblings:
        if sibling.release:
            language = sibling.release.language or language_in_name(sibling.path)
            found.setdefault(language, replace(sibling.release, language=language))
    is_stated = any(text.partition("=")[0].strip() == "slug" for text in wishes.given)
    first = release if is_stated else found[min(found, key=lambda language: language or "")]
    return tuple(found.values())[1:], first.slug


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors before warnings, what is silenced last, otherwise as they came."""
    return tuple(sorted(findings, key=lambda finding: (finding.silenced is not None, not finding.is_error)))


def _read(
    workspace: Workspace, wishes: Wishes, release: Release, now: datetime, siblings: tuple[Path, ...]
) -> Iterator[Sibling]:
    from distribute.errors import InputError  # noqa: PLC0415  only where there are several versions
    from distribute.sources.siblings import language_in_name  # noqa: PLC0415  the same

    given = [text for text in wishes.given if text.partition("=")[0].strip().replace("-", "_") in _OF_ALL]
    seen = {release.language}
    for path in sorted(siblings, key=lambda path: not language_in_name(path)):
        try:
            other = read_wished_release(workspace, replace(wishes, release=path, given=given), now)
        except InputError as error:
            yield Sibling(path, None, str(error))
            continue
        is_plain = not (language_in_name(path) and language_in_name(wishes.release))
        if not (is_plain and other.language in seen):
            seen.add(other.language)
            yield Sibling(path, other)
