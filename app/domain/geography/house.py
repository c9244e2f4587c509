"""When two addresses are one house: a building is the same however its address is spelled."""

import re
import unicodedata
from typing import Protocol

from app.domain.geography.netherlands import NETHERLANDS
from app.domain.refusal import Refusal

NUMBER_FIRST = frozenset({"AU", "CA", "FR", "GB", "IE", "LU", "NZ", "US", "ZA"})
"""Countries that write `12 Main Street`."""

LONGEST = 200
"""Characters of an address that are compared."""

_NUMBER = re.compile(r"(\d+)(?:[\s-]*([a-z]{1,3})\b)?")
_DUTCH_POSTCODE = re.compile(r"[1-9]\d{3}[a-z]{2}")
_SHORT = (
    (r"(straat|strasse|str)(\.|\b)", "str"),
    (r"ln(\.|\b)", "laan"),
    (r"pln?(\.|\b)", "plein"),
    (r"\bst(\.|\b)", "sint"),
    (r"\bburg(\.|\b)", "burgemeester"),
    (r"\bdr(\.|\b)", "dokter"),
    (r"\bprof(\.|\b)", "professor"),
)


class HouseIsOtherwise(Refusal):
    """The address was mended again since, or it is too long ago to put it back."""


class OneIsNoTwo(Refusal):
    """Two or more addresses are needed to say that they are one house."""


class Address(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def street(self) -> str: ...
    @property
    def postcode(self) -> str: ...
    @property
    def town(self) -> str: ...
    @property
    def country(self) -> str: ...


def house_of(address: Address) -> str | None:
    """Return what is the same of every address of one building; None when too little is known.

    A Dutch postcode and a house number say it alone. Else it is the street with its number, or
    without a number the building's name, in the postcode or town.
    """
    street, number = _street_and_number(address.street, address.country)
    postcode = plain(address.postcode)
    if number and address.country == NETHERLANDS and _DUTCH_POSTCODE.fullmatch(postcode):
        return f"{postcode} {number}"
    where = plain(address.town) or postcode
    what = f"{street} {number}" if number else f"{street} {plain(address.name)}"
    if not where or not what.strip():
        return None
    return f"{address.country} {where} {what}"


def house_number(address: Address) -> str:
    """Return the digits of a house number, without its letter; empty when there is none."""
    return re.sub(r"\D", "", _street_and_number(address.street, address.country)[1])


def is_one_house(one: Address, other: Address) -> bool:
    """Tell whether two addresses are one building, also where one of them lacks the postcode."""
    known = house_of(one)
    if known is not None and known == house_of(other):
        return True
    postcodes = {plain(one.postcode), plain(other.postcode)}
    if len(postcodes - {""}) > 1 or one.country != other.country:
        return False
    places = [
        (plain(each.town), *_street_and_number(each.street, each.country)) for each in (one, other)
    ]
    return places[0] == places[1] and all(places[0])


def is_one_room(one: str, other: str) -> bool | None:
    """Tell whether two rooms of a house are one; None when it is not said of both."""
    if not one or not other:
        return None
    return plain(one) == plain(other)


def plain(text: str) -> str:
    """Return letters and digits alone, small and without accents: `1015 KD` is `1015kd`."""
    return re.sub(r"[\W_]+", "", _without_accents(text))


def _without_accents(text: str) -> str:
    if text.isascii():
        return text[:LONGEST].casefold()
    marked = unicodedata.normalize("NFKD", text[:LONGEST])
    return "".join(one for one in marked if not unicodedata.combining(one)).casefold()


def _street_and_number(street: str, country: str) -> tuple[str, str]:
    """Return a street as it is compared, and its number with a letter: `wilgenlaan`, `8a`.

    Of `8-10` and `8-2` it is 8: a range, or a floor.
    """
    street = _without_accents(street)
    number = _number_in(street, country)
    words = street
    if number is not None:
        words = street[number.end() :] if country in NUMBER_FIRST else street[: number.start()]
    for short, long in _SHORT:
        words = re.sub(short, long, words)
    return plain(words), number[1] + (number[2] or "") if number else ""


def _number_in(street: str, country: str) -> re.Match[str] | None:
    found = list(_NUMBER.finditer(street))
    if country in NUMBER_FIRST:
        return found[0] if found and found[0].start() == 0 else None
    # Not of `2e Lindendwarsstraat 4`, nor of `Plein \'40-\'45 12`.
    apart = [one for one in found if street[one.start() - 1 : one.start()] in (" ", ",")]
    if len(apart) > 1 and len(apart[0][1]) == len("1813"):
        return apart[1]  # `Plein 1813 3`
    return apart[0] if apart else None
