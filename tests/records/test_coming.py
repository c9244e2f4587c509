"""The coming meetings that are kept: never out of step, rolled on in time, filled where they are not."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select

from app import clock
from app.actions.coming import recount_coming, roll_on
from app.actions.parts.derived.coming import coming_of
from app.db import db
from app.domain.coming import WEEKS_AHEAD
from app.domain.search import Day, Search
from app.domain.week import Week
from app.records.finder import find
from app.records.finding.coming import ComingMeeting
from app.records.groups import Group, find_group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.people import World

pytestmark = pytest.mark.long

MONDAY = datetime(2026, 11, 23, 17, tzinfo=UTC)
"""Six in the evening in Amsterdam; Oost meets at half past seven."""
W48 = Week.of(MONDAY.date())


@pytest.fixture
def both(app_on_each: Flask) -> Iterator[Flask]:
    """The world of the tests, on each database in turn."""
    with time_machine.travel(MONDAY, tick=False):
        World(app_on_each)
        yield app_on_each


def kept() -> list[tuple]:
    rows = db.session.execute(select(ComingMeeting.__table__))
    return sorted((tuple(row) for row in rows), key=repr)


def wanted() -> list[tuple]:
    ids = list(db.session.scalars(select(Group.id)))
    return sorted(coming_of(ids), key=repr)


def week(group: Group, **columns: object) -> None:
    db.session.add(DeviationRecord(group_id=group.id, week=W48, **columns))


def shut(**whose: int) -> None:
    first, last = date(2026, 11, 23), date(2026, 12, 6)
    db.session.add(ClosureRecord(first_day=first, last_day=last, **whose))


def new_slot(group: Group) -> None:
    group.slots.append(SlotRecord(since=W48 + 2, weekday=6, start=time(9)))


def taken_back(group: Group) -> None:
    week(group, cancelled=True)
    db.session.commit()
    db.session.delete(db.session.scalars(select(DeviationRecord)).one())


def opened_again(group: Group) -> None:
    shut(place_id=group.slots[0].place_id)
    db.session.commit()
    db.session.delete(db.session.scalars(select(ClosureRecord)).one())


def shorter(group: Group) -> None:
    shut(fellowship_id=group.fellowship_id)
    db.session.commit()
    db.session.scalars(select(ClosureRecord)).one().last_day = date(2026, 11, 25)


def a_house(group: Group) -> PlaceRecord:
    """Write down another room of the building, of nobody's."""
    here = group.slots[0].place
    there = PlaceRecord(kind="building", house=here.house, **{
        name: getattr(here, name) for name in ("name", "street", "postcode", "town")
    })  # fmt: skip
    db.session.add(there)
    db.session.flush()
    return there


def shut_by_a_housemate(group: Group) -> None:
    shut(place_id=a_house(group).id)


def of_another_house(group: Group) -> None:
    other = a_house(group)
    shut(place_id=other.id)
    db.session.commit()
    other.street = "Lindengracht 1"


def into_a_house_that_is_shut(group: Group) -> None:
    other = PlaceRecord(kind="building", street="Kade 1", postcode="8011 AA", town="Zwolle")
    db.session.add(other)
    db.session.flush()
    shut(place_id=other.id)
    db.session.commit()
    here = group.slots[0].place
    here.street, here.postcode, here.town = "Kade 1", "8011 AA", "Zwolle"


def a_shut_room_comes_into_its_house(group: Group) -> None:
    here = group.slots[0].place
    other = PlaceRecord(kind="building", street="Kade 1", postcode="8011 AA", town="Zwolle")
    db.session.add(other)
    db.session.flush()
    shut(place_id=other.id)
    db.session.commit()
    other.street, other.postcode, other.town = here.street, here.postcode, here.town


def shut_where_it_goes(group: Group) -> None:
    place = PlaceRecord(kind="building", town="Zwolle")
    db.session.add(place)
    db.session.flush()
    week(group, place_id=place.id)
    shut(place_id=place.id)


def column(name: str, value: object) -> Callable[[Group], None]:
    return lambda group: setattr(group, name, value)


