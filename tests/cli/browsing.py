"""A browser for tests of pages, used as people use one: by mouse and keyboard."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from distribute.cli.browser import Browser, find_chromium

CHROMIUM = find_chromium(os.environ)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: apt-get install chromium")


class Visitor:
    """Somebody in front of a page."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def visit(self, page: Path, width: int = 1280, *, is_dark: bool = False, has_scripts: bool = True) -> None:
        self.browser.look(width, is_dark=is_dark, has_scripts=has_scripts)
        self.browser.open(page.as_uri())

    def ask(self, expression: str) -> object:
        return self.browser.run(expression)

    def text(self, selector: str) -> str:
        """What is shown of the first element, as people see it."""
        return str(self.ask(f"document.querySelector({json.dumps(selector)}).innerText"))

    def content(self, selector: str) -> str:
        """The words of the first element, seen or not."""
        return str(self.ask(f"document.querySelector({json.dumps(selector)}).textContent"))

    def frame(self, selector: str) -> str:
        return str(self.ask(f"document.querySelector({json.dumps(selector)}).srcdoc"))

    def is_seen(self, selector: str) -> bool:
        return bool(self.ask(f"document.querySelector({json.dumps(selector)}).checkVisibility()"))

    def click(self, selector: str) -> None:
        """Press the mouse in the middle of the first element that is seen."""
        spot = self.ask(
            f"""(() => {{
                const it = [...document.querySelectorAll({json.dumps(selector)})].find((one) => one.checkVisibility());
                it.scrollIntoView({{ block: "center", behavior: "instant" }});
                const box = it.getBoundingClientRect();
                return {{ x: box.x + box.width / 2, y: box.y + box.height / 2 }};
            }})()"""
        )
        assert isinstance(spot, dict)
        for kind in ("mousePressed", "mouseReleased"):
            self.browser.ask("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **spot)

    def type(self, text: str) -> None:
        self.browser.ask("Input.insertText", text=text)

    def press(self, key: str, code: int, text: str = "") -> None:
        more = {"text": text} if text else {}
        for kind in ("keyDown", "keyUp"):
            self.browser.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more)

    def wait_for(self, expression: str, seconds: float = 5) -> None:
        until = time.monotonic() + seconds
        while not self.ask(expression):
            assert time.monotonic() < until, f"it never came to be: {expression}"
            time.sleep(0.01)


def open_visitor() -> Iterator[Visitor]:
    assert CHROMIUM
    with Browser(CHROMIUM) as browser:
        yield Visitor(browser)
