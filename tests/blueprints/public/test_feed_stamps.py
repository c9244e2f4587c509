"""An event's SEQUENCE and LAST-MODIFIED rise when it reads otherwise, only then, and never fall."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from app import clock as app_clock
from app.actions.all_the_same import follow_closure, meet_all_the_same
from app.actions.chairs import offer_chairs, set_chairs_taken, set_seating
from app.actions.closures import (
    change_closure,
    close_fellowship,
    close_group,
    close_place,
    withdraw_closure,
)
from app.actions.contacts import ContactEdit, write_contact
from app.actions.groups import ListingEdit, edit_listing, set_status
from app.actions.national.fellowships import FellowshipEdit, edit_fellowship
from app.actions.national.officers import list_group
from app.actions.parts.week_rows import WeekEdit
from app.actions.slots import set_slot
from app.actions.undoing import undo
from app.actions.weeks import as_usual, change_week
from app.db import db
from app.domain.meeting import Status
from app.domain.refusal import Refusal
from app.domain.seating import Seating
from app.domain.themes import NoThemes, Rotation, Theme
from app.domain.week import Week
from app.formats.selection import Selection, pack
from app.records.accounts import Account
from app.records.changes import Change
from app.records.groups import Group, find_group
from app.records.weeks import ClosureRecord
from tests.blueprints.feeds import addresses
from tests.people import World

STAMPS = ("SEQUENCE", "LAST-MODIFIED", "DTSTAMP")
Event = tuple[str, tuple[int, datetime]]
"""What an event says but for its stamps, and these."""


def events(client: FlaskClient, address: str) -> dict[str, Event]:
    found = {}
    for event in Calendar.from_ical(client.get(address).data).events:
        stamp = int(event["SEQUENCE"]), event.LAST_MODIFIED
        for name in STAMPS:
            del event[name]
        found[str(event["UID"])] = event.to_ical().decode(), stamp
    return found


class Deeds:
    """All that changes what a feed tells, each by its action; what is refused changes nothing."""

    def __init__(self, app: Flask, world: World, seed: int):
        self.app, self.world, self.dice = app, world, random.Random(seed)

    def one(self) -> str:
        deeds: list[Callable[[Group, Account, Account], Any]] = [
            getattr(self, name) for name in dir(self) if name.startswith("do_")
        ]
        deed = self.dice.choice(deeds)
        with self.app.app_context():
            group = find_group("oost")
            anna = db.session.get_one(Account, self.world.anna.id)
            olaf = db.session.get_one(Account, self.world.olaf.id)
            try:
                deed(group, anna, olaf)
            except Refusal as refused:
                return f"{deed.__name__}: {refused!r}"
        return deed.__name__

    def _week(self) -> Week:
        return Week.of(app_clock.today()) + self.dice.randrange(6)

    def do_week(self, group: Group, anna: Account, olaf: Account) -> None:
        edit = WeekEdit(
            cancelled=self.dice.random() < 0.4,
            reason=self.dice.choice(["", "Griep"]),
            weekday=self.dice.choice([None, 6, 7]),
            note=self.dice.choice(["", "Neem je boek mee", "Bel aan"]),
            theme_step=self.dice.choice([None, 4, 12]),
        )
        change_week(group, self._week(), edit, by=anna, rest_follows=self.dice.random() < 0.2)

    def do_as_usual(self, group: Group, anna: Account, olaf: Account) -> None:
        as_usual(group, self._week(), by=anna)

    def do_slot(self, group: Group, anna: Account, olaf: Account) -> None:
        slot = group.slots[-1].value()
        themes = self.dice.choice([NoThemes(), Rotation(self._week()), slot.themes])
        start = self.dice.choice([slot.start, time(20)])
        since = max(self._week(), slot.since)
        set_slot(group, replace(slot, since=since, start=start, themes=themes), by=anna)

    def do_listing(self, group: Group, anna: Account, olaf: Account) -> None:
        now = {name: getattr(group, name) for name in ListingEdit.__dataclass_fields__}
        changed: dict[str, list[Any]] = {
            "name": ["Oost", "Oosterpark"],
            "description": ["", "Een warme groep."],
            "language": ["nl", "en", "fr"],
            "town": ["Amsterdam", "Diemen"],
        }
        name = self.dice.choice(sorted(changed))
        edit_listing(group, ListingEdit(**now | {name: self.dice.choice(changed[name])}), by=anna)

    def do_contact(self, group: Group, anna: Account, olaf: Account) -> None:
        edit = ContactEdit(name="Sam", email="sam@example.org")
        write_contact(group, edit, by=anna, position=1 if group.contacts else None)

    def do_closure(self, group: Group, anna: Account, olaf: Account) -> None:
        first = app_clock.today() + timedelta(days=self.dice.randrange(40))
        days = first, first + timedelta(days=self.dice.randrange(20)), "Verbouwing"
        open_ones = [one for one in db.session.query(ClosureRecord) if one.last_day >= first]
        match self.dice.randrange(7):
            case 0:
                close_group(group, *days, by=anna)
            case 1:
                place = group.slots[-1].place
                if place is not None:
                    place.owner_id = group.id
                    db.session.commit()
                    close_place(group, place, *days, by=anna)
            case 2:
                close_fellowship(group.fellowship, *days, by=olaf)
            case 3 if open_ones:
                change_closure(open_ones[0].id, *days, by=None)
            case 4 if open_ones:
                withdraw_closure(open_ones[0].id, by=None)
            case 5 if open_ones:
                meet_all_the_same(group, open_ones[0].id, by=anna)
            case 6 if open_ones:
                follow_closure(group, open_ones[0].id, by=anna)

    def do_status(self, group: Group, anna: Account, olaf: Account) -> None:
        set_status(group, self.dice.choice(list(Status)), by=anna)

    def do_listed(self, group: Group, anna: Account, olaf: Account) -> None:
        list_group(group, listed=not group.listed, reason="Nader bekijken", by=olaf)

    def do_seats(self, group: Group, anna: Account, olaf: Account) -> None:
        match self.dice.randrange(3):
            case 0:
                set_chairs_taken(group, self.dice.choice([3, 12]), by=anna)
            case 1:
                set_seating(group, self.dice.choice(list(Seating)), by=anna)
            case _:
                offer_chairs(group, self.dice.choice([8, 12]), by=anna)

    def do_titles(self, group: Group, anna: Account, olaf: Account) -> None:
        now = FellowshipEdit.of(group.fellowship)
        title = self.dice.choice(["Loslaten", "Vasthouden"])
        edit = replace(now, titles=(Theme(4, title, question="En?"),))
        if self.dice.random() < 0.3:
            edit = replace(now, colour=self.dice.choice(["#0f5e59", "#aa0000"]))
        edit_fellowship(group.fellowship, edit, by=olaf, version=None)

    def do_undo(self, group: Group, anna: Account, olaf: Account) -> None:
        last = db.session.query(Change).order_by(Change.id.desc()).first()
        if last is not None:
            undo(group, last.id, by=anna)


@pytest.mark.parametrize("seed", range(3))
def test_an_event_rises_exactly_when_it_reads_otherwise(
    clock: time_machine.Traveller, app: Flask, world: World, client: FlaskClient, seed: int
):
    chosen = Selection(slugs=("oost", "west"))
    calendars = [*addresses(app), *addresses(app, "west")]
    calendars += [
        f"/feeds/selection/{pack(one)}.ics" for one in (chosen, replace(chosen, is_discreet=True))
    ]
    deeds = Deeds(app, world, seed)
    highest: dict[tuple[str, str], tuple[int, datetime]] = {}
    last_said: dict[tuple[str, str], str] = {}

    done = []
    for number in range(25):
        if number and deeds.dice.random() < 0.1:
            done.append("a while later")
            clock.shift(timedelta(days=deeds.dice.randrange(1, 4)))
        else:
            done.append(deeds.one())
        for address in calendars:
            found = events(client, address)
            for key in [one for one in last_said if one[0] == address and one[1] not in found]:
                # Meanwhile it may read otherwise, and as before again, seen by nobody.
                del last_said[key]
            for uid, (said, stamp) in found.items():
                key = address, uid
                before = highest.get(key, stamp)
                is_other = last_said.get(key, said) != said
                if is_other:
                    assert stamp[0] > before[0], (done[-3:], address, last_said[key], said)
                    assert stamp[1] > before[1], (done[-3:], address, last_said[key], said)
                elif key in last_said and done[-1] != "a while later":
                    assert stamp == before, (done[-3:], address, said, before, stamp)
                else:
                    assert stamp >= before
                highest[key], last_said[key] = stamp, said
