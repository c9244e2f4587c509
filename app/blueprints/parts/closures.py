"""What the pages of closures share: the form, the days in words, what falls away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_login import current_user
from wtforms import DateField, HiddenField, RadioField, StringField

from app.actions.undoing_closures import undo_closing
from app.blueprints.web.form import Agreement, Form, Published, at_most, optional, required
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import pressed
from app.domain.closure import Closure
from app.domain.closure_effect import Effect, effect_of, weeks_of
from app.domain.holiday import Holiday
from app.domain.meeting import Schedule
from app.domain.undoing import TooLateToUndo
from app.domain.week import Week
from app.formats.wording import day_in_words
from app.records.changes import Change
from app.records.closures import groups_under
from app.records.groups import Group
from app.records.listings import schedules_of
from app.records.weeks import ClosureRecord

GROUP = "group"
DAYS_NAMED = 8


def undone(last: Change | None, change_id: int, then: str) -> ResponseReturnValue:
    """Take back what this person did last, if that is still the last and not too long ago."""

    def deed() -> None:
        if last is None or last.id != change_id:
            raise TooLateToUndo
        undo_closing(last.id, by=current_user)

    return pressed(deed, _("Ongedaan gemaakt. Het is weer zoals het was."), then=then)


class ClosureForm(Form):
    what = RadioField(lazy_gettext("Wat is er dicht?"), default=GROUP)
    first = DateField(
        lazy_gettext("Eerste dag"), [required(lazy_gettext("Vul een dag in die bestaat."))]
    )
    last = DateField(
        lazy_gettext("Laatste dag"), [required(lazy_gettext("Vul een dag in die bestaat."))]
    )
    reason = StringField(lazy_gettext("Waarom?"), [optional(), at_most(200), Published()])
    publish_anyway = Agreement(lazy_gettext("Ja, iedereen mag dit lezen"))
    version = HiddenField()

    def days(self) -> tuple[date, date, str]:
        """Return what was filled in: the first day, the last, and why."""
        return self.first.data, self.last.data, self.reason.data or ""


def data_of(record: ClosureRecord) -> dict[str, object]:
    """Return what the form of a closure holds when it is opened."""
    now = record.value()
    stands = {"first": now.first, "last": now.last, "reason": now.reason}
    return stands | {"version": str(record.version)}


@dataclass(frozen=True)
class ClosureLine:
    """One closure on a group's list, and what the group may do about it."""

    id: int
    what: str
    days: str
    reason: str
    meetings: str
    is_mine: bool
    may_meet: bool
    may_follow: bool
    knowing: list[int]
    also: list[str]


@dataclass(frozen=True)
class Falling:
    """What a preview tells: one's own days, and how many groups and meetings in all."""

    off: str
    on: str
    groups: int
    meetings: int
    others: int


def stretch(first: date, last: date, today: date) -> str:
    """Return `van maandag 1 juli tot en met zaterdag 31 augustus`, with a year that is not this."""
    language = current()
    begins = day_in_words(first, language, year=first.year != today.year)
    if first == last:
        return begins
    ends = day_in_words(last, language, year=last.year != today.year)
    return _("van %(first)s tot en met %(last)s", first=begins, last=ends)


def days_of_holiday(holiday: Holiday) -> str:
    """Return `zaterdag 26 december`, or first and last day."""
    first = day_in_words(holiday.first, current())
    if holiday.is_one_day:
        return first
    last = day_in_words(holiday.last, current())
    return _("%(first)s tot en met %(last)s", first=first, last=last)


def subject_of(record: ClosureRecord, group: Group | None) -> str:
    """Return whose closure it is, as the group reads it."""
    if record.place is not None:
        name = record.place.name or record.place.value().address
        return f"{name}, {record.place.room}" if record.only_room else name
    if record.group_id is not None and group is not None:
        return _("Alleen onze groep")
    return _("Alle groepen van %(name)s", name=group.fellowship.name) if group else ""


def line_of(
    record: ClosureRecord,
    others: Iterable[ClosureRecord],
    group: Group,
    schedule: Schedule,
    today: date,
) -> ClosureLine:
    """Return a closure as a line of this group's list; the schedule reaches to its last day."""
    meetings = [one for one in schedule.shut_by(record.value()) if one.day >= today]
    said_yes = {
        one.week
        for one in meetings
        if one.week in schedule.deviations and schedule.deviations[one.week].all_the_same
    }
    fallen = [one for one in meetings if one.week not in said_yes]
    overlapping = {id for one in fallen for id in schedule.closures_in(one.week)} - {record.id}
    answers = record.group_id is None
    return ClosureLine(
        id=record.id,
        what=subject_of(record, group),
        days=stretch(record.first_day, record.last_day, today),
        reason=record.reason,
        meetings=_meetings_words([one.day for one in fallen], bool(said_yes)),
        is_mine=record.group_id is not None
        or (record.place is not None and record.place.owner_id == group.id),
        may_meet=answers and bool(fallen),
        may_follow=answers and bool(said_yes),
        knowing=sorted(overlapping),
        also=[
            _(
                "%(what)s %(days)s",
                what=subject_of(one, group),
                days=stretch(one.first_day, one.last_day, today),
            )
            for one in others
            if answers and one.id in overlapping
        ],
    )


def falling(
    group: Group | None,
    old: Closure | None,
    new: Closure | None,
    *,
    fellowship_id: int | None = None,
    today: date,
) -> Falling:
    """Return what a closure would do, to one's own group and to all. At most six queries."""
    shut = old or new
    if (shut is None or shut.places is None) and fellowship_id is None:
        groups = [group] if group else []
    else:
        groups = groups_under(shut.places if shut else None, fellowship_id)
    schedules = schedules_of(groups, weeks_of(old, new), public=False)
    effects = {one.id: effect_of(schedules[one.id], old, new, today=today) for one in groups}
    mine = effects.get(group.id, Effect()) if group else Effect()
    return Falling(
        off=_days_words(mine.off),
        on=_days_words(mine.on),
        groups=sum(1 for one in effects.values() if one),
        meetings=sum(len(one.off or one.on) for one in effects.values()),
        others=sum(1 for key, one in effects.items() if one and (group is None or key != group.id)),
    )


def weeks_to(records: list[ClosureRecord], today: date) -> tuple[Week, Week]:
    """Return this week and the last one that any of these closures falls in."""
    return Week.of(today), Week.of(max([today, *(one.last_day for one in records)]))


def _meetings_words(days: list[date], said_yes: bool) -> str:
    if days:
        return _("Gaat niet door: %(days)s.", days=_days_words(days))
    if said_yes:
        return _("Jullie komen toch bij elkaar.")
    return _("Er valt geen bijeenkomst van jullie in.")


def _days_words(days: Iterable[date]) -> str:
    days = list(days)
    named = ", ".join(day_in_words(day, current()) for day in days[:DAYS_NAMED])
    more = len(days) - DAYS_NAMED
    if more <= 0:
        return named
    return ngettext("%(days)s en nog %(num)s", "%(days)s en nog %(num)s", more, days=named)
