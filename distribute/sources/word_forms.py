"""Each paragraph of a Word document set to one of a few forms, so that mammoth need know no other style."""

from __future__ import annotations

from lxml import etree

from distribute.sources.document import clean
from distribute.sources.word_body import PICTURE_MARK
from distribute.sources.word_lists import Lists
from distribute.sources.word_package import W
from distribute.sources.word_styles import Styles, is_on, outline_form

_PATHS = {
    **{f"h{level}": f"h{level}" for level in range(1, 7)},
    "quote": "blockquote > p",
    "caption": "p.caption",
    "item": "ul > li",
}
_WORDS = ("strong", "em")
STYLE_MAP = "\n".join(
    [f"p.{form} => {path}:fresh" for form, path in _PATHS.items()] + [f"r.{form} => {form}" for form in _WORDS]
)
"""mammoth's style map of every form there is."""
STYLES = (
    f'<w:styles xmlns:w="{W[1:-1]}">'
    + "".join(f'<w:style w:type="paragraph" w:styleId="{form}"><w:name w:val="{form}"/></w:style>' for form in _PATHS)
    + "".join(f'<w:style w:type="character" w:styleId="{form}"><w:name w:val="{form}"/></w:style>' for form in _WORDS)
    + "</w:styles>"
).encode()
"""The part of a document that has these styles and no other."""

_KEPT = frozenset(f"{W}{name}" for name in ("b", "i", "vertAlign"))
_SWITCHES = {"b": "strong", "i": "em"}


def set_forms(root: etree._Element, styles: Styles, lists: Lists) -> None:
    """Give every paragraph and run its form as its only style; the number of a list's item becomes its first word."""
    for paragraph in root.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        stated = properties.find(f"{W}pStyle") if properties is not None else None
        style = stated.get(f"{W}val") if stated is not None else None
        form = styles.form(style)
        if form is None and properties is not None and (level := properties.find(f"{W}outlineLvl")) is not None:
            form = outline_form(level)
        label = lists.label(properties, style)
        if label is None and form == "item" and _has_left(properties):
            form = None
        _set_form(paragraph, properties, form or ("item" if label is not None else None))
        if label and any(clean(PICTURE_MARK.sub("", item.text or "")) for item in paragraph.iter(f"{W}t")):
            _put_first(paragraph, f"{label} ")
    for properties in list(root.iter(f"{W}rPr")):
        _set_words(properties, styles)
    for run in list(root.iter(f"{W}r")):
        _join_before(run)


def _join_before(run: etree._Element) -> None:
    """A run of nothing but words goes into the one before it that looks the same: Word parts them at every edit."""
    before = run.getprevious()
    if before is None or before.tag != f"{W}r" or len(run) == 0 or len(before) == 0:
        return
    words, look = _taken_apart(run)
    words_before, look_before = _taken_apart(before)
    if words is not None and words_before is not None and look == look_before:
        words_before.text = f"{words_before.text or ''}{words.text or ''}"
        before.getparent().remove(run)  # type: ignore[union-attr]  # it has one beside it


def _taken_apart(run: etree._Element) -> tuple[etree._Element | None, list[tuple[str, str | None]]]:
    """The words of a run, None if it has anything else, and the properties it has."""
    last = run[-1]
    properties = run[0] if len(run) > 1 else None
    if last.tag != f"{W}t" or len(run) > 2 or (properties is not None and properties.tag != f"{W}rPr"):
        return None, []
    look = [(str(each.tag), each.get(f"{W}val")) for each in properties] if properties is not None else []
    return last, look


def _has_left(properties: etree._Element | None) -> bool:
    """A paragraph that says of itself that it is in no list."""
    number = properties.find(f"{W}numPr/{W}numId") if properties is not None else None
    return number is not None and number.get(f"{W}val") == "0"


def _set_form(paragraph: etree._Element, properties: etree._Element | None, form: str | None) -> None:
    if properties is not None:
        paragraph.remove(properties)
    if form:
        properties = etree.Element(f"{W}pPr")
        etree.SubElement(properties, f"{W}pStyle", {f"{W}val": form})
        paragraph.insert(0, properties)


def _put_first(paragraph: etree._Element, label: str) -> None:
    run = etree.Element(f"{W}r")
    words = etree.SubElement(run, f"{W}t")
    words.text = label
    paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, run)


def _set_words(properties: etree._Element, styles: Styles) -> None:
    """Of what a run says of its characters, bold, italic, raised and lowered matter, and a style that means these."""
    stated = properties.find(f"{W}rStyle")
    style = stated.get(f"{W}val") if stated is not None else None
    form = styles.form(style)
    for name, meant in _SWITCHES.items():
        switch = styles.of_characters(style, name)
        if switch is not None and is_on(switch) and properties.find(f"{W}{name}") is None:
            form = form or meant
    for child in list(properties):
        if child.tag not in _KEPT:
            properties.remove(child)
    if form in _WORDS:
        properties.insert(0, etree.Element(f"{W}rStyle", {f"{W}val": form}))
    run = properties.getparent()
    if not len(properties) and run is not None:
        run.remove(properties)
