"""A search in the light of now, and what a group must be to answer it."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from math import cos, radians
from typing import Any

from sqlalchemy import ColumnElement, Float, and_, bindparam, false, literal, or_, select, union_all

from app.domain.coming import SOON
from app.domain.findable import LONGEST_WORD, words_asked
from app.domain.kinds.of_meeting import MARK, own_kind
from app.domain.kinds.own import NamedKind, OwnKind
from app.domain.meeting import Status
from app.domain.place import Position
from app.domain.search import RADII, Search, subjects_of
from app.domain.slot import MOST_MINUTES
from app.domain.week import Week
from app.domain.zones import HOME, day_at_home
from app.records.fellowships import Body
from app.records.findables import FindableKind, FindableRecord, FindableWord
from app.records.finding.coming import ComingMeeting
from app.records.finding.unindexed import unindexed

WORDS_AT_MOST = 6
AFTER = "\U0010ffff"
"""Comes after every letter of a word, in any script."""
LONGEST = timedelta(minutes=MOST_MINUTES)
FAR_AHEAD = timedelta(days=3660)
"""Later than any meeting that is kept: an end makes SQLite guess that fewer lie before it."""
_KM_A_DEGREE = 111.2
_F = FindableRecord
_FLOAT = Float()
_TYPES: dict[str, Any] = {
    **dict.fromkeys(("now", "begun", "soon", "far"), ComingMeeting.starts.type),
    "week": _F.since.type,
    **dict.fromkeys(("word", "after"), FindableWord.word.type),
}
"""Of the values of a search, by the first word of their names; the others are numbers."""


@dataclass(frozen=True)
class Resolved:
    """A search in the light of now: where it is around, and how wide.

    `search.within` is None only when nothing limits the distance; `search.sort` is decided.
    """

    search: Search
    now: datetime
    fellowships: tuple[Body, ...]
    """All of them, by name."""
    around: Position | None = None
    is_common: bool = False
    """So many groups have its words that they narrow nothing down."""

    @property
    def own_kinds(self) -> dict[str, NamedKind]:
        """Return each kind that a fellowship named by what a search asks for it."""
        return {
            f"{body.slug}{own_kind(kind.code)}": NamedKind(
                kind, body.slug, body.name, body.language
            )
            for body in self.fellowships
            for kind in map(OwnKind.of, body.kept_kinds)
        }

    @property
    def week(self) -> Week:
        return Week.at(self.now, HOME)

    @cached_property
    def words(self) -> list[str]:
        return words_asked(self.search.words)[:WORDS_AT_MOST]

    @cached_property
    def called(self) -> tuple[tuple[int, ...], ...]:
        """Return of each word the ids of the fellowships that are called so."""
        return tuple(
            tuple(one.id for one in self.fellowships if word in words_asked(one.name))
            for word in self.words
        )

    @cached_property
    def shape(self) -> Hashable:
        """Return what decides how its statements are put together; all else is in its `values`."""
        return (
            replace(self.search, words="", near=""),
            bool(self.search.words),
            self.called,
            day_at_home(self.now),
            self.around is None,
            self.is_common,
            tuple((one.id, one.slug, one.confirm_after) for one in self.fellowships),
        )

    @cached_property
    def values(self) -> dict[str, Any]:
        """Return by name what a statement of this shape is asked with."""
        found: dict[str, Any] = {
            "now": self.now, "begun": self.now - LONGEST, "soon": self.now + SOON, "week": self.week,
            "soon_over": self.now + SOON + LONGEST, "far": self.now + FAR_AHEAD,
        }  # fmt: skip
        for at, word in enumerate(self.words):
            found[f"word_{at}"], found[f"after_{at}"] = _from_to(word)
        if self.around:
            found |= {
                "latitude": self.around.latitude,
                "longitude": self.around.longitude,
                "km_east": _KM_A_DEGREE * cos(radians(self.around.latitude)),
            }
            for radius in {*RADII, *([self.search.within] if self.search.within else [])}:
                north = radius / _KM_A_DEGREE
                east = north / cos(radians(self.around.latitude))
                found |= {
                    f"south_{radius}": self.around.latitude - north,
                    f"north_{radius}": self.around.latitude + north,
                    f"west_{radius}": self.around.longitude - east,
                    f"east_{radius}": self.around.longitude + east,
                }
        return found

    def said(self, name: str) -> ColumnElement[Any]:
        """Return one of its values as a parameter of that name, so that another's may take its place."""
        return bindparam(name, self.values[name], type_=_TYPES.get(name.partition("_")[0], _FLOAT))

    @property
    def is_broad(self) -> bool:
        """Nothing narrows it down before it is sorted."""
        return not (self.search.within and self.around) and (
            self.is_common or not (self.search.words or self.search.kind)
        )


