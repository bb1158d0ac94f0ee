"""The XML of a Word document made plain: pictures to marks, text boxes to paragraphs, nothing said twice or lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from distribute.domain.release import Asset
from distribute.sources.document import clean
from distribute.sources.pictures import embedded_picture
from distribute.sources.word_fields import settle_fields
from distribute.sources.word_package import Package, R, W
from distribute.sources.word_signs import settle_signs

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Around the number of a picture where it stands in the text: code points that stand in no text (Unicode 23.7)."""
PICTURE_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_PICTURE = "make it a JPEG or PNG picture, or delete it"
_MERGED = "save it again in Word, which takes it in, or paste its text"
_UNREADABLE = {
    "chart": ("a chart", _PICTURE),
    "relIds": ("a diagram", _PICTURE),
    "oMath": ("a formula", "type it as text, or make it a JPEG or PNG picture"),
    "altChunk": ("another document", _MERGED),
    "subDoc": ("another document", _MERGED),
    "object": ("an embedded object, such as a sheet", "paste it as a table, or make it a JPEG or PNG picture"),
    "control": ("a form's control", "delete it, or type what it says"),
    "contentPart": ("handwriting", _PICTURE),
}
_GRAPHICS = tuple(f"{W}{name}" for name in ("drawing", "pict"))
_UNWRAPPED = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "bdo", "dir", "customXml", "smartTag"))
_PROPERTIES = tuple(f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr"))
_GENERATED = ("Description automatically generated", "AI-generated content may be incorrect.")
_BREAKS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}


