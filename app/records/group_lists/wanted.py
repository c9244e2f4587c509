"""Which groups an office asks for, as conditions on the tables. No participant is asked about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.domain.confirmation import Freshness
from app.domain.geography.netherlands import folded
from app.domain.meeting import MEETS, Status
from app.domain.place import Visibility
from app.domain.roles import Role
from app.domain.search import PartOfDay
from app.domain.tally import Topic
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.findables import FindableWord
from app.records.group_lists.by_region import in_region
from app.records.group_lists.sight import Sight
from app.records.group_lists.this_week import PLACE
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.tallies import Contribution, MovedToday

NO_KIND = "none"
"""The kind of place of a group whose place is not known."""
MOST_WORDS = 6
_POSTCODE = re.compile(r"\b(\d{4})\s+([a-z]{2})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """Which groups of a fellowship, in which order; None, False and "" ask nothing."""

    q: str = ""
    """Words of a name, a town or a coordinator's name, or a postcode; each must be found."""
    status: Status | None = None
    province: str | None = None
    region: int | None = None
    """The id of one of its regions, or NOWHERE."""
    town: str | None = None
    weekday: int | None = None
    part: PartOfDay | None = None
    freshness: Freshness | None = None
    full: bool = False
    """Full, and people wait."""
    listed: bool | None = None
    kind: str = ""
    """A kind of place, or NO_KIND."""
    coordinated: bool | None = None
    """Whether somebody coordinates it today."""
    imported: bool | None = None
    language: str = ""
    sort: str = "name"
    descending: bool = False


def conditions(sight: Sight, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    """Return what the groups of the list answer to; of a kind of place, in a query `with_slot`."""
    fellowship, found = sight.fellowship, sight.conditions(today)
    found += [_said(word, fellowship.id) for word in _words(wanted.q)]
    if wanted.status:
        found.append(Group.status == wanted.status)
    if wanted.province is not None:
        found.append(Group.province == wanted.province)
    if wanted.region is not None:
        found.append(Group.id.in_(in_region(fellowship.id, wanted.region, today)))
    if wanted.town is not None:
        found.append(Group.town == wanted.town)
    if wanted.listed is not None:
        found += [Group.listed.is_(wanted.listed), Group.status != Status.CLOSED]
    if wanted.full:
        found += [this_morning(Topic.LINE, "number", today) > 0, Group.status != Status.CLOSED]
    if wanted.freshness:
        found += _fresh(wanted.freshness, today, fellowship.confirm_after)
    if wanted.weekday or wanted.part:
        found.append(_meets(wanted, fellowship.id, Week.of(today)))
    return found + list(_about_the_office(wanted, today))


def this_morning(topic: Topic, part: str, today: date) -> ColumnElement[int]:
    """Return what a group added to a topic told BY_DAY when the day began: number, exact or few."""

    def sum_of(
        record: type[Contribution | MovedToday], *more: ColumnElement[bool]
    ) -> ColumnElement[int]:
        query = select(func.coalesce(func.sum(getattr(record, part)), 0))
        theirs = query.where(record.group_id == Group.id, record.topic == topic, *more)
        return theirs.correlate(Group).scalar_subquery()

    return sum_of(Contribution) - sum_of(MovedToday, MovedToday.day == today)


def coordinated_on(today: date) -> ColumnElement[bool]:
    """Return whether anyone coordinates a group, on this day too."""
    return exists().where(
        RoleRecord.group_id == Group.id,
        RoleRecord.kind == Role.COORDINATOR,
        or_(RoleRecord.until.is_(None), RoleRecord.until >= today),
    )


def _about_the_office(wanted: Wanted, today: date) -> Iterator[ColumnElement[bool]]:
    if wanted.kind == NO_KIND:
        yield PLACE.id.is_(None)
    elif wanted.kind:
        yield PLACE.kind == wanted.kind
    if wanted.coordinated is not None:
        is_so = coordinated_on(today)
        yield is_so if wanted.coordinated else ~is_so
    if wanted.imported is not None:
        is_own = Group.source_key.is_(None)
        yield ~is_own if wanted.imported else is_own
    if wanted.language:
        yield Group.language == wanted.language


def _words(q: str) -> list[str]:
    """Return the words of a search; a postcode written with a space is one word."""
    return _POSTCODE.sub(r"\1\2", q).split()[:MOST_WORDS]


def _said(word: str, fellowship_id: int) -> ColumnElement[bool]:
    """Return whether a word stands in a group's name, town or postcode, or coordinates it.

    An address that the public does not see is not found by it either: it is the circle's.
    """
    its = aliased(Group)
    ways = [
        Group.name.icontains(word, autoescape=True),
        Group.town.icontains(word, autoescape=True),
        Group.id.in_(
            select(RoleRecord.group_id)
            .join(Account, Account.id == RoleRecord.account_id)
            .join(its, its.id == RoleRecord.group_id)
            .where(
                its.fellowship_id == fellowship_id,
                RoleRecord.kind == Role.COORDINATOR,
                Account.name.icontains(word, autoescape=True),
            )
        ),
    ]
    if plain := folded(word).replace(" ", ""):
        begins = FindableWord.word.startswith(plain, autoescape=True)
        ways.append(Group.id.in_(select(FindableWord.group_id).where(begins)))
    if word[:4].isdecimal() and len(word) in (4, 6):
        written = func.replace(PlaceRecord.postcode, " ", "")
        ways.append(
            Group.id.in_(
                select(SlotRecord.group_id)
                .join(PlaceRecord, PlaceRecord.id == SlotRecord.place_id)
                .join(its, its.id == SlotRecord.group_id)
                .where(
                    its.fellowship_id == fellowship_id,
                    SlotRecord.visibility == Visibility.WHOLE,
                    written.istartswith(word, autoescape=True),
                )
            )
        )
    return or_(*ways)


def _fresh(wanted: Freshness, today: date, after: int) -> list[ColumnElement[bool]]:
    amber, ask = today - timedelta(weeks=after), today - timedelta(weeks=2 * after)
    is_so = {
        Freshness.GREEN: Group.confirmed_on >= amber,
        Freshness.AMBER: and_(Group.confirmed_on < amber, Group.confirmed_on >= ask),
        Freshness.ASK_FIRST: or_(Group.confirmed_on.is_(None), Group.confirmed_on < ask),
    }[wanted]
    running = Group.status.in_(MEETS)
    return [is_so, Group.listed.is_(True), running]


def _meets(wanted: Wanted, fellowship_id: int, this: Week) -> ColumnElement[bool]:
    """Return whether what a group adds to these hours comes to something this week."""
    values = [
        f"{weekday} {part}"
        for weekday in ([wanted.weekday] if wanted.weekday else range(1, 8))
        for part in ([wanted.part] if wanted.part else PartOfDay)
    ]
    adding = (
        select(Contribution.group_id)
        .where(
            Contribution.fellowship_id == fellowship_id,
            Contribution.topic == Topic.TIME,
            Contribution.value.in_(values),
            Contribution.since <= this,
        )
        .group_by(Contribution.group_id)
        .having(func.sum(Contribution.number) > 0)
    )
    return Group.id.in_(adding)
