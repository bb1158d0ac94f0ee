"""How moments, digests and keys are kept in a column: in few bytes, and so that they sort."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa


class UtcDateTime(sa.TypeDecorator[datetime]):
    """Aware datetimes, kept as ISO 8601 UTC text so that they sort and a person can read them."""

    impl = sa.String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002  SQLAlchemy's signature
        return None if value is None else self.text(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002  the same
        return None if value is None else datetime.fromisoformat(value)

    @staticmethod
    def text(value: datetime) -> str:
        """How a moment is kept; ValueError for a naive one."""
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the ledger")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


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
