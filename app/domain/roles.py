"""What an account may be: coordinator of groups, officer of a fellowship or a region, overseer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.meeting import Status
from app.domain.refusal import Refusal

WEEKS_OF_NOTICE = 6
"""So long before a service ends, the desk and a letter ask who follows."""

INVITATION_LASTS = timedelta(hours=72)

DAYS_TO_ANSWER = 7
"""So long does a coordinator have to say that they stay, when their office gets no answer."""
DAYS_OF_QUIET = 28
"""So long after they said so, the office does not ask it again."""

DAYS_TO_UNDO_JOINING = 30
"""So long may who coordinated before undo that somebody else began to."""

DAYS_TO_OBJECT = 7
"""So long may the circle say no to a new coordinator, where no other can say yes."""


class OnlyTheGroupInvitesOfficers(Refusal):
    """Officers do not bring one of themselves into a group that runs: they would read names."""


class AlreadyInvited(Refusal):
    """An invitation of this address to this role is open: it can be sent again."""


class AddressInUse(Refusal):
    """There is an account for this mail address already: log in to accept."""


class LastCoordinator(Refusal):
    """A group is never left without a coordinator or an invited successor."""


class LastOfficer(Refusal):
    """A fellowship is never left without somebody who can invite coordinators."""


class RegionHasOfficers(Refusal):
    """A region stays while it has officers: they would lose their groups, and nobody said so."""


class OfThatRegionAlready(Refusal):
    """Nobody is officer of one region twice."""


class StillNeeded(Refusal):
    """Who erases an account leaves no running group, open office or installation without anybody."""


class SomebodyCoordinates(Refusal):
    """A group is handed on only when nobody is left: until then it is its coordinators' own."""


class OthersCoordinate(Refusal):
    """The office ends only the last service of a group: more coordinators settle it themselves."""


class HasAnswered(Refusal):
    """Who said lately that they stay is not asked again: then it is for people to talk."""


class Role(StrEnum):
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    REGIONAL = "regional"
    """An officer of a region: of the groups that lie in it alone."""
    OVERSEER = "overseer"

    @property
    def needs_second_factor(self) -> bool:
        return self is not Role.COORDINATOR


@dataclass(frozen=True)
class Needed:
    """What nobody else takes care of: a group or a fellowship, by slug and name, or all of it."""

    role: Role
    slug: str = ""
    name: str = ""


def is_needed(others: int, *, is_over: bool = False) -> bool:
    """Tell whether a role may not be left: nobody else has it, and what it is of goes on."""
    return others == 0 and not is_over


def nobody_is_left(ends: Iterable[date | None], today: date) -> bool:
    """Tell whether no service of these goes on; it does on its last day, and without one."""
    return all(until is not None and until < today for until in ends)


def last_day_of_silence(today: date) -> date:
    """Return the last day of who does not answer their office today."""
    return today + timedelta(days=DAYS_TO_ANSWER)


def is_new(since: date, today: date) -> bool:
    """Tell whether who coordinates since a day may still be taken out by who did so before."""
    return today <= since + timedelta(days=DAYS_TO_UNDO_JOINING)


def ends_soon(until: date | None, today: date) -> bool:
    """Tell whether a service that ends on a day should be asked who follows."""
    return until is not None and today + timedelta(weeks=WEEKS_OF_NOTICE) >= until


class Reading(StrEnum):
    """How far a coordinator is let in to the names, contacts and notes of the circle."""

    OPEN = "open"
    WAITS = "waits"
    ASKED = "asked"
    """The circle was asked: without a no, it is open a week later."""
    REFUSED = "refused"
    """Somebody of the circle said no: only another coordinator can still say yes."""


def has_a_circle(status: str, people: int) -> bool:
    """Tell whether a group has something to read: it runs or ran, or somebody asked for a seat."""
    return status in (Status.ACTIVE, Status.PAUSED) or people > 0


def reads(reading: str, asked_on: date | None, today: date) -> bool:
    """Tell whether a coordinator reads the circle on a day."""
    if reading != Reading.ASKED:
        return reading == Reading.OPEN
    return asked_on is not None and today >= asked_on + timedelta(days=DAYS_TO_OBJECT)


def may_object(reading: str, asked_on: date | None, today: date) -> bool:
    """Tell whether somebody of the circle can still say no."""
    return reading == Reading.ASKED and not reads(reading, asked_on, today)
