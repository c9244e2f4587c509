"""How many groups a search finds in each province."""

from dataclasses import replace

from sqlalchemy import func, select

from app.db import db
from app.records.findables import FindableRecord
from app.records.resolved import Resolved, conditions, meeting


def count_by_province(asked: Resolved) -> dict[str, int]:
    """Return groups by province, of those that lie in one. One query."""
    everywhere = replace(asked, around=None, search=replace(asked.search, province=""))
    query = (
        select(FindableRecord.province, func.count())
        .where(
            meeting(),
            FindableRecord.building.is_(True),
            *conditions(everywhere),
        )
        .group_by(FindableRecord.province)
    )
    return {province: number for province, number in db.session.execute(query) if province}
