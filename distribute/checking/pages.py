"""Whether two addresses lead to the same page, in whatever language."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_CODE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?|eng|fra|deu|esp|nld|por", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:^|&)(?:lang|language|locale|hl)=(?P<code>[\w-]+)")


def is_same_page(one: str, other: str) -> bool:
    """Equal but for scheme, www, a slash at the end and the language; pages of one site in two languages are one."""
    first, second = _parts(one), _parts(other)
    if first[0] != second[0]:
        return False
    return first[1] == second[1] or (first[2] != second[2] and (first[2] != "" or second[2] != ""))


def site(address: str) -> str:
    """The host without www and language."""
    return _parts(address)[0]


def _parts(address: str) -> tuple[str, tuple[str, ...], str]:
    """Host and path without the language, and the language."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address, (), ""
    first, _, site = host.partition(".")
    language = first if _CODE.fullmatch(first) and "." in site else ""
    segments = [segment for segment in parts.path.split("/") if segment]
    codes = [segment for segment in segments if _CODE.fullmatch(segment)]
    query = _LANGUAGE.sub("", parts.query)
    codes += [match["code"] for match in _LANGUAGE.finditer(parts.query)]
    path = (*(segment for segment in segments if segment not in codes), query)
    return site if language else host, path, (language or (codes[0] if codes else "")).casefold()
