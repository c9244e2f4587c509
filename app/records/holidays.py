"""Holidays of the Netherlands and its school regions, and what groups answered about them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ForeignKey, String, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db
from app.domain.holiday import Holiday, Region, begun_in
from app.domain.school_region import region_of
from app.domain.zones import HOME
from app.records.asked.once import LOOKED_BACK, From, columns_once
from app.records.groups import Group

ZONE = HOME.key
"""Groups elsewhere have other holidays, which nobody is asked about."""


class HolidayAnswer(Base):
    """A group said whether it meets on a holiday; without a row it has not been asked, or is silent."""

    __tablename__ = "holiday_answer"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True
    )
    holiday: Mapped[str] = mapped_column(String(48), primary_key=True)
    """Key of the holiday: first day and name."""
    meets: Mapped[bool]
    last_day: Mapped[date]
    """Of the holiday: answers are forgotten a year after."""


@lru_cache(maxsize=256)
def holidays_between(first: date, last: date, region: Region) -> tuple[Holiday, ...]:
    """Return the holidays with a day from first to last, in order, each of them whole."""
    found = []
    for year in range(first.year - 1, last.year + 1):
        found += [one for one in begun_in(year, region) if one.first <= last and first <= one.last]
    return tuple(found)


def holidays_of(group: Any, first: date, last: date) -> tuple[Holiday, ...]:
    """Return the holidays where a group meets: a record, or columns; none outside the Dutch zone."""
    if group.zone != ZONE:
        return ()
    return holidays_between(first, last, region_of(group.province, group.town))


def holiday_named(group: Group, key: str) -> Holiday | None:
    """Return the holiday of a group with this key, or None."""
    try:
        day = date.fromisoformat(key[:10])
        found = holidays_of(group, day, day)
    except (ValueError, OverflowError):
        return None
    return next((one for one in found if one.key == key), None)


def how_answered(group: Group, holiday: Holiday) -> bool | None:
    """Return whether a group said that it meets on a holiday; None while nobody did."""
    answer = db.session.get(HolidayAnswer, (group.id, holiday.key))
    return answer.meets if answer else None


_ANSWERS = select(
    HolidayAnswer.group_id, HolidayAnswer.holiday, HolidayAnswer.meets, HolidayAnswer.last_day
).where(
    HolidayAnswer.group_id.in_(bindparam("groups", expanding=True)),
    HolidayAnswer.last_day >= bindparam("since"),
)


def answers_of(group_ids: Iterable[int], since: date) -> dict[int, dict[str, bool]]:
    """Return by group whether it meets on the holidays that last until a day or after. One query."""
    found: dict[int, dict[str, bool]] = defaultdict(dict)
    reach = From("since", since, since - LOOKED_BACK)
    for row in columns_once(_ANSWERS, {"groups": [*group_ids]}, HolidayAnswer, since=reach):
        if row.last_day >= since:
            found[row.group_id][row.holiday] = row.meets
    return found
