"""How many groups a search finds in each province."""

from dataclasses import replace

from sqlalchemy import func, select

from app.db import db
from app.records.findables import FindableRecord
from app.records.finding.coming import ComingMeeting
from app.records.finding.when import asks_when, joins, meetings_asked
from app.records.resolved import Resolved, at_present, conditions, meeting

_C, _F = ComingMeeting, FindableRecord


def count_by_province(asked: Resolved) -> dict[str, int]:
    """Return groups by province, of those that lie in one. One query."""
    everywhere = replace(asked, around=None, search=replace(asked.search, province=""))
    query = select(_F.province, func.count()).where(_F.building.is_(True), *conditions(everywhere))
    if asks_when(asked):
        query = query.join_from(_F, _C, joins()).where(
            *meetings_asked(everywhere), _C.is_on.is_(True)
        )
    else:
        # Every group that meets has one next meeting: no need to look each up.
        query = query.where(meeting(), *at_present(asked))
    query = query.group_by(_F.province)
    return {province: number for province, number in db.session.execute(query) if province}
