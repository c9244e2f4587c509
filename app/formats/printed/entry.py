"""One group on a printed list, in words and signs."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from app.domain.confirmation import Freshness
from app.domain.listing import Audience, Feature, Listing
from app.domain.meeting import Difference, Meeting, Status
from app.domain.place import Place
from app.domain.seating import Availability
from app.domain.slot import Slot
from app.domain.week import Week
from app.domain.zones import HOME
from app.formats.printed.typesetting import breakable
from app.formats.who_sees import who_may_come
from app.formats.wording import (
    clock_time,
    gettext_in,
    language_name,
    short_date,
    short_day,
    short_weekday,
    theme_name,
    weekday_name,
    where,
    word,
)
from app.formats.zones import hour_for_reader

WEEKS_AHEAD = 8
"""For how many weeks a list says what is different; a list on paper is not much older."""
DIFFERENCES_SHOWN = 4
FREE, FULL, PREPARING, WALK_IN, SURE, ASK, DIFFERS, WHEELCHAIR = "○●◌→✓?!♿"
AVAILABILITY = {
    Availability.FREE: FREE,
    Availability.FULL: FULL,
    Availability.PREPARING: PREPARING,
    Availability.WALK_IN: WALK_IN,
}
_PARTED = re.compile(r"(?<=\d) (?=[A-Z]{2}\b|[a-z]{3,9}\b)")


def entry_in_words(
    listing: Listing,
    site: str,
    today: date,
    language: str,
    kilometres: int | None,
    *,
    with_day: bool,
    meeting: Meeting | None = None,
) -> dict[str, Any]:
    """Return what templates/printed/list.typ shows of one group, or of one of its meetings."""
    hours = meeting.seen_in(HOME) if meeting else standing_of(listing, today)
    place = hours.place if hours else None
    spot = _place(place, listing, language)
    if kilometres is not None:
        _ = gettext_in(language)
        spot += " · " + _("%(number)s km", number=kilometres)
    differs = (
        _differences(meeting, listing, language)
        if meeting
        else what_differs(listing, today, language)
    )
    return {
        **_hours(hours, language, with_day=with_day),
        "name": breakable(listing.name),
        "href": f"{site}/groups/{listing.slug}",
        "facts": breakable(
            " · ".join([*_elsewhere(listing, hours, language), *_facts(listing, language)])
        ),
        "where": breakable(_together(spot)),
        "state": _state(listing, today, language),
        "differs": [breakable(_together(line)) for line in differs],
    }


def _hours(hours: Meeting | None, language: str, *, with_day: bool) -> dict[str, str]:
    if hours is None:
        return {"when": "", "until": ""}
    when = clock_time(hours.starts, language)
    if with_day:
        when = f"{short_weekday(hours.starts.isoweekday(), language)} {when}"
    _ = gettext_in(language)
    ends = _("tot %(time)s", time=clock_time(hours.ends, language)) if hours.end_said else ""
    return {"when": when, "until": ends}


def _elsewhere(listing: Listing, hours: Meeting | None, language: str) -> list[str]:
    """Return the hour by the group's own clock too, where that is another."""
    if hours is None:
        return []
    there = hours.starts.astimezone(listing.schedule.zone)
    both = hour_for_reader(there, language)
    return [both] if both != clock_time(hours.starts, language) else []


def what_differs(listing: Listing, today: date, language: str) -> list[str]:
    """Return what is different in the coming weeks, a short line each; nothing while paused."""
    if listing.status is not Status.ACTIVE:
        return []
    week = Week.of(today)
    # Where the clock is behind, this week's may still be to come of the week before.
    around = listing.schedule.meetings(week + -1, WEEKS_AHEAD + 1)
    meetings = [one for one in around if one.seen_in(HOME).day >= today]
    lines = [line for one in meetings for line in _differences(one, listing, language)]
    lines += [_from_then_on(slot, listing, language) for slot in _slots_ahead(listing, week)]
    more = len(lines) - DIFFERENCES_SHOWN
    if more < 1:
        return lines
    _ = gettext_in(language)
    and_more = _("en nog %(number)s keer anders: kijk op de pagina van de groep", number=more)
    return [*lines[:DIFFERENCES_SHOWN], and_more]


def _slots_ahead(listing: Listing, week: Week) -> list[Slot]:
    now = listing.schedule.slot_in(week)
    return [slot for slot in listing.schedule.slots if now and slot.since > week]


def slot_of(listing: Listing, today: date) -> Slot | None:
    """Return the standing time: this week's, or that of a group which is still to begin."""
    return listing.schedule.slot_from(Week.of(today))


