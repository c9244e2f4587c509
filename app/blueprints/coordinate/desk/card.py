"""The card of a group on the desk: its coming meeting, called off with one button, and undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app import clock
from app.blueprints.coordinate.told import told_words
from app.blueprints.coordinate.undoing import UndoLine, undo_line
from app.blueprints.parts.meeting_lines import near_day, place_words
from app.blueprints.web.languages import current
from app.domain.held import coming_meeting
from app.domain.meeting import Difference, Meeting, Schedule
from app.formats.text import large_first
from app.formats.wording import day_in_words, hours, theme_name
from app.records.groups import Group
from app.records.participants import Wanted
from app.records.weeks import deviation_versions


@dataclass(frozen=True)
class CallingOff:
    """One meeting that may be called off, as it is seen now."""

    to: str
    words: str
    """`Vanavond gaat niet door`"""
    day: str
    """`dinsdag 1 december`"""
    before: str
    after: str
    told: str
    version: int
    slot_version: int


@dataclass(frozen=True)
class Card:
    """What may be done about the coming meeting of a group."""

    slug: str
    week: str
    """Where its week is."""
    day: str
    words: str
    """When, in one line: `Vanavond, 19.30–21.30`."""
    where: str
    theme: str
    ways: list[tuple[str, str]]
    """What else may be done with one tap, and where."""
    then: str
    """`Daarna: donderdag 10 december, 20.00–22.00`, when it is off; else nothing."""
    calling_off: CallingOff | None
    undo: UndoLine | None


def cards(groups: Sequence[tuple[Group, Schedule]], wanted: dict[int, Wanted]) -> dict[int, Card]:
    """Return the card of each group that has a meeting to come, by its id.

    One query, and one for each group whose coming meeting was called off.
    """
    now = clock.now()
    coming = [
        (group, schedule, meeting)
        for group, schedule in groups
        if (meeting := coming_meeting(schedule, now)) is not None
    ]
    versions = deviation_versions((group.id, meeting.week) for group, _schedule, meeting in coming)
    return {
        group.id: _card(group, schedule, meeting, versions.get((group.id, meeting.week), 0), wanted)
        for group, schedule, meeting in coming
    }


def _card(
    group: Group, schedule: Schedule, meeting: Meeting, version: int, wanted: dict[int, Wanted]
) -> Card:
    was_called_off = Difference.CANCELLED in meeting.differences
    return Card(
        slug=group.slug,
        week=url_for("weeks.show", slug=group.slug, week=str(meeting.week)),
        day=day_in_words(meeting.day, current()),
        words=_words(group, meeting),
        where=place_words(meeting.place, current()) if meeting.place else _("Locatie volgt"),
        theme=theme_name(meeting.theme, current()),
        ways=_ways(group, meeting) if meeting.is_on else [],
        then="" if meeting.is_on else _next(schedule),
        calling_off=_calling_off(group, schedule, meeting, version, wanted)
        if meeting.is_on
        else None,
        undo=undo_line(group, meeting.week) if was_called_off else None,
    )


def _words(group: Group, meeting: Meeting) -> str:
    near = near_day(meeting.day, group.day_of(clock.now()), meeting.starts)
    day = day_in_words(meeting.day, current())
    named = f"{large_first(near)}, {day}" if near else large_first(day)
    if not meeting.is_on:
        return _("%(day)s gaat niet door", day=named)
    return f"{named}, {hours(meeting, current())}"


def _ways(group: Group, meeting: Meeting) -> list[tuple[str, str]]:
    """Return the other deeds for this one meeting, each a tap away."""
    said = [
        (_("Andere dag of tijd"), "move"),
        (_("Andere locatie deze keer"), "place"),
        (_("Opmerking toevoegen"), "note"),
    ]
    week = str(meeting.week)
    return [
        *(
            (text, url_for("weeks.show", slug=group.slug, week=week, change=part))
            for text, part in said
        ),
        (_("Kopieer voor de groepsapp"), url_for("weeks.show", slug=group.slug, week=week)),
    ]


def _calling_off(
    group: Group, schedule: Schedule, meeting: Meeting, version: int, wanted: dict[int, Wanted]
) -> CallingOff:
    language = current()
    day = day_in_words(meeting.day, language)
    near = near_day(meeting.day, group.day_of(clock.now()), meeting.starts)
    named = large_first(near or day)
    off = _("%(day)s gaat niet door", day=named)
    then = _next(schedule, meeting)
    return CallingOff(
        to=url_for("weeks.cancel", slug=group.slug, week=str(meeting.week)),
        words=off,
        day=day,
        before=f"{named}, {hours(meeting, language)}",
        after=f"{off}. {then}" if then else f"{off}.",
        told=told_words(wanted.get(group.id, Wanted(0, 0))),
        version=version,
        slot_version=group.slot_version,
    )


def _next(schedule: Schedule, but: Meeting | None = None) -> str:
    """Return the next meeting that is on, `but` one; nothing when none is in sight."""
    now = but.ends if but else clock.now()
    meeting = schedule.next_meeting(now)
    if meeting is None:
        return ""
    when = f"{day_in_words(meeting.day, current())}, {hours(meeting, current())}"
    return _("Daarna: %(when)s.", when=when)
