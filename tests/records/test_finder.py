"""Finding: the right groups in the right order, at a fixed price, and never out of step."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, select

from app.actions.parts.derived.findables import _as_they_are
from app.db import db
from app.domain.geography.whereabouts import spot_of_town
from app.domain.listing import Subject
from app.domain.place import Visibility
from app.domain.search import Day, PartOfDay, Search, Sort, Whom
from app.domain.week import Week
from app.records.choices import count_choices
from app.records.fellowships import Fellowship
from app.records.findables import FindableKind, FindableRecord, FindableWord
from app.records.finder import find, find_nearest, find_preparing, resolve
from app.records.finding.beside import find_for_relatives
from app.records.groups import Group, find_group
from app.records.participants import ParticipantRecord
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from tests.people import World
from tests.queries import statements
from tests.records.finding.many import many_rows

pytestmark = pytest.mark.long

MONDAY = datetime(2026, 11, 23, 17, tzinfo=UTC)
"""Six in the evening in Amsterdam."""


@pytest.fixture
def both(app_on_each: Flask) -> Iterator[Flask]:
    """The world of the tests, on each database in turn."""
    with time_machine.travel(MONDAY, tick=False):
        World(app_on_each)
        with app_on_each.app_context():
            for slug, town in (("oost", "Amsterdam"), ("west", "Haarlem")):
                spot = spot_of_town(town)
                place = find_group(slug).slots[0].place
                place.latitude, place.longitude = spot.position.latitude, spot.position.longitude
            db.session.commit()
        yield app_on_each


def names(search: Search, now: datetime = MONDAY) -> list[str]:
    return [hit.group.name for hit in find(search, now)]


def found(group: Group, **columns: object) -> None:
    for name, value in columns.items():
        setattr(group, name, value)
    db.session.commit()


@pytest.mark.parametrize(
    ("near", "limit", "expected"),
    [
        ("2011", 1, ["West"]),
        ("2011", 2, ["West", "Oost"]),
        ("2011", 3, ["West", "Oost"]),
        ("9711", 1, ["Oost"]),
        ("9711", 2, ["Oost", "West"]),
    ],
)
def test_the_nearest_are_found_near_and_far(
    both: Flask, near: str, limit: int, expected: list[str]
):
    with both.app_context():
        hits = find_nearest(Search(near=near), MONDAY, limit=limit)

    assert [hit.group.name for hit in hits] == expected


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (Search(), ["Oost", "West"]),
        (Search(near="1015"), ["Oost", "West"]),
        (Search(near="2011", within=5), ["West"]),
        (Search(near="2011", sort=Sort.NEAREST), ["West", "Oost"]),
        (Search(near="Mokum", within=5), ["Oost"]),
        (Search(words="oos"), ["Oost"]),
        (Search(words="Haarlem west"), ["West"]),
        (Search(words="linde"), ["Oost", "West"]),
        (Search(words="stay"), ["Oost", "West"]),
        (Search(words="oost west"), []),
        (Search(day=Day.TODAY), ["Oost"]),
        (Search(day=Day.WEDNESDAY), ["West"]),
        (Search(time=PartOfDay.MORNING), []),
        (Search(whom=Whom.SELF), ["Oost", "West"]),
        (Search(whom=Whom.RELATIVES), []),
        (Search(subject=Subject.OTHER), ["Oost", "West"]),
        (Search(subject=Subject.ALCOHOL), []),
        (Search(language="pl"), []),
        (Search(fellowship="stay-clean"), ["Oost", "West"]),
        (Search(fellowship="nobody"), []),
        (Search(online=True), []),
        (Search(online=False), ["Oost", "West"]),
        (Search(free=True), ["Oost", "West"]),
        (Search(wheelchair=True), []),
        (Search(kind="speaker"), []),
        (Search(is_open=True), []),
        (Search(confirmed=True), []),
    ],
)
def test_a_search_finds_what_it_asks(both: Flask, search: Search, expected: list[str]):
    with both.app_context():
        assert names(search) == expected


def test_what_has_begun_stays_until_its_end_and_then_comes_a_week_later(both: Flask):
    with both.app_context():
        last_minute = datetime(2026, 11, 23, 20, 29, 59, tzinfo=UTC)
        assert names(Search(), last_minute) == ["Oost", "West"]
        over = last_minute + timedelta(seconds=1)
        assert names(Search(), over) == ["West", "Oost"]
        assert names(Search(day=Day.TODAY), over) == []
        assert names(Search(day=Day.MONDAY), over) == ["Oost"]


def test_a_new_time_is_found_from_its_own_week_on_without_a_write(both: Flask):
    with both.app_context():
        oost = find_group("oost")
        week = Week.of(MONDAY.date())
        oost.slots.append(SlotRecord(since=week + 1, weekday=5, start=time(10)))
        db.session.commit()

        assert names(Search(day=Day.FRIDAY)) == []
        assert names(Search(day=Day.FRIDAY), datetime(2026, 11, 30, 8, tzinfo=UTC)) == ["Oost"]
        assert names(Search(day=Day.MONDAY), datetime(2026, 11, 30, 8, tzinfo=UTC)) == []


@pytest.mark.parametrize("visibility", [Visibility.TOWN, Visibility.NOTHING])
def test_a_hidden_address_is_no_nearer_than_its_town(both: Flask, visibility: Visibility):
    with both.app_context():
        oost = find_group("oost")
        oost.slots[0].visibility = visibility
        oost.slots[0].place.latitude, oost.slots[0].place.longitude = 52.40, 4.95
        db.session.commit()
        hit = find(Search(near="Amsterdam"), MONDAY)[0]

        assert hit.kilometres == 0
        assert (hit.position.latitude, hit.position.longitude) != (52.40, 4.95)
        assert names(Search(words="linde")) == ["West"]


def test_each_choice_counts_what_it_would_give(both: Flask):
    with both.app_context():
        counts = count_choices(resolve(Search(day=Day.MONDAY), MONDAY))

        assert counts.total == len(names(Search(day=Day.MONDAY))) == 1
        assert counts.choices["day"][Day.WEDNESDAY] == 1
        assert counts.choices["whom"][Whom.SELF] == 1
        assert counts.choices["subject"].get(Subject.ALCOHOL, 0) == 0


def test_each_kind_of_meeting_counts_what_it_would_give_until_one_is_chosen(both: Flask):
    with both.app_context():
        found(find_group("west"), codes=[["AA", "SP"], ["", "MAANLICHT"]])
        counted = count_choices(resolve(Search(), MONDAY)).choices

        assert counted["kind"]["speaker"] == len(names(Search(kind="speaker"))) == 1
        west = find_group("west").fellowship.slug
        assert counted["kind"][f"{west}.maanlicht"] == 1
        assert counted["kind"].get("newcomers", 0) == 0
        assert "kind" not in count_choices(resolve(Search(kind="speaker"), MONDAY)).choices
        assert count_choices(resolve(Search(words="oos"), MONDAY)).choices["kind"] == {}


def test_groups_in_preparation_and_for_relatives_are_apart(both: Flask):
    with both.app_context():
        found(find_group("west"), status="preparing", audience="relatives")

        assert names(Search()) == ["Oost"]
        assert [one.group.name for one in find_preparing(Search(), MONDAY)] == ["West"]
        assert find_for_relatives(resolve(Search(), MONDAY), MONDAY) == []
        found(find_group("west"), status="active")
        assert [
            one.group.name for one in find_for_relatives(resolve(Search(), MONDAY), MONDAY)
        ] == ["West"]


def everything() -> tuple[list, ...]:
    """Return what is kept, and what it should be, in one order."""
    ids = list(db.session.scalars(select(Group.id)))
    return tuple(
        sorted(some, key=repr_of)
        for record, wanted in zip(
            (FindableRecord, FindableWord, FindableKind), _as_they_are(ids), strict=True
        )
        for some in (
            [dict(row._mapping) for row in db.session.execute(select(record.__table__))],
            wanted,
        )
    )


def repr_of(row: dict) -> str:
    return repr(sorted(row.items()))


def a_person(group: Group) -> ParticipantRecord:
    return ParticipantRecord(group_id=group.id, seat=1, joined_on=date(2026, 1, 5))


DEEDS: dict[str, Callable[[Group], object]] = {
    "a new name": lambda group: setattr(group, "name", "Zuid"),
    "another town": lambda group: setattr(group, "town", "Zwolle"),
    "unlisted": lambda group: setattr(group, "listed", False),
    "closed": lambda group: setattr(group, "status", "closed"),
    "paused": lambda group: setattr(group, "status", "paused"),
    "features": lambda group: setattr(group, "features", ["wheelchair"]),
    "kinds": lambda group: setattr(group, "codes", [["AA", "SP"], ["", "MAANLICHT"]]),
    "for whom": lambda group: (
        setattr(group, "codes", [["AA", "W"], ["AA", "LGBTQ"]]),
        setattr(group, "audience", "women"),
    ),
    "confirmed": lambda group: setattr(group, "confirmed_on", date(2026, 11, 20)),
    "a seat taken": lambda group: db.session.add(a_person(group)),
    "one chair": lambda group: (setattr(group, "capacity", 1), db.session.add(a_person(group))),
    "another slot": lambda group: group.slots.append(
        SlotRecord(since=Week.of(MONDAY.date()) + 2, weekday=6, start=time(9))
    ),
    "no slot": lambda group: group.slots.clear(),
    "a hidden place": lambda group: setattr(group.slots[0], "visibility", "nothing"),
    "a mended place": lambda group: setattr(group.slots[0].place, "town", "Zwolle"),
    "a moved place": lambda group: (
        setattr(group.slots[0].place, "latitude", 52.1),
        setattr(group.slots[0].place, "longitude", 5.1),
    ),
    "online": lambda group: setattr(group.slots[0].place, "kind", "online"),
    "gone": db.session.delete,
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_can_be_found_is_never_out_of_step(both: Flask, deed: str):
    with both.app_context():
        DEEDS[deed](find_group("oost"))
        db.session.commit()

        kept, rows, kept_words, words, kept_kinds, kinds = everything()

        assert kept == rows
        assert kept_words == words
        assert kept_kinds == kinds


def test_what_is_taken_back_leaves_nothing_behind(both: Flask):
    with both.app_context():
        find_group("oost").name = "Zuid"
        db.session.flush()
        db.session.rollback()
        find_group("west").town = "Zwolle"
        db.session.commit()

        kept, rows, kept_words, words, kept_kinds, kinds = everything()

        assert (kept, kept_words, kept_kinds) == (rows, words, kinds)


def crowd(numbers: range) -> None:
    """Add groups of these numbers, spread over the country."""
    fellowship_id = db.session.scalar(select(Fellowship.id))
    place = db.session.scalars(select(PlaceRecord)).first()
    for one in numbers:
        group = Group(
            slug=f"g-{one}", name=f"Groep {one}", fellowship_id=fellowship_id, status="active",
            status_since=date(2026, 1, 5), created_at=MONDAY, calendar_changed_at=MONDAY,
        )  # fmt: skip
        group.slots = [SlotRecord(since=Week(2900), weekday=one % 7 + 1, start=time(19))]
        group.slots[0].place = PlaceRecord(
            kind=place.kind, latitude=50.8 + one * 0.0087 % 2.6, longitude=3.5 + one * 0.0131 % 3.5
        )
        db.session.add(group)
    db.session.commit()


SEARCHES = [
    Search(near="3512"),
    Search(words="groep"),
    Search(),
    Search(near="3512", day=Day.TODAY),
]


@pytest.mark.parametrize("search", SEARCHES, ids=["postcode", "words", "nothing", "both"])
def test_a_search_takes_as_many_queries_with_three_hundred_groups(both: Flask, search: Search):
    def cost() -> int:
        with both.app_context(), statements(both) as sent:
            find(search, MONDAY)
        return len(sent)

    with both.app_context():
        crowd(range(0, 300, 3))  # what finds nobody reads nobody
    few = cost()
    with both.app_context():
        crowd(range(1, 300, 3))
        crowd(range(2, 300, 3))

    assert cost() == few <= 5


@pytest.mark.parametrize(
    ("search", "index"),
    [
        (Search(near="3512", within=10), "ix_findable_in_circle"),
        (Search(near="3512", within=10, day=Day.TODAY), "ix_findable_in_circle"),
        (Search(words="vuurt"), "findable_word"),
        (Search(kind="speaker"), "findable_kind"),
        (Search(), "ix_coming_meeting_in_time"),
        (Search(day=Day.TODAY), "ix_coming_meeting_of_day"),
    ],
    ids=["postcode", "postcode and day", "words", "kind", "nothing", "a day"],
)
def test_a_search_goes_by_an_index(both: Flask, search: Search, index: str):
    with both.app_context():
        many_rows(MONDAY)
        plans = []

        def explain(connection, cursor, statement, parameters, _context, _many):
            if "coming_meeting" in statement and "EXPLAIN" not in statement:
                word = "EXPLAIN" if db.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
                rows = connection.exec_driver_sql(f"{word} {statement}", parameters)
                plans.append("\n".join(str(row[-1]) for row in rows))

        event.listen(db.engine, "before_cursor_execute", explain)
        find(search, MONDAY)
        event.remove(db.engine, "before_cursor_execute", explain)

        plan = plans[-1]
        assert index in plan
        assert "Seq Scan on findable\n" not in plan
        assert "SCAN findable\n" not in f"{plan}\n"
