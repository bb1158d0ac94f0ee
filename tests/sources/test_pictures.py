"""Images out of documents: their size, and not a word about who took them where."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from distribute.domain.release import Asset
from distribute.errors import SourceError
from distribute.sources.pictures import embedded_picture, fitted, measured

HERE = Path("release.docx")
CAMERA = "Camera of Ada Moreau"


def photograph(size: tuple[int, int] = (60, 40), orientation: int = 6) -> bytes:
    """A JPEG with a camera, a place, an XMP packet and a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, CAMERA
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 25.0, 15.0), 3: "W", 4: (75.0, 41.0, 24.0)})
    written = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(written, "JPEG", exif=exif, comment=CAMERA, xmp=CAMERA.encode())
    return written.getvalue()


def test_a_photograph_loses_its_metadata_and_stands_upright() -> None:
    data = photograph()
    assert data.count(CAMERA.encode()) == 3
    asset = embedded_picture(data, "image1.jpg", HERE, alt="A bridge")
    assert (asset.width, asset.height, asset.media_type, asset.name) == (40, 60, "image/jpeg", "image1.jpg")
    assert asset.data is not None
    assert CAMERA.encode() not in asset.data
    image = Image.open(io.BytesIO(asset.data))
    assert (image.size, dict(image.getexif())) == ((40, 60), {})
    assert {"exif", "xmp", "comment"} & set(image.info) == set()
    assert asset.is_embedded
    assert "data" not in repr(asset)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_other_kinds_become_png(kind: str) -> None:
    written = io.BytesIO()
    information = PngImagePlugin.PngInfo()
    information.add_text("Author", CAMERA)
    Image.new("RGB", (30, 20), (1, 2, 3)).save(written, kind, **({"pnginfo": information} if kind == "PNG" else {}))
    asset = embedded_picture(written.getvalue(), "image1", HERE)
    assert asset.data is not None
    assert CAMERA.encode() not in asset.data
    assert (Image.open(io.BytesIO(asset.data)).format, asset.media_type) == ("PNG", "image/png")


def test_transparency_stays() -> None:
    written = io.BytesIO()
    Image.new("P", (3, 3)).save(written, "PNG", transparency=0)
    asset = embedded_picture(written.getvalue(), "image1.png", HERE)
    assert Image.open(io.BytesIO(asset.data or b"")).convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]  # a pixel of four


def test_an_image_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    written = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(written, "PNG")
    with pytest.raises(SourceError, match="picture image1 has more than 80 million pixels"):
        embedded_picture(written.getvalue(), "image1", HERE)


def test_drawings_and_damaged_images_are_named() -> None:
    with pytest.raises(SourceError, match=r"image1\.emf is of a kind that cannot be read: save it as JPEG or PNG"):
        embedded_picture(b"\x01\x00\x00\x00 EMF", "image1.emf", HERE)
    with pytest.raises(SourceError, match=r"image1\.jpg is damaged"):
        embedded_picture(photograph((400, 400))[:900], "image1.jpg", HERE)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"II*\x00"]), st.binary(max_size=300)
)
def test_random_bytes_are_an_image_or_a_sentence(head: bytes, rest: bytes) -> None:
    with suppress(SourceError):
        assert embedded_picture(head + rest, "image1", HERE).is_embedded


def test_an_image_beside_the_release_is_measured(tmp_path: Path) -> None:
    (tmp_path / "our bridge.jpg").write_bytes(photograph((300, 200)))
    asset = measured(Asset(url="our%20bridge.jpg", alt="A bridge"), tmp_path)
    assert (asset.width, asset.height, asset.data, asset.alt) == (300, 200, None, "A bridge")


@pytest.mark.parametrize(
    "url",
    ["https://example.org/bridge.jpg", "//example.org/bridge.jpg", "../bridge.jpg", "none.jpg", "broken.jpg", "\0", ""],
)
def test_of_other_images_no_size_is_known(tmp_path: Path, url: str) -> None:
    folder = tmp_path / "release"
    folder.mkdir()
    (tmp_path / "bridge.jpg").write_bytes(photograph())
    (folder / "broken.jpg").write_bytes(b"no picture")
    assert measured(Asset(url=url), folder) == Asset(url=url)


@pytest.mark.parametrize(
    ("mode", "kind", "shown"),
    [("RGB", "JPEG", "RGB"), ("CMYK", "JPEG", "CMYK"), ("P", "PNG", "RGB"), ("RGBA", "PNG", "RGBA")],
)
def test_a_picture_is_made_as_wide_as_a_letter_shows_it(mode: str, kind: str, shown: str) -> None:
    written = io.BytesIO()
    Image.new(mode, (300, 200)).save(written, kind)
    asset = embedded_picture(written.getvalue(), "a", HERE)
    small = fitted(asset, 120)
    assert (small.width, small.height, small.media_type) == (120, 80, asset.media_type)
    with Image.open(io.BytesIO(small.data or b"")) as image:
        assert (image.size, image.mode) == ((120, 80), shown)
    assert fitted(small, 120) is small


def test_a_picture_online_stays_as_it_is() -> None:
    online = Asset(url="https://example.org/a.jpg", width=5000)
    assert fitted(online, 120) is online
