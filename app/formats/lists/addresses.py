"""Addresses of the world: taken apart by the rules of their country, which is never guessed."""

import re
from dataclasses import dataclass, replace

from app.domain.geography.gazetteer import province_named
from app.domain.geography.whereabouts import spot_of_town
from app.domain.place import Position
from app.formats.lists.countries import (
    POSTCODES,
    STATES,
    country_code,
    country_of_postcode,
    is_postcode_of,
    is_province_of,
    lies_in,
)

_ANY = "|".join(f"(?:{form})" for form in POSTCODES.values())
_PREFIX = r"(?:(?P<of>NL|B|BE|D|DE|A|AT|CH|F|FR|L|LU)[- ]+)?"
_CODE_FIRST = re.compile(rf"{_PREFIX}(?P<code>{_ANY})(?: +(?P<town>\D.*))?")
_CODE_LAST = re.compile(rf"(?P<town>\D.*?)[ ,]+(?P<code>{_ANY})")
_STATE_AND_CODE = re.compile(
    r"(?:(?P<town>\D.*?)[ ,]+)?(?P<state>[A-Z]{2,3}) +(?P<code>[A-Z\d][A-Z\d -]{2,9})"
)
_SHORT_COUNTRY = {"B": "BE", "D": "DE", "A": "AT", "F": "FR", "L": "LU"}
_SAYS_MORE = re.compile(r"[\d,(]")
_WITH_PROVINCE = re.compile(r"(.+?)\s*\((.+)\)")
_OF_HOUSE_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Address:
    """An address in parts; what is not said is empty, also the country."""

    street: str = ""
    postcode: str = ""
    town: str = ""
    province: str = ""
    country: str = ""


@dataclass(frozen=True)
class Hints:
    """What a row says elsewhere that may tell its country: its zone, its fellowship's, its position."""

    of_zone: str = ""
    usual: str = ""
    position: Position | None = None
    language: str = ""


def take_apart(line: str, hints: Hints | None = None) -> Address:
    """Return an address on one line in parts.

    `Lindengracht 93, 1015 KD Amsterdam, Nederland`; `12 Main St, Anytown, OK 12345, USA`;
    `Philadelphia, PA, USA` is a town; `Amsterdam, Noord-Holland, Nederland` too.
    """
    hints = hints or Hints()
    parts = [part.strip() for part in line.split(",") if part.strip()]
    country = _named_last(parts, hints)
    postcode = town = province = ""
    for number in range(len(parts) - 1, -1, -1):
        if number == 0 and len(parts) > 1 and not country:
            break  # a street may begin like a postcode: `1012 Main`
        found = _with_postcode(parts[number], country)
        if found is None:
            continue
        if found.country and country and found.country != country:
            continue
        postcode, town, province = found.postcode, found.town, found.province
        country = country or found.country
        del parts[number]
        break
    country = country or country_of_postcode(postcode)
    while parts and not province and not town and len(parts) + bool(postcode) > 1:
        if not _is_province(parts[-1], country, hints):
            break
        province = parts.pop()
        if not country and province in STATES["US"]:
            country = "US"
    if not town and parts and (len(parts) > 1 or not _OF_HOUSE_NUMBER.search(parts[-1])):
        town = parts.pop()
    if parts and town and is_province_of(country, town) and parts[-1].casefold() == town.casefold():
        province = town
        parts.pop()
    return Address(", ".join(parts), postcode, town, _as_we_call_it(country, province), country)


def completed(given: Address, line: str, hints: Hints, *, region: str = "") -> Address:
    """Return the parts that a row gives, filled up from its address on one line, with its country.

    The country is what is named, else what a postcode or a state can only mean, else that of the
    row's zone, else the fellowship's: the last two only where nothing speaks against it.
    """
    named = given.country or country_code(region) or ""
    whole = take_apart(line, replace(hints, of_zone=named or hints.of_zone)) if line else Address()
    if given.street and not given.town and not line and "," in given.street:
        whole, given = take_apart(given.street, hints), replace(given, street="")
    if given.town and _SAYS_MORE.search(given.town):
        given = _out_of_the_town(given, hints)
    parts = Address(
        given.street or ("" if given.town and whole.street == given.town else whole.street),
        given.postcode or whole.postcode,
        given.town or whole.town,
        given.province or whole.province,
        named or whole.country,
    )
    country = parts.country or _told(parts, hints)
    province = _as_we_call_it(country, parts.province)
    is_so = (country, province) == (parts.country, parts.province)
    return parts if is_so else replace(parts, country=country, province=province)


