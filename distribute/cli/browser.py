"""A headless Chromium that is talked to over a pipe: pages opened in it, looked at and photographed.

Commands are those of the Chrome DevTools Protocol (chromedevtools.github.io/devtools-protocol), as JSON
ended by NUL on file descriptors 3 and 4 (``--remote-debugging-pipe``); no port is opened.
"""

from __future__ import annotations

import base64
import json
import math
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from distribute.errors import InputError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE = 60.0
"""Seconds that Chromium may take for one command."""
TALLEST = 16_000
"""CSS pixels of a picture's height; more than that Chromium cannot draw."""

_SWITCHES = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-default-browser-check",
    "--no-first-run",
)
_WIRING = """\
import os, sys
from fcntl import F_DUPFD, fcntl
ends = [fcntl(int(end), F_DUPFD, 10) for end in sys.argv[1:3]]
for number, end in enumerate(ends, start=3):
    os.dup2(end, number)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""What becomes the browser: it moves the ends of the pipe to where that expects them, which not every shell can."""


def find_chromium(environ: Mapping[str, str]) -> str | None:
    """The path of the browser: the one that CHROMIUM names, else one of the usual names; None where there is none.

    Raises InputError when CHROMIUM names a file that is no program.
    """
    if named := environ.get("CHROMIUM", "").strip():
        if path := shutil.which(named):
            return path
        raise InputError(f"CHROMIUM={named} is no program: give the path of Chromium or Chrome, or leave it out")
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One browser with one page, and a profile that goes with it."""

    def __init__(self, program: str) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="distribute-", ignore_cleanup_errors=True)
        self._process, self._commands, self._answers = _start(program, self._profile.name)
        self._number = 0
        self._unread = b""
        self._events: list[dict[str, Any]] = []
        self._session: str | None = None
        self._width = 800
        try:
            target = self.ask("Target.createTarget", url="about:blank")["targetId"]
            self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            self.ask("Page.enable")
            self.ask("Page.setLifecycleEventsEnabled", enabled=True)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the browser and forget its profile."""
        for end in (self._commands, self._answers):
            with suppress(OSError):
                os.close(end)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._profile.cleanup()

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; InputError when Chromium refuses, dies or does not answer."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        waiting = memoryview(json.dumps(command).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        try:
            while waiting:
                waiting = waiting[os.write(self._commands, waiting) :]
        except OSError as error:
            raise _lost(method) from error
        while True:
            said = self._read(method, until)
            if said.get("id") != self._number:
                self._events.append(said)
            elif "error" in said:
                raise InputError(f"Chromium refused {method}: {said['error'].get('message', '')}")
            else:
                return dict(said["result"])

    def open(self, url: str) -> None:
        """Open a page and wait until it is loaded, its frames with it; InputError when there is none."""
        self._events.clear()
        opened = self.ask("Page.navigate", url=url)
        if "errorText" in opened:
            raise InputError(f"Chromium cannot open {url} ({opened['errorText']})")
        until = time.monotonic() + PATIENCE
        while not any(_is_loaded(said, opened) for said in self._events):
            self._events.append(self._read(url, until))

    def look(self, width: int, *, is_dark: bool = False, height: int = 900, has_scripts: bool = True) -> None:
        """Make the window ``width`` CSS pixels wide, light or dark; from the next page on, with or without scripts."""
        self._width = width
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])
        self.ask("Emulation.setScriptExecutionDisabled", value=not has_scripts)

    def run(self, expression: str) -> Any:
        """What a JavaScript expression comes to, awaited if it is a promise; InputError when it throws."""
        found = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            thrown = found["exceptionDetails"].get("exception", {})
            raise InputError(f"the page failed: {thrown.get('description') or thrown.get('value')}")
        return found["result"].get("value")

    def photograph(self, path: Path) -> None:
        """Write the whole page as a PNG, at most ``TALLEST`` pixels of it.

        The window is made as tall for it: frames beyond a window are not drawn.
        """
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        height = min(math.ceil(size["height"]), TALLEST)
        metrics = {"width": self._width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", **metrics)
        shot = self.ask("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(shot["data"]))

    def _read(self, what: str, until: float) -> dict[str, Any]:
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._answers], [], [], max(0.0, until - time.monotonic()))
            piece = os.read(self._answers, 1 << 20) if ready else b""
            if not piece:
                raise _lost(what)
            self._unread += piece
        line, _, self._unread = self._unread.partition(b"\0")
        return dict(json.loads(line))


def _is_loaded(said: Mapping[str, Any], opened: Mapping[str, Any]) -> bool:
    """Whether an event says that this very document is loaded, and not one before it or a frame in it."""
    about = said.get("params", {})
    is_it = about.get("frameId") == opened["frameId"] and about.get("loaderId") == opened["loaderId"]
    return said.get("method") == "Page.lifecycleEvent" and is_it and about.get("name") == "load"


def _lost(what: str) -> InputError:
    return InputError(f"Chromium does not answer ({what}): try again, or name another one with CHROMIUM")


def _start(program: str, profile: str) -> tuple[subprocess.Popen[bytes], int, int]:
    """The process, with the end of the pipe that takes commands and the one that gives answers."""
    theirs_in, commands = os.pipe()
    answers, theirs_out = os.pipe()
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*_SWITCHES, f"--user-data-dir={profile}", *(["--no-sandbox"] if is_root else [])]
    ends = (str(theirs_in), str(theirs_out))
    wired = [sys.executable, "-I", "-S", "-c", _WIRING, *ends, program, *arguments, "about:blank"]
    try:
        process = subprocess.Popen(  # noqa: S603  the browser a person has, or names in CHROMIUM
            wired,
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        os.close(commands)
        os.close(answers)
        raise InputError(f"{program} cannot be started ({error.strerror}): name another one with CHROMIUM") from error
    finally:
        os.close(theirs_in)
        os.close(theirs_out)
    return process, commands, answers
