"""A list from elsewhere is imported whole or not at all, and again without a trace."""

import gc
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, func, select

from app import clock
from app.actions.closures import close_place
from app.actions.importing import import_meetings
from app.actions.national.fellowships import NewFellowship, found_fellowship
from app.actions.parts.derived.in_step import keep
from app.actions.parts.derived.kept_rows import AT_ONCE
from app.db import Base, db, writing
from app.domain.imported import Outcome, Report
from app.domain.meeting import Status
from app.domain.place import Visibility
from app.domain.roles import Role
from app.domain.slot import TooShortOrTooLong
from app.domain.slug import NameInUse
from app.domain.week import Week
from app.formats.meeting_guide.reading import read
from app.records.accounts import Account, RoleRecord
from app.records.changes import Change, ChangeOfGroup
from app.records.fellowships import Fellowship
from app.records.findables import FindableRecord
from app.records.finding.coming import ComingMeeting
from app.records.groups import Group
from app.records.listings import schedules_of
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.tallies import StageRecord
from tests.queries import statements

SAMPLE = Path(__file__).parent.parent / "formats/samples/spec_kansas_city_sample.json"
THIS_WEEK = datetime(2026, 11, 25, 12, tzinfo=UTC)
NEXT_WEEK = datetime(2026, 12, 2, 12, tzinfo=UTC)
ROW = {
    "slug": "oost", "name": "Oost", "day": 1, "time": "19:30", "end_time": "21:00",
    "address": "Lindengracht 93", "city": "Amsterdam", "postal_code": "1015 KD",
    "region": "Noord-Holland", "country": "NL", "latitude": 52.379, "longitude": 4.881,
    "types": ["O", "X", "B"], "notes": "Welkom.", "updated": "2026-10-01 10:00:00",
}  # fmt: skip


@pytest.fixture(autouse=True)
def this_week() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(THIS_WEEK, tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(app_on_each: Flask) -> Iterator[Flask]:
    """Each database in turn, with one fellowship."""
    with app_on_each.app_context():
        found_fellowship(NewFellowship("aa", "AA", zone="Europe/Amsterdam"), by=None)
        yield app_on_each


@pytest.fixture
def here(app: Flask) -> Iterator[None]:
    """SQLite alone, with one fellowship."""
    with app.app_context():
        found_fellowship(NewFellowship("aa", "AA", zone="Europe/Amsterdam"), by=None)
        yield
        db.session.remove()


def load(*rows: dict, **options) -> Report:
    fellowship = db.session.scalars(select(Fellowship)).one()
    return import_meetings(
        read(json.dumps(rows).encode()).entries, fellowship, **({"by": None} | options)
    )


def outcomes(report: Report) -> list[Outcome]:
    return [line.outcome for line in report.lines]


def the_group() -> Group:
    return db.session.scalars(select(Group)).one()


def whole_database() -> dict:
    """Return every row of every table."""
    db.session.expire_all()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table))))
        for table in Base.metadata.sorted_tables
    }


def coordinate(group: Group) -> None:
    account = Account(
        email="anna@example.org", fs_uniquifier="anna", created_at=clock.now(), active=True
    )
    account.roles_held = [
        RoleRecord(kind=Role.COORDINATOR, group_id=group.id, since=date(2026, 1, 5))
    ]
    db.session.add(account)
    db.session.commit()


def test_the_sample_gives_45_groups_each_with_a_slot(house: Flask):
    entries = read(SAMPLE.read_bytes()).entries
    report = import_meetings(entries, db.session.scalars(select(Fellowship)).one(), by=None)

    groups = db.session.scalars(select(Group)).all()
    assert report.count(Outcome.NEW) == len(groups) == 45
    assert {len(group.slots) for group in groups} == {1}
    assert {(group.status, group.seating) for group in groups} == {("active", "walk_in")}
    assert len({group.slug for group in groups}) == 45
    assert db.session.scalar(select(func.count(PlaceRecord.house.distinct()))) < 45


