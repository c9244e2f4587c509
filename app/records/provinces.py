"""How many groups a search finds in each province."""

from dataclasses import replace

from sqlalchemy import func, select

from app.db import db
from app.domain.meeting import Status
from app.records.findables import FindableRecord
from app.records.resolved import Resolved, conditions


def count_by_province(asked: Resolved) -> dict[str, int]:
    """Return groups by province, of those that lie in one. One query."""
    everywhere = replace(asked, around=None, search=replace(asked.search, province=""))
    query = (
        select(FindableRecord.province, func.count())
        .where(
            FindableRecord.status.in_((Status.ACTIVE, Status.PAUSED)),
            FindableRecord.building.is_(True),
            *conditions(everywhere),
        )
        .group_by(FindableRecord.province)
    )
    return {province: number for province, number in db.session.execute(query) if province}
