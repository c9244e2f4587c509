"""An office sends its list, looks, takes it over and takes it back, without script."""

import io
import json

import pytest
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.domain.meeting import Status
from app.domain.place import Visibility
from app.records.exchange.held_texts import HeldTextRecord
from app.records.exchange.list_drafts import ListDraft
from app.records.fellowships import Fellowship
from app.records.groups import Group
from tests.browsing import submit, words_of
from tests.people import Person

LISTS = "/national/stay-clean/import"
ROWS = [
    {"slug": "noord", "name": "Noord", "day": 1, "time": "19:30", "city": "Zwolle",
     "notes": "Koffie vooraf. Bel Wim 06-12345678 voor de sleutel."},
    {"slug": "zuid", "name": "Zuid", "day": 2, "time": "20:00", "city": "Breda"},
    {"slug": "krom", "name": "Krom", "day": "someday", "time": "20:00"},
]  # fmt: skip


def send(olaf: Person, rows: list[dict]):
    """Send a list as a file; return the client and the address of the page that shows it."""
    client = olaf.client()
    file = (io.BytesIO(json.dumps(rows).encode()), "groepen.json")
    answer = submit(client, LISTS, file=file, program="AA")
    assert answer.status_code == 303, answer.text
    return client, answer.location


def named(name: str) -> Group | None:
    return db.session.scalar(select(Group).where(Group.name == name))


def test_a_list_is_shown_before_anything_is_written(olaf: Person) -> None:
    client, draft = send(olaf, ROWS)

    page = words_of(client.get(draft).text)

    assert "Uit groepen.json, 3 rijen. Er is nog niets veranderd." in page
    assert "dag: maandag · begint om: 19:30 · plaats: Zwolle" in page
    assert "“someday” is geen dag." in page
    assert "Achtergehouden: “Bel Wim 06-12345678 voor de sleutel.”" in page
    with olaf.app.app_context():
        assert named("Noord") is None


def test_all_good_rows_are_taken_over_at_once_and_taken_back_at_once(olaf: Person) -> None:
    client, draft = send(olaf, ROWS)

    submit(client, draft, do="accept")
    with olaf.app.app_context():
        assert named("Noord").description == "Koffie vooraf."
        assert named("Noord").is_open is None
        assert db.session.scalar(select(func.count(ListDraft.id))) == 0
    assert "06-12345678" not in client.get("/groups/noord").text

    submit(client, LISTS, to="/national/stay-clean/imports/1/undo")
    with olaf.app.app_context():
        assert named("Noord").status == Status.CLOSED
        assert not named("Zuid").listed


@pytest.mark.parametrize("sent", [{"do": "all"}, {"do": "accept", "row": "two"}])
def test_what_no_button_sends_takes_nothing_over(olaf: Person, sent: dict[str, str]) -> None:
    client, draft = send(olaf, ROWS)

    refused = submit(client, draft, **sent)

    assert refused.status_code == 400
    with olaf.app.app_context():
        assert named("Zuid") is None


def test_one_row_alone_may_be_taken_over(olaf: Person) -> None:
    client, draft = send(olaf, ROWS)

    submit(client, draft, do="accept", row="2")

    with olaf.app.app_context():
        assert named("Noord") is None
        assert named("Zuid") is not None
    assert "Noord" in words_of(client.get(draft).text)


def test_what_changed_is_what_it_was_after_taking_back(olaf: Person) -> None:
    client, draft = send(olaf, ROWS[:2])
    submit(client, draft, do="accept")
    client, draft = send(olaf, [ROWS[0], ROWS[1] | {"time": "21:00", "city": "Tilburg"}])
    assert "begint om: 20:00 → 21:00" in words_of(client.get(draft).text)
    submit(client, draft, do="accept")

    submit(client, LISTS, to="/national/stay-clean/imports/2/undo")

    with olaf.app.app_context():
        zuid = named("Zuid")
        assert (zuid.town, [f"{slot.start:%H:%M}" for slot in zuid.slots]) == ("Breda", ["20:00"])
        assert zuid.status == Status.ACTIVE


