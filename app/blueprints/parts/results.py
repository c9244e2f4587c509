"""What was found, as the pages show it: each group with its next meeting, in the reader's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.blueprints.parts.meeting_lines import BETWEEN, off_label, public_line
from app.blueprints.web.languages import current
from app.blueprints.web.languages import gettext as _
from app.domain.listing import Audience, Listing, Subject
from app.domain.meeting import Meeting, Status
from app.domain.place import Place
from app.domain.standstill import WEEKS_READ, standstill
from app.domain.week import Week
from app.domain.zones import HOME, day_at_home
from app.formats.wording import day_in_words, language_name, short_day, word
from app.records.finder import Hit, find_preparing
from app.records.groups import Group
from app.records.listings import listings_of
from app.records.nearby import nearest_with_a_seat
from app.records.resolved import Resolved

_FIRST = {
    kind: number
    for number, kind in enumerate((
        "cancelled", "paused", "moved", "elsewhere", "on", "full", "preparing", "walk_in", "free",
    ))
}  # fmt: skip
"""Which label matters most to who wants to come."""
_FOR_REGULARS = ("theme", "note")
"""What stands on the group's own page only."""


@dataclass(frozen=True)
class Result:
    """A group that was found; its meeting may be one that is not on, and says so."""

    listing: Listing
    meeting: Meeting | None
    """By the clock of whoever looks."""
    line: dict[str, Any]
    """The arguments of the macro `meeting_line`."""
    kilometres: int | None

    @property
    def printed(self) -> tuple[Listing, Place | None]:
        """Return whose names a printed list has."""
        return self.listing, self.meeting.place if self.meeting else None

    @property
    def is_on(self) -> bool:
        return self.meeting is not None and self.meeting.is_on


def results_of(hits: Sequence[Hit], now: datetime) -> list[Result]:
    """Return hits with what each group does in the week that answers, in their order. Seven queries."""
    today = day_at_home(now)
    week = Week.of(today)
    found = []
    groups = [hit.group for hit in hits]
    listings = listings_of(groups, (week, week + WEEKS_READ), with_contacts=False)
    for hit, listing in zip(hits, listings, strict=True):
        meeting = _meeting_of(hit, listing, now)
        line = public_line(listing, meeting, now, hit.kilometres)
        if meeting is None or not meeting.is_on:
            line |= _again(listing, today)
        elif off := _off_before(listing, meeting, now):
            line["status"] = [*off_label(off, now), *line["status"]]
        line |= _for_a_newcomer(listing, line)
        found.append(
            Result(listing, meeting.seen_in(HOME) if meeting else None, line, hit.kilometres)
        )
    return found


def with_preparing(
    hits: Sequence[Hit], asked: Resolved, now: datetime
) -> tuple[list[Result], list[Result]]:
    """Return results, and those in preparation that answer the same: read together."""
    results = results_of([*hits, *find_preparing(asked, now)], now)
    return results[: len(hits)], results[len(hits) :]


def by_day(results: Iterable[Result], now: datetime) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return (heading, lines): the days of what is on, in the order of the results, then the rest."""
    today = day_at_home(now)
    found: dict[str, list[dict[str, Any]]] = {}
    for one in results:
        line = one.line
        if one.is_on:
            # The day stands above it.
            hour = line["when"].partition(" ")[2]
            where = line["where"].split(BETWEEN)
            first = 1 if one.kilometres is None else 2
            line = line | {
                "when": hour,
                "nearer": BETWEEN.join(where[:first]),
                "where": BETWEEN.join(where[first:]),
            }
        found.setdefault(_heading(one, today), []).append(line)
    return list(found.items())


def lines_of(results: Iterable[Result]) -> list[dict[str, Any]]:
    """Return the arguments of the macro `meeting_line` for each."""
    return [one.line for one in results]


def _heading(result: Result, today: date) -> str:
    if result.meeting is None:
        return _("Tijd volgt")
    if not result.meeting.is_on:
        return _("Gaat niet door")
    day = max(result.meeting.day, today)
    words = day_in_words(day, current())
    if day == today:
        return _("Vandaag, %(day)s", day=words)
    return _("Morgen, %(day)s", day=words) if day == today + timedelta(days=1) else words


def _for_a_newcomer(listing: Listing, line: dict[str, Any]) -> dict[str, Any]:
    """Return what about and for whom, and of all there is to know one label: the rest is words."""
    language = current()
    is_kin = listing.audience is Audience.RELATIVES
    about = {Subject.OTHER: "", Subject.ADDICTION: _("elke verslaving")}.get(
        listing.subject, word(listing.subject, language)
    )
    whom = "" if is_kin else word(listing.audience, language)
    if listing.audience is Audience.EVERYONE:
        whom = _("voor jezelf")
    spoken = ""
    if listing.language and listing.language != language:
        spoken = _("in het %(language)s", language=language_name(listing.language, language))
    told = [label for label in line["status"] if label[0] not in _FOR_REGULARS]
    in_order = sorted(told, key=lambda label: _FIRST.get(label[0], len(_FIRST)))
    again = line["what"] if line["off"] else ""
    return {
        "about": " · ".join(part for part in (about, whom, spoken) if part),
        "lang": listing.language if spoken else "",
        "kin": word(listing.audience, language) if is_kin else "",
        "status": in_order[:1],
        "what": " · ".join([again, *(text for _kind, text in in_order[1:])] if again
                           else [text for _kind, text in in_order[1:]]),
    }  # fmt: skip


def _meeting_of(hit: Hit, listing: Listing, now: datetime) -> Meeting | None:
    """Return the meeting that was found; where none is known the next, on or not, or the first."""
    schedule = listing.schedule
    if listing.status is Status.PREPARING:
        return None
    if hit.week is not None:
        return schedule.meeting_in(hit.week)
    if on := schedule.next_meeting(now, WEEKS_READ):
        return on
    week = Week.at(now, schedule.zone)
    first = min((slot.since for slot in schedule.slots), default=week)
    ahead = schedule.meetings(max(week, first) + -1, 3)
    return next((one for one in ahead if one.ends.timestamp() > now.timestamp()), None)


def _off_before(listing: Listing, meeting: Meeting, now: datetime) -> Meeting | None:
    """Return the first that is not on and not over among those before a meeting, or None."""
    schedule = listing.schedule
    week = Week.at(now, schedule.zone)
    before = (week + ahead for ahead in range(-1, meeting.week - week))
    unlike = (schedule.meeting_in(one) for one in before if not schedule.is_usual_in(one))
    off = (one for one in unlike if one and not one.is_on)
    return next((one for one in off if one.ends.timestamp() > now.timestamp()), None)


def _again(listing: Listing, today: date) -> dict[str, str]:
    """Return when a group that is shut for a while meets again, in place of its theme."""
    still = standstill(listing.schedule, today)
    if still is None or still.again is None:
        return {}
    return {"what": _("weer vanaf %(day)s", day=short_day(still.again.day, current()))}


def nearest_lines(group: Group) -> list[dict[str, Any]]:
    """Return the nearest groups of the same kind with a free seat, as lines of a list."""
    now = clock.now()
    week = Week.at(now, group.timezone)
    nearby = nearest_with_a_seat(group, week)
    listings = listings_of([one.group for one in nearby], (week, week + 8)) if nearby else []
    lines = [
        public_line(listing, listing.schedule.next_meeting(now), now, one.kilometres)
        for one, listing in zip(nearby, listings, strict=True)
    ]
    # Where and when is enough to choose by; the rest stands on each group's own page.
    return [line | {"what": "", "status": []} for line in lines]
