"""The fields of a Word document made plain: links keep their address, the rest is what it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from distribute.sources.word_package import W

_KIND = f"{W}fldCharType"
_SHOWN = frozenset(f"{W}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen", "sym", "drawing", "pict"))
_TOKEN = re.compile(r'"([^"]*)"|(\\[a-z*#@])|(\S+)', re.IGNORECASE)
_UNMERGED = re.compile("«([^«»]{1,60})»")
_CHECKED, _UNCHECKED = "☒", "☐"


@dataclass(slots=True)
class _Field:
    """A field that has begun: its code, the elements that mark it, and the text it shows."""

    begin: etree._Element
    codes: list[etree._Element] = field(default_factory=list)
    marks: list[etree._Element] = field(default_factory=list)
    shown: list[etree._Element] = field(default_factory=list)
    shows: bool = False

    @property
    def code(self) -> str:
        return "".join(each.text or "" for each in self.codes)


def settle_fields(root: etree._Element) -> None:
    """Leave of every field what a page shows of it (ECMA-376 part 1, 17.16): fields inside its code go.

    HYPERLINK keeps its address and loses its switches; a box to tick becomes ☒ or ☐; «Name» that no merge
    has filled becomes ``<<Name>>``, which cannot be taken for a quotation.
    """
    for simple in list(root.iter(f"{W}fldSimple")):
        _unfold(simple)
    opened: list[_Field] = []
    for element in list(root.iter(f"{W}fldChar", f"{W}instrText", *_SHOWN)):
        if element.tag == f"{W}fldChar":
            _mark(opened, element)
        elif element.tag == f"{W}instrText":
            if opened:
                opened[-1].codes.append(element)
        elif any(not each.shows for each in opened):
            _remove(element)
        elif opened:
            opened[-1].shown.append(element)
    for unclosed in opened:
        _close(unclosed)


def _mark(opened: list[_Field], element: etree._Element) -> None:
    kind = element.get(_KIND)
    if kind == "begin":
        opened.append(_Field(element, marks=[element]))
    elif not opened:
        _remove(element)
    else:
        opened[-1].marks.append(element)
        opened[-1].shows = kind == "separate"
        if kind == "end":
            closed = opened.pop()
            _close(closed, is_shown=all(each.shows for each in opened))
            if opened:
                opened[-1].shown += closed.shown


def _close(ended: _Field, *, is_shown: bool = True) -> None:
    words = [match[1] or match[2] or match[3] or "" for match in _TOKEN.finditer(ended.code)]
    kind, arguments = (words[0].upper(), words[1:]) if words else ("", [])
    address = _address(arguments) if kind == "HYPERLINK" and is_shown and len(ended.marks) == 3 else ""
    if address:
        ended.codes[0].text = f' HYPERLINK "{address}" '
        ended.codes = ended.codes[1:]
        ended.marks = []
    elif kind == "FORMCHECKBOX" and is_shown:
        ended.begin.addprevious(_text(_CHECKED if _is_checked(ended.begin) else _UNCHECKED))
    elif kind == "MERGEFIELD":
        for each in ended.shown:
            if each.tag == f"{W}t" and each.text:
                each.text = _UNMERGED.sub(r"<<\1>>", each.text)
    for each in (*ended.codes, *ended.marks):
        _remove(each)


def _address(arguments: list[str]) -> str:
    """The address of a link with the place in it that ``\\l`` names; empty for a place in the document itself."""
    if not arguments or arguments[0].startswith("\\"):
        return ""
    places = [after for before, after in pairwise(arguments) if before == "\\l"]
    return arguments[0] + (f"#{places[0]}" if places else "")


def _is_checked(begin: etree._Element) -> bool:
    for name in ("checked", "default"):
        state = begin.find(f"{W}ffData/{W}checkBox/{W}{name}")
        if state is not None:
            return state.get(f"{W}val", "1") not in {"0", "false", "off"}
    return False


def _unfold(simple: etree._Element) -> None:
    """``w:fldSimple`` as the three marks it is short for."""
    parent = simple.getparent()
    if parent is None:
        return
    place = parent.index(simple)
    code = etree.Element(f"{W}instrText")
    code.text = simple.get(f"{W}instr")
    begin, separate, end = (etree.Element(f"{W}fldChar", {_KIND: kind}) for kind in ("begin", "separate", "end"))
    inside = [child for child in simple if child.tag != f"{W}fldData"]
    parent[place : place + 1] = [_run(begin), _run(code), _run(separate), *inside, _run(end)]


def _run(element: etree._Element) -> etree._Element:
    run = etree.Element(f"{W}r")
    run.append(element)
    return run


def _text(words: str) -> etree._Element:
    element = etree.Element(f"{W}t")
    element.text = words
    return element


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
