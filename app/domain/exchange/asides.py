"""What a list says in prose of single weeks, and what accepting it would do: a person decides."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from app.domain.closure import AHEAD, LONGEST
from app.domain.refusal import Refusal
from app.domain.seating import SEATS
from app.domain.themes import LAST
from app.domain.week import Week

ONLY_AHEAD = 26
"""Weeks for which a meeting that is held some weeks of the month alone is called off in the others."""
MOST_WEEKS = 60


class About(StrEnum):
    """What an aside is about."""

    NO_MEETING = "no_meeting"
    SHUT = "shut"
    PAUSED = "paused"
    ELSEWHERE = "elsewhere"
    ONLINE = "online"
    MOVED = "moved"
    MONTHLY = "monthly"
    ONLY = "only"
    NOT_ON = "not_on"
    """Every week but the last of the month, for one."""
    CAPACITY = "capacity"


class Answer(StrEnum):
    """What a person decided about an aside."""

    ACCEPTED = "accepted"
    KEPT = "kept"
    """It stays in the text of the group, as the list has it."""
    REMOVED = "removed"


class NothingToAccept(Refusal):
    """An aside without days to come changes nothing: it can be kept, or removed."""


@dataclass(frozen=True)
class Aside:
    """One aside: its words as they stand in a text, and what was understood of them."""

    field: str
    """Where it stood; of a name or an address it was taken out."""
    words: str
    about: About
    days: tuple[date, ...] = ()
    first: date | None = None
    last: date | None = None
    """First to last day; either may be open."""
    nths: tuple[int, ...] = ()
    """Which such weekday of the month, LAST among them."""
    themes: tuple[tuple[int, str], ...] = ()
    """By the same weeks."""
    number: int | None = None
    weekday: int | None = None
    start: time | None = None
    is_whole: bool = True
    """The words say nothing else."""

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.field}\n{self.about}\n{self.words}".encode()).hexdigest()

    def understood(self) -> dict[str, Any]:
        """Return what was understood, without the words, as JSON keeps it."""
        return {
            "days": [day.isoformat() for day in self.days],
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "nths": list(self.nths),
            "themes": [list(one) for one in self.themes],
            "number": self.number,
            "weekday": self.weekday,
            "start": self.start.isoformat() if self.start else None,
            "is_whole": self.is_whole,
        }

    @classmethod
    def again(cls, field: str, words: str, about: str, kept: Mapping[str, Any]) -> "Aside":
        """Return the aside whose `understood` was kept."""
        return cls(
            field,
            words,
            About(about),
            days=tuple(map(date.fromisoformat, kept["days"])),
            first=date.fromisoformat(kept["first"]) if kept["first"] else None,
            last=date.fromisoformat(kept["last"]) if kept["last"] else None,
            nths=tuple(kept["nths"]),
            themes=tuple((nth, title) for nth, title in kept["themes"]),
            number=kept["number"],
            weekday=kept["weekday"],
            start=time.fromisoformat(kept["start"]) if kept["start"] else None,
            is_whole=kept["is_whole"],
        )


@dataclass(frozen=True)
class Plan:
    """What accepting an aside would do."""

    cancelled: tuple[Week, ...] = ()
    noted: tuple[Week, ...] = ()
    """Weeks that get the words as a note."""
    moved: Mapping[Week, tuple[int | None, time | None]] = field(default_factory=dict)
    shut: tuple[date, date] | None = None
    is_paused: bool = False
    themes: Mapping[int, str] = field(default_factory=dict)
    capacity: int | None = None

    @property
    def does_nothing(self) -> bool:
        return self == Plan()


def plan_of(said: Aside, weekday: int, today: date) -> Plan:
    """Return what accepting would do for a group that meets on a weekday; what is past does nothing."""
    match said.about:
        case About.NO_MEETING:
            own = [day for day in said.days if day.isoweekday() == weekday]
            return Plan(cancelled=_weeks(own, weekday, today))
        case About.SHUT | About.PAUSED:
            return _shut(said, today)
        case About.ELSEWHERE | About.ONLINE:
            return Plan(noted=_weeks(said.days or _days(said), weekday, today))
        case About.MOVED:
            weeks = (Week.of(day) for day in said.days if day >= today)
            return Plan(moved=dict.fromkeys(weeks, (said.weekday, said.start)))
        case About.MONTHLY:
            return Plan(themes=dict(said.themes))
        case About.ONLY | About.NOT_ON:
            is_on = said.about is About.NOT_ON
            return Plan(cancelled=_weeks_of_month(said.nths, weekday, today, is_one=is_on))
    fits = said.number is not None and 1 <= said.number <= SEATS
    return Plan(capacity=said.number if fits else None)


def without(text: str, said: Iterable[tuple[str, Answer | None, bool]]) -> str:
    """Return a text without the asides, (words, answer, is_whole), that a person settled."""
    settled = [
        words
        for words, answer, is_whole in said
        if answer is Answer.REMOVED or (answer is Answer.ACCEPTED and is_whole)
    ]
    if not settled:
        return text
    for words in settled:
        text = text.replace(words, "", 1)
    lines = (" ".join(line.split()).strip(" ,;|-–") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _shut(said: Aside, today: date) -> Plan:
    first = max(said.first or today, today)
    if said.last is None:
        return Plan(is_paused=said.about is About.PAUSED and first == today)
    if said.last < first or first - today > AHEAD or said.last - first >= LONGEST:
        return Plan()
    return Plan(shut=(first, said.last))


def _weeks(days: Collection[date], weekday: int, today: date) -> tuple[Week, ...]:
    """Return the weeks of these days whose own meeting has not been yet."""
    weeks = {Week.of(day) for day in days if day >= today}
    coming = sorted(week for week in weeks if week.day(weekday) >= today)
    return tuple(coming[:MOST_WEEKS])


def _days(said: Aside) -> list[date]:
    if said.first is None or said.last is None:
        return []
    number = min((said.last - said.first).days + 1, 366)
    return [said.first + timedelta(days=one) for one in range(max(number, 0))]


def _weeks_of_month(
    nths: Collection[int], weekday: int, today: date, *, is_one: bool
) -> tuple[Week, ...]:
    """Return the coming weeks that are, or are not, the first, third, last … of their month."""
    this = Week.of(today)
    days = [(this + one, (this + one).day(weekday)) for one in range(ONLY_AHEAD)]
    return tuple(week for week, day in days if day >= today and _is_one_of(nths, day) is is_one)


def _is_one_of(nths: Collection[int], day: date) -> bool:
    is_last = (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 in nths or (is_last and LAST in nths)