def test_all_that_follows_from_a_new_group_is_written_with_it(house: Flask):
    import_meetings(
        read(SAMPLE.read_bytes()).entries, db.session.scalars(select(Fellowship)).one(), by=None
    )
    everyone = set(db.session.scalars(select(Group.id)))
    before = whole_database()

    with writing():
        keep(everyone)

    assert whole_database() == before
    for derived in (FindableRecord, ComingMeeting, StageRecord):
        assert set(db.session.scalars(select(derived.group_id))) == everyone


def test_the_same_list_again_changes_nothing_at_all(
    house: Flask, this_week: time_machine.Traveller
):
    entries = read(SAMPLE.read_bytes()).entries
    import_meetings(entries, db.session.scalars(select(Fellowship)).one(), by=None)
    before = whole_database()
    this_week.move_to(NEXT_WEEK)

    report = import_meetings(entries, db.session.scalars(select(Fellowship)).one(), by=None)

    assert set(outcomes(report)) == {Outcome.SAME}
    assert whole_database() == before


def test_a_dry_run_reports_the_same_and_writes_nothing(house: Flask):
    before = whole_database()

    dry = load(ROW, dry_run=True)

    assert whole_database() == before
    # In words only for who looks beforehand: of a long list they fill the memory.
    assert [one.field for one in dry.lines[0].says] == [
        "weekday",
        "start",
        "minutes",
        "place",
        "is_open",
    ]
    assert [replace(one, says=()) for one in dry.lines] == [*load(ROW).lines]


def test_an_import_that_fails_half_way_leaves_nothing(house: Flask):
    good, bad = read(json.dumps([ROW, ROW | {"slug": "west"}]).encode()).entries
    before = whole_database()

    with pytest.raises(TooShortOrTooLong):
        import_meetings(
            [good, replace(bad, minutes=5)], db.session.scalars(select(Fellowship)).one(), by=None
        )

    assert whole_database() == before


def test_a_list_becomes_groups_places_and_slots(here: None):
    load(ROW)

    group = the_group()
    (slot,) = group.slots
    assert (group.slug, group.source_key) == ("oost", "meeting-guide:oost#1")
    assert (group.town, group.province, group.zone) == (
        "Amsterdam", "Noord-Holland", "Europe/Amsterdam",
    )  # fmt: skip
    assert (group.is_open, group.features, group.codes) == (True, ["wheelchair"], [["AA", "B"]])
    assert group.confirmed_on == date(2026, 10, 1)
    assert (slot.since, slot.weekday, slot.start, slot.minutes) == (
        Week.parse("2026-W49"), 1, time(19, 30), 90,
    )  # fmt: skip
    assert slot.place
    assert (slot.place.town, slot.place.latitude, slot.place.owner_id) == (
        "Amsterdam", 52.379, group.id,
    )  # fmt: skip


def test_one_import_is_one_change_about_all_its_groups(here: None):
    load(ROW, ROW | {"slug": "west", "name": "West"})

    (change,) = db.session.scalars(select(Change).where(Change.deed == "import_meetings"))
    assert change.after == {"source": "meeting-guide", "new": 2, "changed": {}}
    assert db.session.scalar(select(func.count(ChangeOfGroup.group_id))) == 2


def test_groups_at_one_address_share_their_house_and_each_has_a_place_of_its_own(here: None):
    load(ROW, ROW | {"slug": "west"}, ROW | {"slug": "other", "address": "Kade 1"})

    assert db.session.scalar(select(func.count(PlaceRecord.house.distinct()))) == 2
    assert db.session.scalar(select(func.count(PlaceRecord.owner_id.distinct()))) == 3


def test_what_has_no_meaning_here_is_kept_and_given_back(here: None):
    besides = {"group": "Thuisgroep Oost", "district": "4", "website": "https://oost.example/"}
    load(ROW | besides | {"website_2": "javascript:alert(1)", "sub_region": "bel 06-12345678"})

    known = the_group().list_facts
    again = load(ROW | besides | {"district": "5"})

    assert known == [
        ["district", "4"],
        ["group", "Thuisgroep Oost"],
        ["website", "https://oost.example/"],
    ]
    assert outcomes(again) == [Outcome.CHANGED]
    assert ["district", "5"] in the_group().list_facts


def test_what_nobody_writes_here_is_the_lists_to_change_also_with_a_coordinator(here: None):
    load(ROW | {"district": "4"})
    coordinate(the_group())
    db.session.commit()

    load(ROW | {"district": "5"})

    assert the_group().list_facts == [["district", "5"]]


