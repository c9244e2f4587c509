"""The history of a group: searched, taken away, and put back."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine

from app.domain.week import Week
from app.records.groups import find_group
from tests.blueprints.history import CHANGES, HISTORY, LISTING, SLOT, change_id, description
from tests.browsing import submit, words_of
from tests.people import NOON, Person


def test_a_listing_goes_back_to_what_it_was_before_a_change(anna: Person) -> None:
    client = anna.client()
    for text in ("Met thee.", "Met koffie.", "Met soep."):
        submit(client, LISTING, description=text)
    page = f"{CHANGES}/{change_id(anna, 'edit_listing', 1)}/restore"

    shown = client.get(page).text
    assert "<del>Met soep.</del>" in shown
    assert "<ins>Met thee.</ins>" in shown
    answer = submit(client, page)

    assert answer.status_code == 303
    assert description(anna) == "Met thee."
    assert "Met thee." in client.get("/groups/oost").text


def test_putting_back_is_a_change_that_can_be_put_back(anna: Person) -> None:
    client = anna.client()
    submit(client, LISTING, description="Met thee.")
    submit(client, f"{CHANGES}/{change_id(anna, 'edit_listing')}/restore")
    assert description(anna) == ""

    submit(client, f"{CHANGES}/{change_id(anna, 'edit_listing')}/restore")

    assert description(anna) == "Met thee."


def test_an_older_name_gives_the_older_address_back(anna: Person) -> None:
    client = anna.client()
    submit(client, LISTING, name="Oost aan het water")
    page = f"/coordinate/oost-aan-het-water/changes/{change_id(anna, 'edit_listing')}/restore"

    answer = submit(client, page)

    assert answer.location == CHANGES
    assert client.get("/groups/oost").status_code == 200


def test_a_standing_time_begins_again_from_a_week_of_choice(anna: Person) -> None:
    with time_machine.travel(NOON, tick=False):
        client = anna.client()
        this_week = Week.of(NOON.date())
        submit(client, SLOT, since=str(this_week), weekday="3", start="20:00")
        page = f"{CHANGES}/{change_id(anna, 'set_slot')}/restore"
        assert "<ins>maandag</ins>" in client.get(page).text

        answer = submit(client, page, since=str(this_week + 2))

    assert answer.status_code == 303
    assert standing(anna)[-2:] == [(this_week, 3), (this_week + 2, 1)]


def standing(person: Person) -> list[tuple[Week, int]]:
    with person.app.app_context():
        return [(slot.since, slot.weekday) for slot in find_group("oost").slots]


def test_a_standing_time_to_come_is_compared_and_taken_back_too(anna: Person) -> None:
    with time_machine.travel(NOON, tick=False):
        client = anna.client()
        this_week = Week.of(NOON.date())
        stood = standing(anna)
        for since, weekday in ((this_week + 3, "4"), (this_week + 5, "6")):
            submit(client, SLOT, since=str(since), weekday=weekday, start="20:00")
        first = change_id(anna, "set_slot", 0)

        text = client.get(f"{CHANGES}/{first}/restore").text
        answer = submit(client, f"{CHANGES}/{first}/restore")

    # This week nothing is other; from two weeks to come on it is.
    assert "dag, vanaf maandag 14 december" in text
    assert "<del>donderdag</del>" in text
    assert "dag, vanaf maandag 28 december" in text
    assert answer.status_code == 303
    assert [weekday for _since, weekday in standing(anna)] == [1, 1]
    assert standing(anna)[0] == stood[0]


def test_a_withdrawn_standing_time_is_put_back_in_its_own_week(anna: Person) -> None:
    with time_machine.travel(NOON, tick=False):
        client = anna.client()
        since = Week.of(NOON.date()) + 3
        submit(client, SLOT, since=str(since), weekday="4", start="20:00")
        submit(client, SLOT, to=f"{SLOT}/{since}/withdraw")

        answer = submit(client, f"{CHANGES}/{change_id(anna, 'withdraw_slot')}/restore")

    assert answer.status_code == 303
    assert standing(anna)[-1] == (since, 4)


def test_what_was_held_is_not_restored_over(anna: Person) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = anna.client()
        this_week = Week.of(NOON.date())
        submit(client, SLOT, since=str(this_week), weekday="3", start="20:00")
        page = f"{CHANGES}/{change_id(anna, 'set_slot')}/restore"
        clock.shift(timedelta(days=3))
        client = anna.client()

        assert f'value="{this_week}"' not in client.get(page).text
        answer = submit(client, page, since=str(this_week))

    assert answer.status_code == 422
    assert "De bijeenkomst van woensdag 25 november is al begonnen of geweest" in answer.text
    assert standing(anna)[-1] == (this_week, 3)


def test_a_change_without_enough_in_it_offers_no_way_back(anna: Person) -> None:
    client = anna.client()
    submit(client, "/coordinate/oost/status", status="paused")

    assert "/restore" not in client.get(CHANGES).text
    page = f"{CHANGES}/{change_id(anna, 'set_status')}/restore"
    assert client.get(page).status_code == 404


def test_who_puts_back_second_is_told(anna: Person) -> None:
    client = anna.client()
    submit(client, LISTING, description="Met thee.")
    page = f"{CHANGES}/{change_id(anna, 'edit_listing')}/restore"
    submit(client, LISTING, description="Met koffie.")

    answer = submit(client, page, version="1")

    assert answer.status_code == 422
    assert "Dit is intussen veranderd door Anna." in words_of(answer.text)
    assert description(anna) == "Met koffie."


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_group_takes_its_own_history_away(anna: Person, kind: str) -> None:
    client = anna.client()
    submit(client, LISTING, description="Met thee.")

    assert client.get(f"{CHANGES}.{kind}").status_code == 200


def test_a_file_says_so_when_it_does_not_hold_all(
    anna: Person, olaf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.blueprints.parts.history.MOST_ROWS", 2)
    for words in ("Met thee.", "Met koffie.", "Met koek."):
        submit(anna.client(), LISTING, description=words)

    for client, file in ((anna.client(), CHANGES), (olaf.client(), HISTORY)):
        text = client.get(f"{file}.csv").data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) == 1 + 2 + 1
        assert rows[-1][0].startswith("Dit zijn de laatste 2 regels.")
        assert {len(row) for row in rows} == {len(rows[0])}
