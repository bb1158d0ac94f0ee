from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests

from distribute.channels import PROVIDERS
from distribute.channels.transport import LiveWire, NothingLeft, RehearsalWire, WatchingAdapter

SHORT = (1.0, 0.3)


def closed_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


def test_a_live_session_never_repeats_follows_or_borrows_settings(tmp_path: Path) -> None:
    with LiveWire(tmp_path).session(PROVIDERS["postmark"]) as session:
        adapter = session.get_adapter("https://api.example.org")
        assert isinstance(adapter, WatchingAdapter)
        assert adapter.max_retries.total == 0
        assert adapter.timeout == (3.05, 30.0)
        assert session.verify is True
        assert not session.trust_env


def test_a_live_session_knows_no_other_scheme(tmp_path: Path) -> None:
    with (
        LiveWire(tmp_path).session(PROVIDERS["outbox"]) as session,
        pytest.raises(requests.exceptions.InvalidSchema),
    ):
        session.get("file:///etc/hostname")


def test_a_refused_connection_let_nothing_leave(tmp_path: Path) -> None:
    with LiveWire(tmp_path).session(PROVIDERS["postmark"]) as session, pytest.raises(NothingLeft):
        session.post(f"http://127.0.0.1:{closed_port()}/", data=b"x")


def test_an_unknown_host_let_nothing_leave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with LiveWire(tmp_path).session(PROVIDERS["postmark"]) as session, pytest.raises(NothingLeft):
        session.post("https://nowhere.invalid/", data=b"x")


@pytest.mark.parametrize("greeting", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"], ids=["stalls", "speaks no TLS"])
def test_a_failed_handshake_let_nothing_leave(greeting: bytes, misbehaving: Callable[..., Any], tmp_path: Path) -> None:
    done = threading.Event()

    def behave(_server: Any, connection: socket.socket) -> None:
        connection.sendall(greeting)
        done.wait(2)

    url = misbehaving(behave).url.replace("http://", "https://")
    with LiveWire(tmp_path, SHORT).session(PROVIDERS["postmark"]) as session, pytest.raises(NothingLeft):
        session.post(url, data=b"x")
    done.set()


def test_what_one_thread_sent_is_not_held_against_another(misbehaving: Callable[..., Any], tmp_path: Path) -> None:
    """The verdict is per thread: a request under way elsewhere does not make a refused one uncertain."""
    under_way, done = threading.Event(), threading.Event()

    def behave(server: Any, connection: socket.socket) -> None:
        server.read(connection)
        under_way.set()
        done.wait(2)
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    url, wire = misbehaving(behave).url, LiveWire(tmp_path)

    def send() -> None:
        with wire.session(PROVIDERS["postmark"]) as session:
            session.post(url, data=b"x")

    thread = threading.Thread(target=send)
    thread.start()
    under_way.wait(2)
    try:
        with wire.session(PROVIDERS["postmark"]) as session, pytest.raises(NothingLeft):
            session.post(f"http://127.0.0.1:{closed_port()}/", data=b"x")
    finally:
        done.set()
        thread.join()


def test_a_connection_the_server_closed_meanwhile_is_renewed(misbehaving: Callable[..., Any], tmp_path: Path) -> None:
    def behave(server: Any, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    server = misbehaving(behave)
    with LiveWire(tmp_path, SHORT).session(PROVIDERS["postmark"]) as session:
        for body in (b"one", b"two"):
            assert session.post(server.url, data=body).status_code == 200
            threading.Event().wait(0.05)
    assert server.bodies == [b"one", b"two"]


@pytest.mark.usefixtures("socket_disabled")
def test_a_rehearsal_answers_any_address_and_keeps_the_request() -> None:
    wire = RehearsalWire()
    with wire.session(PROVIDERS["sendgrid"]) as session:
        response = session.post("https://api.sendgrid.com/v3/mail/send", data=b"{}")
        session.put("outbox://local/a", data=b"")
    assert (response.status_code, response.content) == (202, b"")
    assert [request.method for request in wire.requests] == ["POST", "PUT"]
    assert wire.requests[0].body == b"{}"


def test_both_wires_say_who_is_asking(tmp_path: Path) -> None:
    for wire in (LiveWire(tmp_path), RehearsalWire()):
        with wire.session(PROVIDERS["postmark"]) as session:
            assert re.fullmatch(r"distribute/\d+\.\d+\S*", str(session.headers["User-Agent"]))