def test_what_is_no_list_gets_a_sentence(olaf: Person) -> None:
    client = olaf.client()

    answer = submit(client, LISTS, text="<html>", program="AA")

    assert answer.status_code == 422
    assert "Dit is geen lijst die we kennen." in words_of(answer.text)


def test_a_table_whose_columns_were_taken_wrongly_is_looked_at_again(olaf: Person) -> None:
    client = olaf.client()
    table = "Groep;Dag;Tijd;Waar\nNoord;maandag;19:30;Kerkweg 1, Zwolle\n"
    draft = submit(client, LISTS, text=table, program="AA").location
    assert 'name="column-3"' in client.get(draft).text

    submit(client, draft, do="columns", **{
        "column-0": "name", "column-1": "day", "column-2": "time", "column-3": "formatted_address",
    })  # fmt: skip
    submit(client, draft, do="accept")

    with olaf.app.app_context():
        assert named("Noord").town == "Zwolle"


def test_an_office_decides_about_a_text_and_the_same_list_asks_no_more(olaf: Person) -> None:
    client, draft = send(olaf, ROWS)
    submit(client, draft, do="accept")
    assert "“Bel Wim 06-12345678 voor de sleutel.”" in words_of(client.get(LISTS).text)

    submit(client, LISTS, to="/national/stay-clean/held/1", do="removed")

    client, draft = send(olaf, ROWS)
    assert "Achtergehouden" not in words_of(client.get(draft).text)
    with olaf.app.app_context():
        assert db.session.scalars(select(HeldTextRecord.words)).all() == [None]


OOST_AGAIN = {"slug": "x1", "name": "Groep Oost", "day": 1, "time": "19:30", "city": "Amsterdam"}


def test_a_new_row_that_may_be_a_group_from_elsewhere_says_so(olaf: Person) -> None:
    client, draft = send(olaf, [OOST_AGAIN, *ROWS[:2]])

    page = client.get(draft).text
    why = "zelfde dag en tijd, in dezelfde plaats, met bijna dezelfde naam."
    assert f'Misschien is dit <a href="/national/groups/oost">Oost</a>: {why}' in page
    assert page.count("Misschien is dit") == 1
    only = client.get(f"{draft}?show=alike").text
    assert "Groep Oost" in only
    assert "Zuid" not in only


def test_another_hour_or_another_fellowship_is_no_double(olaf: Person) -> None:
    client, draft = send(olaf, [OOST_AGAIN | {"time": "20:00"}])
    assert "Misschien is dit" not in client.get(draft).text

    with olaf.app.app_context():
        others = Fellowship(slug="rust", name="Rust", created_at=clock.now())
        db.session.add(others)
        db.session.flush()
        named("Oost").fellowship_id = others.id
        db.session.commit()
    client, draft = send(olaf, [OOST_AGAIN])
    assert "Misschien is dit" not in client.get(draft).text


def test_nobody_finds_a_hidden_address_by_sending_a_list(olaf: Person) -> None:
    row = OOST_AGAIN | {"name": "Iets heel anders", "address": "Lindengracht 93"}
    client, draft = send(olaf, [row])
    assert "zelfde dag en tijd, en vlakbij" in client.get(draft).text

    with olaf.app.app_context():
        named("Oost").slots[0].visibility = Visibility.TOWN
        db.session.commit()
    client, draft = send(olaf, [row])
    assert "Misschien is dit" not in client.get(draft).text


def test_two_lists_with_one_group_are_a_point_on_the_work_list(olaf: Person) -> None:
    for name, slug in (("Zuid aan de Vecht", "a"), ("Zuid a/d Vecht", "b")):
        row = {"slug": slug, "name": name, "day": 2, "time": "20:00", "city": "Utrecht",
               "address": "Vechtplantsoen 1", "latitude": 52.105, "longitude": 5.108}  # fmt: skip
        client, draft = send(olaf, [row])
        submit(client, draft, do="accept")

    page = words_of(client.get("/national/stay-clean/work?concern=double").text)
    assert "Zelfde dag en tijd als Zuid a/d Vecht, vlakbij" in page
