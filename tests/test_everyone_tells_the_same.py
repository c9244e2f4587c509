"""Whatever is done to a group, everybody is told the same of each of its coming meetings.

After each deed and as the clock goes on, with no timer run in between: finder by day, list, week
view, group page, desk, paper, Meeting Guide JSON, embed and feed, held to what the domain says of
every meeting of the coming eight weeks.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app import clock, create_app
from app.actions.groups import ListingEdit, edit_listing
from app.db import db
from app.domain.meeting import Difference, Meeting, Status
from app.domain.refusal import Refusal
from app.domain.roles import Role
from app.domain.search import Day, PartOfDay, Search
from app.domain.week import Week
from app.domain.zones import HOME, day_at_home
from app.formats import wording
from app.formats.zones import hour_for_reader
from app.records.accounts import RoleRecord
from app.records.choices import count_choices
from app.records.finder import find, resolve
from app.records.groups import Group, find_group
from app.records.listings import schedule_of
from tests.conftest import EACH_DATABASE, postgres_database
from tests.conftest import settings as app_settings
from tests.people import Person, World
from tests.test_sequences import (
    ALL_THE_SAME,
    CLOCK,
    DEEDS,
    NOW,
    Deed,
    Watch,
    WeekEdit,
    differ,
    give_status,
    let_time_pass,
    new_group,
    open_at_times,
    say_who_may_come,
    shut,
    standing_time,
)

pytestmark = pytest.mark.long

WEEKS = 8
LISTED = (Status.ACTIVE, Status.PAUSED)


@dataclass
class Stage:
    app: Flask
    anna: Person


@pytest.fixture(scope="module", params=EACH_DATABASE)
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('everyone') / 'twaalf.sqlite'}"
        else:
            server = request.getfixturevalue("postgres_server")
            url = stack.enter_context(postgres_database(server, "everyone"))
        app = create_app(app_settings(url))
        with time_machine.travel(NOW, tick=False), app.app_context():
            db.create_all()
            world = World(app)
        yield Stage(app, world.anna)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def in_zone(zone: str) -> Deed:
    def do(group: Group) -> None:
        now = {name: getattr(group, name) for name in ListingEdit.__dataclass_fields__}
        edit_listing(group, ListingEdit(**(now | {"zone": zone})), by=None)

    return do


def hours_pass(hours: int) -> Deed:
    return lambda group: CLOCK[0].shift(timedelta(hours=hours))


CANCELLED = WeekEdit(cancelled=True, reason="Storm")
MOVED = WeekEdit(weekday=2, start=time(20))
MORE_DEEDS = st.one_of(
    DEEDS,
    DEEDS,
    st.builds(hours_pass, st.integers(1, 30)),
    st.builds(in_zone, st.sampled_from(["America/Toronto", "Europe/Amsterdam", "Asia/Tokyo"])),
)


@dataclass(frozen=True)
class Told:
    """What one reader is told of a meeting: its day by the reader's clock, its hour, whether it is on."""

    day: date
    hour: str
    is_on: bool


def told_of(meeting: Meeting) -> Told:
    here = meeting.starts.astimezone(HOME)
    return Told(here.date(), wording.clock_time(here, "nl"), meeting.is_on)


@dataclass
class Truth:
    """What the domain says now of the meetings that are not over."""

    slug: str
    town: str
    status: Status
    now: datetime
    zone: Any
    meetings: list[Meeting]

    @property
    def today(self) -> date:
        return day_at_home(self.now)

    def on_day(self, day: date) -> list[Told]:
        """Return what is to be found where a day is asked; last night's goes on today."""
        return sorted(
            (
                told
                for one in self.meetings
                if (told := told_of(one)).day == day or (day == self.today and told.day < day)
            ),
            key=repr,
        )

    @property
    def following(self) -> Meeting | None:
        return next((one for one in self.meetings if one.is_on), None)


def truth_of(slug: str) -> Truth:
    group, now = find_group(slug), clock.now()
    assert group is not None
    week = Week.at(now, group.timezone)
    schedule = schedule_of(group, (week + -1, week + WEEKS), public=True)
    coming = [
        one
        for one in schedule.meetings(week + -1, WEEKS + 2)
        if one.ends.timestamp() > now.timestamp()
    ]
    status = Status(group.status)
    return Truth(slug, group.town, status, now, group.timezone, coming)


# Each reader


