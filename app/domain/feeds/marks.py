"""Marks of what a feed tells of each meeting, and of which weeks they differ after a deed.

A mark stands for all that is told: two differ when anything does, within one process. To put a
meeting together takes longer than to see that nothing of its week was written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from app.domain.deviation import as_usual
from app.domain.feeds.appointment import WORDED, Telling, meetings_told, seats_told
from app.domain.listing import Listing
from app.domain.meeting import Difference, Meeting, Schedule, Status
from app.domain.place import Place
from app.domain.week import Week
from app.domain.zones import HOME

Facts = tuple[object, ...]
Marks = tuple[int | None, ...]
"""One for each Telling; None where there is no meeting."""
Changed = dict[Telling, list[Week]]
Places = tuple[Place | None, Place | None]
"""Of a week, as the public sees it and as the group's own people do."""
_TELLINGS = tuple(Telling)
_NOTHING: Marks = (None,) * len(_TELLINGS)


@dataclass(frozen=True)
class Told:
    """All that decides what feeds tell of a group; `whole` has what the public does not see.

    A group that is not listed has no page to lead to.
    """

    listing: Listing
    whole: Schedule
    is_listed: bool


def weeks_unlike(was: Told, now: Told, weeks: Sequence[Week], *, week: Week) -> Changed:
    """Return by Telling those of some weeks, in order, of which it tells something else.

    `week` is the one it is now.
    """
    before, after = _Marked(was, week), _Marked(now, week)
    if _is_alike_beside_weeks(was, now, weeks[0]):
        marks = _marks_by_week(before, after, weeks)
    else:
        marks = _marks_of_all(before, after, weeks)
    changed: Changed = {telling: [] for telling in Telling}
    for one, *both in marks:
        for telling, old, new in zip(_TELLINGS, *both, strict=True):
            if old != new:
                changed[telling].append(one)
    return changed


def marks_told(told: Told, weeks: Sequence[Week], *, week: Week) -> dict[Week, Marks]:
    """Return what is told of each of some weeks that has a meeting; there is no gap between them."""
    return _Marked(told, week).of_all(weeks)


def _is_alike_beside_weeks(was: Told, now: Told, first: Week) -> bool:
    """Tell whether only the standing time or single weeks may be otherwise, places included.

    Of a closed group each week counts with those before it.
    """
    kept = was.listing.schedule
    listings = was.listing, replace(now.listing, schedule=kept)
    if was.is_listed != now.is_listed or listings[0] != listings[1]:
        return False
    schedules = [_beside_weeks(one.whole, first) for one in (was, now)]
    return schedules[0] == schedules[1] and was.whole.status is not Status.CLOSED


def _beside_weeks(schedule: Schedule, first: Week) -> Schedule:
    """Return a schedule without its weeks, and without what was over before the first of them."""
    since = first.monday - timedelta(weeks=1)
    keys = [one.key for one in schedule.holidays]
    return replace(
        schedule,
        slots=(),
        deviations={},
        closures=tuple(one for one in schedule.closures if one.last >= since),
        answers={key: schedule.answers[key] for key in keys if key in schedule.answers},
    )


def _marks_of_all(
    was: "_Marked", now: "_Marked", weeks: Sequence[Week]
) -> Iterator[tuple[Week, Marks, Marks]]:
    before, after = was.of_all(weeks), now.of_all(weeks)
    for one in sorted(before.keys() | after.keys()):
        yield one, before.get(one, _NOTHING), after.get(one, _NOTHING)


def _marks_by_week(
    was: "_Marked", now: "_Marked", weeks: Sequence[Week]
) -> Iterator[tuple[Week, Marks, Marks]]:
    """Yield the marks of the weeks of which anything was written, before and after."""
    for some in _stretches(was, now, weeks):
        (stood, places), (stands, others) = was.standing_in(some[0]), now.standing_in(some[0])
        if stood != stands:
            yield from ((one, was.of(one), now.of(one)) for one in some)
        elif places != others:  # a place moves no meeting
            for one in some:
                meetings = now.meetings_in(one)
                yield one, was.marks(meetings, places), now.marks(meetings, others)


def _stretches(was: "_Marked", now: "_Marked", weeks: Sequence[Week]) -> Iterator[list[Week]]:
    """Yield weeks by as many as have one standing time and place, and each arranged one by itself."""
    turns = {*was.turns(), *now.turns()}
    arranged = was.told.whole.deviations.keys() | now.told.whole.deviations.keys()
    some: list[Week] = []
    for one in weeks:
        if some and (one in turns or one in arranged or some[-1] in arranged):
            yield some
            some = []
        some.append(one)
    if some:
        yield some


