"""A Word document to the same document that pasted text makes, if it is final and every word of it is read."""

from __future__ import annotations

import gc
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mammoth
from lxml import etree, html

from distribute.domain.release import Asset
from distribute.sources.document import Document, Line, clean
from distribute.sources.markup import parse_markup, read_markup
from distribute.sources.word_body import PICTURE_MARK, Pictures, plain_part, said
from distribute.sources.word_fences import restore_fences
from distribute.sources.word_forms import STYLE_MAP, STYLES, set_forms
from distribute.sources.word_lists import Lists
from distribute.sources.word_margins import Margins, read_margins
from distribute.sources.word_package import Package, W, open_package
from distribute.sources.word_review import require_final
from distribute.sources.word_styles import Styles

_NOTES = frozenset({f"{W}footnotes", f"{W}endnotes"})
_NOTE = re.compile(r"#?(?:footnote|endnote)-(?!ref-)")
_BACK = re.compile(r"#(?:footnote|endnote)-ref-")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉₊₋−", "0123456789+-n0123456789+--")


def read_word(data: bytes, path: Path) -> Document:
    """The document in a ``.docx`` file; the number of a line counts the paragraphs that hold text.

    Title and headings, lists, quotations, links, strong and emphasised words come by their styles;
    pictures with alt text, caption and size; text boxes and tables in place; footnotes at the end;
    headers and footers as lines of the margin. Raises SourceError for a draft (tracked changes,
    comments, hidden or struck-out text, a watermark), for what is no sound package, and for what a
    letter cannot hold.
    """
    package = open_package(data, path)
    require_final(package)
    margins = read_margins(package)
    pictures = Pictures(package)
    parts = {
        name: plain_part(package, name, pictures)
        for name, root in package.trees.items()
        if name == package.main or (root.tag in _NOTES and "/glossary/" not in name)
    }
    _drop_idle_notes(parts, parts[package.main])
    styles = Styles(package.related("styles"))
    restore_fences(parts[package.main], styles)
    markup = PICTURE_MARK.sub(r'<img src="picture:\1">', _with_notes(_converted(package, parts, styles)))
    images = {f"picture:{number}": asset for number, asset in pictures.found.items()}
    try:
        document = read_markup(markup, images)
    except ValueError as error:
        raise package.error(f"the document cannot be read ({error}): paste its text into a .txt file") from error
    _require_whole(package, parts, document, pictures.found)
    return Document(tuple(_framed(document, margins)), document.assets, is_markup=document.is_markup)


def _converted(package: Package, parts: dict[str, etree._Element], styles: Styles) -> str:
    """HTML by the document's styles. mammoth sees only parts that have been read and made plain before."""
    rebuilt = io.BytesIO()
    with zipfile.ZipFile(rebuilt, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _needed(package, parts, styles):
            archive.writestr(name, content)
    try:
        with _without_collecting():
            result = mammoth.convert_to_html(
                rebuilt,
                style_map=STYLE_MAP,
                include_default_style_map=False,
                include_embedded_style_map=False,
                ignore_empty_paragraphs=False,
            )
    except Exception as error:  # mammoth raises whatever broken XML leads it into
        raise package.error(
            f"the document is damaged ({type(error).__name__}: {error}): open it in Word and save it again as .docx"
        ) from error
    return str(result.value)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Garbage waits: mammoth's trees all live until it is done, and looking them through took half of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _needed(package: Package, parts: dict[str, etree._Element], styles: Styles) -> Iterator[tuple[str, bytes]]:
    """The parts mammoth needs: what is read, what relates it to the rest, and styles of the few forms."""
    lists = Lists(package.related("numbering"), styles)
    for name, root in parts.items():
        set_forms(root, styles, lists)
        yield name, etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    yield "word/styles.xml", STYLES
    for name, root in package.trees.items():
        if name == "[Content_Types].xml" or (name.endswith(".rels") and name not in parts):
            yield name, etree.tostring(root)


def _drop_idle_notes(parts: dict[str, etree._Element], main: etree._Element) -> None:
    """Take out the notes that nothing in the text refers to: the lines above notes, and what was deleted."""
    for root in parts.values():
        for kind in ("footnote", "endnote"):
            known = {each.get(f"{W}id") for each in main.iter(f"{W}{kind}Reference")}
            for note in root.findall(f"{W}{kind}"):
                if note.get(f"{W}id") not in known:
                    root.remove(note)


def _with_notes(markup: str) -> str:
    """Notes as paragraphs that begin with the number that stands in the text."""
    root = parse_markup(f"<body>{markup}</body>") if markup else None
    if root is None:
        return ""
    labels = {a.get("href"): a.text for a in root.iter("a") if _NOTE.match(a.get("href") or "")}
    for item in root.iter("li"):
        label = labels.get(f"#{item.get('id')}")
        if not label:
            continue
        item.tag = "div"
        list_above = item.getparent()
        if list_above is not None:
            list_above.tag = "div"
        first = next(iter(item), item)
        first.text = f"{label} {(first.text or '').lstrip()}"
    for back in root.iter("a"):
        if _BACK.match(back.get("href") or ""):
            back.text = ""
    written: str = html.tostring(root, encoding="unicode")
    return written


def _require_whole(
    package: Package, parts: dict[str, etree._Element], document: Document, pictures: dict[str, Asset]
) -> None:
    """SourceError when a character of the document is not in what was read: nothing is silently lost."""
    read = [line.text for line in document.lines] + [asset.caption or "" for asset in document.assets]
    whole = "".join("".join(read).split())
    paragraphs = [clean(PICTURE_MARK.sub("", text)) for root in parts.values() for text in said(root)]
    there = "".join("".join(paragraphs).split())
    said_there, said_here = (Counter(text.translate(_PLAIN)) for text in (there, whole))
    if said_there <= said_here and len(document.assets) == len(pictures):
        return
    lost = next((f"“{text[:60]}”" for text in paragraphs if "".join(text.split()) not in whole), "its pictures")
    raise package.error(f"the document holds what cannot be read: see {lost}, and paste the text into a .txt file")


def _framed(document: Document, margins: Margins) -> Iterator[Line]:
    """The lines between those of the pages' headers and footers, which have the number 0."""
    last = document.lines[-1].group if document.lines else 0
    yield from (Line(number=0, text=text, group=-1, is_margin=True) for text in margins.above)
    yield from document.lines
    yield from (Line(number=0, text=text, group=last + 1, is_margin=True) for text in margins.below)
