"""The door list: what every address answers to every kind of person.

A new endpoint needs a row. `in` sends a visitor to log in, and refuses their POST (403); a number
is what a GET answers, and lets a POST through the door; `404` is a door that is not there.
"""

import pytest
from flask import Flask

from tests.addresses import PEOPLE, Grounds, csrf_token, lay_out, rules
from tests.people import World

DOORS = """
                           visitor anna  ben  olaf vera

finder.show                    200  200  200  200  200
groups.show                    200  200  200  200  200
groups.contact                 200  200  200  200  200
fellowships.index              200  200  200  200  200
fellowships.show               200  200  200  200  200
feeds.show                     200  200  200  200  200

contacts.ask                   200  200  200  200  200
contacts.agree                  do   do   do   do   do
contacts.withdraw               do   do   do   do   do

pages.privacy                  200  200  200  200  200
pages.healthz                  200  200  200  200  200
pages.readyz                   200  200  200  200  200
pages.metrics                  200  200  200  200  200
pages.robots                   200  200  200  200  200
pages.sitemap                  200  200  200  200  200
pages.security_txt             200  200  200  200  200

desk.show                       in  200  200  404  404
desk.group                      in  200  404  404  404
desk.status                     in  200  404  404  404
desk.sister                     in  200  404  404  404
desk.changes                    in  200  404  404  404
listing.edit                    in  200  404  404  404
slots.edit                      in  200  404  404  404
slots.withdraw                  in   do  404  404  404
places.index                    in  200  404  404  404
places.new                      in  200  404  404  404
places.edit                     in  200  404  404  404
contacts.index                  in  200  404  404  404
contacts.new                    in  200  404  404  404
contacts.edit                   in  200  404  404  404
contacts.first                  in   do  404  404  404
contacts.remove                 in   do  404  404  404
"""
ROWS = {
    endpoint: dict(zip(PEOPLE, cells, strict=True))
    for endpoint, *cells in map(str.split, filter(None, DOORS.splitlines()[2:]))
}
CASES = [(endpoint, person) for endpoint in ROWS for person in PEOPLE]

REFUSED_WITHOUT_TOKEN = {400, 403, 404}


@pytest.fixture
def grounds(app: Flask, world: World) -> Grounds:
    return lay_out(app, world)


def test_every_endpoint_has_a_row_and_every_row_an_endpoint(app: Flask):
    assert sorted(app.view_functions) == sorted(ROWS)


def test_the_doors_are_marked_as_the_list_has_them(app: Flask):
    """A row that lets a visitor in belongs to a view that says it is public."""
    public = {name for name, view in app.view_functions.items() if view.door == "public"}

    assert public == {name for name, cells in ROWS.items() if cells["visitor"] != "in"}


@pytest.mark.parametrize(("endpoint", "person"), CASES)
def test_a_get_answers_each_person_as_the_door_list_says(
    grounds: Grounds, endpoint: str, person: str
):
    expected = ROWS[endpoint][person]
    client = grounds.client(person)

    for rule in [rule for rule in rules(grounds.app, "GET") if rule.endpoint == endpoint]:
        response = client.get(grounds.address(rule))

        if expected == "in":
            assert response.status_code == 302
            assert response.location.startswith("/login")
        else:
            assert response.status_code == int(expected)


@pytest.mark.parametrize(("endpoint", "person"), CASES)
def test_a_post_gets_through_the_door_for_whom_it_opens(
    grounds: Grounds, endpoint: str, person: str
):
    expected = ROWS[endpoint][person]

    for rule in [rule for rule in rules(grounds.app, "POST") if rule.endpoint == endpoint]:
        client = grounds.client(person)
        token = csrf_token(grounds.app, client)
        status = client.post(grounds.address(rule), data={"csrf_token": token}).status_code

        if expected == "in":
            assert status == 403
        elif expected == "404":
            assert status == 404
        else:
            assert status in (200, 302, 303, 422)


@pytest.mark.parametrize(("endpoint", "person"), CASES)
def test_a_post_without_a_token_is_refused_to_everyone(
    grounds: Grounds, endpoint: str, person: str
):
    for rule in [rule for rule in rules(grounds.app, "POST") if rule.endpoint == endpoint]:
        client = grounds.client(person)
        csrf_token(grounds.app, client)
        status = client.post(grounds.address(rule)).status_code

        opens = ROWS[endpoint][person] not in ("in", "404")
        assert status == 400 if opens else status in REFUSED_WITHOUT_TOKEN


@pytest.mark.parametrize("person", PEOPLE)
def test_what_does_not_exist_is_not_found_by_anyone(grounds: Grounds, person: str):
    client = grounds.client(person)

    assert client.get("/groups/nergens").status_code == 404
    assert client.get("/nergens").status_code == 404
