"""Lines of dashes that Word turned into borders while somebody typed front matter, as dashes again."""

from __future__ import annotations

from lxml import etree

from distribute.sources.document import clean
from distribute.sources.typed_matter import FENCE, states_key
from distribute.sources.word_package import W
from distribute.sources.word_styles import Styles

_DASHES = "---"
_NO_LINE = frozenset({None, "none", "nil"})


def restore_fences(root: etree._Element, styles: Styles) -> None:
    """Put ``---`` where a border stands for it: above statements that a document begins with, and below them.

    Word makes ``---`` and Enter the lower border of the paragraph above, or of an empty one at the very top.
    A border anywhere else is only drawn.
    """
    body = root.find(f"{W}body")
    paragraphs = [each for each in body if each.tag == f"{W}p"] if body is not None else []
    texts = [_said(each) for each in paragraphs]
    told = [place for place, text in enumerate(texts) if text or _has_border(paragraphs[place], styles)]
    if len(told) < 2 or not states_key(texts[told[1]]):
        return
    first = paragraphs[told[0]]
    if not texts[told[0]]:
        _write(first)
    elif not FENCE.fullmatch(texts[told[0]]):
        return
    for place in told[1:]:
        if FENCE.fullmatch(texts[place]):
            return
        if _has_border(paragraphs[place], styles):
            closing = paragraphs[place]
            if texts[place]:
                closing = etree.Element(f"{W}p")
                paragraphs[place].addnext(closing)
            _write(closing)
            return


def _has_border(paragraph: etree._Element, styles: Styles) -> bool:
    properties = paragraph.find(f"{W}pPr")
    stated = properties.find(f"{W}pStyle") if properties is not None else None
    border = properties.find(f"{W}pBdr") if properties is not None else None
    if border is None and stated is not None:
        border = styles.of_paragraphs(stated.get(f"{W}val"), "pBdr")
    line = border.find(f"{W}bottom") if border is not None else None
    return line is not None and line.get(f"{W}val") not in _NO_LINE


def _said(paragraph: etree._Element) -> str:
    return clean("".join(item.text or "" for item in paragraph.iter(f"{W}t")))


def _write(paragraph: etree._Element) -> None:
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}t").text = _DASHES