def end_of(slot: Slot) -> time:
    """Return the hour on the wall at which a standing time ends, on this day or the next."""
    minutes = slot.start.hour * 60 + slot.start.minute + slot.minutes
    return time(minutes // 60 % 24, minutes % 60)


def standing_of(listing: Listing, today: date) -> Meeting | None:
    """Return what it usually does, by the clock of whoever reads, as a meeting of this week.

    Of a group that is still to begin, of its first week. None without a standing time.
    """
    slot = slot_of(listing, today)
    if slot is None:
        return None
    usual = replace(listing.schedule, deviations={}, closures=(), status=Status.ACTIVE)
    meeting = usual.meeting_in(max(slot.since, Week.of(today)))
    return meeting.seen_in(HOME) if meeting else None


def _together(text: str) -> str:
    """Keep `1015 KD` and `18 jan` on one line."""
    return _PARTED.sub("\u00a0", text)


def _place(place: Place | None, listing: Listing, language: str) -> str:
    line = where(place, listing, language)
    return f"{line} ({listing.town})" if place is None and listing.town else line


def _facts(listing: Listing, language: str) -> list[str]:
    """Return what is special, and to whom it matters: the sign of the wheelchair comes last."""
    _ = gettext_in(language)
    facts = [listing.fellowship.name, word(listing.subject, language)]
    if listing.audience is not Audience.EVERYONE:
        facts.append(word(listing.audience, language))
    if listing.is_open is not None:
        facts.append(_("open") if listing.is_open else _("gesloten"))
    if listing.language_said and listing.language != language:
        facts.append(language_name(listing.language, language))
    rest = listing.features - {Feature.WHEELCHAIR}
    facts += [word(feature, language) for feature in Feature if feature in rest]
    if Feature.WHEELCHAIR in listing.features:
        facts.append(WHEELCHAIR)
    return facts


def _state(listing: Listing, today: date, language: str) -> list[str]:
    _ = gettext_in(language)
    if listing.status is Status.PAUSED:
        return [word(Status.PAUSED, language)]
    seen = listing.availability
    parts = [f"{sign} {word(seen, language)}"] if (sign := AVAILABILITY.get(seen)) else []
    if listing.status is Status.PREPARING and (begins := _begins(listing, today)):
        parts.append(_("begint %(day)s", day=short_date(begins, language)))
    if listing.confirmed_on is None or listing.freshness(today) is Freshness.ASK_FIRST:
        ask = _("vraag dit even na")
        return [*parts, f"{ASK} {ask}"]
    day = short_date(listing.confirmed_on, language, year=listing.confirmed_on.year != today.year)
    confirmed = _("bevestigd op %(day)s", day=day)
    return [*parts, f"{SURE} {confirmed}"]


def _begins(listing: Listing, today: date) -> date | None:
    slot = slot_of(listing, today)
    day = slot.since.day(slot.weekday) if slot else None
    return day if day and today <= day < today + timedelta(days=365) else None


def _differences(meeting: Meeting, listing: Listing, language: str) -> list[str]:
    _ = gettext_in(language)
    differs, meeting = meeting.differences, meeting.seen_in(HOME)
    day = short_date(meeting.day, language)
    if not meeting.is_on:
        if meeting.reason:
            return [_("niet op %(day)s (%(reason)s)", day=day, reason=meeting.reason)]
        return [_("niet op %(day)s", day=day)]
    if Difference.HOLIDAY in differs:
        return [_("vraag na of het op %(day)s doorgaat", day=day)]
    lines = []
    if Difference.MOVED in differs:
        lines.append(
            _(
                "%(day)s %(time)s in plaats van %(usual)s",
                day=short_day(meeting.day, language),
                time=clock_time(meeting.starts, language),
                usual=f"{short_day(meeting.usually_starts.date(), language)} "
                f"{clock_time(meeting.usually_starts, language)}",
            )
        )
    if Difference.ELSEWHERE in differs:
        place = _place(meeting.place, listing, language)
        lines.append(_("op %(day)s ergens anders: %(place)s", day=day, place=place))
    if Difference.THEME in differs and meeting.theme:
        lines.append(f"{day}: {theme_name(meeting.theme, language)}")
    lines += [f"{day}: {words}" for words in who_may_come(meeting, language)]
    if Difference.NOTE in differs:
        lines.append(f"{day}: {meeting.note}")
    return lines


def _from_then_on(slot: Slot, listing: Listing, language: str) -> str:
    _ = gettext_in(language)
    return _(
        "vanaf %(day)s: %(weekday)s %(time)s, %(place)s",
        day=short_date(slot.since.day(slot.weekday), language),
        weekday=weekday_name(slot.weekday, language),
        time=clock_time(slot.start, language),
        place=_place(slot.place, listing, language),
    )
