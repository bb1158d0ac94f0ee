"""Bytes to text, or one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from distribute.errors import SourceError
from distribute.sources.decoding import LARGEST, decode, read_bytes

HERE = Path("release.txt")


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Élan – “oui”".encode(), "Élan – “oui”", "utf-8"),
        ("Élan".encode("utf-8-sig"), "Élan", "utf-8-sig"),
        ("Élan".encode("utf-16"), "Élan", "utf-16"),
        ("Élan – “oui”".encode("cp1252"), "Élan – “oui”", "cp1252"),
    ],
)
def test_text_is_read_in_the_encoding_it_was_saved_in(data: bytes, text: str, encoding: str) -> None:
    decoded = decode(data, HERE)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert decoded.is_guessed == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04rest", "a Word document"),
        (b"\xd0\xcf\x11\xe0rest", "an old Word document"),
        (b"{\\rtf1", "a rich text file"),
        (b"  <!DOCTYPE html><p>", "a web page"),
        (b"a\0b", "no readable text"),
        (b"\x81\x8d", "no readable text"),
    ],
)
def test_what_is_no_text_is_refused_whatever_its_name(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        decode(data, HERE)


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".doc", ".msg", ".html", ".DOCX"])
def test_other_formats_are_refused_by_name_with_what_to_do(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(SourceError, match="paste its text"):
        read_bytes(tmp_path / f"release{suffix}")


def test_a_missing_an_empty_and_a_huge_file_and_a_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "huge.txt").write_bytes(b"x" * (LARGEST + 1))
    for name, said in [("none.txt", "no such file"), ("empty.txt", "is empty"), ("huge.txt", "larger than 5 MB")]:
        with pytest.raises(SourceError, match=said) as caught:
            read_bytes(tmp_path / name)
        assert caught.value.exit_code == 2
    with pytest.raises(SourceError, match="folder"):
        read_bytes(tmp_path)