class _Marked:
    """What is told of a group, and the marks of it."""

    def __init__(self, told: Told, week: Week) -> None:
        self.told, self._week = told, week
        public = told.listing.schedule
        is_whole = (told.whole.slots, told.whole.deviations) == (public.slots, public.deviations)
        # Where nothing is hidden the public sees the same meetings.
        self._schedules = (told.whole if is_whole else public, told.whole)
        self._wheres = _Wheres(told.listing)

    def turns(self) -> Iterator[Week]:
        """Yield the weeks from which on another standing time or place may hold."""
        for slot in self.told.whole.slots:
            yield slot.since
            if place := slot.place:
                yield from (one.until for one in place.earlier)
                if place.join_before:
                    yield place.join_before.until

    def standing_in(self, week: Week) -> tuple[Facts, Places]:
        """Return what a week's meeting is made of but for where it is, and that."""
        found: list[tuple[Place | None, bool]] = []
        for one in self._schedules:
            slot, deviation = one.slot_in(week), one.deviations.get(week) or as_usual(week)
            found.append(one.place_in(week, slot, deviation) if slot else (None, False))
        facts = (  # of the last of them, which is the whole one
            slot and replace(slot, place=None),
            replace(deviation, place=None),
            *((place and place.id, is_elsewhere) for place, is_elsewhere in found),
        )
        return facts, (found[0][0], found[1][0])

    def meetings_in(self, week: Week) -> tuple[Meeting | None, Meeting | None]:
        public, own = self._schedules
        meeting = own.meeting_in(week)
        return meeting if public is own else public.meeting_in(week), meeting

    def of(self, week: Week) -> Marks:
        public, own = meetings = self.meetings_in(week)
        return self.marks(meetings, (public.place, own.place)) if public and own else _NOTHING

    def of_all(self, weeks: Sequence[Week]) -> dict[Week, Marks]:
        """Return the marks of weeks without a gap between them."""
        public, own = self._schedules
        own_ones = public_ones = list(meetings_told(own, weeks[0], len(weeks)))
        if public is not own:
            public_ones = list(meetings_told(public, weeks[0], len(weeks)))
        return {
            both[1].week: self.marks(both, (both[0].place, both[1].place))
            for both in zip(public_ones, own_ones, strict=True)
        }

    def marks(self, meetings: tuple[Meeting | None, Meeting | None], places: Places) -> Marks:
        """Return the marks of one week's meeting when it is in these places."""
        public, own = meetings
        if public is None or own is None:
            return _NOTHING
        listing = self.told.listing
        page = listing.slug if self.told.is_listed else ""
        seats = seats_told(public, listing.availability, listing.status, self._week)
        said, discreet = own_said, own_discreet = self._said(public, places[0])
        if own is not public:
            own_said, own_discreet = self._said(own, places[1])
        title = _title(public, listing)
        of_meeting: dict[Telling, Facts] = {
            Telling.NAMED: (page, title, said, seats),
            Telling.DISCREET: (discreet,),
            Telling.OWN: (page, title, said, own_said),
            Telling.OWN_DISCREET: (discreet, own_discreet),
            Telling.AMONG_OTHERS: (listing.slug, listing.name, title, said, seats),
        }
        return tuple([hash(of_meeting[telling]) for telling in _TELLINGS])

    def _said(self, meeting: Meeting, place: Place | None) -> tuple[int, int]:
        """Return a mark of what is said with the group's name, and of what is said discreetly."""
        listing, (where, discreet, way_in) = self.told.listing, self._wheres.of(place)
        hours, way_in = _hours(meeting, listing), way_in if meeting.is_on else ()
        return hash((hours, where, *_said(meeting, listing), way_in)), hash((hours, discreet))


def _hours(meeting: Meeting, listing: Listing) -> Facts:
    at_home = listing.zone == HOME.key
    language = listing.language if listing.language in WORDED else WORDED[0]
    return meeting.starts.timestamp(), meeting.ends.timestamp(), at_home, language, meeting.is_on


def _title(meeting: Meeting, listing: Listing) -> Facts:
    theme = meeting.theme
    if theme is None or not (theme.step or theme.title.strip()):
        return (listing.name,)
    return theme.step, theme.title


def _said(meeting: Meeting, listing: Listing) -> Facts:
    """Return what DESCRIPTION and LOCATION are made of, beside the hours and the place."""
    differs, stopped = meeting.differences, listing.status is Status.CLOSED
    return (
        meeting.note,
        _on(meeting) if meeting.is_on else (Difference.PAUSED in differs, stopped, meeting.reason),
    )


def _on(meeting: Meeting) -> Facts:
    differs, theme = meeting.differences, meeting.theme
    usual = meeting.usually_starts
    return (
        (usual.isoweekday(), usual.time()) if Difference.MOVED in differs else None,
        Difference.ELSEWHERE in differs,
        Difference.THEME in differs,
        (Difference.OPEN in differs, Difference.CLOSED in differs),
        meeting.holiday.name if meeting.holiday else None,
        (theme.reading, theme.question) if theme else None,
    )


def _where(place: Place | None, listing: Listing) -> Facts:
    if place is None:
        return ()
    if not place.has_building:
        return (place.kind,)
    if place.hidden:
        return place.kind, True, place.town or listing.town
    return place.kind, False, place.name, place.address


class _Wheres:
    """What is told of places: once of each, for most meetings are in the same one."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._known: dict[int, tuple[Place | None, tuple[Facts, Facts, Facts]]] = {}

    def of(self, place: Place | None) -> tuple[Facts, Facts, Facts]:
        """Return where it is, that again for a discreet reader, and how one gets in."""
        known = self._known.get(id(place))
        if known is None:  # the place is kept beside it, so that no other gets its id
            known = self._known[id(place)] = place, self._told(place)
        return known[1]

    def _told(self, place: Place | None) -> tuple[Facts, Facts, Facts]:
        where = _where(place, self._listing)
        if place is None:
            return where, where, ()
        way_in = place.way_in, place.join_url, place.join_phone, place.join_notes
        return where, where[-1:] if place.has_building else where, way_in
