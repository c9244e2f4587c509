"""The office's groups: found by what is known of them, sorted, kept, and many dealt with at once."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.records.fellowships import find_fellowship
from app.records.group_lists.kept import KeptList
from tests.browsing import submit, words_of
from tests.people import World
from tests.queries import statements

GROUPS = "/national/stay-clean/groups"


def names(client: FlaskClient, query: str = "") -> list[str]:
    """Return the names on the list, in its order."""
    text = client.get(f"{GROUPS}.csv{query}").text
    return [
        line.split(";")[0].split(",")[0].strip(chr(34))
        for line in text.lstrip("\ufeff").splitlines()[1:]
    ]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("oost", ["Oost"]),
        ("maastricht", ["Zuid"]),
        ("1015 kd", ["Café Één Noord", "Oost", "West", "Zuid"]),
        ("1015", ["Café Één Noord", "Oost", "West", "Zuid"]),
        ("anna", ["Oost"]),
        ("cafe een", ["Café Één Noord"]),
        ("noord assen", ["Café Één Noord"]),
        ("noord urk", []),
        ("100%", []),
        ("_", []),
    ],
)
def test_a_group_is_found_in_one_field(office: FlaskClient, q: str, found: list[str]):
    assert sorted(names(office, f"?q={q}")) == sorted(found)


def test_an_address_that_the_public_does_not_see_is_not_found(office: FlaskClient):
    assert names(office, "?q=8321ab") == []
    assert names(office, "?q=urk") == ["Stille kring"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("?sort=time", "Oost"),
        ("?sort=-time", "Café Één Noord"),
        ("?sort=town", "Oost"),
        ("?sort=-town", "Stille kring"),
        ("?sort=-coordinators", "Oost"),
        ("?sort=no-such-column", "Café Één Noord"),
    ],
)
def test_every_column_sorts_both_ways(office: FlaskClient, query: str, first: str):
    assert names(office, query)[0] == first


def test_filters_stand_in_the_address_and_are_kept_under_a_name(office: FlaskClient, app: Flask):
    page = f"{GROUPS}?coordinated=no&sort=town"
    assert names(office, "?coordinated=no") == ["Café Één Noord", "Stille kring", "Zuid"]

    submit(office, page, to=f"{GROUPS}/lists?coordinated=no&sort=town", name="Zonder coördinator")

    shown = office.get(GROUPS).text
    assert 'href="/national/stay-clean/groups?coordinated=no&amp;sort=town"' in shown
    assert "Zonder coördinator" in words_of(shown)
    with app.app_context():
        [kept] = db.session.scalars(select(KeptList))
    submit(office, page, to=f"{GROUPS}/lists/{kept.id}/forget")
    assert 'aria-label="Bewaarde lijsten"' not in office.get(GROUPS).text


def test_a_list_may_be_named_as_one_that_is_there_and_then_it_is_that_one(
    office: FlaskClient, app: Flask
):
    for query in ("?coordinated=no", "?where=online"):
        submit(office, GROUPS + query, to=f"{GROUPS}/lists{query}", name="Mijn lijst")

    with app.app_context():
        assert [one.query for one in db.session.scalars(select(KeptList))] == ["where=online"]


def test_a_page_of_groups_asks_the_same_number_of_questions_for_any_number(
    office: FlaskClient, app: Flask, world: World
):
    with statements(app) as few:
        office.get(GROUPS)
    with app.app_context():
        fellowship = find_fellowship("stay-clean")
        assert fellowship is not None
        for number in range(40):
            world.group(fellowship, f"g{number}", f"Groep {number}", "Assen", weekday=1)
        db.session.commit()
    with statements(app) as many:
        office.get(GROUPS)

    assert len(many) == len(few)
