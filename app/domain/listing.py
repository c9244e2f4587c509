"""The listing: all that may be published about a group, as one value. No participant is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.domain.confirmation import CONFIRM_AFTER_WEEKS, Freshness, freshness
from app.domain.contact import Contact
from app.domain.kinds.own import OwnKind
from app.domain.meeting import Schedule, Status
from app.domain.seating import Availability, Seating


class Audience(StrEnum):
    """For whom a group is."""

    EVERYONE = "everyone"
    RELATIVES = "relatives"
    YOUNG = "young"
    TEENS = "teens"
    WOMEN = "women"
    MEN = "men"
    LGBTQ = "lgbtq"
    DUAL_DIAGNOSIS = "dual_diagnosis"


class Subject(StrEnum):
    """The problem that the people in a group share."""

    ALCOHOL = "alcohol"
    DRUGS = "drugs"
    COCAINE = "cocaine"
    GAMBLING = "gambling"
    ADDICTION = "addiction"
    OTHER = "other"


SPOKEN = ("nl", "en", "de", "fr", "es", "pl", "pt", "ru", "uk", "tr", "ar", "fa", "it", "fy")
"""The languages that a group can be said to speak, the most usual first; ISO 639-1."""


class Feature(StrEnum):
    """What makes a meeting easier to reach or to follow."""

    WHEELCHAIR = "wheelchair"
    ACCESSIBLE_TOILET = "accessible_toilet"
    HEARING_LOOP = "hearing_loop"
    SIGN_LANGUAGE = "sign_language"
    CHILDCARE = "childcare"
    FRAGRANCE_FREE = "fragrance_free"


OWN_TEXTS = ("identity", "newcomers", "closed_words")
"""What a fellowship may say in more than one language."""


class Said(NamedTuple):
    """Words, and the language they are in."""

    text: str
    language: str


@dataclass(frozen=True)
class FellowshipCard:
    """What is published of a fellowship beside each of its groups."""

    slug: str
    name: str
    full_name: str = ""
    """What its short name stands for."""
    closed_words: str = ""
    """For whom its closed meetings are, in its own words."""
    under_sixteen: bool = False
    identity: str = ""
    website: str = ""
    colour: str = ""
    coordinator_word: str = ""
    sponsor_word: str = ""
    language: str = "nl"
    newcomers: str = ""
    """What happens at a meeting, in its own words: see newcomers.py."""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """By language what it also says in that one: of OWN_TEXTS those that are there."""
    own_kinds: tuple[OwnKind, ...] = ()

    def said(self, name: str, language: str) -> "Said":
        """Return one of OWN_TEXTS for a reader; else in the fellowship's own language."""
        if language != self.language and (text := self.texts.get(language, {}).get(name)):
            return Said(text, language)
        return Said(getattr(self, name), self.language)

    @property
    def in_full(self) -> str:
        """Return `AA, Anonieme Alcoholisten`, or the one name that it has."""
        return ", ".join(filter(None, (self.name, self.full_name)))


@dataclass(frozen=True)
class Listing:
    """One group as anyone may see it; its schedule holds only the public part of each place."""

    slug: str
    name: str
    fellowship: FellowshipCard
    schedule: Schedule
    description: str = ""
    audience: Audience = Audience.EVERYONE
    subject: Subject = Subject.OTHER
    language: str = "nl"
    language_said: bool = True
    """Whether anybody said so: else it is only what its letters and calendar are written in."""
    zone_said: bool = True
    is_open: bool | None = False
    """Open meetings: anyone may come; else for the group and who wants to join it. None: not said."""
    features: frozenset[Feature] = frozenset()
    seating: Seating = Seating.SEATS_ITSELF
    availability: Availability = Availability.FREE
    town: str = ""
    """Where the group is when its place is not known or not shown."""
    province: str = ""
    contacts: tuple[Contact, ...] = ()
    confirmed_on: date | None = None
    confirm_after: int = CONFIRM_AFTER_WEEKS
    """Weeks that a confirmation stays green; twice as many, and it is ask-first."""
    updated_at: datetime | None = None
    """Aware, UTC: when anything here last changed."""
    created_at: datetime | None = None
    codes: tuple[tuple[str, str], ...] = field(default=())
    """Foreign type codes as (program, code): the same code means different things per program."""
    facts: tuple[tuple[str, str], ...] = field(default=())
    """What its list says that has no meaning here, as (key, value); given back to lists."""

    @property
    def status(self) -> Status:
        return self.schedule.status

    def freshness(self, today: date) -> Freshness:
        """Return how sure a reader may be of all this, on a day of the group's zone."""
        return freshness(self.confirmed_on, today, self.confirm_after)

    @property
    def zone(self) -> str:
        return self.schedule.zone.key
