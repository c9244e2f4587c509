"""What comes of asking where a place is: one, several to choose from, or why it is not known."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.geography.gazetteer import Kind, Locality
from app.domain.geography.netherlands import NETHERLANDS
from app.domain.place import Position


class Unknown(StrEnum):
    """Why a place is not known."""

    BELGIAN = "belgian"
    GERMAN = "german"
    POSTCODE = "postcode"
    ABROAD = "abroad"
    HERE = "here"
    """Where the reader is, which nobody told us."""
    NAME = "name"


@dataclass(frozen=True)
class Whereabouts:
    """Either a position or, without one, a whole province; `name` is empty for a bare position.

    Without either it is the whole country.
    """

    name: str = ""
    province: str = ""
    position: Position | None = None
    country: str = NETHERLANDS
    also: tuple[Locality, ...] = ()
    """What else is called so, and may have been meant."""


@dataclass(frozen=True)
class Several:
    """More than one place may be meant, or none is called exactly so: the reader chooses."""

    choices: tuple[Locality, ...]
    are_namesakes: bool = True
    """They are called exactly so; else their names only look like it."""


Found = Whereabouts | Several | Unknown


def found_at(one: Locality, also: tuple[Locality, ...] = ()) -> Found:
    """Return one place of the gazetteer as what was asked for."""
    match one.kind:
        case Kind.ABROAD:
            return Unknown.ABROAD
        case Kind.COUNTRY:
            return Whereabouts(one.name) if one.country == NETHERLANDS else Unknown.ABROAD
    return Whereabouts(one.name, one.province, one.position, one.country, also)