class Pictures:
    """The images of a document under the numbers that stand for them in its text."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.found: dict[str, Asset] = {}

    def add(self, part: str, image: etree._Element) -> str:
        """The mark of an ``a:blip`` or a ``v:imagedata``; nothing for one that shows no image."""
        names = (f"{R}embed", f"{R}link", f"{R}id", f"{R}href", f"{R}pict", f"{_O}relid")
        relations = self._package.relations(part)
        relation = next((relations[key] for name in names if (key := image.get(name)) in relations), None)
        if relation is None:
            return ""
        alt = _alt_text(image)
        if relation.is_external:
            asset = Asset(url=relation.target, alt=alt)
        elif relation.target in self._package.members:
            data, name = self._package.members[relation.target], relation.target.rpartition("/")[2]
            asset = embedded_picture(data, name, self._package.path, alt=alt)
        else:
            raise self._package.error(f"the picture {relation.target} is not in the document: put it in again")
        number = str(len(self.found) + 1)
        self.found[number] = asset
        return f"{_OPEN}{number}{_CLOSE}"


def plain_part(package: Package, part: str, pictures: Pictures | None) -> etree._Element:
    """A copy of a part in which all text stands in paragraphs, and every image is a mark in it.

    Without ``pictures`` images are left out. SourceError names what no letter can hold: charts, formulas.
    """
    root = deepcopy(package.trees[part])
    _require_readable(root, package)
    for alternative in list(root.iter(f"{_MC}AlternateContent")):
        _replace(alternative, list(_shown(alternative)))
    settle_fields(root)
    for wrapper in list(root.iter(*_UNWRAPPED)):
        _replace(wrapper, [child for child in wrapper if child.tag not in _PROPERTIES])
    for ruby in list(root.iter(f"{W}ruby")):
        said = [_words(each) for name in ("rubyBase", "rt") for each in ruby.iter(f"{W}{name}")]
        _replace(ruby, [_text(f"{said[0]} ({said[-1]})" if said else "")])
    settle_signs(root, package)
    for drawn in list(root.iter(f"{_A}txBody")):
        _write_out(drawn)
    for box in reversed(list(root.iter(f"{W}txbxContent"))):
        _set_down(box)
    for letter in list(root.iter(f"{W}framePr")):
        _join_drop_cap(letter)
    for graphic in list(root.iter(*_GRAPHICS)):
        marks = [image.get("string") or "" for image in graphic.iter(f"{_V}textpath")]
        if pictures:
            marks += (pictures.add(part, image) for image in graphic.iter(f"{_A}blip", f"{_V}imagedata"))
        _replace(graphic, [_text("".join(marks))])
    for element in list(root.iter(f"{W}br", f"{W}cr", f"{W}ptab")):
        element.tag = f"{W}tab" if element.tag == f"{W}ptab" else f"{W}br"
        element.attrib.clear()
    return root


def said(root: etree._Element) -> Iterator[str]:
    """What each paragraph of a plain part says."""
    for paragraph in root.iter(f"{W}p"):
        pieces = (_BREAKS.get(str(item.tag)) or item.text or "" for item in paragraph.iter(f"{W}t", *_BREAKS))
        yield "".join(pieces)


def _require_readable(root: etree._Element, package: Package) -> None:
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if (what := _UNREADABLE.get(name)) and (name != "chart" or element.get(f"{R}id")):
            owner = next(element.iterancestors(f"{W}p"), None)
            before = owner.getprevious() if owner is not None else element.getprevious()
            text = next((words for each in (owner, before) if each is not None and (words := _words(each))), "")
            place = f" (at “{text[:60]}”)" if text else ""
            raise package.error(f"the document holds {what[0]}{place}, which a letter cannot: {what[1]}")


def _words(element: etree._Element) -> str:
    return clean("".join(item.text or "" for item in element.iter(f"{W}t")))


def _shown(alternative: etree._Element) -> Iterator[etree._Element]:
    """The branch of an alternative that says something, the newer one first (ECMA-376, part 3)."""
    branches = [*alternative.iter(f"{_MC}Choice"), *alternative.iter(f"{_MC}Fallback")]
    telling = (f"{W}t", f"{W}txbxContent", f"{_A}t", f"{_A}blip", f"{_V}imagedata")
    branch = next((each for each in branches if next(each.iter(*telling), None) is not None), None)
    yield from branch if branch is not None else ()


def _set_down(box: etree._Element) -> None:
    """The paragraphs of a text box behind the paragraph it hangs from."""
    anchor = next(box.iterancestors(f"{W}p"), None)
    if anchor is None or anchor.getparent() is None:
        return
    for block in reversed(list(box)):
        anchor.addnext(block)


def _write_out(drawn: etree._Element) -> None:
    """The words of a shape that DrawingML draws, as the text box it looks like."""
    box = etree.SubElement(drawn, f"{W}txbxContent")
    for paragraph in drawn.iter(f"{_A}p"):
        words = "".join(
            "\n" if item.tag == f"{_A}br" else item.text or "" for item in paragraph.iter(f"{_A}t", f"{_A}br")
        )
        for line in words.split("\n"):
            etree.SubElement(etree.SubElement(box, f"{W}p"), f"{W}r").append(_text(line))


def _join_drop_cap(frame: etree._Element) -> None:
    """A first letter that hangs in a frame of its own goes before the paragraph it begins."""
    paragraph = next(frame.iterancestors(f"{W}p"), None)
    following = paragraph.getnext() if paragraph is not None else None
    if frame.get(f"{W}dropCap") not in {"drop", "margin"} or following is None or following.tag != f"{W}p":
        return
    place = 1 if following.find(f"{W}pPr") is not None else 0
    following[place:place] = [child for child in paragraph if child.tag != f"{W}pPr"]  # type: ignore[union-attr]  # it has one that follows
    _replace(paragraph, [])  # type: ignore[arg-type]  # the same


def _replace(element: etree._Element, others: list[etree._Element]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent[place : place + 1] = others


def _text(words: str) -> etree._Element:
    element = etree.Element(f"{W}t")
    element.text = words
    return element


def _alt_text(image: etree._Element) -> str | None:
    """The description an author gave, without the words Word adds to one it wrote by itself."""
    for above in image.iterancestors():
        for element in (above, *(child for child in above if etree.QName(child).localname in {"docPr", "cNvPr"})):
            if text := element.get("descr") or element.get("alt") or "":
                for words in _GENERATED:
                    text = text.replace(words, "")
                return clean(text) or None
    return image.get(f"{_O}title") or None
