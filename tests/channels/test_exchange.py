from __future__ import annotations

import socket
import struct
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from distribute.channels import PROVIDERS
from distribute.channels.exchange import MEANINGS, Reply, Service, ask, get, post, said
from distribute.channels.transport import LiveWire
from distribute.config import Secret
from distribute.errors import BatchRefused, SubmissionError, TryLater, Unauthorised, Uncertain

TOKEN = "tok-secret-7731"
SERVICE = Service(name="Example Mail", remedy="Check EXAMPLE_TOKEN", secrets=(Secret(TOKEN),))
Start = Callable[[Callable[[Any, socket.socket], None]], Any]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[requests.Session]:
    with LiveWire(tmp_path, timeout=(1.0, 0.3)).session(PROVIDERS["postmark"]) as session:
        yield session


def submit(session: requests.Session, url: str) -> Reply:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    return post(session, url, body=b'{"to": "anna@example.com"}', headers=headers, service=SERVICE)


def answering(*lines: str, body: bytes = b"") -> Callable[[Any, socket.socket], None]:
    head = "\r\n".join([f"HTTP/1.1 {lines[0]}", f"Content-Length: {len(body)}", *lines[1:], "", ""])

    def behave(server: Any, connection: socket.socket) -> None:
        server.read(connection)
        connection.sendall(head.encode() + body)

    return behave


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def reset_at_accept(_server: Any, connection: socket.socket) -> None:
    reset(connection)


def reset_at_the_first_byte(_server: Any, connection: socket.socket) -> None:
    connection.recv(1)
    reset(connection)


def reset_after_body(server: Any, connection: socket.socket) -> None:
    server.read(connection)
    reset(connection)


def hang_up_after_body(server: Any, connection: socket.socket) -> None:
    server.read(connection)


def stall(server: Any, connection: socket.socket) -> None:
    server.read(connection)
    threading.Event().wait(0.6)


