"""The values of columns as an archive has them: JSON, the same from either database."""

import math
import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    String,
    Time,
    Uuid,
)

from app.domain.refusal import Refusal
from app.domain.week import LAST_YEAR, Week
from app.records.columns import Instant, Name, Sealed, WeekNumber

FIRST_YEAR = 1900
MOST = 2**31 - 1
"""What an INTEGER of either database holds."""


class NotOfItsKind(ValueError):
    """A value that its column cannot hold."""


def told(column: Column[Any], value: Any) -> Any:
    """Return a value of a column as JSON has it; `heard` reads it back."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case Week() | uuid.UUID():
            return str(value)
        case str() if not isinstance(column.type, Sealed):
            return str(value)  # a StrEnum too
    return value


def heard(column: Column[Any], value: Any) -> Any:
    """Return what JSON says of a column as its value. Raises NotOfItsKind."""
    if value is None:
        if not column.nullable:
            raise NotOfItsKind
        return None
    try:
        return _heard(column.type, value)
    except NotOfItsKind:
        raise
    except (ValueError, TypeError, ArithmeticError, Refusal) as error:
        raise NotOfItsKind from error


def _heard(kind: Any, value: Any) -> Any:
    for known, hear in _HEARD:
        if isinstance(kind, known):
            return hear(value)
    length = getattr(kind.impl_instance if isinstance(kind, Name) else _of(String, kind), "length")  # noqa: B009 - of one of two types
    if length is not None and len(_text(value)) > length:
        raise NotOfItsKind
    return _clean(value)


def _instant(value: Any) -> datetime:
    instant = datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise NotOfItsKind
    _near(instant)
    return instant


def _whole(value: Any) -> int:
    if isinstance(value, bool) or abs(_of(int, value)) > MOST:
        raise NotOfItsKind
    return int(value)


def _degrees(value: Any) -> float:
    if isinstance(value, bool) or not math.isfinite(_of((int, float), value)):
        raise NotOfItsKind
    return float(value)


def _near(day: Any) -> Any:
    """Return a day that can be reckoned with: no year 1, and no year 9999."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotOfItsKind
    return day


def _of(kind: Any, value: Any) -> Any:
    if not isinstance(value, kind):
        raise NotOfItsKind
    return value


def _text(value: Any) -> str:
    return str(_of(str, value))


def _clean(value: Any) -> Any:
    """Return a value that holds no character that a database refuses."""
    match value:
        case str() if "\0" in value or any("\ud800" <= one <= "\udfff" for one in value):
            raise NotOfItsKind
        case dict():
            for key, inside in value.items():
                _clean(key)
                _clean(inside)
        case list():
            for inside in value:
                _clean(inside)
    return value


_HEARD: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Instant, _instant),
    (WeekNumber, lambda value: Week.parse(_text(value))),
    (Sealed, lambda value: _clean(_text(value))),
    (JSON, _clean),
    (Boolean, lambda value: _of(bool, value)),
    (Integer, _whole),
    (Float, _degrees),
    (Date, lambda value: _near(date.fromisoformat(_text(value)))),
    (Time, lambda value: time.fromisoformat(_text(value))),
    (Uuid, lambda value: uuid.UUID(_text(value))),
)
"""By the first kind that a column is of; the rest are texts."""
