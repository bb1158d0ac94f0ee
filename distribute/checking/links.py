"""Rules about addresses: only those that open a page, a mail or a call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from distribute.checking.registry import Remark, error
from distribute.checking.texts import Text, all_texts, body_texts, shorten
from distribute.domain.release import MarkKind, Release

_IN_TEXT = {"https", "mailto", "tel"}
_REMEDY = "put it online, and give the address that begins with https://."
_WRITTEN = re.compile(
    r"(?<![\w-])(?:(?:javascript|vbscript):(?=\S)|(?:data|file|ftp|about|blob):(?=[^\s:][^\s]*[/(;,=])|http://(?=\w))[^\s]{1,60}",
    re.IGNORECASE,
)


@error("link-scheme")
def check_links(release: Release, _now: datetime) -> Iterator[Remark]:
    """Links open a page, a mail or a call: https, mailto or tel; images are https."""
    if release.link and not _is_allowed(release.link, {"https"}):
        yield Remark(f"The link “{shorten(release.link)}” is not a web address: it must begin with https://.")
    for asset in release.assets:
        if not asset.is_embedded and not _is_allowed(asset.url, {"https"}):
            message = f"The image “{shorten(asset.url)}” has no address that readers can open: {_REMEDY}"
            yield Text(asset.url, asset.line).remark(message, 0, asset.url)
    for block, text in zip(release.body, body_texts(release), strict=True):
        for mark in block.marks:
            if mark.kind is MarkKind.LINK and not _is_allowed(mark.href or "", _IN_TEXT):
                message = f"The link “{shorten(mark.href or '')}” opens no safe page, mail or call: use https://."
                yield text.remark(message, mark.start, text.words[mark.start : mark.end])
    for text in all_texts(release):
        for match in _WRITTEN.finditer(text.words):
            address = match[0].rstrip(".,;:!?)]}'’”»")
            message = f"“{shorten(address)}” is an address readers cannot open safely: use https://."
            yield text.remark(message, match.start(), address)


def _is_allowed(address: str, schemes: set[str]) -> bool:
    if re.search(r"[\s\x00-\x1f\x7f<>\"]", address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in schemes and bool(parts.netloc or parts.scheme.lower() in {"mailto", "tel"})
