"""Taking turns: threads of which one at a time runs, and which hand over only where they say so."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Actor:
    """A thread that stands still until it is let go on, and then runs to its next pause or its end.

    ``error`` is what it ended of.
    """

    def __init__(self, play: Callable[[], None]) -> None:
        self.has_ended = False
        self.error: BaseException | None = None
        self._play = play
        self._go, self._rest = threading.Lock(), threading.Lock()
        self._go.acquire()
        self._rest.acquire()
        self._thread = threading.Thread(target=self._run, name="actor", daemon=True)
        self._thread.start()

    def go_on(self) -> None:
        """Called by whoever directs: returns when the actor pauses or has ended."""
        self._go.release()
        self._rest.acquire()
        if self.has_ended:
            self._thread.join()

    def pause(self) -> None:
        """Called by the actor itself: returns when it is let go on."""
        self._rest.release()
        self._go.acquire()

    def _run(self) -> None:
        self._go.acquire()
        try:
            self._play()
        except BaseException as error:  # noqa: BLE001  whoever directs looks at it
            self.error = error
        self.has_ended = True
        self._rest.release()
