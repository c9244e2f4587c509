"""The change log in words: what was done, by whom, and what it was before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.blueprints.parts.change_words import DEEDS, FIELDS, OF_NO_GROUP
from app.blueprints.web.languages import current
from app.domain.holiday import HolidayName
from app.domain.listing import Audience, Feature, Subject
from app.domain.meeting import Status
from app.domain.place import Visibility
from app.domain.seating import Seating
from app.domain.week import NoSuchWeek, Week
from app.formats import wording
from app.formats.kinds.words import codes_in_words
from app.records.changes import Change
from app.records.history import ABOUT_PLACES

_ENUMERATIONS: dict[str, type] = {
    "audience": Audience,
    "subject": Subject,
    "status": Status,
    "visibility": Visibility,
    "seating": Seating,
}


def _a_day(value: str, language: str) -> str:
    return wording.day_in_words(date.fromisoformat(value), language, year=True)


def _an_hour(value: str, language: str) -> str:
    return wording.clock_time(time.fromisoformat(value), language)


def _kinds(value: Any, language: str) -> str:
    return codes_in_words(value, language) or "–"


_WORDED: dict[str, Callable[[Any, str], str]] = {
    "weekday": wording.weekday_name,
    "start": _an_hour,
    "codes": _kinds,
    **dict.fromkeys(("first", "last", "until", "confirmed_on"), _a_day),
}


@dataclass(frozen=True)
class ChangeLine:
    """One line of the log; `differences` are (field, before, after) in words."""

    at: datetime
    who: str
    what: str
    differences: list[tuple[str, str, str]]


def change_line(change: Change, zone: ZoneInfo, *, for_office: bool = False) -> ChangeLine:
    """Return a change in the reader's words, its instant in a zone; for an officer without places."""
    names = [*change.after, *(name for name in change.before if name not in change.after)]
    if for_office:
        names = [name for name in names if name not in ABOUT_PLACES]
    return ChangeLine(
        at=change.at.astimezone(zone),
        who=who_did(change),
        what=deed_in_words(change),
        differences=[
            (
                str(FIELDS[name]),
                value_in_words(name, change.before.get(name)),
                value_in_words(name, change.after.get(name)),
            )
            for name in names
            if name in FIELDS and change.before.get(name) != change.after.get(name)
        ],
    )


def who_did(change: Change) -> str:
    """Return who did something: a name, nobody any more, or the installation."""
    if change.account_erased:
        return _("Iemand die hier gestopt is")
    return change.account.name if change.account else _("Twaalf")


def deed_in_words(change: Change) -> str:
    """Return what was done, with the week that it was done to."""
    what = str((DEEDS | OF_NO_GROUP)[change.deed])
    week = change.after.get("week")
    return _("%(what)s: week van %(day)s", what=what, day=_since(week)) if week else what


def value_in_words(name: str, value: Any) -> str:
    """Return what a field of the log holds, in the reader's words; `–` for nothing."""
    language = current()
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if name == "features":
        return ", ".join(wording.word(Feature(one), language) for one in value) or "–"
    if name in _ENUMERATIONS:
        return wording.word(_ENUMERATIONS[name](value), language)
    if name == "language":
        return wording.language_name(value, language)
    if name == "titles":
        return _titles(value)
    if name == "texts":
        return _in_other_languages(value)
    if name in _WORDED:
        return _WORDED[name](value, language)
    if name == "holiday":
        return wording.word(HolidayName(value[len("2026-12-26-") :]), language)
    if name == "since":
        return _since(value)
    if name == "themes":
        return {"rotation": _("de twaalf stappen"), "month": _("per keer in de maand")}.get(
            value, str(value)
        )
    return str(value)


def _in_other_languages(value: dict[str, dict[str, str]]) -> str:
    told = (
        f"{wording.language_name(code, current())}, {FIELDS[name]}: {text}"
        for code, texts in value.items()
        for name, text in texts.items()
    )
    return "\n".join(told) or "–"


def _titles(value: Any) -> str:
    """Return the themes of an edit, or the numbers that the log keeps of them."""
    told = [
        str(one) if isinstance(one, int) else wording.theme_name(one, current()) for one in value
    ]
    return ", ".join(told) or "–"


def _since(text: str) -> str:
    try:
        monday = Week.parse(text).monday
    except NoSuchWeek:
        return text
    return wording.day_in_words(monday, current(), year=True)
