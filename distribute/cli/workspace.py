"""A workspace: the folder a press officer works in, its settings, lists and ledger."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distribute.config import Settings, acting_name, read_environment, read_settings
from distribute.errors import ConfigError, InputError

if TYPE_CHECKING:
    from jinja2 import Environment

    from distribute.channels.base import Provider
    from distribute.channels.transport import Wire
    from distribute.delivery.approvals import Seal
    from distribute.delivery.database import Location
    from distribute.delivery.ledger import Ledger
    from distribute.delivery.timekeeping import Watch
    from distribute.domain.audience import MediaList, Selection, Suppression
    from distribute.sources.media_lists import MediaFile


class Workspace:
    """Opens what a verb needs, when it needs it; slow libraries are imported only then."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise ConfigError([f"there is no folder {root}: make a workspace with `distribute init {root}`"])
        self.root = root.resolve()
        self._opened: list[Ledger] = []
        self._watch: Watch | None = None
        self._seen: tuple[int, int] | None = None
        self._refusals: Mapping[str, str] = {}

    def close(self) -> None:
        """Close every ledger this workspace opened."""
        while self._opened:
            self._opened.pop().close()

    @cached_property
    def environ(self) -> Mapping[str, str]:
        return read_environment(self.root)

    @cached_property
    def settings(self) -> Settings:
        return read_settings(self.environ)

    @property
    def zone(self) -> str:
        """The issuer's IANA zone; UTC while none is set."""
        return self.settings.distribute_timezone

    def actor(self, by: str | None) -> str:
        """Who decides: as said with the verb, else DISTRIBUTE_USER, else the login name."""
        return acting_name(by or self.settings.distribute_user)

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @cached_property
    def ledger_location(self) -> Location:
        """The ledger's file, or the server it is on."""
        from distribute.delivery.database import locate  # noqa: PLC0415  SQLAlchemy is slow to import

        return locate(self.settings.database_url.reveal(), self.root)

    @property
    def has_ledger(self) -> bool:
        """Whether anything was ever kept in it."""
        from distribute.delivery.ledger import Ledger  # noqa: PLC0415  the same

        return Ledger.exists(self.ledger_location)

    def ledger(self) -> Ledger:
        from distribute.delivery.ledger import Ledger  # noqa: PLC0415  the same

        return self._keep(Ledger.open(self.ledger_location))

    def secret(self, ledger: Ledger) -> str:
        """What signs: SECRET_KEY, or the one the ledger keeps while none is set."""
        return self.settings.secret_key.reveal() if self.settings.secret_key else ledger.secret("secret_key")

    def seal(self, ledger: Ledger) -> Seal:
        """What signs approvals."""
        from distribute.delivery.approvals import Seal  # noqa: PLC0415  SQLAlchemy again

        return Seal(self.secret(ledger))

    def ledger_if_any(self) -> Ledger:
        """The ledger if there is one, else an empty one in memory: what is only read or refused writes nothing."""
        from distribute.delivery.ledger import Ledger  # noqa: PLC0415  the same

        return self._keep(Ledger.open_to_look(self.ledger_location)) if self.has_ledger else self.rehearsal_ledger()

    def rehearsal_ledger(self) -> Ledger:
        from distribute.delivery.ledger import Ledger  # noqa: PLC0415  the same

        return self._keep(Ledger.rehearsal(self.ledger_location))

    def _keep(self, ledger: Ledger) -> Ledger:
        """Whichever way it was opened: a required approval or test is asked for by its plans; a draft asks not."""
        self._opened.append(ledger)
        if self.settings.require_test and not ledger.is_draft:
            ledger.plans.require_test()
        if self.settings.require_approval and not ledger.is_draft:
            ledger.plans.require_approval(lambda: self.seal(ledger))
        return ledger

    def live_wire(self) -> Wire:
        from distribute.channels.transport import LiveWire  # noqa: PLC0415  requests is slow to import

        return LiveWire(self.outbox)

    def trusted_time(self) -> Callable[[], datetime] | None:
        """What asks the time that CLOCK_CHECK names; None when it names none."""
        from distribute.channels.time_source import open_time_source  # noqa: PLC0415  requests is slow to import

        address = self.settings.clock_check
        return open_time_source(address) if address else None

    def watch(self, ledger: Ledger) -> Watch:
        """The one guard of this process against a wrong clock, over the ledger it works on.

        Where CLOCK_CHECK names no other, machines that share a ledger agree with its server's clock.
        """
        from distribute.delivery.timekeeping import ELSEWHERE, Watch  # noqa: PLC0415  SQLAlchemy is slow to import

        if self._watch is None:
            trusted, whose = self.trusted_time(), ELSEWHERE
            if trusted is None and ledger.is_shared:
                trusted, whose = ledger.sightings.server_time, "the ledger's server"
            self._watch = Watch(ledger, now, steady, trusted, whose)
        return self._watch

    def templates(self) -> Environment:
        """The templates, the workspace's own first."""
        from distribute.rendering.environment import open_environment  # noqa: PLC0415  Jinja is slow to import

        overrides = self.root / "templates"
        return open_environment(overrides if overrides.is_dir() else None)

    def providers(self, wire: Wire) -> Providers:
        return Providers(self.environ, wire)

    def media_list(self, text: str) -> tuple[Selection, MediaList]:
        """``LIST`` or ``LIST:field=value`` with the list it names."""
        from distribute.sources.media_lists import find_list, parse_selection, read_media_list  # noqa: PLC0415

        selection = parse_selection(text)
        return selection, read_media_list(find_list(self.root, selection.name))

    def listing(self, text: str) -> tuple[Selection, MediaFile]:
        """The same, left in its file."""
        from distribute.sources.media_lists import find_list, open_media_list, parse_selection  # noqa: PLC0415

        selection = parse_selection(text)
        return selection, open_media_list(find_list(self.root, selection.name))

    def suppressions(self) -> tuple[Suppression, ...]:
        from distribute.sources.suppressions import read_suppressions  # noqa: PLC0415  a slow validator

        path = self.suppression_file
        return read_suppressions(path) if path.is_file() else ()

    def suppressed(self) -> Mapping[str, str]:
        """Who must not be contacted, by normalised address, read anew whenever the file has changed."""
        path = self.suppression_file
        seen = (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else None
        if seen != self._seen:  # the new refusals are there before another thread takes them for read
            self._refusals = {it.address: it.reason for it in self.suppressions()}
            self._seen = seen
        return self._refusals

    @property
    def suppression_file(self) -> Path:
        return self.root / "recipients" / "suppressions.csv"

    def name_of(self, path: Path) -> str:
        """The path as seen from the workspace, if it lies in it."""
        path = path.resolve()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def digest(self, path: Path) -> dict[str, str]:
        """The file's name in the workspace and the hex sha256 of its bytes; empty when there is no such file."""
        try:
            if not path.is_file():
                return {}
            with path.open("rb") as file:
                return {self.name_of(path): hashlib.file_digest(file, "sha256").hexdigest()}
        except OSError as error:
            raise InputError(f"{path} cannot be read ({error.strerror})") from error


class Providers:
    """Providers by name over one wire, each opened once in each thread: a session is no thread's but its own."""

    def __init__(self, environ: Mapping[str, str], wire: Wire) -> None:
        self._environ = environ
        self._wire = wire
        self._own = threading.local()

    def __call__(self, name: str) -> Provider[Any]:
        """The provider; ConfigError when it is not known or not set up."""
        from distribute.channels import open_provider  # noqa: PLC0415  requests is slow to import

        opened: dict[str, Provider[Any]] = self._own.__dict__.setdefault("opened", {})
        if name not in opened:
            opened[name] = open_provider(name, self._environ, self._wire)
        return opened[name]


def now() -> datetime:
    """This machine's clock, aware, in UTC."""
    return datetime.now(UTC)


def steady() -> float:
    """Seconds since some moment, which nobody can set and which also pass while the machine sleeps.

    That is CLOCK_BOOTTIME on Linux (clock_gettime(2)), and on macOS CLOCK_MONOTONIC, unlike
    Python's own time.monotonic.
    """
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):
        if hasattr(time, name):
            return time.clock_gettime(getattr(time, name))
    return time.monotonic()
