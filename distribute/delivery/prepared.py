"""Statements that are put together once and handed to the driver as they are, for what is done in every request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa


class Prepared:
    """A statement with ``names`` for parameters, executed with a value for each, in order.

    Values and results are in the form in which the database keeps them: no type of a column is
    applied. That is a quarter of what the usual way takes, which every request takes several times.
    """

    def __init__(self, statement: sa.Select[Any] | sa.Update | sa.Insert, *names: str) -> None:
        self._statement = statement
        self._names = names
        self._forms: dict[str, _Form] = {}

    def __call__(self, db: sa.Connection, *values: Any) -> sa.CursorResult[Any]:
        form = self._form(db)
        return db.exec_driver_sql(form.sql, form.bound(values))

    def rows(self, db: sa.Connection, *values: Any) -> list[tuple[Any, ...]]:
        """What it selects, as the driver gives it."""
        return list(self(db, *values).cursor.fetchall())

    def many(self, db: sa.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Execute it for each row of values."""
        form = self._form(db)
        if rows:
            db.exec_driver_sql(form.sql, list(rows) if form.is_in_order else [form.bound(row) for row in rows])

    def _form(self, db: sa.Connection) -> _Form:
        found = self._forms.get(db.dialect.name)
        if found is None:
            found = self._forms[db.dialect.name] = _Form(self._statement, self._names, db.dialect)
        return found


class _Form:
    """A statement as one kind of database takes it, and where its parameters stand."""

    def __init__(
        self, statement: sa.Select[Any] | sa.Update | sa.Insert, names: Sequence[str], dialect: sa.Dialect
    ) -> None:
        compiled = statement.compile(dialect=dialect)
        fixed = {name: _plain(value) for name, value in compiled.params.items() if name not in names}
        order = getattr(compiled, "positiontup", None)
        self.sql = str(compiled)
        self.is_in_order = order is not None and tuple(order) == tuple(names)
        self._names, self._fixed = tuple(names), fixed
        self._places = None if order is None else [(name in fixed, name, _place(names, name)) for name in order]

    def bound(self, values: tuple[Any, ...]) -> Any:
        """The parameters as the driver takes them."""
        if self.is_in_order:
            return values
        if self._places is None:
            return self._fixed | dict(zip(self._names, values, strict=True))
        return tuple(self._fixed[name] if is_fixed else values[place] for is_fixed, name, place in self._places)


def _place(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else -1


def _plain(value: Any) -> Any:
    """A word of a StrEnum as the text it is, which every driver knows."""
    return str(value) if isinstance(value, str) else value
