"""What another status of a group would do: who is told, and what becomes of seats, line and feed."""

from dataclasses import replace

from flask_babel import gettext as _

from app import clock
from app.blueprints.coordinate.told import told_words
from app.blueprints.web.languages import current
from app.domain.feeds.feed import KEPT_AFTER_CLOSING
from app.domain.held import coming_meetings
from app.domain.meeting import Schedule, Status
from app.domain.status_change import news_of, waits_meanwhile
from app.formats.text import large_first
from app.formats.wording import clock_time, day_in_words
from app.records.groups import Group
from app.records.listings import schedule_ahead
from app.records.participants import Wanted, letters_wanted


def status_preview(group: Group, status: Status) -> list[str]:
    """Return what would happen, a sentence each; one alone when it stands so already."""
    before = Status(group.status)
    if status is before:
        return [_("Zo staat het nu al. Er verandert niets.")]
    schedule = schedule_ahead(group, clock.now())
    return [
        _told(group, before, status),
        *_of_meetings(schedule, before, status),
        *_of_seats(before, status),
        _of_feed(status),
    ]


def _told(group: Group, before: Status, status: Status) -> str:
    if news_of(before, status) is None:
        return _("Niemand krijgt een mail.")
    return told_words(letters_wanted([group.id], with_line=True).get(group.id, Wanted(0, 0)))


def _of_meetings(schedule: Schedule, before: Status, status: Status) -> list[str]:
    """Tell of the first meeting that it touches."""
    stands_still = waits_meanwhile(before)
    schedule = _as_if_it_met(schedule) if stands_still else schedule
    meeting = next(iter(coming_meetings(schedule, clock.now(), 1)), None)
    if meeting is None or not meeting.is_on:
        return []
    language = current()
    day, at = day_in_words(meeting.day, language), clock_time(meeting.starts, language)
    if meeting.starts <= clock.now():
        return [_("De bijeenkomst van nu gaat gewoon door.")]
    if status in (Status.PAUSED, Status.CLOSED):
        if stands_still:
            return []
        return [_("%(day)s, %(time)s gaat al niet meer door.", day=large_first(day), time=at)]
    if stands_still:
        return [_("De eerste bijeenkomst is %(day)s, %(time)s.", day=day, time=at)]
    return []


def _as_if_it_met(schedule: Schedule) -> Schedule:
    return replace(schedule, status=Status.ACTIVE)


def _of_seats(before: Status, status: Status) -> list[str]:
    match status:
        case Status.PAUSED:
            return [
                _("Wie een plek heeft, houdt die, en de wachtlijst blijft zoals hij is."),
                _(
                    "Plekken die aangeboden of nog niet bevestigd zijn, wachten tot jullie weer beginnen."
                ),
                _("Nieuwe mensen kunnen zolang geen plek vragen."),
            ]
        case Status.CLOSED:
            return [
                _("Niemand kan meer een plek vragen, en de wachtlijst schuift niet meer op."),
                _("Wie een plek had of wachtte, kan op de eigen pagina naam en mailadres wissen."),
            ]
    if waits_meanwhile(before):
        return [
            _("Iedereen heeft de plek van eerst, ook op de wachtlijst."),
            _(
                "Wie een plek kreeg aangeboden of nog moest bevestigen, krijgt daar weer de volle tijd voor."
            ),
        ]
    return [_("Plekken en wachtlijst blijven zoals ze zijn.")]


def _of_feed(status: Status) -> str:
    match status:
        case Status.PAUSED:
            return _("De agenda laat alle weken zien als “gaat niet door”.")
        case Status.CLOSED:
            return _(
                "De pagina en de agenda blijven nog %(days)s dagen staan, zonder nieuwe bijeenkomsten.",
                days=KEPT_AFTER_CLOSING.days,
            )
        case Status.PREPARING:
            return _("Op de pagina staat dat de groep in oprichting is.")
    return _("De pagina en de agenda laten de bijeenkomsten zien.")
