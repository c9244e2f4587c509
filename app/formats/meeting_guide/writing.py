"""Writes listings as Meeting Guide JSON (https://github.com/code4recovery/spec), a row a group."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from app.domain.imported import SHUT, Entry, EntryPlace
from app.domain.listing import Audience, Feature, Listing
from app.domain.meeting import MEETS
from app.domain.place import Kind, Place, Position
from app.domain.slot import Slot
from app.domain.week import Week
from app.formats.lists.countries import country_code, country_of_zone, lies_in
from app.formats.lists.kinds import MEETING_GUIDE
from app.formats.meeting_guide.beside import confirmation, contacts, places
from app.formats.meeting_guide.facts import given_back
from app.formats.meeting_guide.news import news_of
from app.formats.meeting_guide.place import is_region, link_of, province_of, street_of
from app.formats.meeting_guide.row import short_slug
from app.formats.meeting_guide.types import (
    AA,
    CLASHING,
    CODE_OF_LANGUAGE,
    Types,
    read_types,
    split_types,
    types_said,
    written_types,
)
from app.formats.plain_text import cut, one_line, plain

__all__ = ["entry_of", "lines", "write"]

STATES = frozenset({"US", "CA", "AU", "BR", "IN", "MX"})
"""Where an address has a state in it; elsewhere a province is only a region."""
DECIMALS = 5
SHAPE = 5
"""Rises when the same listing is written in another way, so that readers fetch it again."""

AS_MANY_SAY = lru_cache(2048)
"""Most groups of a list say the same few things: each is put together once."""

_word = AS_MANY_SAY(one_line)
Page = Callable[[Listing], str]


def write(listings: Iterable[Listing], *, page: Page, now: datetime, mixed: bool = False) -> bytes:
    """Return listings as one JSON array, UTF-8, a line for each; see `lines`."""
    return joined(lines(listings, page=page, now=now, mixed=mixed))


def lines(
    listings: Iterable[Listing], *, page: Page, now: datetime, mixed: bool = False
) -> Iterator[bytes]:
    """Return one JSON object for each listing that has a weekly time and is not paused or closed.

    The format has no place for a group's status, and readers ignore codes that they do not know:
    a paused group in it would send people to a shut door. `page` gives a group's public address.
    `mixed` says that several programs stand in one list, where a code must mean one thing. What
    it says of this week depends on the week of `now`, how sure it is on the day, nothing on the hour.
    """
    every = (line(listing, page=page, now=now, mixed=mixed) for listing in listings)
    return filter(None, every)


def line(listing: Listing, *, page: Page, now: datetime, mixed: bool = False) -> bytes:
    """Return what a list says of one group, as `lines` does; empty for one that is in no list."""
    entry = entry_of(listing, page=page, now=now, mixed=mixed)
    if entry is None:
        return b""
    beside = contacts(listing) | confirmation(listing, now) | places(listing)
    return msgspec.json.encode(_row(entry) | beside)


def joined(lines: Iterable[bytes]) -> bytes:
    """Return lines as one JSON array, UTF-8."""
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


def entry_of(listing: Listing, *, page: Page, now: datetime, mixed: bool = False) -> Entry | None:
    """Return what a list says of a group, or None when the group does not belong in one."""
    week = Week.at(now, listing.schedule.zone)
    slot = listing.schedule.slot_from(week)
    if slot is None or listing.status not in MEETS:
        return None
    language = listing.language if listing.language_said else None
    known = language if language in CODE_OF_LANGUAGE else None
    types = _types_of(
        listing.is_open, known, listing.audience, listing.features, listing.codes, mixed=mixed
    )
    place, town, province = _where(listing, slot, week)
    entity, entity_url = _entity(listing.fellowship.name, listing.fellowship.website)
    return Entry(
        source=MEETING_GUIDE,
        slug=short_slug(listing.slug),
        name=cut(one_line(listing.name) or listing.slug, 120),
        weekday=slot.weekday,
        start=slot.start.replace(second=0, microsecond=0),
        minutes=slot.minutes if slot.end_said else None,
        zone=listing.zone if listing.zone_said else None,
        place=place,
        town=town,
        province=province,
        description=_notes(listing, slot, week),
        language=types.language,
        is_open=types.is_open,
        audience=types.audience,
        features=types.features,
        codes=types.codes,
        confirmed=listing.confirmed_on,
        url=page(listing),
        entity=entity,
        entity_url=entity_url,
        facts=listing.facts,
    )


@AS_MANY_SAY
def _entity(name: str, website: str) -> tuple[str, str]:
    """Return what a fellowship is called, and its address if it is called anything."""
    name = one_line(name)
    return name, link_of(website) if name else ""


@AS_MANY_SAY
def _types_of(
    is_open: bool | None,
    language: str | None,
    audience: Audience,
    features: frozenset[Feature],
    codes: tuple[tuple[str, str], ...],
    *,
    mixed: bool,
) -> Types:
    """Return what the types of a listing say, its foreign codes among them as the format has them."""
    written = written_types(
        is_open=is_open,
        language=language,
        audience=audience,
        features=features,
        codes=_codes(codes, mixed=mixed),
    )
    return read_types(written)


def _codes(codes: tuple[tuple[str, str], ...], *, mixed: bool) -> list[tuple[str, str]]:
    """Return foreign codes as the format writes them, without what says that a group is shut."""
    return [
        (program, written)
        for program, code in codes
        for written in split_types([code])
        if written != SHUT and not (mixed and program != AA and written in CLASHING)
    ]


def _where(listing: Listing, slot: Slot, week: Week) -> tuple[EntryPlace | None, str, str]:
    """Return the public part of the place, the town and the province.

    A building of which only the town may be known is no place: the town says it.
    """
    stands = slot.place.in_week(max(week, slot.since)) if slot.place else None
    seen = stands.seen_by_public(slot.visibility) if stands else None
    town, province = _word(listing.town), _word(listing.province)
    if seen and seen.has_building:
        town, province = _word(seen.town) or town, _word(seen.province) or province
    if not is_region(province):
        province = ""
    usual = country_of_zone(listing.zone) if listing.zone_said else ""
    country = country_code(seen.country) or "" if seen else usual
    postcode = one_line(seen.postcode)[:12].strip() if seen and seen.has_building else ""
    street = cut(street_of(one_line(seen.street)), 160) if seen else ""
    name = cut(one_line(seen.name), 120) if seen else ""
    if seen is None or (seen.kind is Kind.BUILDING and not (name or street)):
        # Readers know no more than the town, so neither does the province.
        return None, town, province_of(usual, "", town, province)
    province = province_of(country, postcode, town, province)
    building: dict[str, Any] = {}
    if seen.has_building:
        building = {
            "street": street,
            "postcode": postcode,
            "town": town,
            "province": province,
            "position": _rounded(seen.position, country),
        }
    place = EntryPlace(
        kind=seen.kind,
        name=name,
        country=country,
        directions=cut(plain(seen.way_in), 600),
        **building,
        **(_join(seen) if seen.is_online else {}),
    )
    return place, town, province


def _join(place: Place) -> dict[str, Any]:
    url = link_of(place.join_url)
    phone = one_line(place.join_phone)
    notes = plain(place.join_notes) if url or phone else ""
    return {"join_url": url, "join_phone": phone, "join_notes": cut(notes, 300)}


def _rounded(position: Position | None, country: str) -> Position | None:
    if position is None or not lies_in(position, country):
        return None
    found = Position(round(position.latitude, DECIMALS), round(position.longitude, DECIMALS))
    return found if found.latitude or found.longitude else None


def _notes(listing: Listing, slot: Slot, week: Week) -> str:
    """Return the description, and what else a reader must know: not yet begun, other this week."""
    news = plain("\n".join(news_of(listing, slot, week)))
    news = cut(news, 500)
    description = cut(plain(listing.description), 1200 - len(news) - 1)
    return plain(f"{description}\n{news}") if news else description


def _row(entry: Entry) -> dict[str, Any]:
    """Return an entry under the specification's keys; what does not apply is left out."""
    starts, ends = _hours(entry.start, entry.minutes)
    row = {
        "slug": entry.slug,
        "name": entry.name,
        "day": entry.weekday % 7,
        "time": starts,
        "end_time": ends,
        "timezone": entry.zone,
        "types": _types(entry),
        "notes": entry.description,
        **_address(entry),
        "updated": f"{entry.confirmed} 00:00:00" if entry.confirmed else "",
        "url": entry.url,
        "entity": entry.entity,
        "entity_url": entry.entity_url,
        **given_back(entry.facts, link_of),
    }
    return {key: value for key, value in row.items() if value not in ("", None, [])}


