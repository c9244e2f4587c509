"""Column types: instants in UTC, ISO weeks, and sealed text."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from sqlalchemy import DateTime, Dialect, Integer, LargeBinary
from sqlalchemy.types import TypeDecorator

from app.domain.week import Week

_sealing_keys: list[MultiFernet] = []


def quoted(values: Iterable[str]) -> str:
    """Return values as a CHECK lists them: `'open', 'accepted'`."""
    return ", ".join(f"'{value}'" for value in values)


def use_sealing_keys(keys: list[str]) -> None:
    """Set the Fernet keys of this process; the first seals, each of them opens."""
    _sealing_keys[:] = [MultiFernet([Fernet(key) for key in keys])]


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept and returned in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant has a zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WeekNumber(TypeDecorator[Week]):
    """An ISO week as whole weeks since 1970-01-05."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Week | None, dialect: Dialect) -> int | None:
        return None if value is None else value.number

    def process_result_value(self, value: int | None, dialect: Dialect) -> Week | None:
        return None if value is None else Week(value)


class Sealed(TypeDecorator[Any]):
    """A JSON value that only this installation's keys can read; it cannot be searched."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return _sealing_keys[0].encrypt(json.dumps(value, ensure_ascii=False).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(_sealing_keys[0].decrypt(value))
