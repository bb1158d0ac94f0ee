"""A prepared statement does what the same statement does, whatever database it is handed to."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from distribute.delivery.database import open_memory
from distribute.delivery.prepared import Prepared, _Form
from distribute.domain.delivery import Status

TABLE = sa.Table("it", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("status", sa.String))
MOVE = Prepared(
    TABLE.update()
    .where(TABLE.c.id == sa.bindparam("its"), TABLE.c.status == Status.PLANNED)
    .values(status=sa.bindparam("to_status")),
    *("to_status", "its"),
)
ADD = Prepared(TABLE.insert().values(id=sa.bindparam("its"), status=sa.bindparam("to_status")), "its", "to_status")
FIND = Prepared(sa.select(TABLE.c.id).where(TABLE.c.status == sa.bindparam("its_status")), "its_status")


def test_it_takes_its_own_values_and_those_it_was_written_with() -> None:
    engine = open_memory()
    with engine.begin() as db:
        TABLE.create(db)
        ADD.many(db, [(1, "planned"), (2, "accepted")])
        ADD.many(db, [])
        assert MOVE(db, "skipped", 1).rowcount == 1
        assert MOVE(db, "skipped", 2).rowcount == 0, "it is not planned"
        assert FIND(db, "skipped").scalars().all() == [1]
    engine.dispose()


def test_a_server_gets_its_parameters_by_name() -> None:
    form = _Form(MOVE._statement, MOVE._names, postgresql.dialect())  # type: ignore[no-untyped-call]
    assert "%(to_status)s" in form.sql
    bound = form.bound(("skipped", 7))
    assert (bound["to_status"], bound["its"]) == ("skipped", 7)
    fixed = [value for name, value in bound.items() if name not in {"to_status", "its"}]
    assert [type(value) for value in fixed] == [str]
    assert fixed == ["planned"]
