"""What a list says aside in prose becomes true only when a person accepts it."""

import json
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from app.db import db
from app.domain.meeting import Status
from app.domain.themes import LAST, ByWeekOfMonth
from app.domain.week import Week
from app.records.exchange.asides import AsideRecord
from app.records.groups import Group
from app.records.slots import read_themes
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.browsing import submit, words_of
from tests.people import Person

LISTS = "/national/stay-clean/import"
ASIDES = "/national/stay-clean/asides"
ROW = {"slug": "delft", "name": "Delft", "day": 2, "time": "19:30", "city": "Delft"}


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-23 12:00:00+00:00", tick=False):
        yield


def taken_over(olaf: Person, **row: str):
    """Let Olaf take over a list of one row; return his browser."""
    client = olaf.client()
    answer = submit(client, LISTS, text=json.dumps([ROW | row]), program="AA")
    submit(client, answer.location, do="accept")
    return client


def delft() -> Group:
    return db.session.scalars(select(Group).where(Group.slug == "delft")).one()


def answer(client, olaf: Person, word: str) -> None:
    with olaf.app.app_context():
        one = db.session.scalars(select(AsideRecord.id)).one()
    submit(client, ASIDES, to=f"{ASIDES}/{one}", do=word)


def test_it_is_shown_before_the_list_is_taken_over(olaf: Person) -> None:
    client = olaf.client()
    row = ROW | {"name": "Delft - geen meeting op 8 december"}

    page = words_of(client.get(submit(client, LISTS, text=json.dumps([row])).location).text)

    assert "Mededeling: “geen meeting op 8 december”" in page
    assert "bijeenkomst op di 8 dec → geen bijeenkomst op di 8 dec" in page


def test_nothing_changes_before_a_person_says_so_and_readers_still_read_it(olaf: Person) -> None:
    client = taken_over(olaf, name="Delft - geen meeting op 8 december")

    with olaf.app.app_context():
        group = delft()
        assert (group.name, group.description) == ("Delft", "geen meeting op 8 december")
        assert db.session.scalars(select(DeviationRecord)).all() == []
    assert "geen meeting op 8 december" in client.get(ASIDES).text


def test_an_accepted_week_is_off_and_the_words_are_gone(olaf: Person) -> None:
    client = taken_over(olaf, name="Delft - geen meeting op 8 december")

    answer(client, olaf, "accepted")

    with olaf.app.app_context():
        off = db.session.scalars(select(DeviationRecord)).one()
        assert (off.week, off.cancelled) == (Week.of(date(2026, 12, 8)), True)
        assert delft().description == ""
    assert "Er wacht niets." in client.get(ASIDES).text


def test_the_same_list_again_asks_nothing_and_changes_nothing(olaf: Person) -> None:
    client = taken_over(olaf, name="Delft - geen meeting op 8 december")
    answer(client, olaf, "accepted")

    row = ROW | {"name": "Delft - geen meeting op 8 december"}
    page = words_of(client.get(submit(client, LISTS, text=json.dumps([row])).location).text)

    assert "1 blijft gelijk" in page
    assert "Mededeling" not in page


@pytest.mark.parametrize(
    ("notes", "check"),
    [
        (
            "Gesloten van 21 december t/m 3 januari.",
            lambda: [(one.first_day, one.last_day) for one in db.session.scalars(select(ClosureRecord))]
            == [(date(2026, 12, 21), date(2027, 1, 3))],
        ),
        ("Tijdelijk gesloten.", lambda: delft().status == Status.PAUSED),
        (
            "Laatste dinsdag: stapavond",
            lambda: _themes() == {LAST: "stapavond"},
        ),
        (
            "Alleen de laatste dinsdag van de maand.",
            lambda: {one.week.day(2).day for one in db.session.scalars(select(DeviationRecord))}
            >= {1, 8, 15, 22} and not _is_off(date(2026, 12, 29)) and _is_off(date(2026, 12, 22)),
        ),
        (
            "8 december andere locatie: Havenkade 5",
            lambda: [one.note for one in db.session.scalars(select(DeviationRecord))]
            == ["8 december andere locatie: Havenkade 5"],
        ),
        (
            "Dinsdag 8 december om 15.00 uur ipv 19.30 uur",
            lambda: [f"{one.start:%H:%M}" for one in db.session.scalars(select(DeviationRecord))]
            == ["15:00"],
        ),
    ],
)  # fmt: skip
def test_each_kind_becomes_what_it_says(olaf: Person, notes: str, check) -> None:
    client = taken_over(olaf, notes=notes)

    answer(client, olaf, "accepted")

    with olaf.app.app_context():
        assert check()
        assert delft().description == ""


def test_what_is_past_can_only_be_kept_or_removed(olaf: Person) -> None:
    client = taken_over(olaf, notes="Geen meeting op 8 september 2020.")

    assert "Dit is voorbij (8 sep 2020)." in words_of(client.get(ASIDES).text)
    answer(client, olaf, "accepted")
    with olaf.app.app_context():
        assert db.session.scalars(select(DeviationRecord)).all() == []
        assert delft().description == "Geen meeting op 8 september 2020."

    answer(client, olaf, "removed")
    with olaf.app.app_context():
        assert delft().description == ""
        assert db.session.scalars(select(AsideRecord.words)).one() is None


def test_a_number_of_people_is_for_the_group_itself(olaf: Person) -> None:
    client = taken_over(olaf, name="Delft max 25")

    page = words_of(client.get(ASIDES).text)

    assert "Een kring heeft hier hooguit twaalf stoelen." in page
    assert "Neem dit over" not in page


def _themes() -> dict[int, str]:
    themes = read_themes(max(delft().slots, key=lambda slot: slot.since).themes)
    assert isinstance(themes, ByWeekOfMonth)
    return {nth: theme.title for nth, theme in themes.themes.items()}


def _is_off(day: date) -> bool:
    row = db.session.get(DeviationRecord, (delft().id, Week.of(day)))
    return row is not None and row.cancelled
