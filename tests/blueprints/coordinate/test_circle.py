"""The circle's pages: the drawing and the list, and each deed behind its own button."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.actions.seats import Ask, Asked, ask_for_seat, confirm_seat
from app.db import db
from app.domain.seating import Seating
from app.domain.week import Week
from app.records.groups import find_group
from app.records.head_counts import HeadCount
from app.records.invitations import Invitation
from app.records.participants import people_of
from tests.browsing import form_on, submit, words_of
from tests.people import Person, World

TUESDAY = datetime.fromisoformat("2026-11-24T12:00+01:00")
CIRCLE = "/coordinate/oost/circle"


@pytest.fixture(autouse=True)
def today(world: World) -> Iterator[None]:
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def client(anna: Person) -> FlaskClient:
    return anna.client()


def ask(app: Flask, *aliases: str, contact: str = "") -> list[Asked]:
    """Let people ask for a seat in Oost, one after the other."""
    with app.app_context():
        group = find_group("oost")
        before = len(people_of(group.id))
        return [
            ask_for_seat(
                group,
                Ask(alias=alias, consent_text="1", contact=contact),
                ask_key=f"form-{before + number}",
            )
            for number, alias in enumerate(aliases)
        ]


def come(app: Flask, *aliases: str) -> list[Asked]:
    """Let people ask, one after the other, and confirm at once."""
    told = []
    for alias in aliases:
        told += ask(app, alias)
        with app.app_context():
            confirm_seat(told[-1].key, by_mail=True)
    return told


def circle(app: Flask) -> list[tuple[str | None, int | None, str | None]]:
    with app.app_context():
        return [(one.alias, one.seat, one.hold) for one in people_of(find_group("oost").id)]


def someone(app: Flask, alias: str | None) -> str:
    """Return the page of the first of an alias."""
    with app.app_context():
        people = people_of(find_group("oost").id)
        return f"{CIRCLE}/{next(one.id for one in people if one.alias == alias)}"


def let_oost(app: Flask, seating: Seating, **more: object) -> None:
    with app.app_context():
        group = find_group("oost")
        group.seating = seating
        for name, value in more.items():
            setattr(group, name, value)
        db.session.commit()


def test_the_page_says_first_how_many_seats_are_taken_and_who_wait(
    client: FlaskClient, app: Flask
) -> None:
    come(app, *(f"Iemand {number}" for number in range(14)))

    page = words_of(client.get(CIRCLE).text)

    assert "12 van de 12 plekken bezet, 2 wachten." in page


@pytest.mark.parametrize("path", [CIRCLE, "/coordinate/oost"])
def test_who_merely_asked_has_no_seat_and_stands_in_no_line(
    client: FlaskClient, app: Flask, path: str
) -> None:
    come(app, "Kim", "Sam")
    ask(app, *(f"Iemand {number}" for number in range(20)), contact="iemand@example.org")

    assert "2 van de 12 plekken bezet, 20 vroegen een plek" in words_of(client.get(path).text)


def test_the_page_speaks_english_too(client: FlaskClient, app: Flask) -> None:
    come(app, "Kim")

    page = words_of(client.get(f"{CIRCLE}?lang=en").text)

    assert "1 of 12 seats taken." in page
    assert "Vrij" not in page


def test_drawing_and_list_lead_to_the_same_seats(client: FlaskClient, app: Flask) -> None:
    ask(app, "Kim", "Bo")

    page = client.get(CIRCLE).text
    drawing, rest = page.split("</svg>\n</div>", 1)
    drawn = re.findall(rf'href="({CIRCLE}/[^"]+)"', drawing)
    listed = re.findall(rf'href="({CIRCLE}/[^"]+)"', rest.split("Wachtlijst")[0])

    assert len(drawn) == 12
    assert drawn == listed


def test_two_of_one_name_are_told_apart(client: FlaskClient, app: Flask) -> None:
    come(app, "Kim", "Kim", "Wilhelmina", "Wilhelmina")

    page = client.get(CIRCLE).text

    assert ">Kim<" in page
    assert ">Kim (2)<" in page
    assert ">Wilhe… (2)<" in page


def test_no_address_of_a_participant_is_shown_only_whether_mail_reaches_them(
    client: FlaskClient, app: Flask
) -> None:
    ask(app, "Kim", contact="kim@example.org")
    ask(app, "Bo")
    pages = [client.get(path).text for path in (CIRCLE, someone(app, "Kim"))]

    assert "kim@example.org" not in "".join(pages)
    assert "krijgt mail" in pages[1]
    assert [pages[0].count(words) for words in ("krijgt mail", "geen mail")] == [1, 1]


def test_who_is_greeted_has_the_seat(client: FlaskClient, app: Flask) -> None:
    ask(app, "Kim")
    page = someone(app, "Kim")
    assert "Heet welkom" in client.get(page).text

    answer = submit(client, page, to=f"{page}/greet")

    assert answer.location == CIRCLE
    assert circle(app) == [("Kim", 1, None)]
    assert "Heet welkom" not in client.get(page).text


def test_who_is_to_be_greeted_cannot_be_sent_away(client: FlaskClient, app: Flask) -> None:
    with app.app_context():
        group = find_group("oost")
        group.seating = Seating.WELCOMES
        db.session.commit()
    ask(app, "Kim")
    page = someone(app, "Kim")

    assert f"{page}/release" not in client.get(page).text
    assert client.get(f"{page}/release").location == page
    answer = client.post(f"{page}/release", data=form_on(client, page), follow_redirects=True)

    assert "Iedereen is hier welkom." in words_of(answer.text)
    assert circle(app) == [("Kim", 1, "greeted")]


def test_a_seat_is_released_after_a_step_that_names_what_happens(
    client: FlaskClient, app: Flask
) -> None:
    come(app, *(f"Iemand {number}" for number in range(12)), "Wacht")
    page = f"{someone(app, 'Iemand 0')}/release"

    said = words_of(client.get(page).text)
    assert "Iemand 0 krijgt geen mail: zeg het zelf." in said
    assert "De plek gaat naar Wacht, die vooraan staat." in said
    assert submit(client, page).status_code == 303

    assert ("Wacht", 1, "offered") in circle(app)
    assert client.get(page).status_code == 404


def test_an_empty_chair_is_taken_without_a_name(client: FlaskClient, app: Flask) -> None:
    answer = submit(client, f"{CIRCLE}/chair?number=10")

    assert answer.status_code == 303
    assert circle(app) == [(None, 10, None)]
    assert "Zonder naam" in client.get(answer.location).text


def test_a_chair_in_a_full_group_is_refused_with_the_reason(
    client: FlaskClient, app: Flask
) -> None:
    come(app, *(f"Iemand {number}" for number in range(13)))

    answer = submit(client, f"{CIRCLE}/chair")

    assert answer.status_code == 422
    assert "Er wachten mensen." in answer.text


def test_a_link_for_who_rang_is_shown_once(client: FlaskClient, app: Flask) -> None:
    submit(client, f"{CIRCLE}/chair")
    page = f"{someone(app, None)}/link"

    shown = client.get(submit(client, page).location).text

    key = re.search(r'value="http://[^"]*/claim/([^"]+)"', shown)
    assert key
    assert 'class="qr"' in shown
    assert app.test_client().get(f"/claim/{key[1]}").status_code == 200
    again = client.get(page).text
    assert key[1] not in again
    assert "Er is al een link voor deze plek." in again


def test_a_double_is_merged(client: FlaskClient, app: Flask) -> None:
    ask(app, "Kim", "Kim")
    with app.app_context():
        double = people_of(find_group("oost").id)[1].id

    page = f"{someone(app, 'Kim')}/merge"
    assert submit(client, page).status_code == 422
    assert submit(client, page, double=double).status_code == 303

    assert circle(app) == [("Kim", 1, "asked")]


@pytest.mark.parametrize(("chairs", "status"), [(1, 422), (2, 303), (12, 303), (13, 422), (0, 422)])
def test_fewer_chairs_than_are_taken_or_more_than_twelve_are_refused_at_the_field(
    client: FlaskClient, app: Flask, chairs: int, status: int
) -> None:
    ask(app, "Kim", "Bo")

    answer = submit(client, f"{CIRCLE}/chairs", chairs=chairs)

    assert answer.status_code == status
    assert ('id="chairs-error"' in answer.text) is (status == 422)


def test_a_group_with_eight_chairs_shows_eight(client: FlaskClient, app: Flask) -> None:
    let_oost(app, Seating.SEATS_ITSELF, capacity=8)

    page = client.get(CIRCLE).text

    assert page.count('class="seat"') == 8
    assert "0 van de 8 plekken bezet" in page


@pytest.mark.parametrize("seating", list(Seating))
def test_each_way_of_seating_is_explained_and_can_be_chosen(
    client: FlaskClient, app: Flask, seating: Seating
) -> None:
    ask(app, "Kim")

    answer = submit(client, f"{CIRCLE}/seating", seating=str(seating))

    assert answer.status_code == 303
    assert [alias for alias, _, _ in circle(app)] == ["Kim"]
    assert client.get(CIRCLE).status_code == 200


@pytest.mark.parametrize("taken", ["9", "0", "12"])
def test_chairs_are_set_taken_by_their_number(client: FlaskClient, app: Flask, taken: str) -> None:
    answer = submit(client, f"{CIRCLE}/taken", taken=taken)

    assert answer.status_code == 303
    assert len(circle(app)) == int(taken)


@pytest.mark.parametrize("taken", ["", "13", "-1", "1.5", "zes", "99999999999999999999"])
def test_a_number_that_no_circle_has_is_refused(
    client: FlaskClient, app: Flask, taken: str
) -> None:
    assert submit(client, f"{CIRCLE}/taken", taken=taken).status_code == 422
    assert circle(app) == []


def test_a_group_without_a_list_counts_up_and_down(client: FlaskClient, app: Flask) -> None:
    let_oost(app, Seating.WALK_IN)
    submit(client, f"{CIRCLE}/taken", taken="4")

    page = client.get(CIRCLE).text

    assert "Eén plek meer bezet" in page
    assert "Eén plek minder bezet" in page
    assert "Wachtlijst" not in page
    assert "Zonder naam" not in page


@pytest.mark.parametrize(
    ("people", "question", "taken"),
    [
        (9, "Negen plekken op bezet zetten?", 9),
        (1, "Eén plek op bezet zetten?", 1),
        (13, "Twaalf plekken op bezet zetten?", 12),
    ],
)
def test_after_a_head_count_the_desk_offers_to_set_as_many_seats_taken(
    client: FlaskClient, app: Flask, people: int, question: str, taken: int
) -> None:
    let_oost(app, Seating.WALK_IN)
    count(app, people)

    assert question in client.get("/coordinate/oost").text
    answer = submit(client, "/coordinate/oost", to=f"{CIRCLE}/taken", taken=taken)

    assert answer.location == "/coordinate/oost"
    assert len(circle(app)) == taken
    assert question not in client.get("/coordinate/oost").text


def test_a_group_with_a_list_is_not_asked_after_a_head_count(
    client: FlaskClient, app: Flask
) -> None:
    count(app, 9)

    assert "op bezet zetten?" not in client.get("/coordinate/oost").text


def count(app: Flask, people: int) -> None:
    with app.app_context():
        week = Week.of(TUESDAY.date())
        db.session.add(HeadCount(group_id=find_group("oost").id, week=week, people=people))
        db.session.commit()


def test_the_desk_leads_to_the_circle_first(client: FlaskClient, app: Flask) -> None:
    come(app, "Kim")

    deeds = client.get("/coordinate/oost").text.partition('class="deeds"')[2]

    assert deeds.index("De kring") < deeds.index("Vaste tijd")
    assert "1 van de 12 plekken bezet" in deeds


@pytest.mark.parametrize("person", ["ben", "olaf", "vera"])
def test_nobody_else_sees_the_circle(world: World, app: Flask, person: str) -> None:
    ask(app, "Kim")
    other = getattr(world, person).client()
    seat = someone(app, "Kim")

    for page in (CIRCLE, seat, f"{seat}/release", f"{CIRCLE}/seating", f"{CIRCLE}/taken"):
        assert other.get(page).status_code == 404


def test_a_person_of_another_group_is_not_found_in_this_one(
    client: FlaskClient, world: World, app: Flask
) -> None:
    ask(app, "Kim")
    kim = someone(app, "Kim").rpartition("/")[2]

    assert world.ben.client().get(f"/coordinate/west/circle/{kim}").status_code == 404


def test_a_log_in_of_an_hour_ago_is_asked_again(client: FlaskClient, app: Flask) -> None:
    ask(app, "Kim")
    with time_machine.travel(TUESDAY.replace(hour=14), tick=False):
        answer = client.get(CIRCLE)

    assert answer.status_code == 302
    assert answer.location.startswith("/verify")


def test_the_log_tells_what_was_done_and_no_name(client: FlaskClient, app: Flask) -> None:
    ask(app, "Kimberley")
    page = someone(app, "Kimberley")
    submit(client, page, to=f"{page}/greet")
    submit(client, f"{page}/release")

    log = client.get("/coordinate/oost/changes").text

    assert "Iemand verwelkomd" in log
    assert "Een plek vrijgegeven" in log
    assert "Kimberley" not in log


def test_the_circle_does_not_say_of_a_dead_address_that_it_gets_mail(
    app: Flask, client: FlaskClient
) -> None:
    ask(app, "Kim", "Mees", contact="kim@example.org")
    with app.app_context():
        kim, *_ = people_of(find_group("oost").id)
        kim.mail_refused_at, kim_id = clock.now(), kim.id
        db.session.commit()

    circle = client.get(CIRCLE).text
    page = words_of(client.get(f"{CIRCLE}/{kim_id}").text)

    assert circle.count("de mail kwam niet aan") == 1
    assert circle.count("krijgt mail") == 1
    assert "De mail aan Kim kwam niet aan." in page
    assert "Kim krijgt geen mail: zeg het zelf." in words_of(
        client.get(f"{CIRCLE}/{kim_id}/release").text
    )
    assert "kim@example.org" not in circle + page


def test_who_coordinates_sees_which_invitation_did_not_arrive(
    app: Flask, client: FlaskClient
) -> None:
    submit(
        client,
        "/coordinate/oost/people",
        to="/coordinate/oost/people/invite",
        invite__email="nieuw@example.org",
    )
    assert "de mail kwam niet aan" not in client.get("/coordinate/oost/people").text
    with app.app_context():
        db.session.scalars(select(Invitation)).one().mail_refused_at = clock.now()
        db.session.commit()

    assert "de mail kwam niet aan" in client.get("/coordinate/oost/people").text
