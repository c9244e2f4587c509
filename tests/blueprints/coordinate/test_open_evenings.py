"""Open for once, or by the month: whoever reads of that evening, wherever, reads so."""

import json
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient

from app.db import db
from app.domain.search import Search
from app.domain.week import Week
from app.records.finder import find
from app.records.groups import find_group
from app.records.weeks import DeviationRecord
from tests.blueprints.coordinate.week.test_page import (
    NEXT,
    NOON,
    PAGE,
    feed_event,
    monday,
    save,
    undo,
)
from tests.browsing import form_on, submit
from tests.people import Person

__all__ = ["monday"]
OPEN = "deze keer open voor iedereen"
CLOSED = "deze keer alleen voor de groep"
SLOT = "/coordinate/oost/slot"


def is_found(anna: Person) -> bool:
    with anna.app.app_context():
        return "Oost" in [hit.group.name for hit in find(Search(is_open=True), NOON)]


def say_of_the_group(anna: Person, *, is_open: bool) -> None:
    with anna.app.app_context():
        find_group("oost").is_open = is_open
        db.session.commit()


def on_paper(client: FlaskClient) -> str:
    printed: list[dict] = []
    with patch(
        "app.formats.printed.sheets.write_list",
        lambda words, form: (printed.append(words), b"%PDF")[1],
    ):
        client.get("/list.pdf?q=oost&day=today&lang=nl")
    return json.dumps(printed[0], ensure_ascii=False).replace("\N{NO-BREAK SPACE}", " ")


def test_one_evening_that_is_open_is_told_by_every_reader(anna: Person) -> None:
    client, visitor = anna.client(), anna.app.test_client()
    assert not is_found(anna)

    assert save(client, who="open").status_code == 303

    assert OPEN in visitor.get("/groups/oost?lang=nl").text
    assert OPEN in visitor.get("/?q=oost&lang=nl").text
    assert OPEN in visitor.get("/embed/stay-clean?lang=nl").text
    assert "Deze keer open voor iedereen." in feed_event(visitor, anna, "2026-11-23")["DESCRIPTION"]
    assert OPEN not in str(feed_event(visitor, anna, "2026-11-30").get("DESCRIPTION", ""))
    assert is_found(anna)
    assert OPEN in on_paper(visitor)
    row = next(one for one in visitor.get("/meetings.json").get_json() if one["slug"] == "oost")
    assert f"Maandag 23 november: {OPEN}." in row["notes"]
    assert "O" not in row["types"]
    told = visitor.get("/api/v1/meetings?q=oost").get_json()["meetings"]
    assert [(one["is_open"], one["differences"]) for one in told[:1]] == [(True, ["open"])]
    assert "Deze keer open voor iedereen." in client.get(PAGE).text


def test_it_is_seen_before_it_counts(anna: Person) -> None:
    client = anna.client()
    page = f"{PAGE}?change=open"
    held = form_on(client, page, PAGE)

    shown = client.post(PAGE, data=held | {"who": "open", "do": "preview"}).text

    assert shown.count(OPEN) == 1  # on the page
    assert "Deze keer open voor iedereen." in shown  # in the calendar
    assert not is_found(anna)


def test_one_tap_takes_it_back_and_as_always_does_too(anna: Person) -> None:
    client = anna.client()
    save(client, who="open")
    undo(client)
    assert not is_found(anna)

    save(client, who="open")
    submit(client, PAGE, to=f"{PAGE}/as-usual")

    assert not is_found(anna)
    assert OPEN not in anna.app.test_client().get("/groups/oost?lang=nl").text


def test_what_is_as_always_is_not_written_down(anna: Person) -> None:
    say_of_the_group(anna, is_open=False)

    save(anna.client(), who="closed", note="Neem een kopje mee.")

    with anna.app.app_context():
        assert [one.is_open for one in db.session.query(DeviationRecord)] == [None]


def test_an_open_group_may_close_one_evening_and_is_not_found_for_it(anna: Person) -> None:
    client = anna.client()
    say_of_the_group(anna, is_open=True)
    assert is_found(anna)

    save(client, who="closed")

    assert not is_found(anna)
    assert CLOSED in client.get("/groups/oost?lang=nl").text


@pytest.mark.parametrize("turn", ["-1", "5"])
def test_each_last_monday_is_open_and_no_other(anna: Person, turn: str) -> None:
    client = anna.client()

    answer = submit(client, SLOT, since="2026-W49", open_on=turn, do="preview")
    assert answer.text.count(OPEN) == 1
    assert submit(client, SLOT, since="2026-W49", open_on=turn, do="save").status_code == 303

    visitor = anna.app.test_client()
    assert OPEN in feed_event(visitor, anna, "2026-11-30")["DESCRIPTION"].lower()
    page = visitor.get("/groups/oost?lang=nl").text
    assert page.count(OPEN) == 1
    assert "Vanaf maandag 30 november: andere bijeenkomsten zijn open voor iedereen." in page
    assert "Toch gewoon zoals altijd" not in client.get(NEXT).text
    with anna.app.app_context():
        slot = find_group("oost").slot_in(Week.parse("2026-W50"))
        assert slot.value().open_on == frozenset({int(turn)})


def test_an_open_group_closes_each_last_monday_and_is_not_found_for_it(anna: Person) -> None:
    client = anna.client()
    say_of_the_group(anna, is_open=True)

    answer = submit(client, SLOT, since="2026-W49", closed_on="-1", do="preview")
    assert answer.text.count(CLOSED) == 1
    assert submit(client, SLOT, since="2026-W49", closed_on="-1", do="save").status_code == 303

    visitor = anna.app.test_client()
    assert CLOSED in feed_event(visitor, anna, "2026-11-30")["DESCRIPTION"].lower()
    page = visitor.get("/groups/oost?lang=nl").text
    assert page.count(CLOSED) == 1
    assert "Vanaf maandag 30 november: andere bijeenkomsten zijn alleen voor de groep." in page
    found = visitor.get("/api/v1/meetings?q=oost&until=2026-12-04").get_json()["meetings"]
    assert [one["is_open"] for one in found[:2]] == [True, False]
    with anna.app.app_context():
        assert find_group("oost").slot_in(Week.parse("2026-W50")).closed_on == [-1]
