"""A provider on the loopback that reads each request to its end and answers as the real one does, at little cost.

Run as a process of its own, so that its work is nobody else's: ``python -m tests.benchmarks.sink [LOG]`` prints
its port; ``LOG`` gets the time (seconds since 1970) at which each request began.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_TO = re.compile(rb'"[Tt]o": ?\[?"((?:[^"\\]|\\.)*)"')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNK = 1 << 20


def _sendgrid(_body: bytes) -> tuple[bytes, bytes]:
    return b"202 Accepted\r\nX-Message-Id: sink-0123456789", b""


def _postmark(body: bytes) -> tuple[bytes, bytes]:
    answers = [
        {"ErrorCode": 0, "Message": "OK", "MessageID": f"0a1b2c3d-0000-4000-8000-{number:012d}", "To": to}
        for number, to in enumerate(_recipients(body))
    ]
    return b"200 OK", json.dumps(answers).encode()


def _resend(body: bytes) -> tuple[bytes, bytes]:
    ids = [{"id": f"0a1b2c3d-0000-4000-8000-{number:012d}"} for number, _ in enumerate(_recipients(body))]
    return b"200 OK", json.dumps({"data": ids}).encode()


def _recipients(body: bytes) -> list[str]:
    return [json.loads(b'"' + found + b'"') for found in _TO.findall(body)]


ANSWERS: dict[bytes, Callable[[bytes], tuple[bytes, bytes]]] = {
    b"/v3/mail/send": _sendgrid,
    b"/email/batch": _postmark,
    b"/emails/batch": _resend,
}


@contextmanager
def open_sink(log: Path | None = None) -> Iterator[str]:
    """The base address of a sink that lives as long as the block."""
    command = [sys.executable, "-m", "tests.benchmarks.sink", *([str(log)] if log else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def _requests(connection: socket.socket) -> Iterator[tuple[bytes, bytes, float]]:
    """Path, body and beginning of each request on a connection."""
    data = bytearray()
    while True:
        began = time.time()
        while (end := data.find(b"\r\n\r\n")) < 0:
            if not (more := connection.recv(_CHUNK)):
                return
            began = began if data else time.time()
            data += more
        found = _LENGTH.search(data, 0, end + 2)
        length = int(found[1]) if found else 0
        while len(data) < end + 4 + length:
            data += connection.recv(_CHUNK)
        yield bytes(data.split(b" ", 2)[1]), bytes(data[end + 4 : end + 4 + length]), began
        del data[: end + 4 + length]


def _serve(connection: socket.socket, log: Path | None) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection:
        for path, body, began in _requests(connection):
            status, content = ANSWERS[path](body)
            if log:
                with log.open("a") as file:
                    file.write(f"{began}\n")
            head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            connection.sendall(head % (status, len(content)) + content)


def main() -> None:
    log = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with socket.create_server(("127.0.0.1", 0)) as server:
        sys.stdout.write(f"{server.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            connection, _ = server.accept()
            threading.Thread(target=_serve, args=(connection, log), daemon=True).start()


if __name__ == "__main__":
    main()
