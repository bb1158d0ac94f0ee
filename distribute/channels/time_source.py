"""The time from elsewhere, to hold this machine's clock against: a web server's Date, or an NTP server's answer."""

from __future__ import annotations

import secrets
import socket
import struct
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import cycle, islice
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

import requests

from distribute.channels.exchange import cause
from distribute.channels.transport import open_session
from distribute.errors import ClockError

TIMEOUT = 3.0
"""Seconds a question may take in all, the look-up of the name included."""

NTP_PORT = 123
NTP_TRIES = 3
"""Questions to an NTP server, one after the other: a datagram may be lost."""

TRY = 0.9
"""Seconds to wait for the answer to each."""

_NTP_EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
_NTP_ERA = 2**32
_NTP_QUERY = bytes([0b00_100_011]) + bytes(39)  # leap 0, version 4, mode 3: a client
_NTP_HEADER = struct.Struct("!BB2xII4s24xII")
"""Of 48 bytes (RFC 5905, 7.3): leap, version and mode; stratum; root delay and dispersion; reference; transmit time."""

_ORIGINATE = slice(24, 32)
_SERVER, _UNSYNCHRONISED = 4, 3
_FARTHEST = 1.0
"""Seconds from its own reference at which a server is not believed (RFC 5905, MAXDIST)."""


def open_time_source(address: str) -> Callable[[], datetime]:
    """What asks ``https://host/…`` or ``ntp://host[:port]`` for the time, in aware UTC, right to about a second.

    Each call asks anew, takes at most three seconds, and raises ClockError with one sentence why
    the time could not be told.
    """
    ask = _ask_ntp if address.startswith("ntp://") else _ask_http
    return partial(_within, ask, address)


def _within(ask: Callable[[str], datetime], address: str) -> datetime:
    """The answer, unless it takes too long: no socket's time-out ends a name's look-up or a dripping answer."""
    answers: SimpleQueue[datetime | ClockError] = SimpleQueue()

    def put() -> None:
        try:
            answers.put(ask(address))
        except ClockError as error:
            answers.put(error)

    threading.Thread(target=put, daemon=True).start()
    try:
        answer = answers.get(timeout=TIMEOUT)
    except Empty:
        raise ClockError(f"{address} did not tell the time within {TIMEOUT:.0f} s") from None
    if isinstance(answer, ClockError):
        raise answer
    return answer


def _ask_http(address: str) -> datetime:
    """The Date of an answer (RFC 9110, 6.6.1), whatever its status: taken as the middle of that second.

    One that a cache kept (Age, RFC 9111, 5.1) is refused: caches differ in what they do to its Date.
    """
    with open_session((TIMEOUT, TIMEOUT)) as session:
        try:
            headers = session.head(address, allow_redirects=False, headers={"Cache-Control": "no-cache"}).headers
        except (requests.RequestException, ValueError) as error:
            why = cause(error) if isinstance(error, requests.RequestException) else "not an address"
            raise ClockError(f"{address} cannot be asked for the time ({why})") from error
    if headers.get("Age", "0").strip() != "0":
        raise ClockError(f"{address} answers out of a cache, which does not tell the time: choose another CLOCK_CHECK")
    try:
        moment = parsedate_to_datetime(headers.get("Date", ""))
        in_utc = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        return in_utc + timedelta(seconds=0.5)
    except (ValueError, OverflowError):
        raise ClockError(f"{address} answers without a date: choose another CLOCK_CHECK") from None


def _ask_ntp(address: str) -> datetime:
    """One question of a simple client (SNTP: RFC 5905, section 14; RFC 4330, section 5)."""
    parts = urlsplit(address)
    why: OSError = TimeoutError()
    try:
        places = socket.getaddrinfo(parts.hostname, parts.port or NTP_PORT, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        raise ClockError(f"{address} cannot be asked for the time (its name is not known)") from error
    for family, kind, protocol, _, place in islice(cycle(places), NTP_TRIES):
        try:
            with socket.socket(family, kind, protocol) as connected:
                connected.settimeout(TRY)
                connected.connect(place)
                return _read_ntp(_question(connected), address)
        except OSError as error:
            why = error
    said = "no answer" if isinstance(why, TimeoutError) else "it cannot be reached"
    raise ClockError(f"{address} cannot be asked for the time ({said})") from why


def _question(connected: socket.socket) -> bytes:
    """Ask, and wait for the answer to this very question; a connected socket hears nobody but the server.

    Instead of our time the question carries random bits, which the answer must repeat: nobody who
    has not seen them can answer, and nobody learns what our clock says.
    """
    nonce = secrets.token_bytes(8)
    connected.send(_NTP_QUERY + nonce)
    while True:
        packet = connected.recv(1024)
        if len(packet) >= _NTP_HEADER.size and packet[_ORIGINATE] == nonce:
            return packet


def _read_ntp(packet: bytes, address: str) -> datetime:
    """The moment an answer was sent; ClockError for one that a client must leave alone."""
    first, stratum, delay, dispersion, name, seconds, fraction = _NTP_HEADER.unpack_from(packet)
    if first & 0b111 != _SERVER:
        raise ClockError(f"{address} does not answer as a time server does: choose another CLOCK_CHECK")
    if stratum == 0:
        code = name.decode("ascii", "replace").strip("\0")
        raise ClockError(f"{address} does not want to be asked ({code}): choose another CLOCK_CHECK")
    if first >> 6 == _UNSYNCHRONISED or stratum > 15 or not (seconds or fraction):
        raise ClockError(f"{address} does not know the time itself (it is not synchronised)")
    if (delay / 2 + dispersion) / 2**16 > _FARTHEST:
        raise ClockError(f"{address} does not know the time to a second")
    if seconds < _NTP_ERA // 2:  # the second era begins in 2036 (RFC 4330, section 3)
        seconds += _NTP_ERA
    return _NTP_EPOCH + timedelta(seconds=seconds, microseconds=fraction * 10**6 // _NTP_ERA)
