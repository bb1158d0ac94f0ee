"""Bytes to text, or one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from distribute.errors import SourceError
from distribute.sources.decoding import LARGEST, decode, decode_page, read_bytes, survey

HERE = Path("release.txt")


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Élan – “oui”".encode(), "Élan – “oui”", "utf-8"),
        ("Élan".encode("utf-8-sig"), "Élan", "utf-8-sig"),
        ("Élan".encode("utf-16"), "Élan", "utf-16"),
        ("Élan – “oui”".encode("cp1252"), "Élan – “oui”", "cp1252"),
        ("Élan – “oui” de la ville".encode("utf-16-le"), "Élan – “oui” de la ville", "utf-16-le"),
        ("Élan – “oui” de la ville".encode("utf-16-be"), "Élan – “oui” de la ville", "utf-16-be"),
    ],
)
def test_text_is_read_in_the_encoding_it_was_saved_in(data: bytes, text: str, encoding: str) -> None:
    decoded = decode(data, HERE)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.is_guessed == (encoding in {"cp1252", "utf-16-le", "utf-16-be"})


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04rest", "a Word document"),
        (b"\xd0\xcf\x11\xe0rest", "an old Word document"),
        (b"{\\rtf1", "a rich text file"),
        (b"  <!DOCTYPE html><p>", "a web page"),
        (b"a\0b", "no readable text"),
        (b"\0\0\0\0\0\0\0\0", "no readable text"),
        (b"\x81\x8d", "no readable text"),
    ],
)
def test_what_is_no_text_is_refused_whatever_its_name(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        decode(data, HERE)


@pytest.mark.parametrize("suffix", [".pdf", ".doc", ".DOC", ".msg", ".eml", ".odt", ".rtf", ".pages"])
def test_other_formats_are_refused_by_name_with_what_to_do(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(SourceError, match="paste its text"):
        read_bytes(tmp_path / f"release{suffix}")


@pytest.mark.parametrize("suffix", [".docm", ".dotx", ".dotm"])
def test_relatives_of_word_documents_are_to_be_saved_as_one(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(SourceError, match=r"save it as \.docx"):
        read_bytes(tmp_path / f"release{suffix}")


@pytest.mark.parametrize("suffix", [".docx", ".html", ".xlsx"])
def test_a_list_is_no_document(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(SourceError, match="CSV"):
        survey(tmp_path / f"press{suffix}")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<p>Élan “oui”".encode(), "utf-8"),
        ("<p>Élan “oui”".encode("utf-8-sig"), "utf-8-sig"),
        ("<p>Élan “oui”".encode("utf-16"), "utf-16"),
        ('<meta charset="iso-8859-1"><p>Élan “oui”'.encode("cp1252"), "iso8859-1"),
        ('<meta http-equiv=x content="text/html; charset=windows-1252"><p>Élan “oui”'.encode("cp1252"), "cp1252"),
        ("<meta charset=utf-16><p>Élan “oui”".encode(), "utf-16"),
        ("<meta charset=hex><p>Élan “oui”".encode(), "utf-8"),
        ("<meta charset=no-such><p>Élan “oui”".encode(), "utf-8"),
        ("<meta charset=utf-8><p>Élan “oui”".encode("cp1252"), "cp1252"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares(data: bytes, encoding: str) -> None:
    decoded = decode_page(data, HERE)
    assert decoded.text.endswith("<p>Élan “oui”")
    assert decoded.encoding == encoding


def test_a_missing_an_empty_and_a_huge_file_and_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "huge.txt").write_bytes(b"x" * (LARGEST + 1))
    for name, said in [("none.txt", "no such file"), ("empty.txt", "is empty"), ("huge.txt", "larger than 5 MB")]:
        with pytest.raises(SourceError, match=said) as caught:
            read_bytes(tmp_path / name)
        assert caught.value.exit_code == 2
    with pytest.raises(SourceError, match="folder"):
        read_bytes(tmp_path)
