"""Lists and posters as a reader asks for them."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.blueprints.public import printed as pages
from app.formats.printed import typesetting
from tests.blueprints.feeds import edit
from tests.conftest import settings
from tests.people import World

pytestmark = pytest.mark.long


def test_a_selection_is_printed_as_pdf_under_a_name_that_tells_nothing(
    client: FlaskClient, world: World
):
    answer = client.get("/list.pdf?day=1&lang=nl")

    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'inline; filename="lijst.pdf"'
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_a_list_in_the_language_of_this_reader_is_kept_by_no_cache_for_another(
    client: FlaskClient, world: World
):
    answer = client.get("/list.pdf", headers={"Accept-Language": "en"})

    assert answer.headers["Cache-Control"] == "max-age=300, private"


def test_every_form_and_order_is_printed_and_an_unknown_one_is_the_usual(
    client: FlaskClient, world: World
):
    usual = client.get("/list.pdf?lang=nl").data

    for form in ("a4", "a5", "booklet"):
        for order in ("day", "place"):
            answer = client.get(f"/list.pdf?lang=nl&form={form}&order={order}")
            assert answer.data.startswith(b"%PDF-"), (form, order)
    assert client.get("/list.pdf?lang=nl&form=a0&order=x").data == usual


def test_an_asker_who_has_the_list_gets_none_until_it_differs(
    client: FlaskClient, world: World, clock: time_machine.Traveller
):
    tag = client.get("/list.pdf?lang=nl").headers["ETag"]

    same = client.get("/list.pdf?lang=nl", headers={"If-None-Match": tag})
    other = client.get("/list.pdf?lang=nl&form=a5", headers={"If-None-Match": tag})
    clock.shift(24 * 3600)
    tomorrow = client.get("/list.pdf?lang=nl", headers={"If-None-Match": tag})

    assert (same.status_code, same.data) == (304, b"")
    assert other.status_code == 200
    assert tomorrow.status_code == 200


def test_a_selection_without_groups_is_a_list_that_says_so(client: FlaskClient, world: World):
    assert client.get("/list.pdf?q=nergens").status_code == 200


def test_too_many_groups_for_a_list_are_refused_with_a_page_that_keeps_the_search(
    client: FlaskClient, world: World, monkeypatch
):
    monkeypatch.setattr(pages, "MOST_GROUPS", 1)

    answer = client.get("/list.pdf?open=0&sort=soonest")

    assert answer.status_code == 422
    assert "te veel groepen" in answer.text
    assert 'href="/?sort=soonest"' in answer.text


def test_a_reader_waits_no_longer_than_the_press_is_busy(
    client: FlaskClient, world: World, monkeypatch
):
    monkeypatch.setattr(typesetting, "PATIENCE_SECONDS", 0)

    with typesetting._press:
        answer = client.get("/list.pdf")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert client.get("/list.pdf").status_code == 200


def test_no_network_sets_more_sheets_than_a_person_reads(sqlite_url: str, world: World):
    from app import create_app

    limited = create_app(settings(sqlite_url, TWAALF_LIMITS="on")).test_client()

    answers = [limited.get("/groups/oost/poster.pdf").status_code for _ in range(31)]

    assert set(answers[:30]) == {200}
    assert answers[30] == 429


def test_a_group_has_a_poster_and_its_old_address_leads_to_it(
    app: Flask, client: FlaskClient, world: World
):
    answer = client.get("/groups/oost/poster.pdf")

    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="poster.pdf"'
    assert client.get("/groups/nergens/poster.pdf").status_code == 404


def test_a_coordinator_finds_the_poster_at_the_desk(world: World):
    page = world.anna.client().get("/coordinate/oost").text

    assert 'href="/groups/oost/poster.pdf"' in page


def test_characters_that_no_font_has_are_named_before_a_list_is_printed(
    client: FlaskClient, world: World
) -> None:
    pages = ("/referrers/list?q=west", "/?q=west")
    for page in pages:
        assert "niet afdrukken" not in client.get(page).text

    edit(world.app, lambda group: setattr(group, "name", "West 希望 ተስፋ 鱻 ひら鱻"), "west")

    for page in pages:
        assert "Deze tekens kunnen we niet afdrukken: 鱻 ひ ら<" in client.get(page).text


def test_characters_that_no_font_has_are_named_before_the_poster_is_printed(
    client: FlaskClient, world: World
) -> None:
    assert "niet afdrukken" not in client.get("/groups/west").text

    edit(world.app, lambda group: setattr(group, "name", "Łódź 希望 ተስፋ 鱻 ひら鱻"), "west")

    for page in (client.get("/groups/west"), world.ben.client().get("/coordinate/west")):
        assert "Deze tekens kunnen we niet afdrukken: 鱻 ひ ら<" in page.text
