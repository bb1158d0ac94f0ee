"""What shows that a Word document is still a draft: tracked changes, comments, hidden and struck-out text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from distribute.sources.document import clean
from distribute.sources.word_package import Package, W
from distribute.sources.word_styles import Styles, is_on

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
    advice = (
        "accept or reject every change (Review), delete the comments, and delete hidden and struck-out text or let it "
        "stand; then save it again"
    )
    raise package.error("\n".join([f"this is a draft, with {summary}: in Word, {advice}", *listed]))


def _counted(number: int, kind: str) -> str:
    return f"{number} {kind}" if number == 1 else f"{number} {kind}s"


def _traces(package: Package) -> Iterator[Trace]:
    styles = Styles(package.related("styles"))
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
            yield from _unseen(root, styles)


def _changes(root: etree._Element) -> Iterator[Trace]:
    for element in root.iter(*(f"{W}{name}" for name in _CHANGES)):
        kind = _CHANGES[str(element.tag).removeprefix(W)]
        is_mark = element.getparent() is not None and element.getparent().tag == f"{W}rPr"  # type: ignore[union-attr]  # asked before
        what = f"{kind}: the end of a paragraph" if is_mark and not kind.startswith("changed") else kind
        owner = next(element.iterancestors(f"{W}r"), element)
        yield Trace("tracked change", what, _author(element), _text(owner), _place(element))


def _unseen(root: etree._Element, styles: Styles) -> Iterator[Trace]:
    for paragraph in root.iter(f"{W}p"):
        style = _style(paragraph.find(f"{W}pPr/{W}pStyle"))
        table = next((_style(each.find(f"{W}tblPr/{W}tblStyle")) for each in paragraph.iterancestors(f"{W}tbl")), None)
        for switches, kind in ((("vanish",), "hidden text"), (("strike", "dstrike"), "struck-out text")):
            found: list[str] = []
            for run in _runs(paragraph):
                if words := _text(run, longest=10_000):
                    if any(_is_on(run, style, table, styles, switch) for switch in switches):
                        found.append(words)
                    elif found:
                        yield Trace(kind, kind, "", _short(" ".join(found)), _short(_text(paragraph)))
                        found = []
            if found:
                yield Trace(kind, kind, "", _short(" ".join(found)), _short(_text(paragraph)))


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph itself, not those of text boxes in it."""
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is paragraph:
            yield run


def _is_on(run: etree._Element, style: str | None, table: str | None, styles: Styles, switch: str) -> bool:
    """The run's own word counts first, then its style's, its paragraph's, its table's and the document's."""
    properties = run.find(f"{W}rPr")
    own = properties.find(f"{W}{switch}") if properties is not None else None
    named = _style(properties.find(f"{W}rStyle")) if properties is not None else None
    stated = (own, *(styles.of_characters(each, switch) for each in (named, style, table)), styles.default(switch))
    return next((is_on(each) for each in stated if each is not None), False)


def _style(element: etree._Element | None) -> str | None:
    return element.get(f"{W}val") if element is not None else None


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
