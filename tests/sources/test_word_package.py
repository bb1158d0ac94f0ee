"""Packages: what is no sound Word file is a sentence, and never more than it may take."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.errors import SourceError
from distribute.sources.word_package import open_package
from tests.sources.word_builders import HERE, part, repacked, saved, understood, word


@cache
def sound() -> bytes:
    return saved(word("The bridge stays closed.", "Text"))


def refused(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        understood(data)
    assert str(caught.value).startswith("release.docx: ")


def test_a_sound_package_is_opened() -> None:
    package = open_package(sound(), HERE)
    assert package.main == "word/document.xml"
    assert package.related("styles") is not None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no zip at all", "damaged"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0 old", "has an older format"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ],
)
def test_what_is_no_package_is_named(data: bytes, said: str) -> None:
    refused(data, said)


def test_a_truncated_and_a_spoilt_package_are_damaged() -> None:
    data = sound()
    refused(data[: len(data) // 2], "damaged")
    place = data.index(b"word/document.xml") + 60
    refused(data[:place] + bytes(byte ^ 0xFF for byte in data[place : place + 200]) + data[place + 200 :], "damaged")


def test_a_package_of_something_else_is_no_word_document() -> None:
    refused(repacked(sound(), {"word/document.xml": None}), "no Word document")
    refused(repacked(sound(), {"word/document.xml": b"<sheet/>"}), "no Word document")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    refused(repacked(sound(), {"word/media/a.bin": b"\0" * 49_000_000}), "200 times its size")
    refused(repacked(sound(), {f"word/media/{n}.bin": b"\0" * 20_000_000 for n in range(3)}), "would take 60 MB")
    refused(repacked(sound(), {f"word/{n}.bin": b"" for n in range(2_100)}), "parts, more than 2000")


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(repacked(sound(), {"a.bin": b"a" * 3_000}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("a.bin").file_size.to_bytes(4, "little")
    assert size in data
    refused(bytes(data).replace(size, (10).to_bytes(4, "little")), "damaged|larger than it says")


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(sound())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    refused(bytes(data), "encrypted: save it without a password")


def test_macros_are_refused() -> None:
    refused(repacked(sound(), {"word/vbaProject.bin": b"x"}), "holds macros")
    types = part(sound(), "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    refused(repacked(sound(), {"[Content_Types].xml": types}), "holds macros")


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">]>',
    ],
)
def test_entities_are_refused_wherever_they_lead(declared: str) -> None:
    xml = part(sound(), "word/document.xml").decode()
    start = xml.index("<w:document")
    evil = xml[:start] + declared + xml[start:]
    refused(repacked(sound(), {"word/document.xml": evil.encode()}), "declares a document type")
    with_use = evil.replace("Text", "&x;") if "x.dtd" not in declared else evil
    refused(repacked(sound(), {"word/document.xml": with_use.encode()}), "declares a document type|damaged")


def test_broken_xml_and_missing_relations_are_sentences() -> None:
    refused(repacked(sound(), {"word/styles.xml": b"<w:styles"}), r"part word/styles\.xml is damaged")
    assert understood(repacked(sound(), {"word/_rels/document.xml.rels": None, "_rels/.rels": None})).lines


def test_xml_without_end_inside_itself_is_refused() -> None:
    xml = part(sound(), "word/document.xml").decode()
    deep = xml.replace("<w:sectPr", "<w:smartTag>" * 5_000 + "</w:smartTag>" * 5_000 + "<w:sectPr")
    refused(repacked(sound(), {"word/document.xml": deep.encode()}), "damaged")


# ---- anything


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400))
def test_random_bytes_are_a_sentence(data: bytes) -> None:
    with pytest.raises(SourceError):
        understood(data)
    with pytest.raises(SourceError):
        understood(b"PK\x03\x04" + data)


PARTS = st.sampled_from([
    "word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml", "_rels/.rels",
    "word/_rels/document.xml.rels", "word/settings.xml", "word/footnotes.xml",
])  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(PARTS, st.binary(max_size=200), st.booleans())
def test_random_bytes_as_a_part_are_a_document_or_a_sentence(name: str, content: bytes, is_cut: bool) -> None:
    if is_cut and name in zipfile.ZipFile(io.BytesIO(sound())).namelist():
        content = part(sound(), name)[: len(content) * 20] + content
    with suppress(SourceError):
        understood(repacked(sound(), {name: content}, zipfile.ZIP_STORED))


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=8))
def test_a_flipped_byte_anywhere_is_a_document_or_a_sentence(place: int, replacement: bytes) -> None:
    data = bytearray(repacked(sound(), {}, zipfile.ZIP_STORED))
    place %= len(data)
    data[place : place + len(replacement)] = replacement
    with suppress(SourceError):
        understood(bytes(data))
