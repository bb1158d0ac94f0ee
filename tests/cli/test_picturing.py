"""Pictures of the page and of each letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.browsing import needs_chromium
from tests.cli.conftest import Command


@needs_chromium
def test_pictures_are_taken_of_the_page_and_of_each_letter(distribute: Command, workspace: Path) -> None:
    result = distribute("preview", "bridge.txt", "--to", "press:language=en", "--png", "--out", "look")
    assert result.code == 0, result.err
    page, *pictures = map(Path, result.out.splitlines())
    names = [path.name.removeprefix(page.stem) for path in pictures]
    assert names == [
        *(f".{view}.png" for view in ("wide", "phone", "dark")),
        *(f".1-english.{view}.png" for view in ("600", "375", "dark", "images-off")),
    ]
    widths = []
    for path in pictures:
        with Image.open(path) as picture:
            widths.append(picture.width)
    assert widths == [1280, 375, 1280, 600, 375, 600, 600]


def test_without_a_browser_the_page_is_written_and_the_lack_is_a_sentence(
    distribute: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(workspace))
    result = distribute("preview", "bridge.txt", "--png", "--out", "look")
    assert result.code == 2
    assert "there is no browser to take pictures with: install Chromium" in result.err
    assert [path.suffix for path in (workspace / "look").iterdir()] == [".html"]