def _out_of_the_town(given: Address, hints: Hints) -> Address:
    """Return `8011 AB Zwolle` or `Zwolle, Overijssel`, said as a town, in parts."""
    if (match := _WITH_PROVINCE.fullmatch(given.town)) and (named := province_named(match[2])):
        return replace(given, town=match[1], province=given.province or named)
    told = take_apart(given.town, replace(hints, of_zone=given.country or hints.of_zone))
    if not told.town or not (told.postcode or told.province or told.country):
        return given
    return Address(
        given.street or told.street,
        given.postcode or told.postcode,
        told.town,
        given.province or told.province,
        given.country or told.country,
    )


def _as_we_call_it(country: str, name: str) -> str:
    """Return Noord-Holland for `North Holland`, as far as it is Dutch."""
    return (province_named(name) or name) if country == "NL" else name


def _told(parts: Address, hints: Hints) -> str:
    """Return the country that an address without one can only be in, or most likely; or nothing."""
    if only := country_of_postcode(parts.postcode):
        return only
    if parts.province in STATES["US"] and (
        not parts.postcode or is_postcode_of("US", parts.postcode)
    ):
        return "US"
    for country in (hints.of_zone, hints.usual):
        if country and _speaks_for(parts, hints, country):
            return country
    return ""


def _speaks_for(parts: Address, hints: Hints, country: str) -> bool:
    """Tell whether nothing of an address is against a country; the Netherlands must be seen in it."""
    if not (parts.street or parts.town or parts.postcode):
        return False
    if hints.position and not lies_in(hints.position, country):
        return False
    if parts.postcode:
        return is_postcode_of(country, parts.postcode)
    if country != "NL":
        return True
    if is_province_of("NL", parts.province):
        return True
    is_known = spot_of_town(parts.town) is not None
    return is_known and (bool(hints.position) or hints.language in ("", "nl", "en"))


def _named_last(parts: list[str], hints: Hints) -> str:
    """Take the country off the end, if one is named there; two letters may be a state as well."""
    if not parts:
        return ""
    last = parts[-1]
    code = country_code(last)
    if code is None:
        return ""
    if is_province_of("US", last) or is_province_of("CA", last):
        around = hints.of_zone or hints.usual
        if code != around and (around in STATES or (len(last) == 2 and last != "DE")):
            return ""
    parts.pop()
    return code


def _is_province(part: str, country: str, hints: Hints) -> bool:
    if country in STATES and re.fullmatch("[A-Z]{2,3}", part):
        return True
    if country:
        return is_province_of(country, part)
    around = hints.of_zone or hints.usual
    return part in STATES["US"] or bool(around and is_province_of(around, part))


def _with_postcode(part: str, country: str) -> Address | None:
    """Return the postcode in a part of an address, with the town or state beside it."""
    if match := _STATE_AND_CODE.fullmatch(part):
        for land, states in STATES.items():
            is_of_land = country == land or (not country and match["state"] in states)
            if is_of_land and is_postcode_of(land, match["code"]):
                return Address("", match["code"], match["town"] or "", match["state"], land)
    if match := _CODE_FIRST.fullmatch(part):
        of = match["of"] or ""
        named = _SHORT_COUNTRY.get(of, of)
        if not country or is_postcode_of(country, match["code"]):
            return Address("", match["code"], (match["town"] or "").strip(), "", named)
    match = _CODE_LAST.fullmatch(part)
    if match and country_of_postcode(match["code"]) and not _OF_HOUSE_NUMBER.search(match["town"]):
        return Address("", match["code"], match["town"].strip(), "", "")
    return None
