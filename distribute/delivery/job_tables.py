"""The tables and functions of the job engine in the ledger's database, as the installed procrastinate wants them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

import sqlalchemy as sa

from distribute.delivery.schema import kept
from distribute.errors import ConfigError, LedgerError

MADE_BY = "procrastinate"
"""Under this name the last step is kept that the tables have had."""


def are_current(db: sa.Connection) -> bool:
    """Whether the tables are those of the installed engine; true on a file, which has none."""
    return db.dialect.name != "postgresql" or _last_step(db) == _steps()[-1]


def bring_up_to_date(db: sa.Connection) -> None:
    """Make the tables, or take each of the engine's own steps they have not had; nothing on a file.

    Raises LedgerError when another machine runs a newer engine.
    """
    if db.dialect.name != "postgresql":
        return
    steps, last = _steps(), _last_step(db)
    if last is None:
        _run(db, _read("schema.sql"))
        db.execute(kept.insert().values(name=MADE_BY, value=steps[-1]))
    elif last > steps[-1]:
        raise LedgerError(
            "the ledger's job tables were made by a newer procrastinate on another machine: install the same "
            "version here; nothing was changed"
        )
    else:
        for step in steps:
            if step > last:
                _run(db, _read("migrations", step))
        db.execute(kept.update().where(kept.c.name == MADE_BY).values(value=steps[-1]))


def _steps() -> Sequence[str]:
    """The engine's migrations in the order of their numbers, which is that of their names."""
    found = [it.name for it in _folder().joinpath("migrations").iterdir() if it.name.endswith(".sql")]
    return sorted(found)


def _last_step(db: sa.Connection) -> str | None:
    return db.execute(sa.select(kept.c.value).where(kept.c.name == MADE_BY)).scalar()


def _read(*name: str) -> str:
    return _folder().joinpath(*name).read_text(encoding="utf-8")


def _folder() -> resources.abc.Traversable:
    try:
        return resources.files("procrastinate.sql")
    except ModuleNotFoundError:
        raise ConfigError(
            ["DATABASE_URL names a PostgreSQL database: pip install 'distribute[postgres]' adds the job engine"]
        ) from None


def _run(db: sa.Connection, script: str) -> None:
    """Many statements at once, in which a per cent sign is one."""
    db.execution_options(no_parameters=True).exec_driver_sql(script)
