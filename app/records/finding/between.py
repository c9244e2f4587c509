"""Every meeting of some days, on or not, as a week shows them."""

from datetime import date
from typing import Any

from sqlalchemy import Select, select

from app.records.findables import FindableRecord
from app.records.finder import Hit, hits_of, soonest
from app.records.finding.built import rows_of
from app.records.finding.coming import ComingMeeting
from app.records.finding.when import branches_between, joins, of_days
from app.records.resolved import Resolved, conditions, squared

_C, _F = ComingMeeting, FindableRecord


def find_between(asked: Resolved, first: date, last: date, *, limit: int) -> list[Hit]:
    """Return every meeting of some days that is not over, on or not, in the order of their starts.

    A group may be there twice. Two queries.
    """
    by_its_width = _soonest if asked.is_broad else _narrow
    return hits_of(rows_of(by_its_width, asked, first, last, limit), asked)


def _soonest(asked: Resolved, first: date, last: date, limit: int) -> Select[Any]:
    every = ((0, branch) for branch in branches_between(asked, first, last))
    return soonest(asked, 0, limit, every)


def _narrow(asked: Resolved, first: date, last: date, limit: int) -> Select[Any]:
    """Return the same of the few groups that place or words leave: each by its own index."""
    return (
        select(
            _F.group_id, _F.latitude, _F.longitude, squared(asked).label("squared"),
            _C.week, _C.starts, _C.is_on,
        )
        .join_from(_F, _C, joins())
        .where(*conditions(asked), *of_days(asked, first, last))
        .order_by(_C.starts, _F.group_id)
        .limit(limit)
    )  # fmt: skip
