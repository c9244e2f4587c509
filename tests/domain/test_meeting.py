"""The meeting of a week: one at most, inside its week, by the clock on the wall."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.meeting import NOT_ON, Difference, Schedule, Status
from app.domain.place import Kind, Place, Visibility
from app.domain.slot import Slot
from app.domain.themes import LAST, ByWeekOfMonth, Rotation, Theme
from app.domain.week import Week
from tests.domain.days import (
    AMSTERDAM,
    AUCKLAND,
    EVERY_WEEK,
    TOKYO,
    TORONTO,
    ZONES,
    days,
    starts,
    weekdays,
    weeks,
    zones,
)

FOUNDED = Week.parse("2026-W02")
WEEK = Week.parse("2026-W48")
LINDE = Place(id=1, kind=Kind.BUILDING, name="De Linde", street="Lindengracht 93", town="Amsterdam")
SPORTHAL = Place(id=2, kind=Kind.BUILDING, name="Sporthal", street="Kade 1", town="Haarlem")
MONDAYS = Slot(FOUNDED, weekday=1, start=time(19, 30), place=LINDE)


def schedule(*slots: Slot, **more) -> Schedule:
    """Return the schedule of an active group in Amsterdam on Mondays at half past seven."""
    usual = {"zone": AMSTERDAM, "status": Status.ACTIVE, "status_since": FOUNDED.monday}
    return Schedule(**(usual | {"slots": slots or (MONDAYS,)} | more))


def deviating(**different) -> dict[Week, Deviation]:
    return {WEEK: Deviation(WEEK, **different)}


# One meeting a week


@settings(deadline=None)  # what a rule takes on a busy machine is not its subject
@given(
    st.lists(st.tuples(weeks, weekdays, starts), min_size=1, max_size=4, unique_by=lambda s: s[0]),
    zones,
)
def test_every_week_from_the_first_slot_on_has_one_meeting_and_no_earlier_week_has(
    standing: list[tuple[Week, int, time]], zone: ZoneInfo
):
    group = schedule(*(Slot(*times) for times in standing), zone=zone)
    first = min(since for since, _, _ in standing)

    met = [meeting.week for meeting in group.meetings(EVERY_WEEK[0], len(EVERY_WEEK))]

    assert met == [week for week in EVERY_WEEK if week >= first]


WEEKS_OTHERWISE = {
    "cancelled": deviating(cancelled=True),
    "moved": deviating(weekday=3),
    "elsewhere": deviating(place=SPORTHAL),
    "open": deviating(is_open=True),
    "note": deviating(note="Neem een kussen mee."),
    "as usual": {},
    "another week": {WEEK + 1: Deviation(WEEK + 1, cancelled=True)},
}
SHUTS = (
    Closure(WEEK.monday, WEEK.sunday),
    Closure(WEEK.monday, WEEK.sunday, places=frozenset({LINDE.id})),
    Closure(WEEK.monday, WEEK.sunday, places=frozenset({SPORTHAL.id})),
)


@given(
    st.sampled_from(sorted(WEEKS_OTHERWISE)),
    st.lists(st.sampled_from(SHUTS), unique=True),
    st.sampled_from(Status),
    st.sets(st.sampled_from([1, 2, 3, 4, 5, -1])),
    st.sets(st.sampled_from([1, 2, 3, 4, 5, -1])),
    st.sampled_from([FOUNDED, WEEK, WEEK + 1]),
)
def test_a_week_that_is_usual_at_a_glance_is_as_any_other_when_put_together(
    otherwise, shut, status, open_on, closed_on, since
):
    slot = replace(MONDAYS, since=since, open_on=frozenset(open_on), closed_on=frozenset(closed_on))
    group = schedule(
        slot, deviations=WEEKS_OTHERWISE[otherwise], closures=tuple(shut), status=status
    )

    meeting = group.meeting_in(WEEK)

    if group.is_usual_in(WEEK):
        assert meeting is None or (meeting.differences, meeting.reason) == (frozenset(), "")


@pytest.mark.parametrize("shut", [(), (SHUTS[2],)], ids=["nothing shut", "a hall elsewhere shut"])
def test_most_weeks_are_usual_at_a_glance(shut):
    assert schedule(closures=shut).is_usual_in(WEEK)
    assert not schedule(closures=SHUTS[:1]).is_usual_in(WEEK)


@given(weeks, weekdays, starts, st.none() | weekdays, st.none() | starts, zones)
def test_a_moved_meeting_never_leaves_its_week(week, weekday, start, moved_to, moved_start, zone):
    deviation = Deviation(week, weekday=moved_to, start=moved_start)
    group = schedule(Slot(week, weekday, start), deviations={week: deviation}, zone=zone)

    meeting = group.meeting_in(week)

    assert meeting is not None
    assert Week.at(meeting.starts, zone) == week
    assert Week.of(meeting.day) == week
    assert meeting.day == week.day(moved_to or weekday)


@given(weeks, weekdays, starts, st.none() | weekdays, st.none() | starts, zones)
def test_a_meeting_is_moved_exactly_when_it_starts_at_another_moment(
    week, weekday, start, moved_to, moved_start, zone
):
    deviation = Deviation(week, weekday=moved_to, start=moved_start)
    group = schedule(Slot(week, weekday, start), deviations={week: deviation}, zone=zone)

    meeting = group.meeting_in(week)

    other_moment = meeting.starts.astimezone(UTC) != meeting.usually_starts.astimezone(UTC)
    assert (Difference.MOVED in meeting.differences) is other_moment
    assert other_moment or (moved_to or weekday) == weekday
    usual = schedule(Slot(week, weekday, start), zone=zone).meeting_in(week)
    assert meeting.usually_starts == usual.starts


def test_a_week_that_says_the_usual_day_and_hour_is_not_moved():
    group = schedule(deviations=deviating(weekday=1, start=time(19, 30)))

    assert group.meeting_in(WEEK).differences == frozenset()


def test_a_new_slot_changes_the_meeting_from_its_own_week_on():
    thursdays = Slot(WEEK, weekday=4, start=time(20), minutes=90, place=SPORTHAL)
    group = schedule(MONDAYS, thursdays)

    before, after = group.meetings(WEEK + -1, 2)

    assert (before.day.isoweekday(), before.place) == (1, LINDE)
    assert (after.day.isoweekday(), after.place) == (4, SPORTHAL)
    assert after.starts.time() == time(20)
    assert after.ends - after.starts == timedelta(minutes=90)
    assert after.differences == frozenset()


# The clock on the wall


@given(days, weekdays, starts, st.integers(15, 600), zones)
def test_a_meeting_starts_by_the_wall_clock_or_in_a_skipped_hour_just_after_it(
    day: date, weekday: int, start: time, minutes: int, zone: ZoneInfo
):
    week = Week.of(day)
    meeting = schedule(Slot(week, weekday, start, minutes), zone=zone).meeting_in(week)

    wall = datetime.combine(week.day(weekday), start)
    is_skipped = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(
        tzinfo=None
    ) != (wall)
    shift = timedelta(hours=1) if is_skipped else timedelta()
    assert meeting.starts.replace(tzinfo=None) == wall + shift
    assert meeting.starts.utcoffset() is not None
    assert meeting.starts.tzinfo is meeting.ends.tzinfo is zone
    assert meeting.ends.astimezone(UTC) - meeting.starts.astimezone(UTC) == timedelta(
        minutes=minutes
    )


CLOCK_CHANGES = [
    # (zone, day, start, what the wall says, UTC, why)
    (AMSTERDAM, date(2026, 3, 29), time(1, 59), "01:59+01:00", "00:59", "before spring's skip"),
    (AMSTERDAM, date(2026, 3, 29), time(2, 0), "03:00+02:00", "01:00", "first skipped minute"),
    (AMSTERDAM, date(2026, 3, 29), time(2, 30), "03:30+02:00", "01:30", "in the skipped hour"),
    (AMSTERDAM, date(2026, 3, 29), time(2, 59), "03:59+02:00", "01:59", "last skipped minute"),
    (AMSTERDAM, date(2026, 3, 29), time(3, 0), "03:00+02:00", "01:00", "after it"),
    (AMSTERDAM, date(2026, 3, 29), time(19, 30), "19:30+02:00", "17:30", "that evening"),
    (AMSTERDAM, date(2026, 10, 25), time(1, 59), "01:59+02:00", "23:59", "before autumn's"),
    (AMSTERDAM, date(2026, 10, 25), time(2, 0), "02:00+02:00", "00:00", "repeated: the first"),
    (AMSTERDAM, date(2026, 10, 25), time(2, 59), "02:59+02:00", "00:59", "repeated: the first"),
    (AMSTERDAM, date(2026, 10, 25), time(3, 0), "03:00+01:00", "02:00", "after it"),
    (AMSTERDAM, date(2026, 10, 25), time(19, 30), "19:30+01:00", "18:30", "that evening"),
    (TORONTO, date(2026, 3, 8), time(2, 30), "03:30-04:00", "07:30", "in the skipped hour"),
    (TORONTO, date(2026, 11, 1), time(1, 30), "01:30-04:00", "05:30", "repeated: the first"),
    (TOKYO, date(2026, 3, 29), time(2, 30), "02:30+09:00", "17:30", "no clock change there"),
    (AUCKLAND, date(2026, 9, 27), time(2, 30), "03:30+13:00", "14:30", "spring in September"),
    (AUCKLAND, date(2026, 4, 5), time(2, 30), "02:30+13:00", "13:30", "autumn in April"),
]


@pytest.mark.parametrize(
    ("zone", "day", "start", "wall", "utc"), [row[:5] for row in CLOCK_CHANGES]
)
def test_both_clock_changes_keep_the_hour_that_was_agreed(zone, day, start, wall, utc):
    week = Week.of(day)

    meeting = schedule(Slot(week, day.isoweekday(), start), zone=zone).meeting_in(week)

    assert meeting.starts.isoformat(timespec="minutes") == f"{day}T{wall}"
    assert f"{meeting.starts.astimezone(UTC):%H:%M}" == utc


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 10, 24)])
def test_an_evening_over_a_clock_change_lasts_as_long_as_any_other(day: date):
    week = Week.of(day)

    meeting = schedule(Slot(week, 6, time(23), minutes=300)).meeting_in(week)

    assert meeting.ends.astimezone(UTC) - meeting.starts.astimezone(UTC) == timedelta(hours=5)


@pytest.mark.parametrize("zone", ZONES)
def test_half_past_seven_is_half_past_seven_in_every_week_of_sixteen_years(zone: ZoneInfo):
    group = schedule(Slot(EVERY_WEEK[0], 1, time(19, 30)), zone=zone)

    for meeting in group.meetings(EVERY_WEEK[0], len(EVERY_WEEK)):
        assert meeting.starts.time() == time(19, 30)
        assert meeting.ends.time() == time(21, 30)


# Themes


def test_the_rotation_goes_on_through_cancelled_and_moved_weeks():
    group = schedule(
        replace(MONDAYS, themes=Rotation(WEEK, first=11)),
        deviations={
            WEEK: Deviation(WEEK, cancelled=True),
            WEEK + 1: Deviation(WEEK + 1, weekday=7),
        },
    )

    assert [meeting.theme.step for meeting in group.meetings(WEEK, 4)] == [11, 12, 1, 2]


def test_moving_a_meeting_does_not_change_its_theme():
    """The fifth Monday moved to Tuesday 1 December is no first Tuesday."""
    week = Week.of(date(2026, 11, 30))
    themes = ByWeekOfMonth({1: Theme(title="eerste"), LAST: Theme(title="laatste")})
    deviation = Deviation(week, weekday=2)
    group = schedule(replace(MONDAYS, themes=themes), deviations={week: deviation})

    moved, following = group.meetings(week, 2)

    assert moved.day == date(2026, 12, 1)
    assert moved.theme == Theme(title="laatste")
    assert following.theme == Theme(title="eerste")


@given(weeks, weekdays, weekdays, zones)
def test_on_whatever_day_of_its_week_a_meeting_is_held_its_theme_stays(
    week: Week, weekday: int, moved_to: int, zone: ZoneInfo
):
    ordinals = ByWeekOfMonth({number: Theme(title=f"{number}e") for number in range(1, 6)})
    slot = Slot(week, weekday, time(19, 30), themes=ordinals)
    deviations = {week: Deviation(week, weekday=moved_to)}

    usual = schedule(slot, zone=zone).meeting_in(week)
    moved = schedule(slot, zone=zone, deviations=deviations).meeting_in(week)

    assert moved.theme == usual.theme


def test_a_theme_for_one_week_replaces_the_usual_one_that_week_only():
    special = Theme(title="Verjaardag")
    group = schedule(replace(MONDAYS, themes=Rotation(WEEK)), deviations=deviating(theme=special))

    this, following = group.meetings(WEEK, 2)

    assert this.theme == special
    assert this.differences == {Difference.THEME}
    assert following.theme == Theme(step=2)


# Not on

SHUT = Closure(WEEK.monday, WEEK.sunday, reason="verbouwing")
SHUT_LINDE = replace(SHUT, places=frozenset({LINDE.id}))
SHUT_SPORTHAL = replace(SHUT, places=frozenset({SPORTHAL.id}))
MONDAY_ONLY = replace(SHUT, last=WEEK.monday)


@pytest.mark.parametrize(
    ("different", "closures", "differences", "reason"),
    [
        ({}, (), set(), ""),
        ({}, (SHUT,), {"shut"}, "verbouwing"),
        ({}, (SHUT_LINDE,), {"shut"}, "verbouwing"),
        ({}, (SHUT_SPORTHAL,), set(), ""),
        ({"place": SPORTHAL}, (SHUT_LINDE,), {"elsewhere"}, ""),
        ({"place": SPORTHAL}, (SHUT_SPORTHAL,), {"elsewhere", "shut"}, "verbouwing"),
        ({"place": SPORTHAL}, (SHUT,), {"elsewhere", "shut"}, "verbouwing"),
        ({"weekday": 2}, (MONDAY_ONLY,), {"moved"}, ""),
        ({"weekday": 1}, (MONDAY_ONLY,), {"shut"}, "verbouwing"),
        ({"all_the_same": True}, (SHUT,), set(), ""),
        ({"all_the_same": True}, (SHUT, SHUT_LINDE), set(), ""),
        ({"all_the_same": True, "weekday": 3}, (SHUT_LINDE,), {"moved"}, ""),
        ({"all_the_same": True, "cancelled": True}, (SHUT,), {"cancelled"}, ""),
        ({"cancelled": True, "reason": "ziek"}, (), {"cancelled"}, "ziek"),
        ({"cancelled": True, "reason": "ziek"}, (SHUT,), {"cancelled"}, "ziek"),
        ({"cancelled": True, "weekday": 3}, (), {"cancelled", "moved"}, ""),
        ({"reason": "ziek"}, (), set(), ""),
        ({"note": "neem thee mee"}, (), {"note"}, ""),
        ({"place": LINDE}, (), set(), ""),
    ],
)
def test_what_differs_in_a_week_is_said_with_its_reason(different, closures, differences, reason):
    group = schedule(deviations=deviating(**different), closures=closures)

    meeting = group.meeting_in(WEEK)

    assert (meeting.differences, meeting.reason) == (differences, reason)
    assert meeting.is_on is not (differences & NOT_ON != set())


@given(weeks, weekdays, st.integers(0, 20), st.integers(0, 40), st.sampled_from([None, 1, 2]))
def test_a_closure_stops_the_meetings_on_its_days_in_its_place_and_no_others(
    week: Week, weekday: int, skip: int, length: int, place_id: int | None
):
    first = week.monday + timedelta(days=skip)
    closure = Closure(
        first,
        first + timedelta(days=length),
        places=None if place_id is None else frozenset({place_id}),
    )
    group = schedule(Slot(week, weekday, time(19, 30), place=LINDE), closures=(closure,))

    for meeting in group.meetings(week, 10):
        in_it = closure.first <= meeting.day <= closure.last and place_id in (None, LINDE.id)
        assert meeting.is_on is not in_it


def test_a_group_whose_place_is_not_known_meets_through_the_closure_of_any_place():
    group = schedule(replace(MONDAYS, place=None), closures=(SHUT_LINDE, SHUT_SPORTHAL))

    meeting = group.meeting_in(WEEK)

    assert meeting.is_on
    assert meeting.place is None


# Preparing, paused, closed


@pytest.mark.parametrize(
    ("since", "weeks_from", "is_on"),
    [
        (WEEK.monday - timedelta(days=1), WEEK, False),
        (WEEK.monday, WEEK, False),
        (WEEK.monday + timedelta(days=1), WEEK, True),
        (WEEK.monday + timedelta(days=1), WEEK + 1, False),
    ],
)
def test_a_paused_group_has_no_meeting_that_is_on_from_that_day(since, weeks_from, is_on):
    group = schedule(status=Status.PAUSED, status_since=since)

    meeting = group.meeting_in(weeks_from)

    assert meeting.is_on is is_on
    assert (Difference.PAUSED in meeting.differences) is not is_on


def test_a_paused_group_is_called_paused_even_where_it_is_shut_or_cancelled():
    group = schedule(
        status=Status.PAUSED,
        status_since=WEEK.monday,
        closures=(SHUT,),
        deviations=deviating(cancelled=True, all_the_same=True),
    )

    assert group.meeting_in(WEEK).differences == {Difference.PAUSED}


def test_a_closed_group_keeps_its_past_and_has_no_meeting_after_the_day_it_closed():
    group = schedule(status=Status.CLOSED, status_since=WEEK.monday)

    met = list(group.meetings(FOUNDED, 60))

    assert met[0].week == FOUNDED
    assert met[-1].week == WEEK
    assert all(meeting.is_on for meeting in met)


def test_a_last_meeting_that_was_moved_past_the_day_the_group_closed_is_gone():
    group = schedule(
        status=Status.CLOSED, status_since=WEEK.monday, deviations=deviating(weekday=2)
    )

    assert group.meeting_in(WEEK) is None


def test_a_group_in_preparation_has_nothing_before_its_first_week():
    group = schedule(replace(MONDAYS, since=WEEK), status=Status.PREPARING)

    assert group.meeting_in(WEEK + -1) is None
    assert group.meeting_in(WEEK).is_on


def test_a_group_in_preparation_without_a_slot_has_no_meetings():
    group = Schedule(zone=AMSTERDAM, status=Status.PREPARING, status_since=FOUNDED.monday)

    assert list(group.meetings(FOUNDED, 60)) == []
    assert group.next_meeting(datetime(2026, 11, 23, 12, tzinfo=UTC)) is None


# The next one


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 23, 18, 29, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 20, 29, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 20, 30, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 12, 28, 20, 30, tzinfo=UTC), date(2027, 1, 4)),
        (datetime(2025, 11, 10, tzinfo=UTC), None),
        (datetime(2025, 11, 17, tzinfo=UTC), date(2026, 1, 5)),
        (datetime(2025, 11, 9, tzinfo=UTC), None),
    ],
)
def test_a_meeting_is_the_next_one_until_it_ends(now: datetime, day: date | None):
    meeting = schedule().next_meeting(now)

    assert (meeting and meeting.day) == day


def test_the_next_meeting_is_one_that_is_on():
    group = schedule(deviations=deviating(cancelled=True))

    meeting = group.next_meeting(datetime(2026, 11, 23, 12, tzinfo=UTC))

    assert meeting.week == WEEK + 1


def test_a_meeting_over_midnight_of_sunday_is_still_the_next_one_on_monday():
    """It belongs to the week in which it began."""
    group = schedule(Slot(FOUNDED, weekday=7, start=time(23)))

    meeting = group.next_meeting(datetime(2026, 11, 30, 0, 30, tzinfo=AMSTERDAM))

    assert meeting.day == date(2026, 11, 29)


def test_a_meeting_that_ended_before_the_hour_repeated_is_over_by_any_clock():
    """Two aware datetimes of one zone are compared by their digits, which go back that night."""
    group = schedule(Slot(FOUNDED, weekday=7, start=time(1, 45), minutes=45))
    after_it = datetime(2026, 10, 25, 2, 15, tzinfo=AMSTERDAM, fold=1)

    assert group.next_meeting(after_it).day == date(2026, 11, 1)
    assert group.next_meeting(after_it.astimezone(UTC)).day == date(2026, 11, 1)


# What the public sees


@given(st.sampled_from(Visibility), st.sampled_from(Visibility), st.booleans(), st.booleans())
def test_each_meeting_shows_the_public_only_what_its_own_visibility_allows(
    standing: Visibility, this_week: Visibility, elsewhere: bool, public: bool
):
    deviations = deviating(place=SPORTHAL, visibility=this_week) if elsewhere else {}
    group = schedule(replace(MONDAYS, visibility=standing), deviations=deviations, public=public)
    place, visibility = (SPORTHAL, this_week) if elsewhere else (LINDE, standing)

    seen = group.meeting_in(WEEK).place

    assert seen == (place.seen_by_public(visibility) if public else place)


@given(st.sampled_from(Visibility))
def test_a_closed_place_shuts_a_meeting_whose_place_is_hidden(visibility: Visibility):
    group = schedule(replace(MONDAYS, visibility=visibility), closures=(SHUT_LINDE,))

    assert group.meeting_in(WEEK).differences == {Difference.SHUT}
