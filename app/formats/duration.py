"""Durations in words: a sentence that promises one takes it from the domain, never by heart."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from app.domain import confirmation, head_count, patience, proposal, retention, roles, seating
from app.domain.exchange import undo
from app.domain.feeds import feed
from app.domain.signin import lasting
from app.formats.languages.numbers import cardinal
from app.formats.wording import gettext_in, known, ngettext_in


class _Words(NamedTuple):
    """`one` is how a single one reads, with its article; `many` is what stands after a number."""

    teens: str
    """13 to 19."""
    tens: str
    """20, 30, … 90."""
    one: dict[str, str]
    many: dict[str, str]


_WORDS = {
    "nl": _Words(
        "dertien veertien vijftien zestien zeventien achttien negentien",
        "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
        {
            "year": "een jaar",
            "half_year": "een half jaar",
            "week": "een week",
            "day": "een dag",
            "hour": "een uur",
            "half_hour": "een half uur",
            "minute": "een minuut",
        },
        {"year": "jaar", "week": "weken", "day": "dagen", "hour": "uur", "minute": "minuten"},
    ),
    "en": _Words(
        "thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
        {
            "year": "a year",
            "half_year": "half a year",
            "week": "a week",
            "day": "a day",
            "hour": "an hour",
            "half_hour": "half an hour",
            "minute": "a minute",
        },
        {"year": "years", "week": "weeks", "day": "days", "hour": "hours", "minute": "minutes"},
    ),
}
_DAYS_IN_YEAR = 365.2425
_HALF_YEAR = range(180, 184)
"""Days: half a year, or 26 weeks."""

LENGTHS: dict[str, Callable[[], timedelta]] = {
    "seat_offered": lambda: seating.HOLDS[seating.Hold.OFFERED].lasts,
    "seat_greeted": lambda: seating.HOLDS[seating.Hold.GREETED].lasts,
    "seated_unheard": lambda: retention.ASK_SEATED_AFTER,
    "silence": lambda: retention.SILENCE,
    "letter": lambda: retention.LETTER,
    "announcement": lambda: retention.ANNOUNCEMENT,
    "change": lambda: retention.CHANGE,
    "list_undone": lambda: undo.UNDONE_WITHIN,
    "list_kept": lambda: undo.DRAFT_KEPT,
    "evening": lambda: retention.EVENING,
    "backup": lambda: retention.BACKUP,
    "feed_after_end": lambda: feed.KEPT_AFTER_CLOSING,
    "request_unconfirmed": lambda: retention.REQUEST_UNCONFIRMED,
    "request_answered": lambda: retention.REQUEST_ANSWERED,
    "request_longest": lambda: retention.REQUEST_LONGEST,
    "follow_unconfirmed": lambda: retention.FOLLOW_UNCONFIRMED,
    "followed_unused": lambda: retention.FOLLOWED_UNUSED,
    "proposal_answered": lambda: retention.PROPOSAL_ANSWERED,
    "proposal_open": lambda: retention.PROPOSAL_OPEN,
    "proposal_theirs": lambda: proposal.OFFICER_AFTER,
    "invitation": lambda: roles.INVITATION_LASTS,
    "circle_asked": lambda: timedelta(days=roles.DAYS_TO_OBJECT),
    "notice": lambda: timedelta(weeks=roles.WEEKS_OF_NOTICE),
    "confirm_link": lambda: confirmation.LINK_LASTS,
    "count_link": lambda: head_count.LINK_LASTS,
    "reset_link": lambda: lasting.RESET_LASTS,
    "login_code": lambda: lasting.CODE_LASTS,
    "fresh": lambda: lasting.FRESH,
    "form_again": lambda: patience.WINDOW,
    "closed_feed": lambda: feed.KEPT_AFTER_CLOSING,
    "selection_feed": lambda: timedelta(weeks=feed.OF_SEVERAL_AHEAD),
}
"""What pages and letters may promise, by the name that they ask for it with."""


def lasts(name: str, language: str) -> str:
    """Return how long something lasts by today's rules, in words."""
    return duration_in_words(LENGTHS[name](), language)


def duration_in_words(length: timedelta, language: str) -> str:
    """Return `een week`, `dertig dagen`, `twee uur`: the largest unit of which it is whole."""
    language = known(language)
    unit, number = _whole(length)
    if language not in _WORDS:
        return _by_catalogue(unit, number, language)
    words = _WORDS[language]
    return words.one[unit] if number == 1 else f"{_number(number, language)} {words.many[unit]}"


def _by_catalogue(unit: str, number: int, language: str) -> str:
    """Return `7 Tage`: digits, for numbers in letters bend with what they count."""
    _, ngettext = gettext_in(language), ngettext_in(language)
    match unit:
        case "half_year":
            return _("een half jaar")
        case "half_hour":
            return _("een half uur")
        case "year":
            return ngettext("%(num)s jaar", "%(num)s jaren", number)
        case "week":
            return ngettext("%(num)s week", "%(num)s weken", number)
        case "day":
            return ngettext("%(num)s dag", "%(num)s dagen", number)
        case "hour":
            return ngettext("%(num)s uur", "%(num)s uren", number)
    return ngettext("%(num)s minuut", "%(num)s minuten", number)


def _number(number: int, language: str) -> str:
    """Return a number from 2 on: in letters up to twenty, and the tens."""
    words = _WORDS[language]
    if 12 < number < 20:
        return words.teens.split()[number - 13]
    if number in range(20, 100, 10):
        return words.tens.split()[number // 10 - 2]
    return cardinal(number, language)


def _whole(length: timedelta) -> tuple[str, int]:
    days = length.days
    if length == timedelta(days=days) and days:
        years = round(days / _DAYS_IN_YEAR)
        if years and abs(days - years * _DAYS_IN_YEAR) < years:
            return "year", years
        if days in _HALF_YEAR:
            return "half_year", 1
        return ("week", days // 7) if days % 7 == 0 else ("day", days)
    minutes = int(length.total_seconds()) // 60
    if minutes == 30:
        return "half_hour", 1
    return ("hour", minutes // 60) if minutes % 60 == 0 else ("minute", minutes)
