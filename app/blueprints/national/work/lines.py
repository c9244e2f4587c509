"""A point of the work list in one sentence, in the reader's language."""

from flask_babel import gettext as _

from app.blueprints.web.languages import current
from app.domain.holiday import Holiday
from app.domain.work import FULL_OR_EMPTY_FOR, UNCONFIRMED_AFTER, Concern, Likeness, Other, Point
from app.formats.duration import duration_in_words
from app.formats.wording import day_in_words, word


def concern_words() -> dict[Concern, str]:
    """Return the name of each concern, as it stands after a number and as a label."""
    full_or_empty = duration_in_words(FULL_OR_EMPTY_FOR, current())
    unconfirmed = duration_in_words(UNCONFIRMED_AFTER, current())
    return {
        Concern.NO_COORDINATOR: _("zonder coördinator"),
        Concern.NO_PLACE: _("zonder locatie"),
        Concern.NOT_CONFIRMED: _("%(time)s niet bevestigd", time=unconfirmed),
        Concern.HOLIDAY: _("zonder antwoord over een feestdag"),
        Concern.CLOSURE_ENDS: _("bijna weer open"),
        Concern.FULL: _("%(time)s vol", time=full_or_empty),
        Concern.EMPTY: _("%(time)s leeg", time=full_or_empty),
        Concern.SERVICE_ENDS: _("zonder opvolger"),
        Concern.SAME_ROOM: _("met een andere groep in één zaal"),
        Concern.DOUBLE: _("misschien dubbel"),
        Concern.GONE: _("niet meer in de eigen lijst"),
    }


def in_one_line(point: Point) -> str:  # noqa: C901 - a sentence for each concern
    """Return what is the matter, with the days and the other groups it is about."""
    since = day_in_words(point.since, current(), year=True)
    day = day_in_words(point.day, current(), year=True) if point.day else ""
    match point.concern:
        case Concern.NO_COORDINATOR:
            return _("Niemand coördineert deze groep, sinds %(day)s.", day=since)
        case Concern.NO_PLACE:
            return _("De locatie is niet bekend, sinds %(day)s.", day=since)
        case Concern.NOT_CONFIRMED if day:
            return _("Voor het laatst bevestigd op %(day)s.", day=day)
        case Concern.NOT_CONFIRMED:
            return _("Nog nooit bevestigd. De groep staat er sinds %(day)s.", day=since)
        case Concern.HOLIDAY:
            named = ", ".join(map(_holiday, point.holidays))
            return _("Nog geen antwoord over: %(holidays)s.", holidays=named)
        case Concern.CLOSURE_ENDS:
            return _("Dicht tot en met %(day)s. Begint de groep daarna weer?", day=day)
        case Concern.FULL:
            return _("Vol sinds %(day)s.", day=since)
        case Concern.EMPTY:
            return _("Geen enkele plek bezet, sinds %(day)s.", day=since)
        case Concern.SERVICE_ENDS:
            return _("De laatste coördinator stopt op %(day)s. Wie volgt?", day=day)
        case Concern.SAME_ROOM:
            named = ", ".join(one.name or _("een andere groep") for one in point.others)
            return _("Zelfde zaal, zelfde uren als %(others)s.", others=named)
        case Concern.GONE:
            return _gone(point, since)
        case Concern.DOUBLE:
            return " ".join(map(_double, point.others))


def _gone(point: Point, since: str) -> str:
    of = point.others[0].name if point.others else ""
    if not of:
        return _("Staat sinds %(day)s niet meer in de lijst.", day=since)
    return _("Staat sinds %(day)s niet meer in de lijst “%(list)s”.", day=since, list=of)


def _holiday(holiday: Holiday) -> str:
    first = day_in_words(holiday.first, current())
    name = word(holiday.name, current())
    if holiday.is_one_day:
        return _("%(holiday)s, %(day)s", holiday=name, day=first)
    return _("%(holiday)s, vanaf %(day)s", holiday=name, day=first)


def _double(other: Other) -> str:
    match other.likeness:
        case Likeness.LOOKS:
            return _(
                "De naam ziet er net zo uit als %(other)s, maar is met andere letters geschreven.",
                other=other.name,
            )
        case Likeness.PLACE:
            return _("Zelfde dag en tijd als %(other)s, en vlakbij.", other=other.name)
        case Likeness.NAME:
            return _(
                "Zelfde dag en tijd als %(other)s, in dezelfde plaats, met bijna dezelfde naam.",
                other=other.name,
            )
        case _:
            return _(
                "Zelfde dag en tijd als %(other)s, vlakbij, met bijna dezelfde naam.",
                other=other.name,
            )
