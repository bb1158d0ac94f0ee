"""The time from elsewhere: what is read from an answer, and every way of getting none."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.channels import time_source
from distribute.channels.time_source import NTP_TRIES, TIMEOUT, open_time_source
from distribute.errors import ClockError
from tests.channels.conftest import Misbehaving

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
Web = Callable[[Callable[[Misbehaving, socket.socket], None]], Misbehaving]
Answer = Callable[[bytes], Iterable[bytes]]
Clock = Callable[[Answer], "NtpServer"]


def refusal(address: str) -> str:
    with pytest.raises(ClockError) as refused:
        open_time_source(address)()
    assert address in str(refused.value)
    return str(refused.value)


# ---- a web server


def head(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    return received


def web(misbehaving: Web, *lines: str, status: str = "200 OK") -> str:
    def behave(server: Misbehaving, connection: socket.socket) -> None:
        server.bodies.append(head(connection))
        connection.sendall("\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1"))

    return misbehaving(behave).url


@pytest.mark.parametrize(
    "status", ["200 OK", "204 No Content", "301 Moved", "403 Forbidden", "404 Not Found", "503 Busy"]
)
def test_any_answer_of_a_web_server_is_dated(misbehaving: Web, status: str) -> None:
    url = web(misbehaving, "Date: Tue, 24 Nov 2026 12:00:00 GMT", "Location: https://example.org/", status=status)
    assert open_time_source(url)() == NOON + timedelta(seconds=0.5)


def test_a_web_server_is_asked_for_its_head_alone_and_not_for_what_a_cache_keeps(misbehaving: Web) -> None:
    asked: list[bytes] = []

    def behave(_server: Misbehaving, connection: socket.socket) -> None:
        asked.append(head(connection))
        connection.sendall(b"HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\n\r\n")

    open_time_source(misbehaving(behave).url + "/clock")()
    assert asked[0].startswith(b"HEAD /clock HTTP/1.1\r\n")
    assert b"Cache-Control: no-cache" in asked[0]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "without a date"),
        (["Date: "], "without a date"),
        (["Date: yesterday"], "without a date"),
        (["Date: Tue, 31 Nov 2026 12:00:00 GMT"], "without a date"),
        (["Date: Fri, 31 Dec 9999 23:00:00 -1400"], "without a date"),
        (["Date: Tue, 24 Nov 2026 12:00:00 GMT", "Age: 3600"], "out of a cache"),
    ],
)
def test_an_answer_that_does_not_tell_the_time_is_refused(misbehaving: Web, lines: list[str], words: str) -> None:
    assert words in refusal(web(misbehaving, *lines))


@pytest.mark.parametrize(
    "date", ["Tue, 24 Nov 2026 13:00:00 +0100", "Tuesday, 24-Nov-26 12:00:00 GMT", "Tue Nov 24 12:00:00 2026"]
)
def test_the_older_forms_of_a_date_are_the_same_moment(misbehaving: Web, date: str) -> None:
    """RFC 9110, 5.6.7: those without a zone are in UTC, whatever zone this machine is in."""
    url = web(misbehaving, f"Date: {date}", "Age: 0")
    assert open_time_source(url)() == NOON + timedelta(seconds=0.5)


def test_nobody_at_the_door_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "the connection failed" in refusal(f"http://127.0.0.1:{port}")


def test_a_server_that_hangs_up_is_a_sentence(misbehaving: Web) -> None:
    def behave(_server: Misbehaving, connection: socket.socket) -> None:
        head(connection)

    assert "the connection failed" in refusal(misbehaving(behave).url)


def test_a_server_nobody_vouches_for_is_not_believed() -> None:
    """A plain-text server where TLS is expected: there is no certificate at all."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def behave() -> None:
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 12:00:00 GMT\r\n\r\n")

        thread = threading.Thread(target=behave)
        thread.start()
        assert "its certificate or encryption" in refusal(f"https://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()


def test_a_server_that_drips_is_left_after_the_time_there_is(misbehaving: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """No single read takes long, so no socket's time-out would end it."""
    monkeypatch.setattr(time_source, "TIMEOUT", 0.4)
    done = threading.Event()

    def behave(_server: Misbehaving, connection: socket.socket) -> None:
        head(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not done.wait(0.05):
            connection.sendall(b"X")

    started = time.monotonic()
    assert "did not tell the time within" in refusal(misbehaving(behave).url)
    assert time.monotonic() - started < 2
    done.set()


# ---- an NTP server


class NtpServer:
    """Answers each question with the datagrams that ``answer`` makes of it, and keeps the questions."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.questions: list[bytes] = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.url = f"ntp://127.0.0.1:{self.socket.getsockname()[1]}"

    def run(self) -> None:
        with suppress(OSError):
            while True:
                question, place = self.socket.recvfrom(1024)
                if not question:
                    return
                self.questions.append(question)
                for packet in self.answer(question):
                    self.socket.sendto(packet, place)


@pytest.fixture
def ntp() -> Iterator[Clock]:
    with ExitStack() as stack:

        def start(answer: Answer) -> NtpServer:
            server = NtpServer(answer)
            thread = threading.Thread(target=server.run, daemon=True)
            thread.start()
            stack.callback(server.socket.close)
            stack.callback(thread.join, 5)
            stack.callback(server.socket.sendto, b"", server.socket.getsockname())
            return server

        yield start


def packet(question: bytes, moment: datetime = NOON, **changed: Any) -> bytes:
    """What a good server answers, but for what is ``changed``."""
    seconds = (moment - EPOCH) / timedelta(seconds=1)
    parts: dict[str, Any] = {
        "leap": 0,
        "version": 4,
        "mode": 4,
        "stratum": 2,
        "delay": 0x0000_0800,
        "dispersion": 0x0000_0400,
        "name": bytes([192, 0, 2, 1]),
        "originate": question[40:48],
        "seconds": int(seconds) % 2**32,
        "fraction": int(seconds % 1 * 2**32),
    }
    parts |= changed
    first = parts["leap"] << 6 | parts["version"] << 3 | parts["mode"]
    begin = struct.pack(
        "!BBbbII4s", first, parts["stratum"], 6, -20, parts["delay"], parts["dispersion"], parts["name"]
    )
    end = struct.pack("!II", parts["seconds"], parts["fraction"])
    return bytes(begin + bytes(8) + parts["originate"] + end + end)


def test_an_ntp_server_is_asked_as_a_client_asks_and_learns_nothing(ntp: Clock) -> None:
    server = ntp(lambda question: [packet(question)])
    ask = open_time_source(server.url)
    assert ask() == ask() == NOON
    first, second = server.questions
    assert len(first) == 48
    assert first[0] == 0x23
    assert first[1:40] == bytes(39)
    assert first[40:] != second[40:], "what an answer must repeat is new each time"


@pytest.mark.parametrize(
    "moment",
    [
        NOON + timedelta(milliseconds=250),
        datetime(2036, 2, 7, 6, 28, 15, tzinfo=UTC),
        datetime(2036, 2, 7, 6, 28, 16, 500_000, tzinfo=UTC),
        datetime(2080, 1, 1, tzinfo=UTC),
    ],
)
def test_the_time_is_read_in_both_eras(ntp: Clock, moment: datetime) -> None:
    server = ntp(lambda question: [packet(question, moment)])
    assert abs(open_time_source(server.url)() - moment) < timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"mode": 3}, "does not answer as a time server"),
        ({"mode": 5}, "does not answer as a time server"),
        ({"leap": 3}, "not synchronised"),
        ({"stratum": 16}, "not synchronised"),
        ({"stratum": 255}, "not synchronised"),
        ({"seconds": 0, "fraction": 0}, "not synchronised"),
        ({"stratum": 0, "name": b"RATE"}, "does not want to be asked (RATE)"),
        ({"stratum": 0, "name": b"\xff\0\0\0"}, "does not want to be asked"),
        ({"dispersion": 0x0001_0001}, "to a second"),
        ({"delay": 0xFFFF_FFFF}, "to a second"),
    ],
)
def test_a_server_that_does_not_know_or_does_not_want_to_is_not_believed(
    ntp: Clock, changed: dict[str, Any], words: str
) -> None:
    server = ntp(lambda question: [packet(question, **changed)])
    assert words in refusal(server.url)
    assert len(server.questions) == 1


def test_what_does_not_answer_our_question_is_not_heard(ntp: Clock) -> None:
    wrong = NOON + timedelta(hours=1)
    server = ntp(
        lambda question: [
            packet(question, wrong, originate=bytes(8)),
            packet(question, wrong)[:47],
            b"",
            question,
            packet(question),
        ]
    )
    assert open_time_source(server.url)() == NOON


def test_a_lost_datagram_is_asked_for_again(ntp: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_source, "TRY", 0.1)
    server = ntp(lambda question: [] if len(server.questions) < NTP_TRIES else [packet(question)])
    assert open_time_source(server.url)() == NOON
    assert len(server.questions) == NTP_TRIES


def test_a_silent_server_is_a_sentence(ntp: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_source, "TRY", 0.05)
    server = ntp(lambda _question: [])
    assert "(no answer)" in refusal(server.url)
    assert len(server.questions) == NTP_TRIES


def test_a_server_that_never_stops_talking_is_left_after_the_time_there_is(
    ntp: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_source, "TIMEOUT", 0.3)
    done = threading.Event()

    def forever(question: bytes) -> Iterator[bytes]:
        while not done.wait(0.01):
            yield packet(question, originate=bytes(8))

    assert "did not tell the time within" in refusal(ntp(forever).url)
    done.set()


def test_nobody_at_an_ntp_door_is_a_sentence() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert "cannot be reached" in refusal(f"ntp://127.0.0.1:{port}")


def test_a_name_nobody_has_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "its name is not known" in refusal("ntp://clock.invalid")


def test_the_port_of_the_protocol_is_the_one_without_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def unknown(*args: object, **_more: object) -> None:
        asked.extend(args)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    refusal("ntp://clock.invalid")
    assert asked == ["clock.invalid", 123]


def test_there_are_three_seconds() -> None:
    assert TIMEOUT == 3.0


@given(st.binary(min_size=48, max_size=80))
@settings(deadline=None, max_examples=300)
def test_any_datagram_is_a_time_or_a_sentence(datagram: bytes) -> None:
    with suppress(ClockError):
        moment = time_source._read_ntp(datagram, "ntp://clock.example.org")
        assert moment.tzinfo is UTC
        assert 1968 <= moment.year <= 2104