def finder_by_day(stage: Stage, truth: Truth) -> None:
    search = Search(words=truth.town)
    days = {truth.today + timedelta(days=ahead) for ahead in (0, 1, 6, 7)}
    for one in truth.meetings[:WEEKS]:
        usual = day_at_home(one.usually_starts)
        days |= {told_of(one).day, max(usual, truth.today)}
    for day in sorted(days):
        hits = find(Search(words=truth.town, day=day), truth.now)
        assert sorted(map(repr, _told(hits, truth))) == list(map(repr, truth.on_day(day)))
        is_by_day = [hit.is_on for hit in hits]
        assert is_by_day == sorted(is_by_day, reverse=True)
    (alone,) = find(search, truth.now)
    following = truth.following
    if following is not None:
        assert alone.week == following.week


def _told(hits: list[Any], truth: Truth) -> list[Told]:
    by_week = {one.week: one for one in truth.meetings}
    return [told_of(by_week[hit.week]) for hit in hits]


def counts_of_choices(stage: Stage, truth: Truth) -> None:
    for search in (Search(words=truth.town), Search(words=truth.town, time=PartOfDay.EVENING)):
        counts = count_choices(resolve(search, truth.now))
        assert counts.choices is not None
        for day in Day:
            hits = find(Search(words=truth.town, time=search.time, day=day), truth.now)
            assert counts.choices["day"].get(day, 0) == sum(hit.is_on for hit in hits)
        assert counts.total == len(find(search, truth.now))


def _lines(page: str) -> list[tuple[str, str, bool]]:
    """Return (when, nearer, is on) of each line of a list."""
    return [
        (html.unescape(when), html.unescape(nearer), not off)
        for off, when, nearer in re.findall(
            r'<li class="meeting( off)?">\s*<p class="when"><strong>([^<]*)</strong>'
            r"\s*(?:<span>([^<]*)</span>)?",
            page,
        )
    ]


def lists(stage: Stage, truth: Truth) -> None:
    """The finder's list and the embed show the next that is on, by the reader's clock."""
    client, following = stage.app.test_client(), truth.following
    for path in ("/?sort=soonest&", "/embed/stay-clean?"):
        page = client.get(f"{path}q={truth.town}&lang=nl").text
        lines = _lines(page.partition('aria-labelledby="preparing"')[0])
        assert len(lines) == 1
        if following is not None:
            told = told_of(following)
            assert lines[0][0] == hour_for_reader(following.starts, "nl")
            [heading] = re.findall(r'<h2 id="day-1">([^<]*)<', page)
            day = max(told.day, truth.today)
            assert heading.lower().endswith(wording.day_in_words(day, "nl").lower())
            assert lines[0][2]
            assert ("nu bezig" in page) == following.is_under_way(truth.now)


def tonight(stage: Stage, truth: Truth) -> None:
    page = stage.app.test_client().get(f"/?day=today&q={truth.town}&lang=nl").text
    page = re.sub(
        r'<section aria-labelledby="(nearest|on-line)".*?</section>', "", page, flags=re.DOTALL
    )
    seen = [is_on for _when, _nearer, is_on in _lines(page)]
    assert sorted(seen) == sorted(one.is_on for one in truth.on_day(truth.today))


def week_view(stage: Stage, truth: Truth) -> None:
    page = stage.app.test_client().get(f"/?view=week&q={truth.town}&lang=nl").text
    days = re.findall(r"<li><h2>([^<]*)</h2>(.*?)(?=<li><h2>|</ol>)", page, re.DOTALL)
    assert len(days) == 7
    for ahead, (title, some) in enumerate(days):
        day = truth.today + timedelta(days=ahead)
        assert title == wording.short_day(day, "nl")
        seen = [
            (html.unescape(hour).partition(" (")[0], not off)
            for off, hour in re.findall(
                r'<li class="meeting( off)?"><p class="when"><strong>([^<]*)<', some
            )
        ]
        assert sorted(seen) == sorted((one.hour, one.is_on) for one in truth.on_day(day))


def _strip(page: str) -> dict[str, str]:
    strip = page.partition('<ol class="weeks">')[2].partition("</ol>")[0]
    rows = re.findall(r'<li class="week.*?</li>', strip, re.DOTALL)
    return {
        html.unescape(re.sub(r"<[^>]*>", "", re.findall(r'class="date">(.*?)</span>', row)[0])):
        html.unescape(re.findall(r'class="time">(?:<s>)?([^<]*)<', row)[0])
        for row in rows
    }  # fmt: skip


