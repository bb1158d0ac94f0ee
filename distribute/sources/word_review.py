"""What shows that a Word document is still a draft: tracked changes, comments, hidden and struck-out text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from distribute.sources.document import clean
from distribute.sources.word_package import Package, W
from distribute.sources.word_sight import Sight

_CHANGES = {
    "ins": "inserted",
    "del": "deleted",
    "moveFrom": "moved from here",
    "moveTo": "moved to here",
    "cellIns": "inserted cell",
    "cellDel": "deleted cell",
    "cellMerge": "merged cell",
    **dict.fromkeys(
        ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange",
         "tcPrChange", "numberingChange"),
        "changed formatting",
    ),
}  # fmt: skip
_PLURALS = {"field to fill in": "fields to fill in"}
_ADVICE = {
    "tracked change": "accept or reject every change (Review)",
    "comment": "delete the comments",
    "field to fill in": "fill in or delete the fields",
    "hidden text": "delete hidden text or make it visible",
    "struck-out text": "delete struck-out text or let it stand",
}
_TEXTS = frozenset({f"{W}t", f"{W}delText"})
_READ = frozenset({f"{W}document", f"{W}hdr", f"{W}ftr", f"{W}footnotes", f"{W}endnotes"})
_MOST = 12
_LONGEST = 60


class Trace(NamedTuple):
    """One thing a draft has: what it is, by whom and when, its own words, and the paragraph it stands in."""

    kind: str
    what: str
    by: str
    words: str
    paragraph: str

    def __str__(self) -> str:
        words = f" “{self.words}”" if self.words else ""
        place = f", in the paragraph “{self.paragraph}”" if self.paragraph and self.paragraph != self.words else ""
        return f"{self.what}{words}{self.by}{place}"


def require_final(package: Package) -> None:
    """SourceError that names every tracked change, comment, hidden and struck-out word, with author, date and place."""
    traces = list(dict.fromkeys(_traces(package)))
    if not traces:
        return
    counts = Counter(trace.kind for trace in traces)
    summary = ", ".join(kind if kind.endswith("text") else _counted(number, kind) for kind, number in counts.items())
    listed = [f"  {trace}" for trace in traces[:_MOST]]
    if len(traces) > _MOST:
        listed.append(f"  and {len(traces) - _MOST} more")
    advice = ", ".join(_ADVICE[kind] for kind in counts)
    raise package.error("\n".join([f"this is a draft, with {summary}: in Word, {advice}; then save it again", *listed]))


def _counted(number: int, kind: str) -> str:
    return f"{number} {kind}" if number == 1 else f"{number} {_PLURALS.get(kind, f'{kind}s')}"


def _traces(package: Package) -> Iterator[Trace]:
    sight = Sight(package)
    anchors = _anchors(package)
    for name, root in package.trees.items():
        if "/glossary/" in name:
            continue
        if root.tag == f"{W}comments":
            for comment in root.iter(f"{W}comment"):
                place = anchors.get(comment.get(f"{W}id") or "", "")
                yield Trace("comment", "comment", _author(comment), _text(comment), place)
        elif root.tag in _READ:
            yield from _changes(root)
            yield from _unfilled(root)
            for found in sight.unseen(root):
                yield Trace(found.kind, found.what, "", _short(found.words), _short(_text(found.paragraph)))


def _changes(root: etree._Element) -> Iterator[Trace]:
    for element in root.iter(*(f"{W}{name}" for name in _CHANGES)):
        kind = _CHANGES[str(element.tag).removeprefix(W)]
        is_mark = element.getparent() is not None and element.getparent().tag == f"{W}rPr"  # type: ignore[union-attr]  # asked before
        what = f"{kind}: the end of a paragraph" if is_mark and not kind.startswith("changed") else kind
        owner = next(element.iterancestors(f"{W}r"), element)
        yield Trace("tracked change", what, _author(element), _text(owner), _place(element))


def _unfilled(root: etree._Element) -> Iterator[Trace]:
    """Fields that still say what to put in: ``Click or tap here to enter text.``"""
    for mark in root.iter(f"{W}showingPlcHdr"):
        control = next(mark.iterancestors(f"{W}sdt"), None)
        if control is not None and (words := _text(control)):
            yield Trace("field to fill in", "field to fill in", "", words, _place(control))


def _anchors(package: Package) -> dict[str, str]:
    """The beginning of the paragraph that each comment is about."""
    found: dict[str, str] = {}
    for root in package.trees.values():
        if root.tag in _READ:
            for element in root.iter(f"{W}commentRangeStart", f"{W}commentReference"):
                found.setdefault(element.get(f"{W}id") or "", _place(element))
    return found


def _author(element: etree._Element) -> str:
    name, day = clean(element.get(f"{W}author") or ""), (element.get(f"{W}date") or "")[:10]
    return "".join((f" by {name}" if name else "", f" on {day}" if day else ""))


def _place(element: etree._Element) -> str:
    paragraph = next(element.iterancestors(f"{W}p"), None)
    return _short(_text(paragraph)) if paragraph is not None else ""


def _text(element: etree._Element, longest: int = _LONGEST) -> str:
    return _short(clean("".join(item.text or "" for item in element.iter(*_TEXTS))), longest)


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
