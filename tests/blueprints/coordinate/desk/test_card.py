"""The card on the desk: the coming meeting, called off with one button, and undone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.actions.seats import Ask, ask_for_seat
from app.db import db
from app.records.groups import find_group
from app.records.letters import Letter
from app.records.weeks import DeviationRecord
from tests.browsing import form_in, submit, words_of
from tests.people import Person

TONIGHT = datetime(2026, 11, 23, 18, 25, tzinfo=UTC)
"""Five minutes before Oost meets, 19.25 in Amsterdam."""
DESK = "/coordinate/"
CANCEL = "/coordinate/oost/weeks/2026-W48/cancel"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TONIGHT, tick=False) as traveller:
        yield traveller


def off(person: Person) -> list[str]:
    with person.app.app_context():
        return [str(row.week) for row in db.session.query(DeviationRecord) if row.cancelled]


def letters(person: Person, kind: str) -> int:
    with person.app.app_context():
        return sum(letter.kind == kind for letter in db.session.query(Letter))


def seat_kim(person: Person) -> None:
    with person.app.app_context():
        group = find_group("oost")
        assert group
        ask = Ask(alias="Kim", consent_text="1", contact="kim@example.org")
        ask_for_seat(group, ask, ask_key="form-of-kim")


def test_one_button_and_one_confirmation_call_tonight_off(anna: Person) -> None:
    seat_kim(anna)
    client = anna.client()

    page = words_of(client.get(DESK).text)
    assert "Vanavond gaat niet door" in page
    assert "Vanavond gaat niet door. Daarna: maandag 30 november, 19.30–21.30." in page
    assert "1 mens krijgt meteen een mail." in page
    assert "Zeg maandag 23 november af" in page
    answer = submit(client, DESK, to=CANCEL)

    assert (answer.status_code, answer.location) == (303, DESK)
    assert off(anna) == ["2026-W48"]
    assert letters(anna, "evening_changed") == 1
    page = words_of(client.get(DESK).text)
    assert "Maandag 23 november gaat niet door. Pagina en agenda zijn bijgewerkt." in page
    assert "Zeg maandag" not in page


def test_it_is_undone_from_the_card_for_an_hour(
    anna: Person, clock: time_machine.Traveller
) -> None:
    client = anna.client()
    submit(client, DESK, to=CANCEL)
    [way_back] = re.findall(r"/coordinate/oost/changes/\d+/undo", client.get(DESK).text)

    answer = submit(client, DESK, to=way_back)

    assert (answer.status_code, answer.location) == (303, DESK)
    assert off(anna) == []
    submit(client, DESK, to=CANCEL)
    clock.shift(timedelta(minutes=60))
    assert "/undo" not in client.get(DESK).text


def test_the_rest_of_the_week_stays_as_it_was_arranged(anna: Person) -> None:
    client = anna.client()
    week = "/coordinate/oost/weeks/2026-W48"
    submit(client, f"{week}?change=move", to=week, weekday="5", note="Sjaal.", do="save")

    submit(client, DESK, to=CANCEL)

    with anna.app.app_context():
        [row] = db.session.query(DeviationRecord)
        assert (row.cancelled, row.weekday, row.note) == (True, 5, "Sjaal.")


def test_an_evening_that_is_over_meanwhile_is_not_called_off_nor_any_other(
    anna: Person, clock: time_machine.Traveller
) -> None:
    client = anna.client()
    form = form_in(client.get(DESK).text, CANCEL)
    clock.shift(timedelta(hours=3))

    answer = client.post(CANCEL, data=form, follow_redirects=True)

    assert "De bijeenkomst van maandag 23 november is geweest." in answer.text
    assert off(anna) == []


def test_a_week_that_somebody_moved_meanwhile_is_looked_at_first(anna: Person) -> None:
    client, other = anna.client(), anna.client()
    form = form_in(client.get(DESK).text, CANCEL)
    week = "/coordinate/oost/weeks/2026-W48"
    submit(other, f"{week}?change=move", to=week, weekday="5", do="save")

    answer = client.post(CANCEL, data=form, follow_redirects=True)

    assert answer.request.path == week
    assert "Dit is intussen veranderd." in answer.text
    assert off(anna) == []


def test_a_new_standing_time_meanwhile_is_looked_at_first(anna: Person) -> None:
    client, other = anna.client(), anna.client()
    form = form_in(client.get(DESK).text, CANCEL)
    submit(other, "/coordinate/oost/slot", since="2026-W48", weekday="5", start="20:00", do="save")

    client.post(CANCEL, data=form)

    assert off(anna) == []


def test_after_the_evening_the_card_is_about_the_next_one(
    anna: Person, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2026, 11, 28, 12, tzinfo=UTC))
    client = anna.client()

    desk, group = client.get(DESK).text, client.get("/coordinate/oost").text

    for page in (desk, group):
        assert "/coordinate/oost/weeks/2026-W49/cancel" in page
        assert "Verander maandag 30 november" in page
        assert CANCEL not in page
    assert 'href="/coordinate/oost/weeks/2026-W48"' not in group
    assert "<h1>Maandag 30 november</h1>" in client.get("/coordinate/oost/weeks/2026-W49").text


def test_a_number_in_the_reason_is_asked_about_on_the_page_of_the_week(anna: Person) -> None:
    client = anna.client()
    form = form_in(client.get(DESK).text, CANCEL)

    client.post(CANCEL, data=form | {"reason": "Bel 06 12345678"})

    assert off(anna) == []


def test_the_card_of_another_group_is_not_found(anna: Person, ben: Person) -> None:
    form = form_in(anna.client().get(DESK).text, CANCEL)

    assert ben.client().post(CANCEL, data=form).status_code in (400, 404)
    assert off(anna) == []


def test_it_speaks_english(anna: Person) -> None:
    page = words_of(anna.client().get(f"{DESK}?lang=en").text)

    assert "Call off Monday 23 November" in page
