"""The parts of a Word file: measured before anything is inflated, counted while it is, read without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from distribute.errors import SourceError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = "/officeDocument"

_MOST_MEMBERS = 2_000
_LARGEST = 50_000_000
_LARGEST_XML = 20_000_000
_RATIO = 200
_CHUNK = 1 << 16
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
"""Namespaces of ISO/IEC 29500 Strict and their Transitional names; Word saves either."""
_PROTECTED = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0".encode("latin-1")
_AGAIN = "open it in Word and save it again as .docx"


class Relation(NamedTuple):
    """What a part refers to under an id: another part, or an address outside."""

    kind: str
    target: str
    is_external: bool


class Package(NamedTuple):
    """Every member's bytes by name, XML already parsed, and the name of the main document."""

    path: Path
    main: str
    members: Mapping[str, bytes]
    trees: Mapping[str, etree._Element]

    def relations(self, part: str) -> dict[str, Relation]:
        """What ``part`` refers to, by id; targets are names of members."""
        folder, name = posixpath.split(part)
        root = self.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return _relations(root, folder) if root is not None else {}

    def related(self, kind: str) -> etree._Element | None:
        """The part of the main document that stands in the relation ``kind`` to it, such as ``styles``."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and relation.target in self.trees:
                return self.trees[relation.target]
        return None

    def error(self, message: str) -> SourceError:
        return SourceError(message, self.path)


def open_package(data: bytes, path: Path) -> Package:
    """The package in a ``.docx`` file.

    Raises SourceError for what is no such package, is damaged, encrypted or holds macros; for more than
    2,000 members or 50 MB, more than 200 times the size of the file, or more than was declared; and for
    XML that declares entities or a document type.
    """
    members = dict(_inflate(data, path))
    trees = {
        name: _parse(content, name, path)
        for name, content in members.items()
        if name.endswith((".xml", ".rels")) and not name.startswith("customXml/")
    }
    types = members.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in members):
        raise SourceError("the document holds macros: save it as .docx, which has none", path)
    root = trees.get("_rels/.rels")
    targets = [relation.target for relation in _relations(root, "").values() if relation.kind == "officeDocument"]
    main = next((name for name in targets if name in trees), "word/document.xml")
    if main not in trees or trees[main].tag != f"{W}document":
        raise SourceError(f"this is no Word document, whatever its name says: {_AGAIN}", path)
    return Package(path, main, members, trees)


def _relations(root: etree._Element | None, folder: str) -> dict[str, Relation]:
    found = {}
    for element in root.iter(_RELATIONSHIP) if root is not None else ():
        target, is_external = element.get("Target") or "", element.get("TargetMode") == "External"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[element.get("Id") or ""] = Relation((element.get("Type") or "").rpartition("/")[2], target, is_external)
    return found


_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)
"""What zipfile raises for an archive that is broken, cut short, of an unknown method or encrypted."""


def _inflate(data: bytes, path: Path) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        said = "is protected by a password: save it without one"
        raise SourceError(f"this document {said if _PROTECTED in data else f'has an older format: {_AGAIN}'}", path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _require_sound(infos, len(data), path)
            left = _LARGEST
            for info in infos:
                content = _read(archive, info, left, path)
                left -= len(content)
                yield info.filename, content
    except _DAMAGED as error:
        raise SourceError(f"the document is damaged ({error}): {_AGAIN}", path) from error


def _require_sound(infos: list[zipfile.ZipInfo], size: int, path: Path) -> None:
    """SourceError by what the archive says of itself, before anything is inflated."""
    if any(info.flag_bits & 0x1 for info in infos):
        raise SourceError("the document is encrypted: save it without a password", path)
    total = sum(info.file_size for info in infos)
    if len(infos) > _MOST_MEMBERS:
        raise SourceError(f"the document has {len(infos)} parts, more than {_MOST_MEMBERS}: {_AGAIN}", path)
    if total > _LARGEST:
        raise SourceError(
            f"the document would take {total // 1_000_000} MB, more than {_LARGEST // 1_000_000}: make its pictures "
            "smaller (in Word: Picture Format, Compress Pictures)",
            path,
        )
    if total > _RATIO * size or any(
        info.file_size > _RATIO * info.compress_size and info.file_size > 1_000_000 for info in infos
    ):
        raise SourceError(f"the document unpacks to more than {_RATIO} times its size, as no text does: {_AGAIN}", path)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, path: Path) -> bytes:
    """The bytes of a member, counted: what an archive says of itself may be a lie."""
    pieces, length = [], 0
    with archive.open(info) as member:
        while piece := member.read(_CHUNK):
            length += len(piece)
            if length > min(left, info.file_size):
                raise SourceError(f"a part of the document is larger than it says: {_AGAIN}", path)
            pieces.append(piece)
    return b"".join(pieces)


def _parse(content: bytes, name: str, path: Path) -> etree._Element:
    if len(content) > _LARGEST_XML:
        raise SourceError(f"the part {name} is larger than {_LARGEST_XML // 1_000_000} MB: this cannot be a text", path)
    for strict, transitional in _STRICT:
        content = content.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"the part {name} is damaged ({error}): {_AGAIN}", path) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(f"the part {name} declares a document type, as Word never does: {_AGAIN}", path)
    return root
