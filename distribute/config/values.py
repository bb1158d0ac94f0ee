"""The kinds of value a setting can have, and how each is read; what is malformed is a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from enum import StrEnum
from typing import Any, NewType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Secret:
    """A credential that never shows itself: ``reveal()`` is the only way to it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(("Secret", self._value))


class AddrSpec(str):
    """One bare e-mail address."""

    __slots__ = ()


class ZoneName(str):
    """The IANA name of a time zone that exists."""

    __slots__ = ()


class BaseUrl(str):
    """An https address without a trailing slash; plain http only on the loopback interface."""

    __slots__ = ()


class TimeAddress(str):
    """Who is asked for the time: an address as :class:`BaseUrl`, or ``ntp://host[:port]``."""

    __slots__ = ()


class HostName(str):
    """The name of a host, lower case, without scheme or path."""

    __slots__ = ()


Pause = NewType("Pause", timedelta)


class LanguagePolicy(StrEnum):
    """Which language versions of a release a contact's letter holds.

    Their own language's (``own``), all of them with theirs first (``both``), or the one file that was named (``one``).
    """

    OWN = "own"
    BOTH = "both"
    ONE = "one"


NO_PAUSE = Pause(timedelta())


def read_value(kind: Any, raw: str) -> Any:
    """``raw`` (not empty, without blanks at its ends) as a value of ``kind``; ValueError says in a clause why not."""
    return _READERS[kind](raw)


def _read_url(raw: str) -> BaseUrl:
    if not _is_base_address(raw):
        raise ValueError("must be an https:// address (http:// only for 127.0.0.1), without a user name, “?” or “#”")
    return BaseUrl(raw.rstrip("/"))


def _is_base_address(raw: str) -> bool:
    try:
        parts = urlsplit(raw)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    is_private = parts.scheme == "https" or (parts.scheme == "http" and host in {"127.0.0.1", "localhost", "::1"})
    return bool(host and is_private) and not any(ch.isspace() or ch in "@?#" for ch in raw)


def _read_time_address(raw: str) -> TimeAddress:
    if not (_is_base_address(raw) or _is_ntp_address(raw)):
        raise ValueError("must be an https:// address or ntp:// with a host (http:// only for 127.0.0.1)")
    return TimeAddress(raw)


def _is_ntp_address(raw: str) -> bool:
    match = re.fullmatch(r"ntp://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?", raw)
    return match is not None and 0 < int(match[1] or "123") < 65536


def _read_duration(raw: str) -> timedelta:
    match = re.fullmatch(r"([0-9]{1,9})\s*([smhd]?)", raw)
    if not match:
        raise ValueError(f"“{raw}” is not a duration: write 900, 15m or 1h")
    return timedelta(seconds=int(match[1]) * {"m": 60, "h": 3600, "d": 86400}.get(match[2], 1))


def _read_pause(raw: str) -> Pause:
    return NO_PAUSE if raw.lower() in {"off", "no", "false"} else Pause(_read_duration(raw))


def _read_int(raw: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", raw):
        raise ValueError(f"“{raw}” is not a whole number")
    return int(raw)


def _read_switch(raw: str) -> bool:
    switches = {"1": True, "yes": True, "on": True, "true": True, "0": False, "no": False, "off": False, "false": False}
    if raw.lower() not in switches:
        raise ValueError(f"“{raw}” is neither 1 nor 0")
    return switches[raw.lower()]


def _read_policy(raw: str) -> LanguagePolicy:
    if raw.lower() not in set(LanguagePolicy):
        raise ValueError(f"“{raw}” is none of {', '.join(LanguagePolicy)}")
    return LanguagePolicy(raw.lower())


def _read_zone(raw: str) -> ZoneName:
    if "/" in raw or raw in {"UTC", "GMT"}:
        with suppress(ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneName(ZoneInfo(raw).key)
    raise ValueError(f"“{raw}” is not a time zone: use a name such as America/Toronto or Europe/Paris")


def _read_address(raw: str) -> AddrSpec:
    local, _, domain = raw.partition("@")
    if not (local and domain) or any(ch.isspace() or ch in "<>,;@" for ch in local + domain):
        raise ValueError(f"“{raw}” is not an e-mail address: write it as press@example.org, without a name")
    return AddrSpec(raw)


def _read_addresses(raw: str) -> tuple[AddrSpec, ...]:
    return tuple(dict.fromkeys(_read_address(part.strip()) for part in raw.split(",") if part.strip()))


def _read_hosts(raw: str) -> tuple[HostName, ...]:
    return tuple(dict.fromkeys(_read_host(part.strip()) for part in raw.split(",") if part.strip()))


def _read_host(raw: str) -> HostName:
    if not re.fullmatch(r"(?=.{1,253}$)(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z][A-Za-z0-9-]{1,62}", raw):
        raise ValueError(f"“{raw}” is not a host: write images.example.org, without https:// and without a path")
    return HostName(raw.lower())


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    AddrSpec: _read_address,
    tuple[AddrSpec, ...]: _read_addresses,
    tuple[HostName, ...]: _read_hosts,
    ZoneName: _read_zone,
    Secret: Secret,
    BaseUrl: _read_url,
    BaseUrl | None: _read_url,
    TimeAddress | None: _read_time_address,
    Secret | None: Secret,
    int: _read_int,
    bool: _read_switch,
    timedelta: _read_duration,
    Pause: _read_pause,
    LanguagePolicy: _read_policy,
}
