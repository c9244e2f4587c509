"""One evening in the reader's words: a participant's own, the coordinator's, and how many came."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import abort
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import StringField

from app import clock
from app.blueprints.parts.circle import name_of
from app.blueprints.parts.meeting_lines import near_day
from app.blueprints.web.form import Form
from app.blueprints.web.languages import current
from app.domain.evening import WEEKS_AHEAD, Task, room_for_guests
from app.domain.head_count import COUNTS
from app.domain.meeting import Meeting, Schedule
from app.domain.seating import SEATS
from app.domain.week import NoSuchWeek, Week
from app.formats import wording
from app.formats.text import large_first
from app.records.evenings import absences_of, away_in, guests_in, tasks_in
from app.records.groups import Group
from app.records.participants import ParticipantRecord, people_of


@dataclass(frozen=True)
class OwnTask:
    """A task of an evening as a participant sees it: never who else does it."""

    task: Task
    is_mine: bool
    is_open: bool
    words: str


@dataclass(frozen=True)
class OwnEvening:
    """An evening on a participant's own page."""

    week: Week
    day: str
    can_not: str
    is_away: bool
    tasks: list[OwnTask]


def own_evenings(person: ParticipantRecord, schedule: Schedule) -> list[OwnEvening]:
    """Return the evenings that a participant may arrange, the next first.

    There is none before the seat is theirs for good.
    """
    if not person.is_settled:
        return []
    now = clock.now()
    first = Week.at(now, schedule.zone)
    away = absences_of(person.id)
    taken = tasks_in(person.group_id, first, WEEKS_AHEAD)
    today = now.astimezone(schedule.zone).date()
    return [
        OwnEvening(
            week=meeting.week,
            day=evening_day(meeting, today),
            can_not=_can_not(meeting, first),
            is_away=meeting.week in away,
            tasks=_own_tasks(person, meeting.week, taken),
        )
        for meeting in schedule.meetings(first, WEEKS_AHEAD)
        if meeting.is_on and meeting.ends > now
    ]


def evening_day(meeting: Meeting, today: date) -> str:
    """Return `Vanavond`, or `Maandag 30 november` for a day further off."""
    near = near_day(meeting.day, today, meeting.starts)
    return large_first(near or wording.day_in_words(meeting.day, current()))


def evening_of(group: Group, meeting: Meeting) -> dict[str, Any]:
    """Return what a coordinator sees of an evening: numbers, and who does what."""
    people = people_of(group.id)
    seated = [one for one in people if one.seat]
    names = {one.id: name_of(one) for one in seated if one.alias is not None}
    away = away_in(group.id, meeting.week)
    guests = guests_in(group.id, meeting.week)
    taken = tasks_in(group.id, meeting.week)
    fit = room_for_guests(seated=len(seated), away=away)
    today = group.day_of(clock.now())
    return {
        "group": group,
        "week": meeting.week,
        "day": evening_day(meeting, today),
        "hours": wording.hours(meeting, current()),
        "sentence": _expected(len(seated), away, guests),
        "guests": guests,
        "fit": fit,
        "too_many": _too_many(len(seated) - away + guests - SEATS),
        "names": names,
        "tasks": [_task_line(task, taken, meeting.week, names) for task in Task],
    }


def task_title(task: Task) -> str:
    return {
        Task.OPENER: _("Openen"),
        Task.CHAIR: _("De bijeenkomst leiden"),
        Task.TEA: _("Thee zetten"),
        Task.KEY: _("De sleutel"),
    }[task]


def _task_line(
    task: Task, taken: dict[tuple[Week, Task], int | None], week: Week, names: dict[int, str]
) -> dict[str, Any]:
    is_open = (week, task) not in taken
    who = taken.get((week, task))
    name = names.get(who, "") if who else _("Iemand")
    does = wording.word(task, current())
    return {
        "task": task,
        "title": task_title(task),
        "who": who,
        "is_open": is_open,
        "words": _("Nog open") if is_open else _("%(name)s %(does)s", name=name, does=does),
    }


def _own_tasks(
    person: ParticipantRecord, week: Week, taken: dict[tuple[Week, Task], int | None]
) -> list[OwnTask]:
    lines = []
    for task in Task:
        is_open = (week, task) not in taken
        is_mine = taken.get((week, task)) == person.id
        words = _mine(task) if is_mine else _offered(task) if is_open else task_title(task)
        lines.append(OwnTask(task, is_mine, is_open, words))
    return lines


def _offered(task: Task) -> str:
    return {
        Task.OPENER: _("Ik open"),
        Task.CHAIR: _("Ik leid de bijeenkomst"),
        Task.TEA: _("Ik zet thee"),
        Task.KEY: _("Ik heb de sleutel"),
    }[task]


def _mine(task: Task) -> str:
    return {
        Task.OPENER: _("Jij opent."),
        Task.CHAIR: _("Jij leidt de bijeenkomst."),
        Task.TEA: _("Jij zet thee."),
        Task.KEY: _("Jij hebt de sleutel."),
    }[task]


def _can_not(meeting: Meeting, this_week: Week) -> str:
    if meeting.week == this_week:
        return _("Ik kan deze week niet")
    return _("Ik kan niet op %(day)s", day=wording.day_in_words(meeting.day, current()))


def _expected(seated: int, away: int, guests: int) -> str:
    """Return `9 mensen hebben een plek, 2 zijn er niet, 1 gast. Jullie zijn met 8.`"""
    parts = [ngettext("%(num)s plek is bezet", "%(num)s plekken zijn bezet", seated)]
    if away:
        parts.append(ngettext("%(num)s is er niet", "%(num)s zijn er niet", away))
    if guests:
        parts.append(ngettext("%(num)s gast", "%(num)s gasten", guests))
    total = seated - away + guests
    if not seated and not guests:
        return _("Er heeft nog niemand een plek.")
    if not total:
        return _("%(parts)s. Er komt nog niemand.", parts=", ".join(parts))
    return _("%(parts)s. Jullie zijn met %(total)s.", parts=", ".join(parts), total=total)


def _too_many(number: int) -> str:
    if number <= 0:
        return ""
    return ngettext(
        "Eén te veel voor twaalf stoelen. Wie een plek heeft, gaat voor; de deur is van jullie.",
        "%(num)s te veel voor twaalf stoelen. Wie een plek heeft, gaat voor; de deur is van jullie.",
        number,
    )


def week_sent(text: str | None) -> Week:
    """Return the week that a form names; else 422."""
    try:
        return Week.parse(text or "")
    except NoSuchWeek:
        abort(422)


def task_sent(text: str) -> Task:
    """Return the task that is named; else 404."""
    if text not in list(Task):
        abort(404)
    return Task(text)


class CountForm(Form):
    people = StringField()

    @property
    def number(self) -> int:
        """Return the number that was tapped; -1, which no head count is, for anything else."""
        text = self.people.data or ""
        return int(text) if text in map(str, COUNTS) else -1


def how_many(starts: datetime | None, today: date) -> str:
    """Return the question about one meeting: how many were you yesterday?"""
    if starts is None:
        return _("Hoeveel waren jullie?")
    day = starts.date()
    if day == today - timedelta(days=1):
        return _("Hoeveel waren jullie gisteren?")
    near = near_day(day, today, starts)
    if day == today and near:
        return _("Hoeveel waren jullie %(near)s?", near=near)
    return _("Hoeveel waren jullie op %(day)s?", day=wording.day_in_words(day, current()))
