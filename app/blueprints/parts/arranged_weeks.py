"""Weeks that were arranged otherwise, when their usual day changes: asked about one by one."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from app.blueprints.parts.meeting_lines import labels_of
from app.blueprints.web.languages import current
from app.domain.meeting import Meeting
from app.domain.slot_change import Arranged, Fate, SlotChange, change_slots
from app.domain.week import NoSuchWeek, Week
from app.formats import wording
from app.formats.text import large_first

_FIELD = "week-"


@dataclass(frozen=True)
class ArrangedWeek:
    """One of them, with what it was and what may become of it."""

    name: str
    """Of its field in the form."""
    words: str
    """`Vrijdag 25 december, 20.00: gaat niet door`"""
    answered: str
    """What the group said about a holiday, or nothing."""
    choices: list[tuple[str, str, bool]]
    """(value, words, chosen)"""


def fates_sent() -> dict[Week, Fate]:
    """Return what a form says of such weeks; what it does not say goes as it would by itself."""
    found = {}
    for name, value in request.form.items():
        if name.startswith(_FIELD) and value in set(Fate):
            try:
                found[Week.parse(name.removeprefix(_FIELD))] = Fate(value)
            except NoSuchWeek:
                continue
    return found


def arranged_weeks(change: SlotChange) -> list[ArrangedWeek]:
    """Return the questions about a change, each with what was chosen or would be by itself."""
    fates = fates_sent()
    return [_asked(one, change, fates.get(one.week, one.fate)) for one in change.arranged]


def _asked(one: Arranged, change: SlotChange, chosen: Fate) -> ArrangedWeek:
    words = {
        Fate.KEEP: _("Blijft zoals het is: %(what)s"),
        Fate.CARRY: _("Gaat mee: %(what)s"),
        Fate.DROP: _("Vervalt, net als elke andere week: %(what)s"),
    }
    choices, seen = [], set()
    for fate in sorted(Fate, key=lambda fate: fate is not chosen):
        then = change_slots(change.before, change.after.slots, {one.week: fate}).after
        meeting = then.meeting_in(one.week)
        deviation = then.deviations.get(one.week)
        if meeting is None or deviation in seen:
            continue  # two ways to the same week are one
        seen.add(deviation)
        choices.append((str(fate), words[fate] % {"what": _sentence(meeting)}, fate is chosen))
    order = {str(fate): number for number, fate in enumerate(Fate)}
    return ArrangedWeek(
        name=f"{_FIELD}{one.week}",
        words=large_first(_sentence(one.was)),
        answered=_answer(one),
        choices=sorted(choices, key=lambda choice: order[choice[0]]),
    )


def _sentence(meeting: Meeting) -> str:
    language = current()
    day = wording.day_in_words(meeting.day, language)
    when = f"{day}, {wording.clock_time(meeting.starts, language)}"
    odd = ", ".join(text for _kind, text in labels_of(meeting))
    return f"{when} ({odd})" if odd else when


def _answer(one: Arranged) -> str:
    if one.holiday is None:
        return ""
    name = wording.word(one.holiday.name, current())
    if one.meets:
        return _(
            "%(holiday)s: jullie zeiden dat jullie bij elkaar komen.", holiday=large_first(name)
        )
    return _(
        "%(holiday)s: jullie zeiden dat jullie niet bij elkaar komen.", holiday=large_first(name)
    )
