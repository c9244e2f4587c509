"""What the page of one week shows: as it stands, as it would be, and the way back."""

from dataclasses import dataclass
from datetime import UTC

from flask import current_app, url_for
from flask_babel import gettext as _

from app import clock
from app.blueprints.coordinate.week.form import UsualForm
from app.blueprints.parts.meeting_lines import WeekLine, labels_of, place_words, week_line
from app.blueprints.parts.room_warnings import neighbour_words
from app.blueprints.web.languages import current, speaking
from app.domain.deviation import Deviation
from app.domain.head_count import MORE
from app.domain.meeting import Difference, Meeting, Schedule
from app.domain.themes import STEPS, Rotation, Theme
from app.domain.week import Week
from app.formats.chat import chat_text
from app.formats.ical.words import description, location, summary
from app.formats.text import large_first
from app.formats.wording import day_in_words, hours, known, theme_name
from app.records.groups import Group
from app.records.head_counts import count_in
from app.records.listings import listing_of
from app.records.rooms import others_in_room_on


@dataclass(frozen=True)
class Preview:
    """What participants see of a week: the row of the page, and the event in a calendar."""

    line: WeekLine
    labels: list[tuple[str, str]]
    hours: str
    title: str
    text: list[str]
    location: str
    inside_note: str
    """What only who has a seat reads."""
    language: str
    """The group's."""


@dataclass(frozen=True)
class Usual:
    """The way back to a week as usual, and what it would be."""

    form: UsualForm
    words: str
    is_shut: bool
    """By a closure: then they meet all the same."""


def preview_of(group: Group, deviation: Deviation) -> Preview | None:
    """Return what the page and the calendar would show, written by what writes them."""
    listing = listing_of(group, (deviation.week, deviation.week))
    meeting = listing.schedule.with_week(deviation).meeting_in(deviation.week)
    if meeting is None:
        return None
    with speaking(known(group.language)):
        return Preview(
            line=week_line(meeting, group.day_of(clock.now())),
            labels=labels_of(meeting),
            hours=f"{day_in_words(meeting.day, current())}, {hours(meeting, current())}",
            title=summary(meeting, listing),
            text=description(meeting, listing, _page(group)).split("\n"),
            location=location(meeting.place, listing),
            inside_note=deviation.inside_note,
            language=current(),
        )


def differs(meeting: Meeting) -> bool:
    return bool(meeting.differences - {Difference.PAUSED, Difference.HOLIDAY})


def usual_of(schedule: Schedule, meeting: Meeting, version: int) -> Usual | None:
    """Return what the week would be as usual; None when it is, or the group does not meet."""
    if not differs(meeting) or Difference.PAUSED in meeting.differences:
        return None
    emptied = schedule.with_week(Deviation(meeting.week))
    closures = sorted(emptied.closures_in(meeting.week))
    then = emptied.with_week(Deviation(meeting.week, all_the_same=bool(closures)))
    as_usual = then.meeting_in(meeting.week)
    if as_usual is None or as_usual == meeting:
        return None
    return Usual(
        form=UsualForm(formdata=None, version=version, closures=" ".join(map(str, closures))),
        words=sentence(as_usual),
        is_shut=Difference.SHUT in meeting.differences,
    )


def sentence(meeting: Meeting) -> str:
    """Return the meeting as it stands: `Maandag 23 november, 19.30–21.30, De Linde, stap 3`."""
    language = current()
    parts = [large_first(day_in_words(meeting.day, language)), hours(meeting, language)]
    place = meeting.place
    parts.append(place.name or place_words(place, language) if place else _("locatie volgt"))
    if theme := theme_name(meeting.theme, language):
        parts.append(theme)
    return ", ".join(parts)


def has_rotation(schedule: Schedule, week: Week) -> bool:
    slot = schedule.slot_in(week)
    return slot is not None and isinstance(slot.themes, Rotation)


def step_names(schedule: Schedule) -> list[str]:
    return [
        theme_name(schedule.titles.get(step, Theme(step=step)), current())
        for step in range(1, STEPS + 1)
    ]


def chat_of(group: Group, week: Week) -> str:
    listing = listing_of(group, (week, week))
    meeting = listing.schedule.meeting_in(week)
    return chat_text(meeting, listing, _page(group)) if meeting else ""


def _page(group: Group) -> str:
    """Return the address of the group's page; nothing when it has none."""
    path = url_for("groups.show", slug=group.slug)
    return current_app.config["TWAALF_PUBLIC_URL"] + path if group.listed else ""


def warnings_of(group: Group, meeting: Meeting) -> list[str]:
    """Return who else is in the room, when this is not where and when they always are."""
    if not meeting.differences & {Difference.MOVED, Difference.ELSEWHERE}:
        return []
    return [neighbour_words(one, meeting.week) for one in others_in_room_on(group, meeting)]


def counted_words(group: Group, meeting: Meeting) -> str:
    """Return how many came, or the question, once the meeting has begun; else nothing."""
    if not meeting.is_on or meeting.starts.astimezone(UTC) > clock.now():
        return ""
    people = count_in(group.id, meeting.week)
    if people is None:
        return _("Hoeveel waren er?")
    return _("Er waren er meer dan twaalf") if people == MORE else _("Er waren er %(n)s", n=people)
