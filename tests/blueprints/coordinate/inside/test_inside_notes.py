"""A note for who has a seat alone stands on their page and in their calendar, and nowhere public."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions.seats import Ask, ask_for_seat, confirm_seat
from app.records.groups import find_group
from tests.browsing import submit
from tests.people import Person, World

pytestmark = pytest.mark.usefixtures("clock", "world")

PAGE = "/coordinate/oost/weeks/2026-W49"
PUBLIC = (
    "/", "/?q=oost", "/groups/oost", "/fellowships/stay-clean", "/meetings.json",
    "/fellowships/stay-clean/meetings.json", "/client_interface/json/?switcher=GetSearchResults",
    "/embed/stay-clean",
)  # fmt: skip


def test_from_the_form_to_the_seat_and_to_nobody_else(
    app: Flask, client: FlaskClient, world: World, anna: Person
):
    with app.app_context():
        group = find_group("oost")
        key = ask_for_seat(group, Ask("Kim", "1", contact="k@example.org"), ask_key="k").key
        confirm_seat(key, by_mail=True)
        feeds = [f"/feeds/{kind}/agenda.ics" for kind in (group.feed_key, group.discreet_key)]

    answer = submit(
        anna.client(),
        f"{PAGE}?change=note",
        to=PAGE,
        inside_note="Zilvermeeuw trakteert: 06 12345678.",
        do="save",
    )

    assert answer.status_code == 303
    assert "Zilvermeeuw trakteert" in client.get(f"/seat/{key}").text
    assert "Zilvermeeuw trakteert" in anna.client().get(PAGE).text
    for address in (*PUBLIC, *feeds):
        body = client.get(address).data
        assert b"ilvermeeuw" not in body, address
    office = world.olaf.client()
    for address in ("/national/groups/oost/mend", "/national/stay-clean/history"):
        assert "ilvermeeuw" not in office.get(address).text, address
    assert "ilvermeeuw" not in anna.client().get("/coordinate/oost/history").text


def test_the_preview_says_for_whom_it_is(anna: Person):
    answer = submit(
        anna.client(), f"{PAGE}?change=note", to=PAGE, inside_note="Soep.", do="preview"
    )

    assert "Alleen voor wie een plek heeft" in answer.text
    assert "Soep." in answer.text
