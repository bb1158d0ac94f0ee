"""A letter's files as parts of a message: pictures beside the text that shows them, attachments after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from distribute.channels.headers import require_plain
from distribute.channels.transfer import EOL, base64_lines
from distribute.domain.attachment import Attachment

_LONGEST_SECTION = 60
"""Characters of a name's section, so that its line stays under 78 (RFC 5322 2.1.1)."""


def enclose(before: str, after: str, files: Sequence[Attachment], mark: str) -> tuple[str, str]:
    """What stands before a multipart/alternative and after it, with ``files`` around it.

    Pictures with a cid make it part of a multipart/related (RFC 2387), all others of a multipart/mixed.
    ``mark`` makes the boundaries. Raises PlanError for a name that holds control characters.
    """
    shown, offered = [it for it in files if it.cid], [it for it in files if not it.cid]
    kind = f'related; type="multipart/alternative";{EOL} boundary="=_r{mark}"'
    before, after = _wrapped(before, after, kind, shown, f"=_r{mark}")
    return _wrapped(before, after, f'mixed;{EOL} boundary="=_m{mark}"', offered, f"=_m{mark}")


def listed(files: Sequence[Attachment], names: Sequence[str], cid: str = "{}") -> list[dict[str, str]]:
    """Each file under an API's ``names`` for name, bytes in base64, media type and cid, which ``cid`` writes."""
    return [dict(zip(names, _described(it, cid), strict=False)) for it in files]


def _described(it: Attachment, cid: str) -> list[str]:
    plain = [require_plain("A file's name", it.name), it.base64, it.media_type]
    return [*plain, cid.format(it.cid)] if it.cid else plain


def _wrapped(before: str, after: str, kind: str, files: Sequence[Attachment], boundary: str) -> tuple[str, str]:
    if not files:
        return before, after
    parts = "".join(f"{EOL}--{boundary}{EOL}{_part(it)}" for it in files)
    opening = f"Content-Type: multipart/{kind}{EOL}{EOL}--{boundary}{EOL}"
    return f"{opening}{before}", f"{after}{parts}{EOL}--{boundary}--{EOL}"


def _part(it: Attachment) -> str:
    fields = [
        ("Content-Type", require_plain("Content-Type", it.media_type)),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f"{it.disposition}{''.join(_name(it.name))}"),
        *([("Content-ID", f"<{require_plain('Content-ID', it.cid)}>")] if it.cid else []),
    ]
    head = EOL.join(f"{name}: {value}" for name, value in fields)
    return f"{head}{EOL}{EOL}{base64_lines(it.data)}"


def _name(name: str) -> Iterator[str]:
    """The parameter ``filename``: quoted (RFC 2183) where it is short and plain, otherwise in sections (RFC 2231)."""
    require_plain("A file's name", name)
    if name.isascii() and len(name) <= _LONGEST_SECTION:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        yield f';{EOL} filename="{quoted}"'
        return
    section, number = "utf-8''", 0
    for character in map(_percent, name):
        if len(section) + len(character) > _LONGEST_SECTION:
            yield f";{EOL} filename*{number}*={section}"
            section, number = "", number + 1
        section += character
    yield f";{EOL} filename*{number}*={section}"


def _percent(character: str) -> str:
    return quote(character, safe="")