def half_an_answer(server: Any, connection: socket.socket) -> None:
    server.read(connection)
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n[{"ErrorCode": 0')


def half_a_chunk(server: Any, connection: socket.socket) -> None:
    server.read(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n[{")


def no_http(server: Any, connection: socket.socket) -> None:
    server.read(connection)
    connection.sendall(b"220 mail.example.org ESMTP ready\r\n")


LOST = [reset_at_the_first_byte, reset_after_body, hang_up_after_body, stall, half_an_answer, half_a_chunk, no_http]


@pytest.mark.parametrize("behave", LOST, ids=lambda behave: behave.__name__)
def test_a_lost_answer_is_uncertain_and_asked_for_once(
    behave: Callable[[Any, socket.socket], None], misbehaving: Start, session: requests.Session
) -> None:
    server = misbehaving(behave)
    with pytest.raises(Uncertain, match="Example Mail was sent this, but its answer was lost"):
        submit(session, server.url)
    assert len(server.bodies) <= 1


def test_a_reset_at_accept_is_told_by_whether_a_byte_had_left(misbehaving: Start, session: requests.Session) -> None:
    """The kernel may report it while connecting or while sending; both are told truly."""
    server = misbehaving(reset_at_accept)
    with pytest.raises((TryLater, Uncertain), match=r"nothing was sent|was sent this"):
        submit(session, server.url)
    assert server.bodies == []


def test_a_refused_connection_may_be_tried_later(session: requests.Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(TryLater, match=r"cannot be reached .*nothing was sent") as caught:
        submit(session, f"http://127.0.0.1:{port}/")
    assert caught.value.after == 60


def test_a_server_without_tls_gets_nothing_and_is_tried_later(misbehaving: Start, session: requests.Session) -> None:
    def behave(_server: Any, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        connection.recv(65536)

    server = misbehaving(behave)
    with pytest.raises(TryLater, match="certificate or encryption"):
        submit(session, server.url.replace("http://", "https://"))
    assert server.bodies == []


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        *((f"{status} Answer", meaning) for status, meaning in MEANINGS.items()),
        *((f"{status} Answer", Uncertain) for status in (300, 301, 302, 408, 409, 418, 499, 500, 502, 504, 520)),
    ],
)
def test_each_status_proves_one_thing(
    status: str, meaning: type[SubmissionError], misbehaving: Start, session: requests.Session
) -> None:
    server = misbehaving(answering(status, body=b'{"message": "the words of the server"}'))
    with pytest.raises(SubmissionError, match=r"Example Mail.*the words of the server") as caught:
        submit(session, server.url)
    assert type(caught.value) is meaning
    assert len(server.bodies) == 1


def test_the_table_is_the_promise() -> None:
    """Written out a second time on purpose: a changed meaning changes what is sent twice."""
    proven = {TryLater: {429, 503}, Unauthorised: {401, 402, 403, 404, 405, 410}, BatchRefused: {400, 413, 415, 422}}
    assert {status: meaning for meaning, them in proven.items() for status in them} == MEANINGS


def test_a_redirect_is_not_followed(misbehaving: Start, session: requests.Session) -> None:
    other = misbehaving(answering("200 OK"))
    server = misbehaving(answering("307 Temporary Redirect", f"Location: {other.url}/elsewhere"))
    with pytest.raises(Uncertain, match="307"):
        submit(session, server.url)
    assert other.bodies == []


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        (["Retry-After: 17"], 17),
        (["Date: Tue, 24 Nov 2026 11:00:00 GMT", "Retry-After: Tue, 24 Nov 2026 11:02:05 GMT"], 125),
        (["Date: Tue, 24 Nov 2026 11:00:00 GMT", "X-RateLimit-Reset: 1795518030"], 30),
        (["Date: Tue, 24 Nov 2026 11:00:00 GMT", "X-RateLimit-Reset: 2026-11-24T11:05:00.000Z"], 300),
        (["Date: Tue, 24 Nov 2026 11:00:00 GMT", "RateLimit-Reset: 1795518090"], 90),
        (["X-RateLimit-Reset: 12"], 12),
        (["Retry-After: 86400"], 3600),
        (["Retry-After: 0"], 1),
        (["Date: Tue, 24 Nov 2026 11:00:00 GMT", "Retry-After: Tue, 24 Nov 2026 10:00:00 GMT"], 1),
        (["Retry-After: soon"], 60),
        (["Retry-After: -5"], 60),
        (["Retry-After: 1e999"], 60),
        ([], 60),
    ],
)
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_pause_lasts_as_long_as_was_asked(
    status: str, headers: list[str], after: float, misbehaving: Start, session: requests.Session
) -> None:
    server = misbehaving(answering(status, *headers))
    with pytest.raises(TryLater, match="asks for a pause") as caught:
        submit(session, server.url)
    assert caught.value.after == after


def test_a_date_without_a_clock_beside_it_is_read_by_ours(misbehaving: Start, session: requests.Session) -> None:
    server = misbehaving(answering("429 Too Many", "Retry-After: Fri, 31 Dec 2199 23:59:59 GMT"))
    with pytest.raises(TryLater) as caught:
        submit(session, server.url)
    assert caught.value.after == 3600


def test_a_refused_account_names_what_to_check(misbehaving: Start, session: requests.Session) -> None:
    server = misbehaving(answering("401 Unauthorized", body=b'{"Message": "no"}'))
    with pytest.raises(Unauthorised) as caught:
        submit(session, server.url)
    assert str(caught.value) == "Example Mail does not accept us (401: no). Check EXAMPLE_TOKEN."


def test_a_wrong_base_address_is_shown(misbehaving: Start, session: requests.Session) -> None:
    server = misbehaving(answering("404 Not Found", body=b"<html>"))
    with pytest.raises(Unauthorised, match=f"at {server.url}/v9 "):
        submit(session, f"{server.url}/v9")


def test_a_success_is_read_to_its_end(misbehaving: Start, session: requests.Session) -> None:
    server = misbehaving(answering("202 Accepted", "X-Message-Id: abc", body=b'{"a": 1}'))
    reply = submit(session, server.url)
    assert (reply.status, reply.headers["x-message-id"], reply.json()) == (202, "abc", {"a": 1})


def test_a_page_of_html_is_no_json(misbehaving: Start, session: requests.Session) -> None:
    server = misbehaving(answering("200 OK", "Content-Type: text/html", body=b"<html>Sign in to the Wi-Fi</html>"))
    assert submit(session, server.url).json() is None


def test_a_get_carries_no_body(misbehaving: Start, session: requests.Session) -> None:
    heads: list[bytes] = []

    def behave(_server: Any, connection: socket.socket) -> None:
        heads.append(connection.recv(65536))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    assert get(session, misbehaving(behave).url, headers={}, service=SERVICE).json() == {}
    assert heads[0].startswith(b"GET / HTTP/1.1\r\n")
    assert heads[0].endswith(b"\r\n\r\n")


@pytest.mark.parametrize("body", [None, b'{"query": "x"}'])
@pytest.mark.parametrize("behave", LOST, ids=lambda behave: behave.__name__)
def test_a_question_whose_answer_is_lost_can_be_asked_again(
    behave: Callable[[Any, socket.socket], None], body: bytes | None, misbehaving: Start, session: requests.Session
) -> None:
    with pytest.raises(TryLater, match="only a question"):
        ask(session, misbehaving(behave).url, headers={}, service=SERVICE, body=body)


@pytest.mark.parametrize("status", [*MEANINGS, 302, 408, 409, 500, 502, 504])
def test_a_status_means_the_same_for_a_question_unless_it_proves_nothing(
    status: int, misbehaving: Start, session: requests.Session
) -> None:
    server = misbehaving(answering(f"{status} Answer", "Retry-After: 17", body=b'{"message": "words"}'))
    with pytest.raises(SubmissionError, match="words") as caught:
        ask(session, server.url, headers={}, service=SERVICE)
    assert type(caught.value) is MEANINGS.get(status, TryLater)
    if status in {429, 503}:
        assert getattr(caught.value, "after", None) == 17


def test_a_question_is_a_get_unless_it_has_a_body(misbehaving: Start, session: requests.Session) -> None:
    heads: list[bytes] = []

    def behave(_server: Any, connection: socket.socket) -> None:
        heads.append(connection.recv(65536).split(b" ")[0])
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{"a": 1}')

    for body in (None, b"{}"):
        assert ask(session, misbehaving(behave).url, headers={}, service=SERVICE, body=body) == {"a": 1}
    assert heads == [b"GET", b"POST"]


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"[1]", b"null", b""])
def test_an_answer_that_is_no_object_can_be_asked_for_again(
    body: bytes, misbehaving: Start, session: requests.Session
) -> None:
    with pytest.raises(TryLater, match="does not document"):
        ask(session, misbehaving(answering("200 OK", body=body)).url, headers={}, service=SERVICE)


def test_only_what_may_be_absent_is_absent(misbehaving: Start, session: requests.Session) -> None:
    missing = answering("404 Not Found", body=b'{"errors": [{"message": "not found"}]}')
    assert ask(session, misbehaving(missing).url, headers={}, service=SERVICE, may_be_absent=True) == {}
    with pytest.raises(Unauthorised, match="not found"):
        ask(session, misbehaving(missing).url, headers={}, service=SERVICE)
    with pytest.raises(Unauthorised):
        ask(session, misbehaving(answering("410 Gone")).url, headers={}, service=SERVICE, may_be_absent=True)


def test_an_echoed_secret_is_blotted_out(misbehaving: Start, session: requests.Session) -> None:
    body = f'{{"errors": [{{"message": "bad token {TOKEN}", "field": "from.email"}}]}}'.encode()
    server = misbehaving(answering("400 Bad Request", body=body))
    with pytest.raises(BatchRefused, match=r"from\.email: bad token …") as caught:
        submit(session, server.url)
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("token", ["tok-secret-7731\nX-Evil: 1", "tok-secret-7731…"])
def test_a_token_no_header_can_carry_is_named_but_not_shown(token: str, session: requests.Session) -> None:
    with pytest.raises(Unauthorised, match="Check EXAMPLE_TOKEN") as caught:
        post(session, "http://127.0.0.1:9/", body=b"", headers={"Authorization": token}, service=SERVICE)
    assert "7731" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"ErrorCode": 300, "Message": "Invalid"}, "Invalid"),
        ({"errors": [{"field": "from", "message": "one"}, {"message": "two"}]}, "from: one; two"),
        ({"error": "InvalidRequest", "message": "bad\nrecord"}, "bad record"),
        ({"error": "invalid_grant", "error_description": "expired"}, "expired"),
        ({"error": {"code": 1}}, ""),
        (["x"], ""),
        (None, ""),
        ({"message": "x" * 400}, "x" * 300 + "…"),
    ],
)
def test_the_providers_words_are_found_in_every_usual_shape(content: Any, words: str) -> None:
    assert said(content, SERVICE) == words


def test_a_service_does_not_show_its_secrets() -> None:
    assert TOKEN not in repr(SERVICE)