def group_page(stage: Stage, truth: Truth) -> None:
    shown = _strip(stage.app.test_client().get(f"/groups/{truth.slug}?lang=nl").text)
    for meeting in truth.meetings:
        told = told_of(meeting)
        day = wording.short_day(told.day, "nl")
        if day in shown:
            hour = hour_for_reader(meeting.starts, "nl")
            assert shown[day] == (hour if told.is_on else "–")
    assert shown or not truth.meetings


def desk(stage: Stage, truth: Truth) -> None:
    shown = _strip(stage.anna.client().get(f"/coordinate/{truth.slug}?lang=nl").text)
    for meeting in truth.meetings:
        day = wording.short_day(meeting.day, "nl")
        if day in shown:
            assert shown[day] == (
                wording.clock_time(meeting.starts, "nl") if meeting.is_on else "–"
            )


def _words_of_paper(stage: Stage, query: str) -> dict[str, Any]:
    printed: list[dict[str, Any]] = []
    with patch(
        "app.formats.printed.sheets.write_list",
        lambda words, form: (printed.append(words), b"%PDF")[1],
    ):
        assert stage.app.test_client().get(f"/list.pdf?{query}&lang=nl").status_code == 200
    return printed[0]


def paper(stage: Stage, truth: Truth) -> None:
    for day in sorted({told_of(one).day for one in truth.meetings} | {truth.today}):
        words = _words_of_paper(stage, f"q={truth.town}&day={day.isoformat()}")
        seen = [
            (entry["when"].rpartition(" ")[2], section["title"] != "Gaat niet door")
            for section in words["sections"]
            for entry in section["entries"]
        ]
        asked = [(one.hour, one.is_on) for one in truth.on_day(max(day, truth.today))]
        assert sorted(seen) == sorted(asked) or day < truth.today


def paper_of_weeks(stage: Stage, truth: Truth) -> None:
    """What hangs on a wall names the weeks that differ, and says when there are more than it names."""
    words = _words_of_paper(stage, f"q={truth.town}")
    lines = [
        line
        for section in words["sections"]
        for entry in section["entries"]
        for line in entry["differs"]
    ]
    text = "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")
    if truth.status is not Status.ACTIVE or "keer anders" in text:
        return
    for meeting in truth.meetings:
        told = told_of(meeting)
        if told.day >= truth.today and meeting.week < Week.of(truth.today) + WEEKS:
            day = wording.short_date(told.day, "nl")
            assert (f"niet op {day}" in text) == (not told.is_on)


def meeting_guide(stage: Stage, truth: Truth) -> None:
    rows = json.loads(stage.app.test_client().get("/meetings.json").data)
    (row,) = [one for one in rows if one["slug"] == truth.slug] or [None]
    assert (row is not None) == (truth.status is not Status.PAUSED)
    for meeting in truth.meetings:
        if row and meeting.week == Week.at(truth.now, truth.zone):
            day = wording.day_in_words(meeting.day, "nl")
            assert (f"{day} gaat het niet door" in row.get("notes", "")) == (not meeting.is_on)


def feed(stage: Stage, truth: Truth, watch: Watch) -> None:
    events = watch.look()[watch.keys[0]]
    told = {
        event.starts.astimezone(HOME): event.is_on
        for event in events.values()
        if event.starts > truth.now
    }
    for meeting in truth.meetings:
        if meeting.starts > truth.now:
            assert told.get(meeting.starts.astimezone(HOME)) == meeting.is_on


