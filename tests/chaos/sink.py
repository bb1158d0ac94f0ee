"""A provider on a loopback port that keeps count, notes when each request came, and knows Resend's keys."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self

from tests.channels.conftest import Answer, Fake, FakePostmark, FakeResend, FakeSendGrid, Refused

WINDOW = timedelta(hours=24)
"""https://resend.com/docs/dashboard/emails/idempotency-keys."""


class Arrival(NamedTuple):
    """A request that was carried out: when it had come (monotonic seconds), and how many it was the first to reach."""

    at: float
    taken: int


class KeepingResend(FakeResend):
    """Resend with the edges of its Idempotency-Key: a window, and 409 while the first request is under way."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._since: dict[str, float] = {}
        self._under_way: set[str] = set()

    def begin(self, key: str) -> Answer | None:
        """None, or the refusal of a request whose key another has under way."""
        if key in self._under_way:
            message = "Another request with this key is in progress."
            return self._refuse(409, "concurrent_idempotent_requests", message).answer
        self._under_way.add(key)
        return None

    def end(self, key: str) -> None:
        self._under_way.discard(key)

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        key, now = headers.get("Idempotency-Key", ""), self._clock()
        if now - self._since.get(key, now) >= WINDOW.total_seconds():
            del self.kept[key], self._since[key]
        answer = super().answer(method, path, headers, body)
        if method == "POST":
            self._since.setdefault(key, now)
        return answer


FAKES: dict[str, Callable[[], Fake]] = {
    "sendgrid": FakeSendGrid,
    "postmark": FakePostmark,
    "resend": KeepingResend,
}


class Sink:
    """Serves a fake. ``before`` and ``after`` are called around the moment a request has its effect.

    ``latency``: seconds between a request's arrival and its effect.
    """

    def __init__(self, fake: Fake, latency: float = 0.0) -> None:
        self.fake = fake
        self.latency = latency
        self.arrivals: list[Arrival] = []
        self.before: Callable[[], object] = _nothing
        self.after: Callable[[], object] = _nothing
        self._lock = threading.Lock()
        self._server = _server(self)

    @property
    def taken(self) -> Mapping[str, int]:
        """How often each address was sent to."""
        return dict(self.fake.accepted)

    def __enter__(self) -> Self:
        self.fake.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()

    def take(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        at, key = time.monotonic(), headers.get("Idempotency-Key", "")
        fake = self.fake
        if isinstance(fake, KeepingResend) and key:
            with self._lock:
                if refusal := fake.begin(key):
                    return refusal
        try:
            time.sleep(self.latency)
            with self._lock:
                self.before()
                had = len(fake.accepted)
                answer = fake.take(method, path, headers, body)
                if method == "POST":
                    self.arrivals.append(Arrival(at, len(fake.accepted) - had))
                self.after()
                return answer
        finally:
            if isinstance(fake, KeepingResend):
                fake.end(key)


def open_sink(provider: str, latency: float = 0.0) -> Sink:
    """The sink of a provider by its name."""
    return Sink(FAKES[provider](), latency)


def _nothing() -> None:
    """Nobody wants to know."""


def _server(sink: Sink) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, content = sink.take(self.command, self.path, dict(self.headers.items()), body)
            lines = [f"HTTP/1.1 {status} Answer", f"Content-Length: {len(content)}"]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            try:
                self.wfile.write("\r\n".join([*lines, "", ""]).encode() + content)  # one send: no delayed ACK
            except OSError:
                self.close_connection = True  # the client is dead; what was taken stays taken

        do_POST = do_PUT = do_GET = _reply  # noqa: N815  the names http.server calls

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_args: Any) -> None:
            """A client that was killed in mid-request is what we are here for."""

    return Server(("127.0.0.1", 0), Handler)


__all__ = ["FAKES", "WINDOW", "Arrival", "KeepingResend", "Refused", "Sink", "open_sink"]
