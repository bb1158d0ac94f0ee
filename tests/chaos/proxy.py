"""A bad network: a loopback proxy that lets each connection meet one fault, after a script."""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Iterable
from contextlib import closing, suppress
from enum import StrEnum
from typing import Self

HTML = b"<html><body>It works!</body></html>"


class Fault(StrEnum):
    """What one connection meets. Those marked (taken) let the request reach the provider first."""

    NONE = "none (taken)"
    REFUSED = "refused: the listener is gone for a moment"
    RESET_AT_ACCEPT = "reset at accept"
    RESET_IN_BODY = "reset in the middle of the request"
    SWALLOWED = "read to its end and never answered"
    UNHEARD = "never answered (taken)"
    RESET_AFTER_BODY = "reset instead of an answer (taken)"
    HALF = "half an answer (taken)"
    HTML_INSTEAD = "200 with a web page, from a gateway"
    HTML_AFTER = "200 with a web page (taken)"
    DRIP = "an answer in drops (taken)"
    BUSY = "429 with Retry-After"
    ERROR = "500 (taken)"
    BAD_GATEWAY = "502, from a gateway"
    SLOW = "a long latency (taken)"


NEEDS_PATIENCE = frozenset({Fault.SWALLOWED, Fault.UNHEARD})
"""Over only when the client gives up."""

CALM = frozenset({Fault.NONE, Fault.DRIP, Fault.SLOW})
"""Those after which the outcome is known at once."""


class Proxy:
    """Between a client and a provider; each connection takes the next fault of the script, or none when it is over.

    ``met`` are the faults in the order they were met. ``outage``: seconds the listener is gone when
    it refuses. ``latency``: seconds before a slow answer.
    """

    def __init__(
        self, upstream: str, script: Iterable[Fault] = (), *, outage: float = 0.3, latency: float = 0.2
    ) -> None:
        host, _, port = upstream.partition("://")[2].partition(":")
        self.upstream = (host, int(port))
        self.script = deque(script)
        self.met: list[Fault] = []
        self.outage = outage
        self.latency = latency
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._listener.close()

    def go_down(self, seconds: float) -> None:
        """Nobody listens for so long; then somebody does again."""
        self._listener.close()
        self._closing.wait(seconds)
        while not self._closing.is_set():
            with suppress(OSError):
                self._listener = socket.create_server(("127.0.0.1", self.port))
                return
            time.sleep(0.01)  # the port is still being let go

    def _listen(self) -> None:
        while not self._closing.is_set():
            if self.script and self.script[0] is Fault.REFUSED:
                self.met.append(self.script.popleft())
                self.go_down(self.outage)
                continue
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            fault = self.script.popleft() if self.script else Fault.NONE
            self.met.append(fault)
            threading.Thread(target=self._carry, args=(client, fault), daemon=True).start()

    def _carry(self, client: socket.socket, fault: Fault) -> None:
        with closing(client), suppress(OSError):
            self._meet(client, fault)

    def _meet(self, client: socket.socket, fault: Fault) -> None:
        if fault is Fault.RESET_AT_ACCEPT:
            return _reset(client)
        request = _read(client, share=0.5 if fault is Fault.RESET_IN_BODY else 1.0)
        match fault:
            case Fault.RESET_IN_BODY:
                return _reset(client)
            case Fault.SWALLOWED:
                return _wait_until_it_hangs_up(client)
            case Fault.HTML_INSTEAD:
                return client.sendall(_answer(200, HTML, "text/html"))
            case Fault.BUSY:
                return client.sendall(_answer(429, b"{}", "application/json", "Retry-After: 1"))
            case Fault.BAD_GATEWAY:
                return client.sendall(_answer(502, HTML, "text/html"))
        return self._deliver(client, fault, request)

    def _deliver(self, client: socket.socket, fault: Fault, request: bytes) -> None:
        """The request is taken; what becomes of its answer."""
        with socket.create_connection(self.upstream) as provider:
            provider.sendall(request)
            answer = _read(provider)
        answer = answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
        match fault:
            case Fault.UNHEARD:
                _wait_until_it_hangs_up(client)
            case Fault.RESET_AFTER_BODY:
                _reset(client)
            case Fault.HALF:
                client.sendall(answer[: len(answer) // 2])
            case Fault.HTML_AFTER:
                client.sendall(_answer(200, HTML, "text/html"))
            case Fault.ERROR:
                client.sendall(_answer(500, b'{"message": "Internal error"}', "application/json"))
            case Fault.DRIP:
                for start in range(0, len(answer), 1 + len(answer) // 8):
                    client.sendall(answer[start : start + 1 + len(answer) // 8])
                    time.sleep(self.latency / 8)
            case Fault.SLOW:
                time.sleep(self.latency)
                client.sendall(answer)
            case _:
                client.sendall(answer)


def _answer(status: int, body: bytes, kind: str, *more: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Answer", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def _read(connection: socket.socket, share: float = 1.0) -> bytes:
    """A request or an answer, head and body; of the body only a share."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _some(connection)
    head, _, _ = received.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    whole = len(head) + 4 + int(int(length[1] if length else 0) * share)
    while len(received) < whole:
        received += _some(connection)
    return received


def _some(connection: socket.socket) -> bytes:
    if part := connection.recv(65536):
        return part
    raise ConnectionResetError("it ended before it was whole")


def _wait_until_it_hangs_up(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


def _reset(connection: socket.socket) -> None:
    """RST instead of FIN: what was sent and not read is thrown away."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