def test_a_name_that_is_taken_gives_an_address_with_a_number(here: None):
    load(ROW, ROW | {"slug": "west"})

    assert sorted(db.session.scalars(select(Group.slug))) == ["oost", "oost-2"]


@pytest.mark.parametrize(
    ("row", "option", "zone"),
    [
        ({}, None, "Europe/Amsterdam"),
        ({}, "Europe/Brussels", "Europe/Brussels"),
        ({"timezone": "America/Denver"}, "Europe/Brussels", "America/Denver"),
    ],
)
def test_the_zone_is_the_rows_then_the_callers_then_the_fellowships(here: None, row, option, zone):
    load(ROW | row, zone=option)

    assert the_group().zone == zone


@pytest.mark.parametrize("stamp", ["2030-01-01 00:00:00", "1970-01-01 00:00:00", None, "soon"])
def test_a_senseless_update_confirms_nothing(here: None, stamp: str | None):
    load(ROW | {"updated": stamp})

    assert the_group().confirmed_on is None


def test_an_older_list_never_takes_a_confirmation_back(here: None):
    load(ROW)
    load(ROW | {"updated": "2026-09-01 10:00:00"})

    assert the_group().confirmed_on == date(2026, 10, 1)


def test_a_new_confirmation_alone_leaves_the_calendar_as_it_was(here: None):
    load(ROW)
    load(ROW | {"updated": "2026-11-01 10:00:00"})

    group = the_group()
    assert (group.confirmed_on, group.calendar_rev) == (date(2026, 11, 1), 1)


def test_a_changed_text_changes_the_listing_and_no_slot(here: None):
    load(ROW)

    report = load(ROW | {"notes": "Bel aan."})

    group = the_group()
    assert [(one.field, one.old, one.new) for one in report.lines[0].differences] == [
        ("description", "Welkom.", "Bel aan.")
    ]
    assert (group.description, len(group.slots), group.calendar_rev) == ("Bel aan.", 1, 2)
    assert (group.version, group.slot_version) == (2, 1)


def test_another_hour_begins_with_the_next_meeting_and_leaves_the_past_alone(
    here: None, this_week: time_machine.Traveller
):
    load(ROW)
    this_week.move_to(NEXT_WEEK)

    load(ROW | {"time": "20:00", "end_time": "21:30"})

    group = the_group()
    assert [(str(slot.since), slot.start) for slot in group.slots] == [
        ("2026-W49", time(19, 30)),
        ("2026-W50", time(20)),
    ]
    assert (group.calendar_rev, group.slot_version) == (2, 2)


def test_the_same_list_after_this_weeks_meeting_changes_nothing_more(
    here: None, this_week: time_machine.Traveller
):
    load(ROW)
    this_week.move_to(NEXT_WEEK)
    load(ROW | {"time": "20:00"})

    assert not load(ROW | {"time": "20:00"}).changes_anything
    assert len(the_group().slots) == 2


def test_another_hour_before_the_first_meeting_replaces_the_first_slot(here: None):
    load(ROW)
    load(ROW | {"time": "20:00", "end_time": "21:30"})

    assert [slot.start for slot in the_group().slots] == [time(20)]


def test_a_new_slot_keeps_who_may_see_the_place_and_the_themes(
    here: None, this_week: time_machine.Traveller
):
    load(ROW)
    slot = the_group().slots[0]
    slot.visibility = Visibility.TOWN
    slot.themes = {"kind": "rotation", "anchor": 2900, "first": 1}
    db.session.commit()
    this_week.move_to(NEXT_WEEK)

    load(ROW | {"address": "Kade 1"})

    new = the_group().slots[-1]
    assert new.place
    assert (new.place.street, new.visibility, new.themes["kind"]) == ("Kade 1", "town", "rotation")


def test_another_address_is_another_place_and_nobodys_old_one_is_swept_up(here: None):
    load(ROW)
    load(ROW | {"address": "Kade 1"})

    assert db.session.scalars(select(PlaceRecord.street)).all() == ["Kade 1"]


