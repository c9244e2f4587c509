"""A list that comes again: its rows are known, what was written here wins, what is gone is marked."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.exchange.sources import take_off_gone
from app.actions.groups import ListingEdit, edit_listing
from app.actions.importing import import_meetings
from app.actions.national.fellowships import NewFellowship, found_fellowship
from app.actions.national.lists import undo_import
from app.db import db
from app.domain.imported import Outcome, Report
from app.domain.roles import Role
from app.domain.work import Concern
from app.formats.meeting_guide.reading import read
from app.records.accounts import Account, RoleRecord
from app.records.exchange.list_imports import ListImport
from app.records.exchange.list_sources import ListSource, list_again
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.work.points import work_of

GRONINGEN = {"name": "Dinsdagavond", "slug": "dinsdagavond", "day": 2, "time": "19:30", "end_time": "21:00",
             "formatted_address": "Kerkweg 1, 9711 AA Groningen, Nederland"}  # fmt: skip
VLISSINGEN = {"name": "Dinsdagavond", "slug": "dinsdagavond", "day": 2, "time": "20:00", "end_time": "21:30",
              "formatted_address": "Havenkade 5, 4381 AB Vlissingen, Nederland"}  # fmt: skip
OOST = {
    "slug": "oost",
    "name": "Oost",
    "day": 1,
    "time": "19:30",
    "notes": "Welkom.",
    "city": "Breda",
}
WEST = {"slug": "west", "name": "West", "day": 3, "time": "20:00", "city": "Breda"}


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def house(app_on_each: Flask) -> Iterator[None]:
    with app_on_each.app_context():
        found_fellowship(NewFellowship("aa", "AA", zone="Europe/Amsterdam"), by=None)
        yield
        db.session.remove()


def aa() -> Fellowship:
    return db.session.scalars(select(Fellowship)).one()


def olaf() -> Account:
    account = Account(
        email="olaf@example.org", fs_uniquifier="olaf", created_at=clock.now(), active=True
    )
    account.roles_held = [
        RoleRecord(kind=Role.OFFICER, fellowship_id=aa().id, since=date(2026, 1, 5))
    ]
    db.session.add(account)
    db.session.commit()
    return account


def load(*rows: dict, **options) -> Report:
    entries = read(json.dumps(rows).encode()).entries
    return import_meetings(entries, aa(), **({"by": None, "name": "lijst.json"} | options))


def outcomes(report: Report) -> list[str]:
    return [str(line.outcome) for line in report.lines]


def group(name: str) -> Group:
    return db.session.scalars(select(Group).where(Group.name == name)).one()


def hours() -> dict[str, str]:
    db.session.expire_all()
    return {
        one.town: f"{max(one.slots, key=lambda slot: slot.since).start:%H:%M}"
        for one in db.session.scalars(select(Group))
    }


def test_two_rows_of_one_slug_stay_who_they_are_whatever_their_order() -> None:
    load(GRONINGEN, VLISSINGEN)
    assert outcomes(load(VLISSINGEN, GRONINGEN)) == ["same", "same"]

    report = load(VLISSINGEN)

    assert outcomes(report) == ["same", "missing"]
    assert hours() == {"Groningen": "19:30", "Vlissingen": "20:00"}
    gone = {one.town: one.gone_on for one in db.session.scalars(select(Group))}
    assert gone == {"Groningen": date(2026, 11, 25), "Vlissingen": None}


def test_two_rows_of_one_slug_and_hour_are_told_apart_by_their_place() -> None:
    same_hour = VLISSINGEN | {"time": "19:30", "end_time": "21:00"}
    load(GRONINGEN, same_hour)

    report = load(same_hour | {"notes": "Bel aan."}, GRONINGEN)

    assert outcomes(report) == ["changed", "same"]
    described = {one.town: one.description for one in db.session.scalars(select(Group))}
    assert described == {"Groningen": "", "Vlissingen": "Bel aan."}


def test_a_row_with_another_slug_is_known_by_name_day_hour_and_place() -> None:
    load(OOST, WEST)

    assert outcomes(load(OOST | {"slug": "breda-oost"}, WEST)) == ["same", "same"]
    assert len(db.session.scalars(select(Group)).all()) == 2


def test_what_was_written_here_wins_field_by_field_and_is_shown() -> None:
    load(OOST)
    before = group("Oost")
    edit = ListingEdit(**{
        name: getattr(before, name) for name in ListingEdit.__dataclass_fields__
    } | {"description": "Koffie vooraf."})  # fmt: skip
    edit_listing(before, edit, by=None, version=None)

    (line,) = load(OOST | {"notes": "Iedereen welkom.", "time": "20:00"}).lines

    assert line.outcome is Outcome.CHANGED
    assert [one.field for one in line.differences] == ["start"]
    assert [(one.field, one.old, one.new) for one in line.kept] == [
        ("description", "Koffie vooraf.", "Iedereen welkom.")
    ]
    assert group("Oost").description == "Koffie vooraf."
    assert outcomes(load(OOST | {"notes": "Iedereen welkom.", "time": "20:00"})) == ["kept"]


def test_the_same_change_here_and_in_the_list_is_the_lists_again() -> None:
    load(OOST)
    group("Oost").description = "Iedereen welkom."
    db.session.commit()
    assert outcomes(load(OOST | {"notes": "Iedereen welkom."})) == ["same"]

    assert outcomes(load(OOST | {"notes": "Tot dan."})) == ["changed"]


def test_a_group_that_is_gone_is_work_for_the_office_until_it_comes_back() -> None:
    load(OOST, WEST)
    load(OOST)
    work = [
        one for one in work_of(aa().id, date(2026, 11, 25)) if one.point.concern is Concern.GONE
    ]
    assert [(one.name, one.point.others[0].name) for one in work] == [("West", "lijst.json")]

    load(OOST, WEST)

    assert group("West").gone_on is None


def test_what_is_gone_is_taken_off_in_one_go_and_an_import_taken_back_brings_it_back() -> None:
    load(OOST, WEST)
    load(OOST)
    last = db.session.scalars(select(ListImport).order_by(ListImport.id.desc())).first()
    assert last is not None
    undo_import(last, by=None)
    assert group("West").gone_on is None
    load(OOST)

    source = db.session.scalars(select(ListSource)).one()
    assert take_off_gone(source, "Weg.", by=olaf()) == 1

    assert (group("West").listed, group("West").unlisted_because) == (False, "Weg.")
    assert group("Oost").listed


def test_one_row_taken_alone_makes_no_other_gone() -> None:
    load(OOST, WEST)

    load(OOST | {"notes": "Bel aan."}, is_whole=False)

    assert group("West").gone_on is None


def test_a_second_list_of_a_fellowship_is_another_one_and_each_is_known_by_its_rows() -> None:
    load(OOST, WEST, program="NA")
    load(
        OOST | {"slug": "north", "name": "North", "city": "Delft"}, name="andere.csv", program="AA"
    )

    names = {one.name: one.program for one in db.session.scalars(select(ListSource))}
    again = list_again(aa().id, read(json.dumps([WEST]).encode()).entries)

    assert names == {"lijst.json": "NA", "andere.csv": "AA"}
    assert again is not None
    assert again.program == "NA"
    assert group("Oost").gone_on is None
