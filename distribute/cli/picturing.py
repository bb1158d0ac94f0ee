"""``preview --png``: pictures of the page and of each letter, where there is a Chromium to take them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from distribute.cli.browser import Browser
from distribute.domain.release import slugify
from distribute.errors import InputError
from distribute.rendering.letter_view import LetterView
from distribute.rendering.preview import Preview

DESKTOP, LETTER, PHONE = 1280, 600, 375
"""CSS pixels: a window, the width of a letter, a telephone."""


def take_pictures(program: str, page: Path, preview: Preview) -> list[Path]:
    """Write PNG files beside ``page``: itself wide, on a phone and dark; each letter so, and without images.

    Raises InputError when the browser fails or a file cannot be written.
    """
    try:
        with TemporaryDirectory(prefix="distribute-") as folder, Browser(program) as browser:
            pictures = [*_of_page(browser, page)]
            for number, letter in enumerate(preview.letters, start=1):
                name = f"{page.stem}.{number}-{slugify(letter.label, 40) or 'letter'}"
                pictures += _of_letter(browser, letter, page.with_name(name), Path(folder))
            return pictures
    except OSError as error:
        raise InputError(f"{page.parent} cannot be written to ({error.strerror}): name another folder") from error


def _of_page(browser: Browser, page: Path) -> Iterator[Path]:
    for name, width, is_dark in (("wide", DESKTOP, False), ("phone", PHONE, False), ("dark", DESKTOP, True)):
        yield _shoot(browser, page, page.with_name(f"{page.stem}.{name}.png"), width, is_dark=is_dark)


def _of_letter(browser: Browser, letter: LetterView, stem: Path, folder: Path) -> Iterator[Path]:
    whole, bare = folder / "letter.html", folder / "bare.html"
    whole.write_bytes(letter.shown.encode())
    bare.write_bytes(letter.html_without_images.encode())
    views = (
        ("600", whole, LETTER, False),
        ("375", whole, PHONE, False),
        ("dark", whole, LETTER, True),
        ("images-off", bare, LETTER, False),
    )
    for name, source, width, is_dark in views:
        picture = stem.with_name(f"{stem.name}.{name}.png")
        yield _shoot(browser, source, picture, width, is_dark=is_dark, has_scripts=False)


def _shoot(
    browser: Browser, source: Path, picture: Path, width: int, *, is_dark: bool, has_scripts: bool = True
) -> Path:
    browser.look(width, is_dark=is_dark, has_scripts=has_scripts)
    browser.open(source.resolve().as_uri())
    browser.photograph(picture)
    return picture
