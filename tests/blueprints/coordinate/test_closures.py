"""The pages on which a group, a hall or a whole fellowship is shut for a while."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.db import db
from app.records.changes import Change
from app.records.groups import find_group
from app.records.weeks import ClosureRecord
from tests.actions.shut import MONDAY, SUNDAY, WEEK, fill_the_hall, is_on, said_yes, share_the_hall
from tests.addresses import csrf_token
from tests.browsing import submit, words_of
from tests.people import Person, World

NEW = "/coordinate/oost/closures/new"
LIST = "/coordinate/oost/closures"
DAYS = {"first": "2026-12-07", "last": "2026-12-13"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def closures(app: Flask) -> list[ClosureRecord]:
    with app.app_context():
        return list(db.session.scalars(select(ClosureRecord).order_by(ClosureRecord.id)))


def hall(app: Flask) -> str:
    with app.app_context():
        return str(find_group("oost").slots[0].place_id)


def meets(app: Flask, slug: str) -> bool:
    with app.app_context():
        return is_on(slug)


def post(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    """Send what a page need not hold."""
    token = csrf_token(client.application, client)
    return client.post(address, data=fields | {"csrf_token": token})


def shut(app: Flask, world: World, of: str = "fellowship") -> int:
    with app.app_context():
        place_id = find_group("oost").slots[0].place_id
        whose = {
            "fellowship": {"fellowship_id": world.fellowship_id},
            "group": {"group_id": find_group("oost").id},
            "place": {"place_id": place_id},
        }[of]
        record = ClosureRecord(first_day=MONDAY, last_day=SUNDAY, reason="feest", **whose)
        db.session.add(record)
        db.session.commit()
        return record.id


def test_a_summer_stop_is_shown_first_and_then_saved(app: Flask, anna: Person):
    client = anna.client()

    shown = submit(client, NEW, **DAYS, reason="zomerstop", do="preview")
    assert shown.status_code == 200
    assert "Er is nog niets bewaard" in shown.text
    assert "Bij jullie gaat niet door: maandag 7 december." in shown.text
    assert closures(app) == []

    saved = submit(client, NEW, **DAYS, reason="zomerstop", do="save")
    assert (saved.status_code, saved.location) == (303, LIST)
    page = words_of(client.get(LIST).text)
    assert "Van maandag 7 december tot en met zondag 13 december: zomerstop" in page
    assert "Gaat niet door: maandag 7 december." in page
    assert not meets(app, "oost")
    assert "gaat niet door: zomerstop" in app.test_client().get("/groups/oost").text


def test_a_hall_says_how_many_groups_it_is_about(app: Flask, world: World, anna: Person):
    share_the_hall(app)
    fill_the_hall(app, world, 3)
    client = anna.client()

    assert "alle groepen die daar komen (5)" in client.get(NEW).text
    shown = submit(client, NEW, **DAYS, what=hall(app), do="preview")
    assert "Ook 4 andere groepen merken dit." in shown.text

    submit(client, NEW, **DAYS, what=hall(app), do="save")
    assert not meets(app, "west")


def test_a_group_may_not_choose_the_hall_of_another(app: Flask, ben: Person):
    share_the_hall(app)

    refused = submit(ben.client(), "/coordinate/west/closures/new", **DAYS, what=hall(app))

    assert refused.status_code == 422
    assert closures(app) == []


@pytest.mark.parametrize("do", ["preview", "save"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first": "2026-12-13", "last": "2026-12-07"}, "ligt vóór de eerste dag"),
        ({"first": "2026-10-01", "last": "2026-11-23"}, "Deze dag is al geweest"),
        ({"first": "2026-12-01", "last": "2028-01-01"}, "langer dan een jaar"),
        ({"first": "2206-12-01", "last": "2206-12-02"}, "Klopt het jaar"),
        ({"first": "9999-12-31", "last": "9999-12-31"}, "Klopt het jaar"),
        ({"first": "2026-02-30"}, "Vul een dag in die bestaat"),
        ({"last": ""}, "Vul een dag in die bestaat"),
        ({"first": "gisteren"}, "Vul een dag in die bestaat"),
        ({"reason": "x" * 201}, "Houd het bij 200 tekens"),
        ({"reason": "bel 06 12345678"}, "Hier staat een telefoonnummer"),
        ({"what": "4711"}, "Dit moet nog anders"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_stored(
    app: Flask, anna: Person, typed: dict[str, str], sentence: str, do: str
):
    fields = DAYS | {"reason": "onze stop"} | typed

    refused = submit(anna.client(), NEW, **fields, do=do)

    assert refused.status_code == 422
    assert sentence in refused.text
    assert fields["reason"] in refused.text
    assert closures(app) == []


def test_a_telephone_number_may_be_published_when_one_says_so(app: Flask, anna: Person):
    submit(anna.client(), NEW, **DAYS, reason="bel 06 12345678", publish_anyway="y", do="save")

    assert closures(app)[0].reason == "bel 06 12345678"


def test_ones_own_closure_is_changed_and_withdrawn(app: Flask, world: World, anna: Person):
    client = anna.client()
    address = f"{LIST}/{shut(app, world, 'group')}"

    assert "Bij jullie gaat weer door: maandag 7 december." in client.get(address).text
    changed = post(
        client,
        address,
        first="2026-12-08",
        last="2026-12-09",
        reason="korter",
        do="save",
    )
    assert changed.status_code == 303
    assert meets(app, "oost")

    assert post(client, f"{address}/withdraw").status_code == 303
    assert closures(app) == []


def test_two_who_change_one_closure_at_once_lose_nothing(app: Flask, world: World, anna: Person):
    client = anna.client()
    address = f"{LIST}/{shut(app, world, 'group')}"
    first = DAYS | {"version": "1", "do": "save"}

    assert post(client, address, **first | {"reason": "mijn reden"}).status_code == 303
    refused = post(client, address, **first | {"reason": "jouw reden"})

    assert refused.status_code == 422
    assert "jouw reden" in refused.text
    assert "intussen veranderd door Anna" in refused.text
    assert "mijn reden" in refused.text
    again = post(client, address, **first | {"reason": "jouw reden", "version": "2"})
    assert again.status_code == 303


def test_a_group_meets_all_the_same_with_one_button_and_not_after_all_with_another(
    app: Flask, world: World, anna: Person
):
    client = anna.client()
    number = shut(app, world)

    assert "Wij komen toch bij elkaar" in client.get(LIST).text
    submit(client, LIST, to=f"{LIST}/{number}/meet")
    assert meets(app, "oost")
    assert not meets(app, "west")
    assert "Jullie komen toch bij elkaar." in client.get(LIST).text

    submit(client, LIST, to=f"{LIST}/{number}/follow")
    assert not meets(app, "oost")


def test_who_meets_all_the_same_sees_first_what_else_is_shut(
    app: Flask, world: World, anna: Person
):
    client = anna.client()
    number, _ = shut(app, world), shut(app, world, "place")

    assert "In deze dagen valt ook: Buurthuis De Linde" in words_of(client.get(LIST).text)
    post(client, f"{LIST}/{number}/meet")
    assert not meets(app, "oost")

    submit(client, LIST, to=f"{LIST}/{number}/meet")
    assert meets(app, "oost")
    with app.app_context():
        assert said_yes("oost") == [WEEK]


@pytest.mark.parametrize("deed", ["", "/withdraw"])
def test_what_others_shut_can_only_be_answered(app: Flask, world: World, anna: Person, deed: str):
    number = shut(app, world)

    assert post(anna.client(), f"{LIST}/{number}{deed}", **DAYS).status_code == 404
    assert "Verander of trek in" not in anna.client().get(LIST).text


def test_the_closure_of_another_group_is_not_there(app: Flask, world: World, ben: Person):
    number = shut(app, world, "group")

    for deed in ("", "/withdraw", "/meet", "/follow"):
        address = f"/coordinate/west/closures/{number}{deed}"
        assert post(ben.client(), address, **DAYS).status_code == 404


def test_an_ended_closure_falls_off_the_list_by_itself(
    app: Flask, world: World, anna: Person, clock: time_machine.Traveller
):
    shut(app, world)
    clock.move_to(datetime(2026, 12, 14, 12, tzinfo=UTC))

    assert "Er is nu niets dicht" in anna.client().get(LIST).text


def test_the_pages_speak_english_too(app: Flask, world: World, anna: Person):
    client = anna.client()
    shut(app, world)

    page = words_of(client.get(f"{LIST}?lang=en").text)

    assert "We are meeting all the same" in page
    assert "From Monday 7 December up to and including Sunday 13 December: feest" in page


def test_the_log_says_what_was_shut_and_when(app: Flask, anna: Person):
    client = anna.client()
    submit(client, NEW, **DAYS, reason="zomerstop", do="save")

    page = words_of(client.get("/coordinate/oost/changes").text)

    assert "Groep voor een tijd gesloten" in page
    assert "maandag 7 december 2026" in page
    with app.app_context():
        change = db.session.scalars(select(Change).where(Change.deed == "close_group")).one()
        assert change.after["last"] == "2026-12-13"


def test_a_long_stop_is_one_clear_sentence_and_says_when_it_starts_again(
    app: Flask, anna: Person, client: FlaskClient
):
    days = {"first": "2026-11-24", "last": "2027-01-31"}
    submit(anna.client(), NEW, **days, reason="winterstop", do="save")

    page = words_of(client.get("/groups/oost").text)

    assert "Dicht van dinsdag 24 november tot en met zondag 31 januari 2027: winterstop." in page
    assert "Weer vanaf maandag 1 februari." in page
    assert "Dag en tijd volgen" not in page


def test_a_group_in_a_long_stop_stays_in_the_list_and_says_when_it_starts_again(
    app: Flask, anna: Person, client: FlaskClient
):
    days = {"first": "2026-11-24", "last": "2027-01-31"}
    submit(anna.client(), NEW, **days, reason="winterstop", do="save")

    for address in ("/", "/fellowships/stay-clean"):
        page = words_of(client.get(address).text)
        assert "maandag 1 februari" in page
        on_that_day = page.split("maandag 1 februari")[1]
        assert "Oost" in on_that_day
        assert "30 nov gaat niet door: winterstop" in on_that_day
    assert "gaat niet door: winterstop" in anna.client().get("/coordinate/").text


def last_change(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Change.id).order_by(Change.id.desc()).limit(1)).one()


def test_each_deed_is_undone_within_the_hour(
    app: Flask, anna: Person, clock: time_machine.Traveller
):
    client = anna.client()

    def undo_last() -> None:
        answer = submit(client, LIST, to=f"{LIST}/undo/{last_change(app)}")
        assert answer.status_code == 303

    submit(client, NEW, **DAYS, reason="stop", do="save")
    undo_last()
    assert closures(app) == []
    undo_last()
    [record] = closures(app)
    post(client, f"{LIST}/{record.id}", **DAYS | {"last": "2026-12-20"}, reason="langer")
    undo_last()
    assert [(one.last_day, one.reason) for one in closures(app)] == [(SUNDAY, "stop")]

    clock.shift(timedelta(hours=1))
    assert "Laatste wijziging ongedaan maken" not in anna.client().get(LIST).text
    post(anna.client(), f"{LIST}/undo/{last_change(app)}")
    assert closures(app)[0].reason == "stop"


def test_nobody_undoes_the_deed_of_another(app: Flask, world: World, anna: Person, ben: Person):
    share_the_hall(app)
    submit(anna.client(), NEW, **DAYS, what=hall(app), do="save")

    answer = post(ben.client(), f"/coordinate/west/closures/undo/{last_change(app)}")

    assert answer.status_code == 303
    assert len(closures(app)) == 1