def who_may_come(stage: Stage, truth: Truth, watch: Watch) -> None:
    """Found as open is what is open; who reads of an evening that is otherwise reads that too."""
    days = {truth.today + timedelta(days=ahead) for ahead in (0, 6, 7)}
    with stage.app.app_context():
        for day in sorted(days | {max(told_of(one).day, truth.today) for one in truth.meetings}):
            hits = find(Search(words=truth.town, day=day, is_open=True), truth.now)
            is_open = {told_of(one): one.is_open is True for one in truth.meetings}
            wanted = [told for told in truth.on_day(day) if is_open[told]]
            assert sorted(map(repr, _told(hits, truth))) == list(map(repr, wanted))
        counts = count_choices(resolve(Search(words=truth.town), truth.now))
        assert counts.choices is not None
        next_is_open = truth.following is not None and truth.following.is_open is True
        if truth.following in truth.meetings[:WEEKS]:
            assert counts.choices["is_open"].get(True, 0) == next_is_open
    client = stage.app.test_client()
    events = watch.look()[watch.keys[0]] if str(truth.zone) == "Europe/Amsterdam" else {}
    told = client.get(
        f"/api/v1/meetings?q={truth.town}&from={truth.today}&until={truth.today + timedelta(days=27)}"
    ).get_json()["meetings"]
    by_week = {one["week"]: one["is_open"] for one in told}
    rows = json.loads(client.get("/meetings.json").data)
    notes = next((one.get("notes", "") for one in rows if one["slug"] == truth.slug), None)
    for meeting in truth.meetings:
        words = [
            wording.word(one, "nl")
            for one in (Difference.OPEN, Difference.CLOSED)
            if one in meeting.differences and meeting.is_on
        ]
        if str(meeting.week) in by_week:
            assert by_week[str(meeting.week)] is meeting.is_open
        event = events.get(meeting.week)
        if event is not None:
            text = event.lines.get("DESCRIPTION", "")
            assert [one for one in DOORS if one in text.lower()] == words
        if notes is not None and meeting.week == Week.at(truth.now, truth.zone):
            assert [one for one in DOORS if one in notes] == words
        day = told_of(meeting).day
        if meeting.is_on and day >= truth.today:
            printed = json.dumps(
                _words_of_paper(stage, f"q={truth.town}&day={day.isoformat()}"), ensure_ascii=False
            )
            asks_first = Difference.HOLIDAY in meeting.differences
            assert [one for one in DOORS if one in printed] == ([] if asks_first else words)


DOORS = [wording.word(one, "nl") for one in (Difference.OPEN, Difference.CLOSED)]
READERS: tuple[Callable[[Stage, Truth], None], ...] = (
    finder_by_day, counts_of_choices, lists, tonight, week_view, group_page, desk, paper,
    paper_of_weeks, meeting_guide,
)  # fmt: skip


def everyone_is_told_the_same(stage: Stage, watch: Watch) -> None:
    with stage.app.app_context():
        truth = truth_of(watch.slug)
        if truth.status in LISTED:
            for reader in (finder_by_day, counts_of_choices):
                reader(stage, truth)
        else:
            assert find(Search(words=truth.town), truth.now) == []
            assert find(Search(words=truth.town, day=Day.TODAY), truth.now) == []
    if truth.status not in LISTED:
        return
    for reader in READERS[2:]:
        reader(stage, truth)
    who_may_come(stage, truth, watch)
    if str(truth.zone) == "Europe/Amsterdam":
        feed(stage, truth, watch)


@example([differ(0, CANCELLED, False), let_time_pass(4), hours_pass(7), hours_pass(2)])
@example([differ(1, MOVED, False), let_time_pass(8), let_time_pass(1), hours_pass(9)])
@example([standing_time(1, 7, time(23, 15), False), let_time_pass(12), hours_pass(12)])
@example([shut(False, 0, 60), let_time_pass(3), ALL_THE_SAME, give_status(Status.PAUSED)])
@example([differ(0, WeekEdit(is_open=True), False), say_who_may_come(True), let_time_pass(7)])
@example([open_at_times(1, frozenset({-1, 5})), differ(1, WeekEdit(is_open=False), False)])
@example([standing_time(0, 1, time(19), False), in_zone("America/Toronto"), let_time_pass(6)])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(MORE_DEEDS, min_size=2, max_size=6))
def test_everyone_is_told_the_same_of_each_coming_meeting(stage: Stage, deeds: list[Deed]):
    with time_machine.travel(NOW, tick=False) as traveller:
        CLOCK[:] = [traveller]
        watch = new_group(stage.app)
        with stage.app.app_context():
            group = find_group(watch.slug)
            assert group is not None
            group.town = f"Dorp{group.id:05}"
            db.session.add(
                RoleRecord(account_id=stage.anna.id, kind=Role.COORDINATOR, group_id=group.id,
                           since=NOW.date())
            )  # fmt: skip
            db.session.commit()
        everyone_is_told_the_same(stage, watch)
        for deed in deeds:
            with stage.app.app_context():
                group = find_group(watch.slug)
                assert group is not None
                number = group.id
                try:
                    deed(group)
                except Refusal:
                    db.session.rollback()
                watch.slug = db.session.get_one(Group, number).slug
            everyone_is_told_the_same(stage, watch)
