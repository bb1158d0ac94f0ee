"""Settings: environment and ``.env`` to frozen dataclasses, every problem reported at once.

Nothing else in the house reads the environment. A settings class is a frozen dataclass; each
field is one variable, the class's prefix and the field's name in capitals.
"""

from __future__ import annotations

import dataclasses
import getpass
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from distribute.config.values import (
    NO_PAUSE,
    AddrSpec,
    BaseUrl,
    HostName,
    LanguagePolicy,
    Pause,
    Secret,
    TimeAddress,
    ZoneName,
    read_value,
)
from distribute.errors import ConfigError

__all__ = [
    "BaseUrl",
    "LanguagePolicy",
    "Secret",
    "Settings",
    "acting_name",
    "load",
    "read_environment",
    "read_settings",
    "variable",
]

S = TypeVar("S")
NO_ADDRESS = AddrSpec("")
OWN_FILE = Secret("sqlite:///distribute.db")
UTC_ZONE = ZoneName("UTC")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Settings:
    """Who sends, in which languages, what leaves first, how late a plan may start, where the ledger is, who carries."""

    from_email: AddrSpec = NO_ADDRESS
    from_name: str = ""
    reply_to: AddrSpec = NO_ADDRESS
    organisation: str = ""
    postal_address: str = ""
    public_url: BaseUrl | None = None
    image_hosts: tuple[HostName, ...] = ()
    distribute_timezone: ZoneName = UTC_ZONE
    distribute_language: str = "en"
    language_policy: LanguagePolicy = LanguagePolicy.OWN
    greeting: bool = False
    distribute_user: str = ""
    secret_key: Secret | None = None
    require_approval: bool = False
    require_test: bool = False
    undo_seconds: timedelta = timedelta(seconds=30)
    canary: Pause = NO_PAUSE
    test_addresses: tuple[AddrSpec, ...] = ()
    late_grace: timedelta = timedelta(minutes=15)
    attachment_limit: int = 2
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
                values[field.name] = read_value(hints[field.name], raw)
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
