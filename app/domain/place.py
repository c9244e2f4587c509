"""A place: a building with an address, online, or both; a group without one has None."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    BUILDING = "building"
    ONLINE = "online"
    BOTH = "both"


class Visibility(StrEnum):
    """What the public sees of a place; participants see all of it."""

    WHOLE = "whole"
    TOWN = "town"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Position:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Place:
    """Where a group meets. Texts that do not apply are empty."""

    id: int
    kind: Kind
    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    province: str = ""
    country: str = "NL"
    position: Position | None = None
    directions: str = ""
    join_url: str = ""
    join_phone: str = ""
    join_notes: str = ""
    join_is_public: bool = False
    hidden: bool = False
    """Part of it was taken out: this is what the public sees."""

    @property
    def is_online(self) -> bool:
        return self.kind in (Kind.ONLINE, Kind.BOTH)

    @property
    def has_building(self) -> bool:
        return self.kind in (Kind.BUILDING, Kind.BOTH)

    @property
    def address(self) -> str:
        """One line without the building's name: `Lindengracht 93, 1015 KD Amsterdam`."""
        return ", ".join(
            part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part
        )

    def seen_by_public(self, visibility: Visibility) -> "Place":
        """Return what may be published of it: the join link only if the group made it public."""
        shown = self
        if not self.join_is_public:
            shown = replace(shown, join_url="", join_phone="", join_notes="")
        if visibility is Visibility.WHOLE:
            return shown
        hidden = Place(id=self.id, kind=self.kind, country=self.country, hidden=True)
        if visibility is Visibility.TOWN:
            hidden = replace(hidden, town=self.town, province=self.province)
        return replace(
            hidden,
            join_url=shown.join_url,
            join_phone=shown.join_phone,
            join_notes=shown.join_notes,
            join_is_public=shown.join_is_public,
        )
