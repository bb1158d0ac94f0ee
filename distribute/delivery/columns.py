"""Columns that stand in millions of rows, kept in fewer bytes than they are spoken of."""

from __future__ import annotations

import sqlalchemy as sa


class Hex(sa.TypeDecorator[str]):
    """Hex digits, kept as the bytes they stand for."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> bytes | None:  # noqa: ARG002  SQLAlchemy's signature
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002  the same
        return None if value is None else value.hex()


class Digest(sa.TypeDecorator[str]):
    """``sha256:`` and its hex digits, kept as 32 bytes."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> bytes | None:  # noqa: ARG002  the same
        return None if value is None else bytes.fromhex(value.removeprefix("sha256:"))

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002  the same
        return None if value is None else f"sha256:{value.hex()}"
