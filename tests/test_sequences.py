"""Whatever is done to a group, one thing after the other, its feed stays one that calendars trust.

After each deed: no week has two meetings, no week's UID ever changed, SEQUENCE and LAST-MODIFIED
rose with every event that reads otherwise and never fell, a refusal changed nothing, and the page
says of each week what the feed says (of a group that has stopped the page says just that).
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app import clock, create_app
from app.actions.all_the_same import follow_closure, meet_all_the_same
from app.actions.closures import change_closure, close_group, close_place, withdraw_closure
from app.actions.groups import ListingEdit, edit_listing, set_status
from app.actions.holidays import answer_holiday
from app.actions.places import PlaceEdit, edit_place
from app.actions.slots import set_slot, withdraw_slot
from app.actions.undoing import undo
from app.actions.weeks import WeekEdit, as_usual, change_week
from app.db import db
from app.domain.holiday import WEEKS_AHEAD
from app.domain.meeting import Status
from app.domain.refusal import Refusal
from app.domain.slot import Slot
from app.domain.themes import TURNS, NoThemes, Rotation
from app.domain.week import Week
from app.formats import wording
from app.records.changes import changes_of
from app.records.closures import closures_about
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_group
from app.records.holidays import holidays_of
from app.records.places import PlaceRecord
from tests.conftest import settings as app_settings
from tests.people import World

pytestmark = pytest.mark.long

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
Deed = Callable[[Group], None]
REASONS_TO_SHUT = ("Zomerstop", "Verbouwing", "Later", "vakantie")
VOLATILE = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    file = tmp_path_factory.mktemp("sequences") / "twaalf.sqlite"
    app = create_app(app_settings(f"sqlite:///{file}"))
    with app.app_context():
        db.create_all()
        World(app)
    yield app
    with app.app_context():
        db.engine.dispose()


# Deeds


def this_week(group: Group) -> Week:
    return Week.at(clock.now(), group.timezone)


def standing_time(ahead: int, weekday: int, start: time, rotates: bool) -> Deed:
    def do(group: Group) -> None:
        week = this_week(group) + ahead
        place = group.slots[0].place
        themes = Rotation(week) if rotates else NoThemes()
        slot = Slot(week, weekday, start, place=place.value() if place else None, themes=themes)
        set_slot(group, slot, by=None)

    return do


def closed_at_times(ahead: int, turns: frozenset[int]) -> Deed:
    def do(group: Group) -> None:
        week = this_week(group) + ahead
        now = group.slot_in(week)
        assert now is not None
        set_slot(group, replace(now.value(), since=week, closed_on=turns), by=None)

    return do


def open_at_times(ahead: int, turns: frozenset[int]) -> Deed:
    def do(group: Group) -> None:
        week = this_week(group) + ahead
        now = group.slot_in(week)
        assert now is not None
        set_slot(group, replace(now.value(), since=week, open_on=turns), by=None)

    return do


def nowhere_yet(ahead: int) -> Deed:
    def do(group: Group) -> None:
        now = group.slot_in(this_week(group) + ahead)
        assert now is not None
        slot = replace(now.value(), since=this_week(group) + ahead, place=None)
        set_slot(group, slot, by=None)

    return do


def take_back_standing_time(ahead: int) -> Deed:
    return lambda group: withdraw_slot(group, this_week(group) + ahead, by=None)


def give_status(status: Status) -> Deed:
    return lambda group: set_status(group, status, by=None)


def mend_place(street: int) -> Deed:
    def do(group: Group) -> None:
        place = next(one.place for one in group.slots if one.place)
        number = (
            10 * group.id + street
        )  # a house of its own: one that is shut shuts all who meet there
        edit = PlaceEdit("building", "De Linde", f"Lindengracht {number}", "1015 KD", "Amsterdam")
        edit_place(group, place, edit, position=None, by=None)

    return do


def rename(number: int) -> Deed:
    def do(group: Group) -> None:
        now = {name: getattr(group, name) for name in ListingEdit.__dataclass_fields__}
        edit_listing(group, ListingEdit(**(now | {"name": f"Groep {group.id} {number}"})), by=None)

    return do


def say_who_may_come(is_open: bool | None) -> Deed:
    def do(group: Group) -> None:
        now = {name: getattr(group, name) for name in ListingEdit.__dataclass_fields__}
        edit_listing(group, ListingEdit(**(now | {"is_open": is_open})), by=None)

    return do


def answer(which: int, meets: bool) -> Deed:
    def do(group: Group) -> None:
        today = group.day_of(clock.now())
        found = holidays_of(group, today, today + timedelta(weeks=WEEKS_AHEAD + 4))
        if not found:  # outside the Dutch time zone nobody is asked
            return
        holiday = found[which % len(found)]
        reason = wording.word(holiday.name, group.language)
        answer_holiday(group, holiday.key, meets, reason=reason, by=None)

    return do


def differ(ahead: int, edit: WeekEdit, follows: bool) -> Deed:
    return lambda group: change_week(
        group, this_week(group) + ahead, edit, by=None, rest_follows=follows
    )


def usual(ahead: int) -> Deed:
    return lambda group: as_usual(group, this_week(group) + ahead, by=None)


def undo_last(group: Group) -> None:
    last = next(iter(changes_of(group.id, most=1)), None)
    if last:
        undo(group, last.id, by=None)


def shut(of_place: bool, ahead: int, days: int) -> Deed:
    def do(group: Group) -> None:
        first = group.day_of(clock.now()) + timedelta(days=ahead)
        last = first + timedelta(days=days)
        if not of_place:
            close_group(group, first, last, "Zomerstop", by=None)
        elif group.slots[0].place:
            close_place(group, group.slots[0].place, first, last, "Verbouwing", by=None)

    return do


def with_a_closure(act: Callable[[Group, int], object]) -> Deed:
    def do(group: Group) -> None:
        found = closures_about(group, group.day_of(clock.now()))
        if found:
            act(group, found[-1].id)

    return do


def _postpone(group: Group, closure_id: int) -> None:
    first = group.day_of(clock.now()) + timedelta(days=3)
    change_closure(closure_id, first, first + timedelta(days=9), "Later", by=None)


def let_time_pass(days: int) -> Deed:
    return lambda group: CLOCK[0].shift(timedelta(days=days))


CLOCK: list[time_machine.Traveller] = []
ALL_THE_SAME = with_a_closure(lambda group, key: meet_all_the_same(group, key, by=None))
FOLLOW = with_a_closure(lambda group, key: follow_closure(group, key, by=None))
WITHDRAW = with_a_closure(lambda group, key: withdraw_closure(key, by=None))
POSTPONE = with_a_closure(_postpone)
WEEK_EDITS = st.builds(
    WeekEdit,
    cancelled=st.booleans(),
    reason=st.sampled_from(["", "Storm"]),
    weekday=st.sampled_from([None, *range(1, 8)]),
    start=st.sampled_from([None, time(10), time(20)]),
    theme_step=st.sampled_from([None, 1, 7]),
    note=st.sampled_from(["", "Neem een kopje mee."]),
    is_open=st.sampled_from([None, True, False]),
)
DEEDS = st.one_of(
    st.builds(
        standing_time,
        st.integers(0, 7),
        st.integers(1, 7),
        st.sampled_from([time(10), time(19, 30), time(23, 15)]),
        st.booleans(),
    ),
    st.builds(nowhere_yet, st.integers(0, 5)),
    st.builds(open_at_times, st.integers(0, 5), st.frozensets(st.sampled_from(TURNS))),
    st.builds(closed_at_times, st.integers(0, 5), st.frozensets(st.sampled_from(TURNS))),
    st.builds(say_who_may_come, st.sampled_from([None, True, False])),
    st.builds(take_back_standing_time, st.integers(0, 7)),
    st.builds(give_status, st.sampled_from(Status)),
    st.builds(mend_place, st.integers(1, 3)),
    st.builds(rename, st.integers(1, 3)),
    st.builds(answer, st.integers(0, 7), st.booleans()),
    st.builds(answer, st.integers(0, 7), st.booleans()),
    st.builds(differ, st.integers(-1, 5), WEEK_EDITS, st.booleans()),
    st.builds(differ, st.integers(-1, 5), WEEK_EDITS, st.booleans()),
    st.builds(usual, st.integers(-1, 5)),
    st.just(undo_last),
    st.builds(shut, st.booleans(), st.integers(-3, 40), st.integers(-1, 30)),
    st.sampled_from([ALL_THE_SAME, FOLLOW, POSTPONE, WITHDRAW]),
    st.builds(let_time_pass, st.integers(1, 9)),
)


# What everyone sees


@dataclass
class Event:
    """One event of a feed, by its lines."""

    lines: dict[str, str]

    @property
    def starts(self) -> datetime:
        return self._moment("DTSTART")

    @property
    def ends(self) -> datetime:
        return self._moment("DTEND")

    def _moment(self, name: str) -> datetime:
        moment = datetime.strptime(self.lines[name].removesuffix("Z"), "%Y%m%dT%H%M%S")
        in_utc = self.lines[name].endswith("Z")
        return moment.replace(tzinfo=UTC if in_utc else AMSTERDAM).astimezone(AMSTERDAM)

    @property
    def is_on(self) -> bool:
        return self.lines["STATUS"] == "CONFIRMED"

    @property
    def stamps(self) -> tuple[int, str]:
        return int(self.lines["SEQUENCE"]), self.lines["LAST-MODIFIED"]

    @property
    def says(self) -> dict[str, str]:
        return {name: line for name, line in self.lines.items() if name not in VOLATILE}


@dataclass
class Watch:
    """Fetches page and feeds of a group after each deed, and remembers what they said."""

    app: Flask
    slug: str
    keys: tuple[str, str]
    uids: dict[tuple[str, Week], str] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)

    def look(self) -> dict[str, dict[Week, Event]]:
        """Fetch both feeds, and hold them against all that they said before."""
        now = {key: self._read(key) for key in self.keys}
        for key, weeks in now.items():
            for week, event in weeks.items():
                uid = event.lines["UID"]
                assert self.uids.setdefault((key, week), uid) == uid
                before = self.events.get(uid)
                if before:
                    assert all(
                        new >= old for new, old in zip(event.stamps, before.stamps, strict=True)
                    )
                    if event.says != before.says:
                        assert all(
                            new > old for new, old in zip(event.stamps, before.stamps, strict=True)
                        )
                self.events[uid] = event
        named, discreet = (now[key] for key in self.keys)
        assert {week: event.starts for week, event in named.items()} == {
            week: event.starts for week, event in discreet.items()
        }
        return now

    def _read(self, key: str) -> dict[Week, Event]:
        answered = self.app.test_client().get(f"/feeds/{key}.ics")
        assert answered.status_code == 200
        text = answered.text.replace("\r\n ", "")
        found: dict[Week, Event] = {}
        for part in text.split("BEGIN:VEVENT\r\n")[1:]:
            lines = part.split("END:VEVENT")[0].strip().split("\r\n")
            event = Event({re.split("[;:]", one)[0]: one.partition(":")[2] for one in lines})
            week = Week.of(event.starts.date())
            assert week not in found, f"two meetings in {week}"
            found[week] = event
        return found

    def page(self) -> list[tuple[str, str, bool]]:
        """Return the week strip as (date, hour or a dash, whether to ask first)."""
        answered = self.app.test_client().get(f"/groups/{self.slug}", follow_redirects=True)
        assert answered.status_code == 200
        strip = answered.text.partition('<ol class="weeks">')[2].partition("</ol>")[0]
        rows = re.findall(r'<li class="week.*?</li>', strip, re.DOTALL)
        return [
            (
                html.unescape(re.findall(r'class="date">([^<]*)<', row)[0]),
                re.findall(r'class="time">([^<]*)<', row)[0],
                "vraag dit even na" in row,
            )
            for row in rows
        ]


def _first_shown(events: dict[Week, Event], now: datetime) -> Week:
    """Return that of the first meeting not over, or after a stop longer than the page is."""
    today = now.astimezone(AMSTERDAM).date()
    first = min((week for week in events if events[week].ends > now), default=Week.of(today))
    shut = [first + n for n in range(WEEKS_AHEAD) if first + n in events]
    to_come = [week for week in shut if events[week].starts.date() >= today]
    begins_shut = len(to_come) > 1 and all(_is_shut(events[week]) for week in to_come[:2])
    if not begins_shut or any(events[week].is_on for week in to_come):
        return first
    on = (week for week in sorted(events) if week > first and events[week].is_on)
    return next((week for week in on if week > shut[-1]), first)


def to_come(events: dict[Week, Event], today: date) -> list[Event]:
    return [event for event in events.values() if event.starts.date() > today]


def _is_shut(event: Event) -> bool:
    """Tell whether a closure, and nothing else, keeps a meeting from being held."""
    said = event.lines.get("DESCRIPTION", "")
    return not event.is_on and any(reason in said for reason in REASONS_TO_SHUT)


def as_on_the_page(events: dict[Week, Event], first: Week) -> list[tuple[str, str, bool]]:
    shown = [events[first + n] for n in range(WEEKS_AHEAD) if first + n in events]
    return [
        (
            wording.short_day(event.starts.date(), "nl"),
            wording.clock_time(event.starts, "nl") if event.is_on else "–",
            "vraag even na of het doorgaat" in event.lines.get("DESCRIPTION", ""),
        )
        for event in shown
    ]


@example(
    [
        standing_time(0, 5, time(10), False),
        standing_time(0, 1, time(10), False),
        shut(False, 0, 30),
        shut(True, 18, 38),
        rename(1),
    ]
)
@example([shut(False, 0, 60), let_time_pass(3), rename(1)])
@example([give_status(Status.PAUSED), let_time_pass(8), give_status(Status.ACTIVE)])
@example([give_status(Status.CLOSED), let_time_pass(8), rename(1)])
@example([shut(True, 10, 30), ALL_THE_SAME, FOLLOW, POSTPONE, WITHDRAW])
@example([answer(2, False), answer(2, True), answer(0, False), answer(0, True)])
@example([standing_time(3, 2, time(10), True), take_back_standing_time(3), mend_place(2)])
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(DEEDS, min_size=3, max_size=9))
def test_after_every_deed_the_feed_can_be_trusted(told: Flask, deeds: list[Deed]):
    with time_machine.travel(NOW, tick=False) as traveller:
        CLOCK[:] = [traveller]
        watch = new_group(told)
        watch.look()
        for deed in deeds:
            with told.app_context():
                group = find_group(watch.slug)
                try:
                    deed(group)
                    refused = False
                except Refusal:
                    refused = True
                group = db.session.get_one(Group, group.id)
                watch.slug = group.slug
                today = group.day_of(clock.now())
            before = dict(watch.events)
            now = watch.look()
            if refused:
                assert before == watch.events
            events = now[watch.keys[0]]
            if group.status == Status.CLOSED:  # the page says it once, the feed of each evening
                assert watch.page() == []
                assert not any(event.is_on for event in to_come(events, today))
            else:
                assert watch.page() == as_on_the_page(events, _first_shown(events, clock.now()))


def new_group(app: Flask) -> Watch:
    with app.app_context():
        fellowship = db.session.query(Fellowship).one()
        slug = f"groep-{db.session.query(Group).count()}"
        group = World.group(None, fellowship, slug, slug, "Amsterdam", weekday=6)
        group.province = "Noord-Holland"
        db.session.commit()
        assert db.session.query(PlaceRecord).filter_by(owner_id=group.id).one()
        return Watch(app, slug, (group.feed_key, group.discreet_key))
