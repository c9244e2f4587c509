"""A search in the light of now, and what a group must be to answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, literal, or_, select, union_all

from app.domain.findable import LONGEST_WORD, words_asked
from app.domain.kinds.of_meeting import MARK, own_kind
from app.domain.kinds.own import NamedKind, OwnKind
from app.domain.meeting import Status
from app.domain.place import Position
from app.domain.search import Search, subjects_of
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.findables import FindableKind, FindableRecord, FindableWord
from app.records.finding.unindexed import unindexed

WORDS_AT_MOST = 6
AFTER = "\U0010ffff"
"""Comes after every letter of a word, in any script."""
_KM_A_DEGREE = 111.2
_F = FindableRecord


class Body(NamedTuple):
    """Of a fellowship, what a search asks."""

    id: int
    slug: str
    name: str
    confirm_after: int
    language: str = "nl"
    kept_kinds: Sequence[Mapping[str, Any]] = ()
    """The kinds of meeting that it names itself, as OwnKind keeps them."""


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

    @property
    def is_broad(self) -> bool:
        """Nothing narrows it down before it is sorted."""
        return not (self.search.within and self.around) and (
            self.is_common or not (self.search.words or self.search.kind)
        )


def squared(around: Position | None) -> ColumnElement[Any]:
    """Return the square of the kilometres: over a small country the earth is flat."""
    if around is None:
        return literal(None)
    north = (_F.latitude - around.latitude) * _KM_A_DEGREE
    east = (_F.longitude - around.longitude) * (_KM_A_DEGREE * cos(radians(around.latitude)))
    return north * north + east * east


def meeting() -> ColumnElement[bool]:
    """Return that a group meets, or has paused. Not by its index: most groups do."""
    return unindexed(_F.status).in_((Status.ACTIVE, Status.PAUSED))


def at_present(asked: Resolved) -> list[ColumnElement[bool]]:
    """Return that a row holds this week, for what is asked without regard to the hour."""
    return [_F.since <= asked.week, or_(_F.until.is_(None), _F.until > asked.week)]


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
        found += inside(asked.around, search.within)
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
        words = words_asked(search.words)[:WORDS_AT_MOST]
        found += [_has_word(word, asked) for word in words] or [false()]
    return found


def inside(around: Position, radius: int) -> list[ColumnElement[bool]]:
    """Return a box, which the index knows, and the circle in it."""
    north = radius / _KM_A_DEGREE
    east = north / cos(radians(around.latitude))
    return [
        _F.latitude.between(around.latitude - north, around.latitude + north),
        _F.longitude.between(around.longitude - east, around.longitude + east),
        squared(around) <= radius * radius,
    ]


def _fresh(asked: Resolved) -> ColumnElement[bool]:
    today = asked.now.astimezone(HOME).date()
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


def _has_word(word: str, asked: Resolved) -> ColumnElement[bool]:
    """Return whether a group has a word that begins so, or its fellowship is called so."""
    begins = select(FindableWord.group_id).where(*begins_with(word))
    called = [one.id for one in asked.fellowships if word in words_asked(one.name)]
    if asked.is_common:
        has = begins.where(FindableWord.group_id == _F.group_id).exists()
        return or_(has, _F.fellowship_id.in_(called)) if called else has
    if not called:
        return _F.group_id.in_(begins)
    theirs = select(_F.group_id).where(_F.fellowship_id.in_(called))
    return _F.group_id.in_(union_all(begins, theirs))


def begins_with(word: str) -> tuple[ColumnElement[bool], ...]:
    """Return what a word in the index is that begins so."""
    word = word[:LONGEST_WORD]
    return FindableWord.word >= word, FindableWord.word < word + AFTER