def test_a_row_on_another_day_is_the_same_group_moved(
    here: None, this_week: time_machine.Traveller
):
    load(ROW)
    this_week.move_to(NEXT_WEEK)

    report = load(ROW | {"day": 3})

    group = the_group()
    assert outcomes(report) == [Outcome.CHANGED]
    assert group.source_key == "meeting-guide:oost#3"
    assert [slot.weekday for slot in group.slots] == [1, 3]


def test_a_second_day_is_a_second_group(here: None):
    load(ROW)

    assert outcomes(load(ROW | {"day": [1, 3]})) == [Outcome.SAME, Outcome.NEW]


def test_what_coordinators_wrote_stays_and_it_is_said(here: None):
    load(ROW)
    coordinate(the_group())
    the_group().name = "Onze naam"
    db.session.commit()

    report = load(ROW | {"name": "Oud-Oost"})

    (line,) = report.lines
    assert line.outcome is Outcome.KEPT
    assert [(one.field, one.old, one.new) for one in line.kept] == [
        ("name", "Onze naam", "Oud-Oost")
    ]
    assert the_group().name == "Onze naam"


def test_a_group_that_was_taken_over_before_lists_were_remembered_is_its_coordinators(here: None):
    load(ROW)
    coordinate(the_group())
    the_group().from_list = None
    db.session.commit()

    (line,) = load(ROW | {"time": "20:00", "name": "Oud-Oost"}).lines

    assert line.outcome is Outcome.KEPT
    assert {one.field for one in line.differences} == {"name", "start", "minutes"}
    assert the_group().name == "Oost"


def test_a_group_that_left_the_list_is_named_and_stays_on_the_site(here: None):
    load(ROW, ROW | {"slug": "west", "name": "West"})

    report = load(ROW)

    assert [(line.outcome, line.name) for line in report.lines] == [
        (Outcome.SAME, "Oost"),
        (Outcome.MISSING, "West"),
    ]
    west = db.session.scalars(select(Group).where(Group.name == "West")).one()
    assert (west.listed, west.status, west.gone_on) == (True, "active", date(2026, 11, 25))


def test_a_row_that_could_not_be_read_is_not_missing(here: None):
    load(ROW, ROW | {"slug": "west"})

    assert outcomes(load(ROW, unread={"west"})) == [Outcome.SAME]


def test_a_group_that_was_closed_here_stays_closed(here: None):
    load(ROW)
    the_group().status = Status.CLOSED
    db.session.commit()

    assert outcomes(load(ROW | {"notes": "Terug!"})) == [Outcome.STOPPED]
    assert the_group().status == Status.CLOSED


def test_a_closed_building_pauses_a_group_until_the_list_says_otherwise(here: None):
    load(ROW)
    load(ROW | {"types": ["O", "TC"]})
    paused = the_group().status

    load(ROW)

    assert (paused, the_group().status) == (Status.PAUSED, Status.ACTIVE)


def test_a_group_that_was_paused_here_is_not_resumed_by_a_list(here: None):
    load(ROW)
    the_group().status = Status.PAUSED
    db.session.commit()

    load(ROW | {"notes": "Nieuw."})

    assert the_group().status == Status.PAUSED


def test_a_group_without_a_place_is_imported_with_its_town(here: None):
    load({"slug": "x", "name": "X", "day": 0, "time": "10:00", "city": "Emmen"})

    assert the_group().town == "Emmen"
    assert the_group().slots[0].place is None


def test_a_fellowship_for_relatives_stays_one(here: None):
    db.session.scalars(select(Fellowship)).one().audience = "relatives"
    db.session.commit()

    load(ROW | {"types": ["W"]})

    assert the_group().audience == "relatives"


def test_progress_is_told_for_each_entry(here: None):
    told: list[int] = []

    load(ROW, ROW | {"slug": "west"}, on_progress=told.append)

    assert sum(told) == 2


def test_an_empty_list_does_nothing(here: None):
    assert load() == Report(())