@AS_MANY_SAY
def _hours(start: time, minutes: int | None) -> tuple[str, str]:
    """Return when it begins and ends, as the format writes it; without an end an empty one."""
    if minutes is None:
        return f"{start:%H:%M}", ""
    ends = datetime.combine(date(2000, 1, 3), start) + timedelta(minutes=minutes)
    return f"{start:%H:%M}", f"{ends:%H:%M}"


def _types(entry: Entry) -> list[str]:
    pairs = types_said(entry)
    return list(dict.fromkeys(code for _, code in pairs))


def _address(entry: Entry) -> dict[str, Any]:
    """Return where it is, in parts.

    `approximate` is always written. Without it tsml-ui takes an address with fewer than three
    commas, as every Dutch one, for a mere town and calls the group inactive. Only a group that
    meets online alone says yes: a no would make it meet in person as well.
    """
    place = entry.place
    country = place.country if place else country_of_zone(entry.zone) if entry.zone else ""
    where: dict[str, Any] = {
        "city": entry.town,
        "state": entry.province if country in STATES else "",
        "region": entry.province,
        "country": country,
        "approximate": "no",
        "attendance_option": "in_person",
    }
    if place is None:
        if not entry.town:
            del where["attendance_option"]  # nothing is known of where, so neither of how
        return where
    where |= {
        "location": place.name,
        "address": place.street,
        "postal_code": place.postcode,
        "location_notes": place.directions,
        "conference_url": place.join_url,
        "conference_phone": place.join_phone,
        "conference_url_notes" if place.join_url else "conference_phone_notes": place.join_notes,
    }
    if place.position:
        where["latitude"] = place.position.latitude
        where["longitude"] = place.position.longitude
    if place.kind is not Kind.BUILDING:
        where["attendance_option"] = "online" if place.kind is Kind.ONLINE else "hybrid"
    if place.kind is Kind.ONLINE:
        where["approximate"] = "yes"
    return where
