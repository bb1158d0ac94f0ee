"""What stands in millions of rows is kept as bytes and spoken of in hex."""

from __future__ import annotations

import sqlalchemy as sa

from distribute.delivery.columns import Digest, Hex
from distribute.delivery.database import open_memory

KEY, CONTENT = "0f" * 16, "sha256:" + "a1" * 32


def test_hex_digits_are_kept_as_the_bytes_they_stand_for() -> None:
    table = sa.Table("it", sa.MetaData(), sa.Column("key", Hex), sa.Column("content", Digest))
    engine = open_memory()
    with engine.begin() as db:
        table.create(db)
        db.execute(table.insert(), [{"key": KEY, "content": CONTENT}, {"key": None, "content": None}])
        assert db.execute(sa.select(table).where(table.c.key == KEY)).one() == (KEY, CONTENT)
        assert db.execute(sa.select(table).where(table.c.key.in_([KEY, "00"]))).scalars().all() == [KEY]
        assert db.exec_driver_sql("SELECT length(key), length(content) FROM it").all() == [(16, 32), (None, None)]
        assert db.execute(sa.select(table).where(table.c.key.is_(None))).one() == (None, None)
    engine.dispose()
