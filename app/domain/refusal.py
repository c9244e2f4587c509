"""Refusals: each type is named after the rule it states, and holds values only.

Blueprints word them in the reader's language, at the field they belong to.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule of the domain says no; nothing was changed."""


@dataclass(eq=False)
class NoSuchWeek(Refusal):
    """A week is written as 2026-W48, and some years have no week 53."""

    text: str


@dataclass(eq=False)
class NoSuchWeekday(Refusal):
    """A meeting stands on one of the seven days of its week."""

    weekday: int


@dataclass(eq=False)
class TooShortOrTooLong(Refusal):
    """A meeting takes between a quarter of an hour and ten hours."""

    minutes: int
    least: int
    most: int


@dataclass(eq=False)
class StartsInThePast(Refusal):
    """A standing time begins this week or later: what has been is not rewritten."""

    since: date


class NoSlotYet(Refusal):
    """A place, or half a time, changes a standing time: nobody invents the rest of one."""


class NoSlotToWithdraw(Refusal):
    """Only a standing time that has not begun can be withdrawn, and never the first."""


@dataclass(eq=False)
class EndsBeforeItBegins(Refusal):
    """A closure's last day is not before its first."""

    first: date
    last: date


@dataclass(eq=False)
class ShutInThePast(Refusal):
    """A closure is written down before its last day: what has been is not rewritten."""

    last: date


@dataclass(eq=False)
class LongerThanAYear(Refusal):
    """A closure ends within a year; who stops for longer pauses the group or takes another slot."""

    first: date
    last: date


@dataclass(eq=False)
class TooFarAhead(Refusal):
    """A closure begins within two years: a later year is mistyped."""

    first: date


class ClosureIsOver(Refusal):
    """A closure that has ended, or was withdrawn, cannot be changed or answered."""


@dataclass(eq=False)
class ChangedMeanwhile(Refusal):
    """Someone else saved the same thing since this form was opened; nothing typed is lost."""

    by: str
    current: Any


@dataclass(eq=False)
class TooManyContacts(Refusal):
    """A group has at most three contact persons."""

    most: int


class OnlyTheGroupInvitesOfficers(Refusal):
    """Officers do not bring one of themselves into a group that runs: they would read names."""


class AlreadyInvited(Refusal):
    """An invitation of this address to this role is open: it can be sent again."""


class LastCoordinator(Refusal):
    """A group is never left without a coordinator or an invited successor."""


class LastOfficer(Refusal):
    """A fellowship is never left without somebody who can invite coordinators."""


class SomebodyCoordinates(Refusal):
    """A group is handed on only when nobody is left: until then it is its coordinators' own."""


class FellowshipIsClosed(Refusal):
    """A fellowship that has stopped takes no new groups and no new officers."""


class FellowshipHasGroups(Refusal):
    """A fellowship with groups is closed, never deleted: its people, feeds and log are kept."""


class OthersCoordinate(Refusal):
    """The office ends only the last service of a group: more coordinators settle it themselves."""


class HasAnswered(Refusal):
    """Who said lately that they stay is not asked again: then it is for people to talk."""


class CannotBeReached(Refusal):
    """A contact person needs an address for their own yes."""


class NotTheirs(Refusal):
    """This person may not do this to this group (any more)."""


class LinkIsOver(Refusal):
    """A single-use link was used, withdrawn, replaced or is too old: one answer for all four."""


class AddressInUse(Refusal):
    """There is an account for this mail address already: log in to accept."""


@dataclass(eq=False)
class NameInUse(Refusal):
    """Another one has this short name in its address already."""

    slug: str


class NotEmpty(Refusal):
    """A demo fills an empty database only: it must never mix with people's own groups."""


@dataclass(eq=False)
class AsksElsewhere(Refusal):
    """This group fills its seats without the app: by its contact person, or at the door."""

    seating: str


class NotMeeting(Refusal):
    """A group that has stopped, or stopped for a while, gives no seats."""


@dataclass(eq=False)
class NoChairLeft(Refusal):
    """There are twelve chairs, or as many as the group offers, and each is taken."""

    chairs: int


@dataclass(eq=False)
class ChairsTaken(Refusal):
    """A group cannot offer fewer chairs than are taken."""

    taken: int


class PeopleWait(Refusal):
    """A free chair goes to the first in line: nobody is put before them."""


@dataclass(eq=False)
class TooManyGuests(Refusal):
    """Who has a seat goes first: guests sit on the chairs that stay empty this evening."""

    fit: int


class TaskIsTaken(Refusal):
    """Somebody else took this task of the evening already."""


class NotThisEvening(Refusal):
    """An evening is arranged this week or in the coming five, when the group meets."""


class NobodyCoachesHimself(Refusal):
    """A sponsor is somebody else of the group."""


@dataclass(eq=False)
class NoSuchHoliday(Refusal):
    """A group is asked about the holidays of its own country and region."""

    key: str


@dataclass(eq=False)
class HolidayIsOver(Refusal):
    """A holiday is answered before it is over: what has been is not rewritten."""

    last: date


class NothingPicked(Refusal):
    """Whoever sends the work list has picked at least one point."""


class NothingTicked(Refusal):
    """Whoever confirms says of at least one group that it is right."""


@dataclass(eq=False)
class NoSuchCount(Refusal):
    """A head count is nought to twelve, or more than twelve."""

    people: int


class NoMeetingToCount(Refusal):
    """There was no meeting that week, it was called off, or it is too long ago."""


@dataclass(eq=False)
class NotBegun(Refusal):
    """Heads are counted when the meeting has begun, not before."""

    day: date


@dataclass(eq=False)
class WeekIsOver(Refusal):
    """What has been is not rewritten: past weeks are read-only but for the head count."""

    monday: date


@dataclass(eq=False)
class DayIsOver(Refusal):
    """A meeting is not moved onto a day that has been."""

    day: date


class TooLateToUndo(Refusal):
    """A change is undone within an hour, and only while nothing was changed after it."""


class RequestIsOver(Refusal):
    """A request for a group is answered while it stands: not after a yes, nor once withdrawn."""


class NotTheirTurn(Refusal):
    """Who asked for a group writes again when the officers asked something."""
