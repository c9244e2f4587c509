"""Groups as Open Referral has services (HSDS 3, Open Referral UK): for directories of care and welfare.

No participant, contact person or number of seats is in it.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from app.domain.listing import Audience, Feature, Listing
from app.domain.meeting import Status
from app.domain.place import Place
from app.domain.slot import Slot
from app.domain.week import Week
from app.formats.api.making import slots_from
from app.formats.meeting_guide.news import news_of
from app.formats.plain_text import one_line, plain
from app.formats.wording import gettext_in, language_name, word

VERSION = "3.0"
PROFILE = "https://docs.openreferraluk.org/en/latest/"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DECIMALS = 5
_HELPS = (Feature.WHEELCHAIR, Feature.ACCESSIBLE_TOILET, Feature.HEARING_LOOP)
"""What makes a building easier to use; the rest is of the group."""
Row = dict[str, Any]


def id_of(root: str, number: int) -> str:
    """Return the id of a group, by its number: it stays when its name and address change."""
    return _id(root, "group", number)


def service_of(listing: Listing, number: int, *, page: str, root: str, now: datetime) -> Row:
    """Return a listed group that has a weekly time; `page` is its whole address, `root` ours.

    A week that differs is an alert while it is that week. Times are those of the wall clock:
    an offset would be wrong for half of the year.
    """
    language = listing.language
    slots = slots_from(listing, now)
    places = _places(slots)
    week = Week.at(now, listing.schedule.zone)
    news = plain("\n".join(news_of(listing, slots[0], week))) if slots else ""
    schedules = list(_schedules(listing, slots, id_of(root, number)))
    return _said(
        {
            "id": id_of(root, number),
            "name": one_line(listing.name),
            "description": plain(listing.description),
            "url": page,
            "status": "inactive" if listing.status is Status.PREPARING else "active",
            "eligibility_description": _for_whom(listing),
            "assured_date": listing.confirmed_on.isoformat() if listing.confirmed_on else "",
            "alert": news,
            "languages": [
                {
                    "id": _id(root, "language", number),
                    "name": language_name(language, language),
                    "code": language,
                }
            ]
            if listing.language_said
            else [],
            "organization": _organization(listing, root),
            "schedules": schedules,
            "service_at_locations": [
                _said(
                    {
                        "id": _id(root, "at", number, *key),
                        "location": _location(listing, place, kind, _id(root, "location", *key)),
                        "schedules": [
                            row
                            for row, slot in zip(schedules, slots, strict=True)
                            if slot.place == place
                        ]
                        if len({one for one, _kind in places.values()}) > 1
                        else [],
                    }
                )
                for key, (place, kind) in places.items()
            ],
        }
    )


def _schedules(listing: Listing, slots: list[Slot], of: str) -> Iterator[Row]:
    """Yield a weekly time each, with the days between which it holds."""
    for slot, later in zip(slots, [*slots[1:], None], strict=True):
        ends = datetime.combine(slot.since.monday, slot.start) + timedelta(minutes=slot.minutes)
        yield _said(
            {
                "id": _id(of, "schedule", str(slot.since)),
                "valid_from": slot.since.monday.isoformat(),
                "valid_to": (later.since.monday - timedelta(days=1)).isoformat() if later else "",
                "dtstart": slot.since.day(slot.weekday).isoformat(),
                "freq": "WEEKLY",
                "interval": 1,
                "byday": DAYS[slot.weekday - 1],
                "opens_at": f"{slot.start:%H:%M}",
                "closes_at": f"{ends:%H:%M}" if slot.end_said else "",
                "notes": listing.zone if listing.zone_said else "",
            }
        )


def _places(slots: list[Slot]) -> dict[tuple[str, ...], tuple[Place, str]]:
    """Return where it is, by what tells one place from another; who does both is in two of them."""
    found: dict[tuple[str, ...], tuple[Place, str]] = {}
    for place in (slot.place for slot in slots):
        if place and place.has_building and (place.town or place.street):
            key = ("physical", place.name, place.street, place.postcode, place.town)
            found.setdefault(key, (place, "physical"))
        if place and place.is_online:
            found.setdefault(("virtual", place.join_url), (place, "virtual"))
    return found


def _location(listing: Listing, place: Place, kind: str, id: str) -> Row:
    if kind == "virtual":
        return _said({"id": id, "location_type": kind, "url": place.join_url})
    where = place.position
    helps = [word(one, listing.language) for one in _HELPS if one in listing.features]
    return _said(
        {
            "id": id,
            "location_type": kind,
            "name": one_line(place.name),
            "description": plain(place.way_in),
            "latitude": round(where.latitude, DECIMALS) if where else None,
            "longitude": round(where.longitude, DECIMALS) if where else None,
            "addresses": [
                {
                    "id": _id(id, "address"),
                    "address_1": one_line(place.street),
                    "city": one_line(place.town),
                    "state_province": one_line(place.province),
                    "postal_code": one_line(place.postcode),
                    "country": place.country,
                    "address_type": "physical",
                }
            ],
            "accessibility": [
                {"id": _id(id, "accessibility", *helps), "description": ", ".join(helps)}
            ]
            if helps
            else [],
        }
    )


def _organization(listing: Listing, root: str) -> Row:
    card = listing.fellowship
    return _said(
        {
            "id": _id(root, "fellowship", card.slug),
            "name": one_line(card.name),
            "alternate_name": one_line(card.full_name),
            "website": card.website,
        }
    ) | {"description": plain(card.identity)}


def _for_whom(listing: Listing) -> str:
    """Return for whom it is, as far as anybody said."""
    _ = gettext_in(listing.language)
    said = []
    if listing.audience is not Audience.EVERYONE:
        said.append(word(listing.audience, listing.language))
    if listing.is_open:
        said.append(_("iedereen mag komen kijken"))
    return ", ".join(said)


def _id(*of: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, of))))


def _said(row: Row) -> Row:
    """Leave out what nobody said."""
    return {key: value for key, value in row.items() if value not in ("", None, [])}
