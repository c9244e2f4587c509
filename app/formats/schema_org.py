"""A listing as search engines read it: schema.org's Event with its Schedule, and no person in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.domain.listing import Listing
from app.domain.meeting import Difference, Meeting
from app.domain.place import Place
from app.domain.slot import Slot
from app.domain.week import Week

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOME = "https://schema.org"


def event(
    listing: Listing, meetings: Sequence[Meeting], *, page: str, fellowship: str
) -> dict[str, Any]:
    """Return a group's weekly meeting as schema.org's Event, for JSON.

    `meetings` are the coming ones, in order and at least one; `page` and `fellowship` whole
    addresses. What differs in a coming week is a subEvent (schema.org/Schedule knows only
    `exceptDate`). Contacts stay out: a robot that reads this keeps it.
    """
    first = next((one for one in meetings if one.is_on), meetings[0])
    return {
        "@context": HOME,
        "@type": "Event",
        "@id": page,
        "url": page,
        "name": listing.name,
        **_hours(first),
        **_whereabouts(first.place, listing, page),
        "eventStatus": _status(first),
        **_moved_from(first),
        "eventSchedule": _schedules(listing, meetings[0].week),
        "organizer": {
            "@type": "Organization",
            "name": listing.fellowship.name,
            "url": fellowship,
        },
        **({"inLanguage": listing.language} if listing.language_said else {}),
        "isAccessibleForFree": True,
        "subEvent": [
            {
                "@type": "Event",
                "name": listing.name,
                **_hours(one),
                **_whereabouts(one.place, listing, page),
                "eventStatus": _status(one),
                **_moved_from(one),
            }
            for one in meetings
            if not one.is_on or one.differences & {Difference.MOVED, Difference.ELSEWHERE}
        ],
    }


def _hours(meeting: Meeting) -> dict[str, str]:
    end = {"endDate": _instant(meeting.ends)} if meeting.end_said else {}
    return {"startDate": _instant(meeting.starts), **end}


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="minutes")


def _status(meeting: Meeting) -> str:
    if not meeting.is_on:
        return f"{HOME}/EventCancelled"
    if Difference.MOVED in meeting.differences:
        return f"{HOME}/EventRescheduled"
    return f"{HOME}/EventScheduled"


def _moved_from(meeting: Meeting) -> dict[str, str]:
    if meeting.is_on and Difference.MOVED in meeting.differences:
        return {"previousStartDate": _instant(meeting.usually_starts)}
    return {}


def _schedules(listing: Listing, week: Week) -> list[dict[str, str]]:
    """Return the standing time of a week and what was agreed for later, each until the next."""
    slots = sorted(listing.schedule.slots, key=lambda slot: slot.since)
    pairs = zip(slots, [*slots[1:], None], strict=True)
    return [
        _schedule(slot, until.since if until else None, listing.zone)
        for slot, until in pairs
        if until is None or until.since > week
    ]


def _schedule(slot: Slot, until: Week | None, zone: str) -> dict[str, str]:
    last = {"endDate": (until + -1).day(slot.weekday).isoformat()} if until else {}
    return {
        "@type": "Schedule",
        "repeatFrequency": "P1W",
        "byDay": f"{HOME}/{DAYS[slot.weekday - 1]}",
        "startDate": slot.since.day(slot.weekday).isoformat(),
        **last,
        "startTime": slot.start.isoformat(),
        **({"duration": f"PT{slot.minutes}M"} if slot.end_said else {}),
        "scheduleTimezone": zone,
    }


def _whereabouts(place: Place | None, listing: Listing, page: str) -> dict[str, Any]:
    """Return location and way of attending; nothing where neither is known or shown."""
    places: list[dict[str, Any]] = []
    if place is None or place.has_building:
        places += _building(place, listing)
    if place is not None and place.is_online:
        places.append({"@type": "VirtualLocation", "url": place.join_url or page})
    if not places:
        return {}
    modes = {
        "Mixed": place is not None and place.is_online and place.has_building,
        "Online": place is not None and place.is_online,
        "Offline": True,
    }
    mode = next(name for name, fits in modes.items() if fits)
    return {
        "location": places[0] if len(places) == 1 else places,
        "eventAttendanceMode": f"{HOME}/{mode}EventAttendanceMode",
    }


def _building(place: Place | None, listing: Listing) -> list[dict[str, Any]]:
    town = (place.town if place else "") or listing.town
    if not town:
        return []
    parts = {
        "streetAddress": place.street if place else "",
        "postalCode": place.postcode if place else "",
        "addressLocality": town,
        "addressCountry": place.country if place else "",
    }
    found: dict[str, Any] = {
        "@type": "Place",
        "name": (place.name if place else "") or town,
        "address": {
            "@type": "PostalAddress",
            **{name: value for name, value in parts.items() if value},
        },
    }
    if place and place.position:
        found["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.position.latitude,
            "longitude": place.position.longitude,
        }
    return [found]
