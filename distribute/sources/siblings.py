"""The other language versions of a release, found beside it by their names; and when a file was last edited."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale, UnknownLocaleError

FORMATS = (".md", ".markdown", ".txt", ".docx", ".html", ".htm")
_CODED = re.compile(r"(?P<stem>.+?)(?P<sign>[._\- ])(?P<code>[A-Za-z]{2}(?:[-_][A-Za-z]{2})?)")
_GIT_SECONDS = 5


def find_siblings(path: Path) -> tuple[Path, ...]:
    """``release.fr.md`` beside ``release.en.md``, and either of them beside ``release.md``, by language.

    What has no code counts in the same format alone: ``release.html`` is more likely a page made of it. The sign
    before the code may also be ``_``, ``-`` or a space, as ``bridge_EN.txt``, where both have a code. One file for
    each language: the same format first, then the order of FORMATS.
    """
    stem, sign, own = _taken_apart(path)
    found: dict[str, Path] = {}
    for other in sorted(_beside(path), key=lambda it: (it.suffix.lower() != path.suffix.lower(), _rank(it), it.name)):
        other_stem, other_sign, code = _taken_apart(other)
        is_coded = bool(own and code) and other_sign == sign
        is_plain = bool(own) != bool(code) and (sign or other_sign) == "." and other.suffix == path.suffix
        if other_stem == stem and code != own and (is_coded or is_plain):
            found.setdefault(code, other)
    return tuple(found[code] for code in sorted(found))


def language_in_name(path: Path) -> str:
    """The code that a file's name ends in, in lower case; empty where it ends in none."""
    return _taken_apart(path)[2]


def last_edits(one: Path, other: Path) -> tuple[datetime | None, datetime | None]:
    """When each of two files was last edited: the times of their last commits where git knows both as they are.

    Otherwise the files' own times; a checkout sets those anew, which is why git is asked first.
    """
    committed = _committed(one), _committed(other)
    return committed if all(committed) else (_saved(one), _saved(other))


def _beside(path: Path) -> list[Path]:
    try:
        return [it for it in path.parent.iterdir() if it.suffix.lower() in FORMATS and it.name != path.name]
    except OSError:
        return []


def _rank(path: Path) -> int:
    return FORMATS.index(path.suffix.lower())


def _taken_apart(path: Path) -> tuple[str, str, str]:
    """``bridge_EN.txt`` as (``bridge``, ``_``, ``en``); no sign and code where its name ends in no language."""
    match = _CODED.fullmatch(path.stem)
    if match and _is_language(match["code"]):
        return match["stem"], match["sign"], match["code"].lower().replace("_", "-")
    return path.stem, "", ""


def _is_language(code: str) -> bool:
    try:
        Locale.parse(code, sep="_" if "_" in code else "-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _committed(path: Path) -> datetime | None:
    """The time of the last commit that touched a file; None where it differs from that, or there is no git."""
    folder = path.resolve().parent
    if not any((parent / ".git").exists() for parent in (folder, *folder.parents)):
        return None
    seconds = _git(folder, "log", "-1", "--format=%ct", "--", path.name)
    if not seconds or not seconds.isdigit() or _git(folder, "status", "--porcelain", "--", path.name) != "":
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_GIT_SECONDS, check=False)  # noqa: S603  git, with a file's name behind --
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _saved(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None
