"""Column types: instants and minutes in UTC, ISO weeks, and sealed text."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import DateTime, Dialect, Integer, LargeBinary, String
from sqlalchemy.types import TypeDecorator

from app.domain.geography.alphabet import SORTED_BY, sorting
from app.domain.name import as_name
from app.domain.week import Week

SORT_KEY = String(SORTED_BY).with_variant(String(SORTED_BY, collation="C"), "postgresql")
"""Holds what `domain/geography/alphabet.py` sorts by: byte by byte."""

_sealing_keys: list[MultiFernet] = []


def quoted(values: Iterable[str]) -> str:
    """Return values as a CHECK lists them: `'open', 'accepted'`."""
    return ", ".join(f"'{value}'" for value in values)


def use_sealing_keys(keys: list[str]) -> None:
    """Set the Fernet keys of this process; the first seals, each of them opens."""
    _sealing_keys[:] = [MultiFernet([Fernet(key) for key in keys])]


def seal(words: str | None) -> str | None:
    """Return words as the log may hold them: readable by this installation alone."""
    return _sealing_keys[0].encrypt(words.encode()).decode() if words else None


def unseal(sealed: str | None) -> str | None:
    """Return what was sealed; None also when its key is gone, and nobody can read it any more."""
    try:
        return _sealing_keys[0].decrypt(sealed).decode() if sealed else None
    except InvalidToken:
        return None


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


class Minute(TypeDecorator[datetime]):
    """An aware datetime as whole minutes since 1970 in UTC, seconds cut off.

    Small in an index, and compared alike by both databases.
    """

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value.timestamp()) // 60

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value * 60, UTC)


class WeekNumber(TypeDecorator[Week]):
    """An ISO week as whole weeks since 1970-01-05."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Week | None, dialect: Dialect) -> int | None:
        return None if value is None else value.number

    def process_result_value(self, value: int | None, dialect: Dialect) -> Week | None:
        return None if value is None else Week(value)


class Name(TypeDecorator[str]):
    """A name as `domain/name.py` has it, by whatever way it came."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else as_name(value)


def sort_key_of(column: str) -> Callable[[Any], str]:
    """Return the default of a column that holds what another one of the row is sorted by."""

    def of_row(context: Any) -> str:
        return sorting(context.get_current_parameters().get(column) or "")

    return of_row


class Sealed(TypeDecorator[Any]):
    """A JSON value that only this installation's keys can read; it cannot be searched."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return _sealing_keys[0].encrypt(json.dumps(value, ensure_ascii=False).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(_sealing_keys[0].decrypt(value).decode())


class SealedName(Sealed):
    """A name that only this installation's keys can read."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return super().process_bind_param(value and as_name(value), dialect)
