"""A headless Chromium over a pipe."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from distribute.cli.browser import NAMES, Browser, find_chromium
from distribute.errors import InputError
from tests.cli.browsing import CHROMIUM, needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM
    with Browser(CHROMIUM) as opened:
        yield opened


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(
        "<!DOCTYPE html><meta charset=utf-8><title>Bridge</title><style>body { margin: 0; background: #fff }"
        "div { height: 2500px } @media (prefers-color-scheme: dark) { body { background: #000 } }</style>"
        "<div></div><script>document.title = 'Closed bridge'</script>"
    )
    return path


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\nexit 0\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_browser_that_is_named_is_taken_and_a_usual_one_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium({}) is None
    own, usual = program(tmp_path, "mine"), program(tmp_path, NAMES[1])
    assert find_chromium({"CHROMIUM": str(own)}) == str(own)
    assert find_chromium({"CHROMIUM": " "}) == str(usual)
    with pytest.raises(InputError, match="is no program"):
        find_chromium({"CHROMIUM": str(tmp_path / "none")})


def test_a_program_that_is_no_browser_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Chromium does not answer"):
        Browser(str(program(tmp_path, "chromium")))


@needs_chromium
def test_a_page_is_opened_asked_and_photographed_whole(browser: Browser, page: Path, tmp_path: Path) -> None:
    browser.look(375)
    browser.open(page.as_uri())
    assert browser.run("document.title") == "Closed bridge"
    browser.photograph(tmp_path / "page.png")
    with Image.open(tmp_path / "page.png") as picture:
        assert picture.size == (375, 2500)
        assert picture.convert("RGB").getpixel((10, 2400)) == (255, 255, 255)


@needs_chromium
def test_it_is_dark_where_that_is_asked_for(browser: Browser, page: Path, tmp_path: Path) -> None:
    browser.look(600, is_dark=True)
    browser.open(page.as_uri())
    browser.photograph(tmp_path / "page.png")
    with Image.open(tmp_path / "page.png") as picture:
        assert picture.convert("RGB").getpixel((10, 10)) == (0, 0, 0)


@needs_chromium
def test_scripts_rest_where_that_is_asked_for(browser: Browser, page: Path) -> None:
    browser.look(600, has_scripts=False)
    browser.open(page.as_uri())
    assert browser.run("document.title") == "Bridge"


@needs_chromium
def test_what_fails_is_a_sentence(browser: Browser, page: Path) -> None:
    with pytest.raises(InputError, match="the page failed: ReferenceError"):
        browser.run("bridge.open()")
    with pytest.raises(InputError, match="cannot open file:///no/page"):
        browser.open("file:///no/page.html")
    with pytest.raises(InputError, match="Chromium refused"):
        browser.ask("Page.fly")
