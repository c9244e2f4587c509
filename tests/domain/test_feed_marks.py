"""Of each Telling just those weeks are found in which a feed tells something else."""

from dataclasses import replace
from datetime import date, time

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.feeds.appointment import Telling, seen_by_public
from app.domain.feeds.marks import Told, marks_told, weeks_unlike
from app.domain.holiday import Holiday, HolidayName
from app.domain.listing import FellowshipCard, Listing
from app.domain.meeting import Schedule, Status
from app.domain.place import Earlier, JoinBefore, Kind, Place, Visibility
from app.domain.seating import Availability
from app.domain.slot import Slot
from app.domain.themes import Rotation, Theme
from app.domain.week import Week
from tests.domain.days import AMSTERDAM

NOW = Week.parse("2026-W48")
FIRST = NOW + -4
WEEKS = [FIRST + number for number in range(12)]
CARD = FellowshipCard("na", "NA")
LINDE = Place(
    1, Kind.BOTH, "De Linde", "Gracht 93", "1015 KD", "Amsterdam", join_url="https://a.example"
)
HAL = Place(2, Kind.BUILDING, "Sporthal", "Kade 1", "2011 AB", "Haarlem", directions="Bel aan.")
NEW_YEAR = Holiday(NOW.day(2), NOW.day(2), HolidayName.NEW_YEAR)

some_weeks = st.sampled_from(WEEKS)
visibilities = st.sampled_from(Visibility)
nows = st.one_of(
    st.sampled_from([LINDE, HAL]),
    st.builds(
        replace,
        st.sampled_from([LINDE, HAL]),
        directions=st.sampled_from(["", "Bel aan.", "Blauwe deur."]),
        street=st.sampled_from(["Gracht 93", "Kade 1"]),
        join_is_public=st.booleans(),
        join_before=st.none()
        | st.builds(JoinBefore, some_weeks, st.just("https://b.example"), st.just(""), st.just(""), st.booleans()),
        earlier=st.just(())
        | st.builds(Earlier, some_weeks, st.sampled_from([HAL, LINDE])).map(lambda one: (one,)),
    ),
)  # fmt: skip
places = st.none() | nows
slots = st.lists(
    st.builds(
        Slot,
        st.sampled_from([FIRST + -9, FIRST + 3, NOW, NOW + 2]),
        weekday=st.sampled_from([2, 7]),
        start=st.sampled_from([time(20), time(23, 30)]),
        place=places,
        visibility=visibilities,
        themes=st.sampled_from([Rotation(FIRST, 1), Rotation(FIRST, 3)]),
    ),
    max_size=3,
    unique_by=lambda one: one.since,
).map(tuple)
deviations = st.lists(
    st.builds(
        Deviation,
        some_weeks,
        cancelled=st.booleans(),
        start=st.sampled_from([None, time(19)]),
        place=places,
        visibility=visibilities,
        theme=st.sampled_from([None, Theme(3, "")]),
        note=st.sampled_from(["", "taart"]),
        inside_note=st.sampled_from(["", "sleutel"]),
        is_open=st.sampled_from([None, True]),
    ),
    max_size=3,
    unique_by=lambda one: one.week,
).map(lambda some: {one.week: one for one in some})
schedules = st.builds(
    Schedule,
    zone=st.just(AMSTERDAM),
    status=st.sampled_from([Status.ACTIVE] * 5 + [Status.PAUSED, Status.CLOSED]),
    status_since=st.just(NOW.monday),
    slots=slots,
    deviations=deviations,
    closures=st.sampled_from(
        [(), (Closure(NOW.day(1), NOW.day(7), places=frozenset({1})),), (Closure(date(2020, 1, 1), date(2020, 1, 2)),)]
    ),
    holidays=st.just((NEW_YEAR,)),
    answers=st.sampled_from([{}, {NEW_YEAR.key: True}, {"2020-01-01-new_year": True}]),
    public=st.just(False),
)  # fmt: skip


def told(whole: Schedule, **more: object) -> Told:
    listing = Listing("oost", "Oost", CARD, seen_by_public(whole), town="Amsterdam")
    return Told(replace(listing, **more), whole, is_listed=True)


def looked_at_each(was: Told, now: Told) -> dict[Telling, list[Week]]:
    """Return the same by looking at every week, before and after."""
    before, after = (marks_told(one, WEEKS, week=NOW) for one in (was, now))
    nothing = (None,) * len(Telling)
    return {
        telling: [
            week
            for week in WEEKS
            if before.get(week, nothing)[number] != after.get(week, nothing)[number]
        ]
        for number, telling in enumerate(Telling)
    }


def differences(was: Told, now: Told) -> dict[Telling, list[Week]]:
    return weeks_unlike(was, now, WEEKS, week=NOW)


@settings(deadline=None)
@given(schedules, schedules)
def test_they_are_those_that_differ_when_one_looks_at_each(was: Schedule, now: Schedule) -> None:
    assert differences(told(was), told(now)) == looked_at_each(told(was), told(now))


@settings(deadline=None, max_examples=300)
@given(schedules, slots | st.none(), deviations | st.none(), nows)
def test_also_when_the_deed_wrote_little(
    was: Schedule, slots: tuple[Slot, ...] | None, different: dict[Week, Deviation] | None, mended: Place
) -> None:  # fmt: skip
    one_place = tuple(
        replace(slot, place=mended) if slot.place and slot.place.id == mended.id else slot
        for slot in was.slots
    )
    now = replace(
        was,
        slots=one_place if slots is None else slots,
        deviations=was.deviations if different is None else different,
    )
    assert differences(told(was), told(now)) == looked_at_each(told(was), told(now))


def test_a_word_of_the_listing_turns_all_of_them() -> None:
    whole = Schedule(
        zone=AMSTERDAM,
        status=Status.ACTIVE,
        status_since=FIRST.monday,
        slots=(Slot(FIRST, 2, time(20), place=LINDE),),
        public=False,
    )
    was, now = told(whole), replace(told(whole), listing=replace(told(whole).listing, name="West"))

    assert differences(was, now)[Telling.NAMED] == WEEKS
    assert differences(was, now)[Telling.DISCREET] == []


def test_another_availability_turns_the_weeks_to_come_alone() -> None:
    whole = Schedule(
        zone=AMSTERDAM,
        status=Status.ACTIVE,
        status_since=FIRST.monday,
        slots=(Slot(FIRST, 2, time(20), place=LINDE),),
        public=False,
    )
    full = told(whole, availability=Availability.FULL)

    found = differences(told(whole), full)
    assert found[Telling.NAMED] == [one for one in WEEKS if one > NOW]
    assert found[Telling.OWN] == []
