"""A PostgreSQL server for the tests: the one that is named, or one that is started for them, or none."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from distribute.delivery import schema as tables
from distribute.delivery.ledger import Ledger
from distribute.delivery.server import Server

NAMED = "DISTRIBUTE_TEST_DATABASE_URL"
SECONDS = 30
HASTY = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "shared_buffers": "32MB"}
"""What a server may be that only has to outlive its own death, not the machine's."""

_numbers = count(1)


def find_program(name: str) -> Path | None:
    """A program of PostgreSQL, on the path or where Debian puts them; the newest."""
    found = shutil.which(name)
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda it: float(it.parts[-3]))
    return Path(found) if found else (installed[-1] if installed else None)


@dataclass
class Cluster:
    """A server of our own in a folder, reached through a socket there: it may be stopped and started again."""

    folder: Path
    user: str = field(default_factory=lambda: next(n for n in ("postgres", "nobody") if _has_user(n)))
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> sa.URL:
        return sa.URL.create("postgresql+psycopg", "press", database="postgres", query={"host": str(self.folder)})

    def make(self) -> None:
        """`initdb` and the server itself refuse to run as root."""
        if os.geteuid() == 0:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        options = ["--auth=trust", "--username=press", "--no-locale", "--encoding=UTF8", "--no-sync"]
        self._run("initdb", *options, "-D", str(self.folder / "data")).wait(SECONDS)

    def start(self) -> None:
        options = {"listen_addresses": "", "unix_socket_directories": str(self.folder)} | HASTY
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self.process = self._run("postgres", "-D", str(self.folder / "data"), *arguments)
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                psycopg.connect(user="press", dbname="postgres", host=str(self.folder)).close()
            except psycopg.OperationalError:
                assert time.monotonic() < deadline, (self.folder / "log").read_text()
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT is `pg_ctl stop -m immediate`: no clean end of anything, recovery at the next start."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(SECONDS)
            self.process = None

    def _run(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        program = find_program(name)
        assert program
        with (self.folder / "log").open("ab") as log:
            user = self.user if os.geteuid() == 0 else None
            groups: list[str | int] | None = [] if user else None
            return subprocess.Popen(
                [program, *arguments], user=user, group=user and pwd.getpwnam(user).pw_gid, extra_groups=groups,
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip


def _has_user(name: str) -> bool:
    return name in {entry.pw_name for entry in pwd.getpwall()}


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server that is there while the block runs; skips the test where none can be started."""
    if not find_program("initdb"):
        pytest.skip(f"no PostgreSQL: {NAMED} is not set and initdb is not installed")
    folder = Path(tempfile.mkdtemp(prefix="distribute-pg-"))
    it = Cluster(folder)
    try:
        it.make()
        it.start()
        yield it
    finally:
        it.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[sa.URL]:
    """The address of a server on which schemas may be made."""
    with ExitStack() as ends:
        named = os.environ.get(NAMED)
        url = sa.make_url(named) if named else ends.enter_context(cluster()).url
        ends.callback(_drop_prepared)
        yield url


_prepared = ExitStack()


def _drop_prepared() -> None:
    _prepared.close()
    prepared.cache_clear()


@cache
def prepared(url: sa.URL) -> Prepared:
    """A schema on that server which tests use one after the other."""
    return _prepared.enter_context(closing(Prepared(_prepared.enter_context(schema(url)))))


class Prepared:
    """A ledger's tables, made once: to empty them takes a tenth of the time it takes to make them."""

    def __init__(self, url: sa.URL) -> None:
        self.url = url
        Ledger.open(Server(url)).close()
        self._engine = sa.create_engine(url)
        with self._engine.begin() as db:
            listed = db.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            self._tables = ", ".join(f'"{name}"' for name in listed.scalars())
            self._kept = {table: db.execute(sa.select(table)).all() for table in (tables.kept, tables.schema_version)}

    def empty(self) -> None:
        """As it was when it was made; triggers that forbid that are passed by."""
        with self._engine.begin() as db:
            db.exec_driver_sql("SET LOCAL session_replication_role = replica")
            db.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
            db.exec_driver_sql(f"TRUNCATE {self._tables} RESTART IDENTITY")
            for table, rows in self._kept.items():
                db.execute(table.insert(), [dict(row._mapping) for row in rows])

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def schema(url: sa.URL) -> Iterator[sa.URL]:
    """An empty schema on the server, and the address that leads into it."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as db:
        db.exec_driver_sql(f"CREATE SCHEMA {name}")
    try:
        yield url.update_query_dict({"options": f"-csearch_path={name}"})
    finally:
        with engine.connect() as db:
            db.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