def squared(asked: Resolved) -> ColumnElement[Any]:
    """Return the square of the kilometres: over a small country the earth is flat."""
    if asked.around is None:
        return literal(None)
    north = (_F.latitude - asked.said("latitude")) * _KM_A_DEGREE
    east = (_F.longitude - asked.said("longitude")) * asked.said("km_east")
    return north * north + east * east


def meeting() -> ColumnElement[bool]:
    """Return that a group meets, or has paused. Not by its index: most groups do."""
    return unindexed(_F.status).in_((Status.ACTIVE, Status.PAUSED))


def at_present(asked: Resolved) -> list[ColumnElement[bool]]:
    """Return that a row holds this week, for what is asked without regard to the hour."""
    week = asked.said("week")
    return [unindexed(_F.since) <= week, or_(_F.until.is_(None), _F.until > week)]


def conditions(asked: Resolved) -> list[ColumnElement[bool]]:
    """Return what a group must be to answer, whenever it meets."""
    search = asked.search
    # Without statistics SQLite takes an index on one value before one on a range, however many
    # rows have that value: where place or words narrow down, these are kept from their indexes.
    narrow = not asked.is_broad
    fellowship_id = unindexed(_F.fellowship_id) if narrow else _F.fellowship_id
    province = unindexed(_F.province) if narrow else _F.province
    found: list[ColumnElement[bool]] = []
    if asked.around and search.within:
        found += inside(asked, search.within)
    if search.whom:
        found.append(_F.audience.in_(sorted(search.whom.audiences)))
    if search.subject:
        found.append(_F.subject.in_(sorted(subjects_of(search.subject))))
    found += _of_kind(asked)
    if search.language:
        found.append(_F.language == search.language)
    if search.fellowship:
        wanted_ids = [one.id for one in asked.fellowships if one.slug == search.fellowship]
        found.append(fellowship_id.in_(wanted_ids))
    if search.province:
        found.append(province == search.province)
    if search.online is not None:
        found.append((_F.online if search.online else _F.building).is_(True))
    for wanted, column in (
        (search.free, _F.free),
        (search.wheelchair, _F.wheelchair),
    ):
        if wanted:
            found.append(column.is_(True))
    if search.confirmed:
        found.append(_fresh(asked))
    if search.words:
        found += [_has_word(at, asked) for at in range(len(asked.words))] or [false()]
    return found


def inside(asked: Resolved, radius: int) -> list[ColumnElement[bool]]:
    """Return a box, which the index knows, and the circle in it; of a search around somewhere."""
    south, north, west, east = (
        asked.said(f"{side}_{radius}") for side in ("south", "north", "west", "east")
    )
    return [
        _F.latitude.between(south, north),
        _F.longitude.between(west, east),
        squared(asked) <= radius * radius,
    ]


def _fresh(asked: Resolved) -> ColumnElement[bool]:
    today = day_at_home(asked.now)
    return or_(
        false(),
        *(
            and_(
                unindexed(_F.fellowship_id) == one.id,
                _F.confirmed_on >= today - timedelta(weeks=one.confirm_after),
            )
            for one in asked.fellowships
        ),
    )


def _of_kind(asked: Resolved) -> list[ColumnElement[bool]]:
    """Return that a group has the kind of meeting that is asked, one of a fellowship among its groups."""
    if not asked.search.kind:
        return []
    slug, mark, code = asked.search.kind.partition(MARK)
    wanted = select(FindableKind.group_id).where(
        FindableKind.kind == (own_kind(code) if mark else slug)
    )
    found: list[ColumnElement[bool]] = [_F.group_id.in_(wanted)]
    if mark:
        ids = [one.id for one in asked.fellowships if one.slug == slug]
        found.append(unindexed(_F.fellowship_id).in_(ids))
    return found


def _has_word(at: int, asked: Resolved) -> ColumnElement[bool]:
    """Return whether a group has a word that begins as the one asked, or its fellowship is called so."""
    begins = select(FindableWord.group_id).where(
        FindableWord.word >= asked.said(f"word_{at}"), FindableWord.word < asked.said(f"after_{at}")
    )
    called = asked.called[at]
    if asked.is_common:
        has = begins.where(FindableWord.group_id == _F.group_id).exists()
        return or_(has, _F.fellowship_id.in_(called)) if called else has
    if not called:
        return _F.group_id.in_(begins)
    theirs = select(_F.group_id).where(_F.fellowship_id.in_(called))
    return _F.group_id.in_(union_all(begins, theirs))


def begins_with(word: str) -> tuple[ColumnElement[bool], ...]:
    """Return what a word in the index is that begins so."""
    first, after = _from_to(word)
    return FindableWord.word >= first, FindableWord.word < after


def _from_to(word: str) -> tuple[str, str]:
    word = word[:LONGEST_WORD]
    return word, word + AFTER
