"""What a statement of columns answers: rows that know their values by name."""

from sqlalchemy import literal, null, select

from app.db import db
from app.records.asked.columns import read_columns
from app.records.groups import Group, find_group
from tests.people import World


def test_a_row_is_a_plain_tuple_with_names(world: World):
    with world.app.app_context():
        rows = read_columns(select(Group.slug, Group.calendar_changed_at).order_by(Group.id))

    assert [one.slug for one in rows] == ["oost", "west"]
    assert all(one.calendar_changed_at.tzinfo is not None for one in rows)
    assert {type(one).__mro__[1] for one in rows} == {tuple}


def test_what_no_row_can_be_called_is_read_by_its_place(world: World):
    query = select(literal(1), null(), literal(2).label("class"), literal(3).label("class"))

    with world.app.app_context():
        [row] = read_columns(query)

    assert tuple(row) == (1, None, 2, 3)


def test_what_waits_to_be_written_is_read(world: World):
    with world.app.app_context():
        oost = find_group("oost")
        oost.town = "Ede"

        [row] = read_columns(select(Group.town).where(Group.id == oost.id))
        db.session.rollback()

    assert row.town == "Ede"
