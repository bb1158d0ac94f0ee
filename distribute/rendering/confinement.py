"""A workspace's own templates are rendered by a process of their own, which may use only so much time and memory.

It is started with the first of them and kept; what came with the program is rendered where it is asked for.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock, Thread, current_thread, main_thread
from typing import IO

from distribute.errors import RenderError
from distribute.rendering.environment import Errand, Mistake, attempt, reopen

SECONDS = 3.0  # of processor time for one template; a long letter takes some thousandths
PATIENCE = 12.0  # seconds on the clock after which the process is ended, whatever it does
MEMORY = 256 * 1024 * 1024  # bytes one template may use beyond what the process has by itself
LONGEST = 32_000_000  # characters; a preview for fifty thousand recipients has a third

_START = 60.0  # seconds in which the process has to be there
_LOST = Mistake("the template takes more time or memory than a template may: look for a loop in a loop", None, None)
_TOO_LONG = Mistake(f"the template makes more than {LONGEST:,} characters: look for a loop in a loop", None, None)
_ROOT = str(Path(__file__).resolve().parents[2])
_PROGRAM = f"import sys; sys.path.append({_ROOT!r}); from distribute.rendering.confinement import main; main()"

Answer = str | Mistake | Exception


def render_apart(errand: Errand) -> str | Mistake:
    """The text of a template, or what is wrong with it, also when it asks for too much.

    Raises what a function given to the template raised, and RenderError when there can be no other process.
    """
    try:
        matter = pickle.dumps(pickle.dumps(errand))
    except (TypeError, AttributeError, pickle.PicklingError):  # a page is given what lives in this process
        answer = _answer(errand)
    else:
        answer = _child().ask(matter)
    if isinstance(answer, Exception):
        raise answer
    if isinstance(answer, Mistake):
        return Mistake(answer.message, answer.template or errand.template, answer.line)
    return answer


class _Child:
    """The other process: one errand at a time, started again when it had to be ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, matter: bytes) -> Answer:
        with self._lock:
            answer = _exchange(self._process or self._start(), matter, PATIENCE)
            if answer is None:
                self._kill()
            return _LOST if answer is None else answer

    def end(self) -> None:
        with self._lock:
            self._kill()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-c", _PROGRAM]  # -P: no module of the folder it is started in
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603 - ourselves
        if _exchange(self._process, pickle.dumps(pickle.dumps(None)), _START) is None:
            self._kill()
            raise RenderError("the process that renders a workspace's own templates does not start: try again")
        return self._process

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


@cache
def _child() -> _Child:
    child = _Child()
    atexit.register(child.end)
    return child


def _exchange(process: subprocess.Popen[bytes], matter: bytes, seconds: float) -> Answer | None:
    """The answer to one errand; None when there is none in time, or the process is gone."""
    came: list[Answer] = []
    exchange = Thread(target=_carry, args=(process, matter, came), daemon=True)
    exchange.start()
    exchange.join(seconds)
    return came[0] if came else None


def _carry(process: subprocess.Popen[bytes], matter: bytes, came: list[Answer]) -> None:
    if process.stdin and process.stdout:
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            process.stdin.write(matter)
            process.stdin.flush()
            came.append(pickle.load(process.stdout))  # noqa: S301 - our own process wrote it


# ---- in the other process


def _serve(errands: IO[bytes], answers: IO[bytes]) -> None:
    """Answer errands until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for whoever asked
    with suppress(EOFError):
        while True:
            answers.write(pickle.dumps(_open(pickle.load(errands))))  # noqa: S301 - whoever started us wrote it
            answers.flush()


def _open(matter: bytes) -> Answer:
    try:
        errand = pickle.loads(matter)  # noqa: S301 - the same
    except (AttributeError, ImportError) as error:  # something only the other process has
        return error
    return "ready" if errand is None else _answer(errand)


def _answer(errand: Errand) -> Answer:
    environment = reopen(errand)
    try:
        with _limited():
            made = attempt(environment, errand.template, errand.context)
        return made if isinstance(made, Mistake) or len(made) <= LONGEST else _TOO_LONG
    except TimeoutError:
        return _LOST  # just when it was done
    except Exception as error:  # noqa: BLE001 - what a function that was given raises is for whoever gave it
        return error


@contextmanager
def _limited() -> Iterator[None]:
    """TimeoutError and MemoryError are raised where the template is: the first not on Windows, the second on Linux."""
    if current_thread() is not main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    import resource  # noqa: PLC0415  not on Windows

    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = Path("/proc/self/statm")
    if pages.is_file():
        used = int(pages.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, hard))
    others = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, others)
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))


def _stop(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    """Be the other process, until whoever started it is gone."""
    with os.fdopen(os.dup(1), "wb") as pipe:
        sys.stdout = sys.stderr  # what is printed by mistake is no answer
        _serve(sys.stdin.buffer, pipe)
