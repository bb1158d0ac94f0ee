"""Signs of symbol fonts in a Word document as the characters they show."""

from __future__ import annotations

from lxml import etree
from mammoth.docx.dingbats import dingbats

from distribute.sources.word_package import Package, W

_FONTS = frozenset(font for font, _ in dingbats)
_FONT_NAMES = (f"{W}ascii", f"{W}hAnsi")
_PRIVATE, _OWN = range(0xE000, 0xF900), 0xF000
"""Where Unicode leaves characters to agreement; symbol fonts have theirs from U+F000 (ECMA-376 part 1, 17.3.3.30)."""


def settle_signs(root: etree._Element, package: Package) -> None:
    """Put a character for each sign; SourceError, with its place, for one whose meaning only its font knows."""
    for element in list(root.iter(f"{W}sym")):
        font = element.get(f"{W}font") or ""
        code = _number(element.get(f"{W}char") or "")
        sign = _meaning(font, code)
        if sign is None:
            raise package.error(
                f"the document holds a sign of the font {font or 'of its own'} ({code:04X}), at “{_place(element)}”: "
                "type it in another font"
            )
        element.attrib.clear()
        element.tag, element.text = f"{W}t", sign
    for fonts in root.iter(f"{W}rFonts"):
        font = next((name for key in _FONT_NAMES if (name := fonts.get(key))), "")
        run = next(fonts.iterancestors(f"{W}r"), None)
        if font in _FONTS and run is not None:
            for words in run.iter(f"{W}t"):
                words.text = "".join(_shown(font, ch) for ch in words.text or "")


def _shown(font: str, ch: str) -> str:
    code = ord(ch)
    return ch if ch.isspace() or (code > 0xFF and code not in _PRIVATE) else _meaning(font, code) or ch


def _meaning(font: str, code: int) -> str | None:
    """The character that a sign shows; None where only its font knows."""
    known = dingbats.get((font, code)) or dingbats.get((font, code - _OWN))
    if known is not None:
        return chr(known)
    return None if font in _FONTS or not code or code in _PRIVATE else chr(code)


def _number(text: str) -> int:
    try:
        number = int(text, 16)
    except ValueError:
        return 0
    return number if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else 0


def _place(element: etree._Element) -> str:
    paragraph = next(element.iterancestors(f"{W}p"), None)
    words = "".join(item.text or "" for item in paragraph.iter(f"{W}t")) if paragraph is not None else ""
    return " ".join(words.split())[:60]
