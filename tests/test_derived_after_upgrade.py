"""A database of any earlier schema is found and counted after its upgrade, as if it were new."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.actions.figures import derive_what_is_missing, recount_figures
from app.actions.parts.derived.kept_rows import table_of
from app.db import db
from app.domain.listing import Audience
from app.domain.meeting import Status
from app.records.changes import Change
from app.records.findables import FindableKind, FindableRecord, FindableWord
from app.records.finding.coming import ComingMeeting
from app.records.groups import Group, find_group
from app.records.tallies import Contribution, Occupancy, StageRecord, Tally, sums_of
from app.records.weeks import DeviationRecord
from tests.people import Person, World
from tests.schemas import app_on, migrate, migrate_back, upgrade_by_command
from tests.test_migrations import HEAD, STEPS

DERIVED = (
    FindableRecord,
    FindableWord,
    FindableKind,
    ComingMeeting,
    Contribution,
    StageRecord,
    Occupancy,
)


def derived() -> dict[str, Any]:
    """Return every derived row; of the sums those that are not nought."""
    rows = {
        record.__tablename__: sorted(map(repr, db.session.execute(select(table_of(record)))))
        for record in DERIVED
    }
    return rows | {"tally": {cell: one for cell, one in sums_of(Tally).items() if one.number}}


WITH_ALL_THAT_IS_COUNTED = "0002"
"""The first schema held no head counts."""
OPEN_FOR_ONCE = "0051"
"""The schema that knows it of one evening; the way back forgets it."""
FOR_MEN = "0058"
"""The schema that knows groups for men and for LGBTQI+ people."""


def say_no_more_than(released: str) -> None:
    """Let the demo be what an installation of that schema could have said."""
    if released < OPEN_FOR_ONCE:
        for one in db.session.scalars(select(DeviationRecord)):
            one.is_open = None
    if released < FOR_MEN:
        for record in (Group, FindableRecord):
            known_later = record.audience.in_([Audience.MEN, Audience.LGBTQ])
            db.session.execute(update(record).where(known_later).values(audience=Audience.EVERYONE))
    db.session.commit()


@pytest.mark.long
@pytest.mark.parametrize(
    "released", [step for step in STEPS if WITH_ALL_THAT_IS_COUNTED <= step < HEAD]
)
def test_a_filled_database_of_each_released_schema_is_found_and_counted(
    new_database: Callable[[], str], released: str
):
    url = new_database()
    migrate(url)
    with app_on(url) as app:
        app.test_cli_runner().invoke(args=["demo", "--groups", "60"], catch_exceptions=False)
        with app.app_context():
            say_no_more_than(released)
            before = derived()
    migrate_back(url, released)

    upgrade_by_command(url)

    with app_on(url) as app, app.app_context():
        assert derived() == before
        assert recount_figures() == 0


def test_a_group_that_a_list_calls_one_for_men_is_found_as_that(new_database: Callable[[], str]):
    url = new_database()
    migrate(url)
    with app_on(url) as app:
        World(app)
        with app.app_context():
            find_group("oost").codes = [["AA", "D"], ["AA", "M"]]
            db.session.commit()
    migrate_back(url, "0057")

    upgrade_by_command(url)

    with app_on(url) as app, app.app_context():
        found = {one.slug: one.audience for one in db.session.scalars(select(Group))}
        assert found == {"oost": Audience.MEN, "west": Audience.EVERYONE}
        kept = select(FindableRecord.audience).join(Group, Group.id == FindableRecord.group_id)
        assert set(db.session.scalars(kept)) == set(found.values())


def empty() -> None:
    for record in (*DERIVED, Tally):
        db.session.execute(delete(record))
    db.session.commit()


def test_what_is_missing_is_made_some_groups_at_a_time(anna: Person, monkeypatch):
    monkeypatch.setattr("app.actions.figures.AT_ONCE", 1)
    with anna.app.app_context():
        before, groups = derived(), len(db.session.scalars(select(Group.id)).all())
        empty()

        made = [derive_what_is_missing() for _ in range(groups + 1)]

        assert made == [1] * groups + [0]
        assert derived() == before
        noted = select(Change).where(Change.deed == "derive_what_is_missing")
        assert len(db.session.scalars(noted).all()) == groups


def test_an_upgrade_that_was_broken_off_is_finished_by_the_next(anna: Person):
    with anna.app.app_context():
        before = derived()
        db.session.execute(delete(FindableRecord))
        db.session.commit()

        derive_what_is_missing()

        assert derived() == before


def test_a_group_that_nobody_is_to_find_is_not_missing(anna: Person):
    with anna.app.app_context():
        find_group("oost").listed = False
        find_group("west").status = Status.CLOSED
        db.session.commit()

        assert derive_what_is_missing() == 0


def test_only_an_upgrade_fills(app: Flask, monkeypatch):
    asked = []
    monkeypatch.setattr("app.commands.figures.schema_is_current", lambda: True)
    monkeypatch.setattr("app.commands.figures.derive_what_is_missing", lambda: asked.append(1) or 0)

    app.test_cli_runner().invoke(args=["db", "heads"], catch_exceptions=False)

    assert asked == []