@pytest.mark.long
def test_a_thousand_groups_ask_no_more_questions_than_one(app: Flask, here: None):
    rows = [ROW | {"slug": f"g{number}", "address": f"Kade {number}"} for number in range(1000)]

    with statements(app) as sent:
        report = load(*rows)

    assert report.count(Outcome.NEW) == 1000
    assert db.session.scalar(select(func.count(SlotRecord.id))) == 1000
    # Ten whatever the list: five of them know the list again, one looks for doubles.
    assert len([one for one in sent if one.startswith("SELECT")]) <= 10 + 2 * 27


def test_rows_that_leave_something_open_are_written_with_the_others(app: Flask, here: None):
    bare = {key: value for key, value in ROW.items() if key not in ("latitude", "types", "updated")}
    rows = [(ROW, bare)[number % 2] | {"slug": f"g{number}"} for number in range(20)]

    with statements(app) as sent:
        load(*rows)

    for table in ("groups", "place", "slot"):
        assert len([one for one in sent if one.startswith(f"INSERT INTO {table} ")]) == 1


@pytest.mark.long
def test_the_same_list_again_holds_no_more_groups_than_a_slice(app: Flask, here: None):
    rows = [ROW | {"slug": f"g{number}", "address": f"Kade {number}"} for number in range(1200)]
    load(*rows)
    db.session.expunge_all()
    in_memory = []

    def look(_done: int) -> None:
        if len(in_memory) % 100 == 99:
            gc.collect()
        in_memory.append(sum(isinstance(one, Group) for one in db.session.identity_map.values()))

    report = load(*rows, on_progress=look)

    assert report.count(Outcome.SAME) == 1200
    assert max(in_memory[99::100]) <= AT_ONCE


def test_of_the_same_list_again_each_group_is_only_looked_at(app: Flask, here: None):
    """Records take several times as long, and most groups of a list stay as they are."""
    rows = [ROW | {"slug": f"s{number}", "name": f"G{number}"} for number in range(20)]
    load(*rows)
    changed = [rows[0] | {"time": "20:00"}, *rows[1:]]
    db.session.expunge_all()
    loaded: list[str] = []

    def hear(group: Group, _context: object) -> None:
        loaded.append(group.slug)

    event.listen(Group, "load", hear)
    try:
        assert set(outcomes(load(*rows))) == {Outcome.SAME}
        assert loaded == []
        assert outcomes(load(*changed)).count(Outcome.CHANGED) == 1
        assert set(loaded) == {"g0"}
    finally:
        event.remove(Group, "load", hear)


def test_a_fellowship_is_founded_once(here: None):
    with pytest.raises(NameInUse):
        found_fellowship(NewFellowship("aa", "AA"), by=None)


def test_one_house_of_a_list_is_one_however_it_is_spelled_and_its_closure_shuts_all(here):
    house = {"city": "Dordrecht", "country": "NL", "region": "Zuid-Holland"}
    spelled = [
        {"location": "Buurthuis De Wilg", "address": "Wilgenlaan 8", "postal_code": "3311 AA"},
        {"location": "De Wilg", "address": "Wilgenlaan 8", "postal_code": "3311AA"},
        {"location": "Buurthuis De Wilg", "address": "wilgenlaan 8", "postal_code": "3311 AA"},
        {"location": "De Wilg", "address": "Wilgenln. 8", "postal_code": "3311 aa"},
        {
            "location": "De Wilg", "address": "Wilgenlaan 8", "postal_code": "3311 AA",
            "conference_url": "https://example.org/j/4",
        },
        {
            "location": "De Wilg", "address": "Wilgenlaan 8", "postal_code": "3311 AA",
            "location_notes": "achterdeur", "latitude": 51.8133, "longitude": 4.6901,
        },
    ]  # fmt: skip
    rows = [
        {"name": f"Gebouw {day}", "slug": f"b-{day}", "day": day, "time": "19:00", **house, **one}
        for day, one in enumerate(spelled, start=1)
    ]
    load(*rows)
    groups = db.session.scalars(select(Group).order_by(Group.id)).all()
    first = groups[0].slots[0].place
    week = Week.at(THIS_WEEK, groups[0].timezone) + 2

    close_place(groups[0], first, week.monday, week.sunday, "verf", by=None)

    schedules = schedules_of(groups, (week, week), public=True)
    assert [schedules[group.id].meeting_in(week).is_on for group in groups] == [False] * 6
    assert len({group.slots[0].place_id for group in groups}) == 6