DEEDS: dict[str, Callable[[Group], object]] = {
    "cancelled": lambda group: week(group, cancelled=True),
    "moved": lambda group: week(group, weekday=2, start=time(20)),
    "moved past midnight": lambda group: week(group, weekday=7, start=time(23)),
    "taken back": taken_back,
    "another slot": new_slot,
    "no slot": lambda group: group.slots.clear(),
    "the group shut": lambda group: shut(group_id=group.id),
    "its place shut": lambda group: shut(place_id=group.slots[0].place_id),
    "its fellowship shut": lambda group: shut(fellowship_id=group.fellowship_id),
    "opened again": opened_again,
    "shut for less long": shorter,
    "shut where it goes": shut_where_it_goes,
    "its house shut": shut_by_a_housemate,
    "no longer of the house that is shut": of_another_house,
    "into a house that is shut": into_a_house_that_is_shut,
    "a shut room comes into its house": a_shut_room_comes_into_its_house,
    "all the same": lambda group: (shut(group_id=group.id), week(group, all_the_same=True)),
    "paused": lambda group: (column("status", "paused")(group), column("status_since", MONDAY.date())(group)),
    "preparing": column("status", "preparing"),
    "closed": column("status", "closed"),
    "unlisted": column("listed", False),
    "in another zone": column("zone", "America/Toronto"),
    "gone": db.session.delete,
}  # fmt: skip


SAME_AS_BEFORE = (
    "taken back", "opened again", "all the same", "no longer of the house that is shut",
)  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_what_is_kept_of_coming_meetings_is_never_out_of_step(both: Flask, deed: str):
    with both.app_context():
        before = kept()
        DEEDS[deed](find_group("oost"))
        db.session.commit()

        assert kept() == wanted()
        assert before != kept() or deed in SAME_AS_BEFORE


def test_what_is_rolled_back_leaves_no_trace(both: Flask):
    with both.app_context():
        before = kept()
        week(find_group("oost"), cancelled=True)
        db.session.flush()
        db.session.rollback()
        find_group("west").name = "Noord"
        db.session.commit()

        assert kept() == before == wanted()


def test_weeks_after_the_timer_stopped_a_search_is_still_right(both: Flask):
    later = datetime(2027, 1, 4, 17, tzinfo=UTC)
    with both.app_context():
        hits = find(Search(day=Day.TODAY), later)

        assert [(hit.group.name, hit.week) for hit in hits] == [("Oost", Week.of(later.date()))]
        assert [hit.group.name for hit in find(Search(), later)] == ["Oost", "West"]


def test_a_year_after_the_timer_stopped_every_group_is_still_found(both: Flask):
    with both.app_context():
        hits = find(Search(), MONDAY + timedelta(days=365))

        assert sorted(hit.group.name for hit in hits) == ["Oost", "West"]
        assert {hit.week for hit in hits} == {None}


def test_the_timer_rolls_the_weeks_on_and_then_has_nothing_to_do(both: Flask):
    with both.app_context():
        with time_machine.travel(MONDAY + timedelta(weeks=3), tick=False):
            assert roll_on() == 2
            last = db.session.scalars(select(ComingMeeting.week)).all()
            assert max(last) == Week.of(clock.today()) + WEEKS_AHEAD + 1
            assert kept() == wanted()
            before = kept()
            assert roll_on() == 0

        assert kept() == before


def test_a_database_without_any_is_filled(both: Flask):
    with both.app_context():
        right = kept()
        db.session.execute(delete(ComingMeeting))
        db.session.commit()

        roll_on()

        assert kept() == right


def test_counting_anew_says_how_many_meetings_were_wrong(both: Flask):
    with both.app_context():
        assert recount_coming() == 0
        one = db.session.scalars(select(ComingMeeting).where(ComingMeeting.is_on)).first()
        db.session.execute(
            ComingMeeting.__table__.update()
            .where(ComingMeeting.group_id == one.group_id, ComingMeeting.week == one.week)
            .values(minute=3)
        )
        db.session.commit()

        assert recount_coming() == 1
        assert kept() == wanted()
