"""What the options of a verb say about a release, an audience and instants, as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from distribute.cli.workspace import Workspace

if TYPE_CHECKING:
    from distribute.domain.release import Release


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the options of a verb say, as typed."""

    release: Path
    to: Sequence[str] = ()
    leave_out: Sequence[str] = ()
    on: Sequence[str] = ()
    at: Sequence[str] = ()
    embargo: str | None = None
    given: Sequence[str] = ()
    note: Sequence[str] = ()
    to_nobody_in_particular: bool = False
    language: str | None = None
    is_armed: bool = False
    attach: Sequence[str] = ()
    is_inlining: bool = False


def read_wished_release(workspace: Workspace, wishes: Wishes, now: datetime) -> Release:
    """The release with what the options say of it. Raises InputError with file and line."""
    from distribute.sources.releases import read_release  # noqa: PLC0415  a frozen plan is sent without

    options = dict(_pair(text, "--set") for text in wishes.given)
    if wishes.embargo:
        options["embargo"] = wishes.embargo
    return read_release(wishes.release, now, options, zone=workspace.zone)


def _pair(text: str, option: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f"{option} {text}: write it as KEY=VALUE")
    return key.strip(), value.strip()
