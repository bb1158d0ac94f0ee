"""The images of a letter: where they come from, and how it looks to those who block them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape, unescape

from distribute.domain.content import Letter, Slotted

_IMAGE = re.compile(r"""<img(?:\s+[^\s=>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*\s*/?>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_GROUND = re.compile(r"""url\((?:"[^"]*"|'[^']*'|&quot;.*?&quot;|[^)"'&]*)\)""", re.IGNORECASE)
_SOURCE = re.compile(r"""<img\b[^>]*?\ssrc=["'](https://[^/"'?#\s;,]+)""", re.IGNORECASE)
_SLOT = re.compile("\0([^\0]*)\0")
_WITHOUT_IMAGE = (
    "display:inline-block;box-sizing:border-box;border:1px solid #8a8a8a;padding:6px 8px;"
    "font:14px/1.4 sans-serif;max-width:100%;"
)


def enclosed_pictures(letters: Iterable[Letter]) -> dict[str, str]:
    """The pictures that come with letters, as a page shows them: ``cid:`` (RFC 2392) to ``data:`` (RFC 2397)."""
    files = (file for letter in letters for file in letter.attachments if file.cid)
    return {f"cid:{file.cid}": f"data:{file.media_type};base64,{file.base64}" for file in files}


def with_pictures(html: str, pictures: Mapping[str, str]) -> str:
    """``html`` with its enclosed pictures in it."""
    for address, data in pictures.items():
        html = html.replace(address, data)
    return html


def without_images(html: Slotted) -> Slotted:
    """The letter as a client shows it that blocks images: a frame with the alternative text for each, no grounds."""
    marked = html.with_tags("\0{}\0")
    return Slotted(tuple(_SLOT.split(_GROUND.sub("none", _IMAGE.sub(_told, marked)))))


def _told(image: re.Match[str]) -> str:
    said = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(image[0])}
    alt, width = said.get("alt", "").strip(), re.match(r"\d+", said.get("width", ""))
    if not alt:
        return ""
    room = f"width:{width[0]}px;" if width else ""
    return f'<span role="img" style="{_WITHOUT_IMAGE}{room}">{escape(unescape(alt))}</span>'


def image_origins(letters: Iterable[Letter]) -> Sequence[str]:
    """The https hosts that the letters take images from, as a content security policy names them."""
    return sorted({host for letter in letters for host in _SOURCE.findall("".join(letter.html.pieces))})
