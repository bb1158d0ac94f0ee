"""Settings: environment and ``.env`` to frozen dataclasses, every problem reported at once.

Nothing else in the house reads the environment. A settings class is a frozen dataclass; each
field is one variable, the class's prefix and the field's name in capitals.
"""

from __future__ import annotations

import dataclasses
import getpass
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NewType, TypeVar, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from distribute.errors import ConfigError

S = TypeVar("S")


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


Pause = NewType("Pause", timedelta)
NO_ADDRESS = AddrSpec("")
NO_PAUSE = Pause(timedelta())
OWN_FILE = Secret("sqlite:///distribute.db")
UTC_ZONE = ZoneName("UTC")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settings:
    """Who sends, what leaves first, how late a plan may start, where the ledger is, and who carries e-mail."""

    from_email: AddrSpec = NO_ADDRESS
    from_name: str = ""
    reply_to: AddrSpec = NO_ADDRESS
    organisation: str = ""
    postal_address: str = ""
    public_url: BaseUrl | None = None
    distribute_timezone: ZoneName = UTC_ZONE
    distribute_language: str = "en"
    distribute_user: str = ""
    secret_key: Secret | None = None
    require_approval: bool = False
    undo_seconds: timedelta = timedelta(seconds=30)
    canary: Pause = NO_PAUSE
    test_addresses: tuple[AddrSpec, ...] = ()
    late_grace: timedelta = timedelta(minutes=15)
    lanes: int = 1
    clock_check: TimeAddress | None = None
    database_url: Secret = OWN_FILE
    email_provider: str = "outbox"


def read_environment(workspace: Path) -> dict[str, str]:
    """The workspace's ``.env`` under the process's own variables, which win."""
    if not (path := workspace / ".env").is_file():
        return dict(os.environ)
    import dotenv  # noqa: PLC0415  where there is such a file

    try:
        values = dotenv.dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        why = getattr(error, "strerror", "it is not UTF-8 text: save it as UTF-8")
        raise ConfigError([f"{path} cannot be read ({why})"]) from error
    return {name: value for name, value in values.items() if value is not None} | os.environ


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The general settings; ConfigError names every one that is malformed."""
    return load(Settings, environ)


def acting_name(given: str) -> str:
    """Who decides: the name given, else this machine's login name, in one line without double spaces.

    Raises ConfigError when there is neither, or when it could not be shown.
    """
    try:
        name = " ".join((given or getpass.getuser()).split())
    except (OSError, KeyError, ImportError):
        name = ""
    if not name or not name.isprintable():
        raise ConfigError(["who decides this is not known: say --by NAME, or set DISTRIBUTE_USER"])
    return name


def load(cls: type[S], environ: Mapping[str, str], prefix: str = "") -> S:
    """Fill a settings dataclass; an empty variable counts as not set.

    Raises ConfigError naming every variable that is missing or malformed, never their values
    when they are secret.
    """
    hints = get_type_hints(cls)
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]
        name = variable(field.name, prefix)
        raw = environ.get(name, "").strip()
        if raw:
            try:
                values[field.name] = _READERS[hints[field.name]](raw)
            except ValueError as error:
                problems.append(f"{name}: {error}")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            problems.append(f"{name} is not set: {cls.__doc__ or 'it is needed'}")
    if problems:
        raise ConfigError(problems)
    return cls(**values)


def variable(field: str, prefix: str = "") -> str:
    """The environment variable of a settings field."""
    return f"{prefix}_{field}".upper() if prefix else field.upper()


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


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    AddrSpec: _read_address,
    tuple[AddrSpec, ...]: _read_addresses,
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
}
