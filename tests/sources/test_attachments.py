from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from distribute.errors import SourceError
from distribute.sources import attachments
from distribute.sources.attachments import open_attachment

PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n"


def write(path: Path, data: bytes = PDF) -> Path:
    path.write_bytes(data)
    return path


def image(kind: str) -> bytes:
    written = io.BytesIO()
    picture = Image.new("RGB", (40, 30), "red")
    exif = picture.getexif()
    exif[0x010E] = "safe house, second floor"
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(written, kind, exif=exif)
    return written.getvalue()


def test_a_pdf_leaves_byte_for_byte(tmp_path: Path) -> None:
    file = open_attachment(write(tmp_path / "Rapport annuel – été.PDF"))
    assert (file.name, file.media_type, file.data, file.cid) == (
        "Rapport annuel – été.PDF", "application/pdf", PDF, "",
    )  # fmt: skip


@pytest.mark.parametrize(("ending", "kind"), [("jpg", "JPEG"), ("jpeg", "JPEG"), ("png", "PNG")])
def test_a_picture_does_not_say_where_it_was_taken(ending: str, kind: str, tmp_path: Path) -> None:
    data = image(kind)
    assert b"safe house" in data
    file = open_attachment(write(tmp_path / f"photo.{ending}", data))
    assert b"safe house" not in file.data
    with Image.open(io.BytesIO(file.data)) as read:
        assert (read.format, read.size, dict(read.getexif())) == (kind, (40, 30), {})
    assert file.media_type == f"image/{kind.lower()}"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("budget.xlsx", PDF, "cannot be attached: letters carry PDF, JPEG and PNG files"),
        ("run.pdf.exe", PDF, "cannot be attached"),
        ("noending", PDF, "cannot be attached"),
        ("a.pdf", image("PNG"), "is named like a PDF, but its bytes are not"),
        ("a.png", image("JPEG"), "is named like a PNG image, but its bytes are not"),
        ("a.jpg", PDF, "is named like a JPEG image, but its bytes are not"),
        ("a.pdf", b"", "is named like a PDF, but its bytes are not"),
        ("a.pdf", b"%PDF-1.4\n1 0 obj", "is cut off"),
        ("a.jpg", image("JPEG")[:60], "is damaged|cannot be read"),
        ("a\u202efdp.pdf", PDF, "is no name every computer takes"),
        ("a\nb.pdf", PDF, "is no name every computer takes"),
        ('a"b.pdf', PDF, "is no name every computer takes"),
        ("a" * 160 + ".pdf", PDF, "is no name every computer takes"),
    ],
)
def test_what_may_not_leave_is_refused_in_a_sentence(name: str, data: bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=sentence):
        open_attachment(write(tmp_path / name, data))


def test_a_file_that_is_not_there_or_too_large_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match=r"gone\.pdf cannot be attached"):
        open_attachment(tmp_path / "gone.pdf")
    monkeypatch.setattr(attachments, "MOST", 10)
    with pytest.raises(SourceError, match="link to it instead"):
        open_attachment(write(tmp_path / "a.pdf"))
