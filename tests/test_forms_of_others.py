"""A form that somebody else's page holds, sent from one's own address, changes nothing of theirs.

The doors ask whose address it is. This asks the other half: ids in the address behind the own name,
and in the fields, that are of another group, fellowship or seat.
"""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app.db import db
from tests.addresses import SEAT_KEY, WAITING, WAITING_KEY, Grounds, lay_out
from tests.forms import forms_of, post
from tests.people import World

pytestmark = pytest.mark.long

OWN = {"ben": "west", "otto": "rust", "sam": WAITING_KEY}
"""Whose forms are sent again, under which name of one's own."""
COPIED = {"ben": ("anna", "oost"), "otto": ("olaf", "stay-clean"), "sam": ("kim", SEAT_KEY)}
SECRETS = {
    "ben": ("noor@example.org", "0612345678", "Sam", "soep", "lena@example.org"),
    "otto": ("noor@example.org", "0612345678", "soep", "mees@example.org", "De Randstad"),
    "sam": ("noor@example.org", "kim@example.org", "0612345678"),
}
"""What stands on the others' grounds and nowhere on one's own."""
SENT_AT_LEAST = {"ben": 90, "otto": 45, "sam": 15}


@pytest.fixture
def grounds(app: Flask, world: World) -> Grounds:
    return lay_out(app, world)


@pytest.mark.parametrize("person", OWN)
def test_a_form_of_others_sent_as_ones_own_changes_nothing_of_theirs(
    grounds: Grounds, put_back: Callable[[], None], person: str
):
    owner, theirs = COPIED[person]
    forms = list(forms_of(grounds, owner))
    put_back()
    before = _rows(grounds.app, person)

    wrong, sent = [], 0
    for form in forms:
        if theirs not in form.action:
            continue
        put_back()
        client = grounds.client("visitor" if person == "sam" else person)
        own = form.action.replace(theirs, OWN[person])
        fields = [(name, value.replace(theirs, OWN[person])) for name, value in form.fields]
        answer = post(grounds.app, client, own, fields)
        sent += 1
        if answer.status_code >= 500:
            wrong.append(f"{own}: {answer.status_code}")
        wrong += [f"{own} says {word}" for word in SECRETS[person] if word in answer.text]
        if _rows(grounds.app, person) != before:
            changed = _difference(before, _rows(grounds.app, person))
            wrong.append(f"{own} {fields} changed {changed}")

    assert not wrong, "\n".join(wrong)
    assert sent >= SENT_AT_LEAST[person]


def _rows(app: Flask, person: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that is not this person's to change, table by table."""
    with app.app_context():
        tables = inspect(db.engine).get_table_names()
        columns = {
            one: {column["name"] for column in inspect(db.engine).get_columns(one)}
            for one in tables
        }
        found = {}
        for table in tables:
            where = _of_others(table, columns[table], person)
            if where:
                rows = db.session.execute(text(f'SELECT * FROM "{table}" WHERE {where}'))
                found[table] = sorted(map(tuple, rows), key=repr)
        db.session.remove()
    return found


def _of_others(table: str, columns: set[str], person: str) -> str:
    oost = "(SELECT id FROM groups WHERE slug = 'oost')"
    house = "(SELECT id FROM fellowship WHERE slug = 'stay-clean')"
    if table in ("change_group", "letter", "outbox", "tally"):
        return ""
    if person == "sam":
        if table == "participant":
            return f"id <> {WAITING}"
        return "1 = 1" if table in ("contact", "place") else ""
    if table == "groups":
        return "slug = 'oost'" if person == "ben" else f"fellowship_id = {house}"
    if table == "place":
        return f"owner_id = {oost}"
    if table == "participant":
        return f"group_id = {oost}"
    if table == "fellowship":
        return "slug = 'stay-clean'"
    if table == "sponsorship":
        return "1 = 1"
    if "group_id" in columns:
        return f"group_id = {oost}"
    if "fellowship_id" in columns:
        return f"fellowship_id = {house}"
    return ""


def _difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {
        table: ([row for row in rows if row not in after[table]], [row for row in after[table] if row not in rows])
        for table, rows in before.items()
        if rows != after[table]
    }  # fmt: skip
