"""The history of a group and of a fellowship: searched, taken away, and put back."""

import csv
import io

import openpyxl
import pytest
from sqlalchemy import select

from app import clock
from app.blueprints.deeds import DEEDS
from app.db import db
from app.domain.week import Week
from app.records.changes import Change
from app.records.groups import find_group
from app.records.history import OF_THE_OFFICE
from app.records.letters import Letter
from tests.browsing import submit, words_of
from tests.people import FOUNDED, Person, World

LISTING = "/coordinate/oost/listing"
CHANGES = "/coordinate/oost/changes"
HISTORY = "/national/stay-clean/history"
SLOT = "/coordinate/oost/slot"


def change_id(person: Person, deed: str, number: int = -1) -> int:
    with person.app.app_context():
        found = db.session.scalars(select(Change.id).where(Change.deed == deed)).all()
        return sorted(found)[number]


def description(person: Person) -> str:
    with person.app.app_context():
        group = find_group("oost")
        assert group is not None
        return group.description


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
    client = anna.client()
    with anna.app.app_context():
        this_week = Week.at(clock.now(), find_group("oost").timezone)
    submit(client, SLOT, since=str(this_week), weekday="3", start="20:00")
    page = f"{CHANGES}/{change_id(anna, 'set_slot')}/restore"
    assert "<ins>maandag</ins>" in client.get(page).text

    answer = submit(client, page, since=str(this_week + 2))

    assert answer.status_code == 303
    with anna.app.app_context():
        group = find_group("oost")
        kept = [(slot.since, slot.weekday) for slot in group.slots][-2:]
    assert kept == [(this_week, 3), (this_week + 2, 1)]


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


def test_an_officer_puts_back_and_the_coordinators_are_told(anna: Person, olaf: Person) -> None:
    submit(anna.client(), LISTING, description="Met thee.")
    with anna.app.app_context():
        find_group("oost").confirmed_on = FOUNDED
        db.session.commit()
    client = olaf.client()
    page = f"/national/groups/oost/changes/{change_id(anna, 'edit_listing')}/restore"
    assert page in client.get(HISTORY).text

    submit(client, page)

    assert description(anna) == ""
    with anna.app.app_context():
        letter = db.session.scalars(select(Letter)).one()
        assert (letter.kind, letter.recipient) == ("office_did", "anna@example.org")
        assert letter.values["did"] == "restored"
        last = db.session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
        assert last.account_id == olaf.id
        assert find_group("oost").confirmed_on == FOUNDED, "an officer confirms nothing"


def test_an_officer_does_not_put_back_elsewhere(olaf: Person, ben: Person, world: World) -> None:
    submit(ben.client(), "/coordinate/west/listing", description="Met thee.")
    page = f"/national/groups/oost/changes/{change_id(ben, 'edit_listing')}/restore"

    assert olaf.client().get(page).status_code == 404


def test_a_fellowships_history_is_searched(anna: Person, ben: Person, olaf: Person) -> None:
    submit(anna.client(), LISTING, description="Met thee.")
    submit(ben.client(), "/coordinate/west/status", status="paused")
    client = olaf.client()

    def found(**asked: str) -> str:
        return client.get(HISTORY, query_string=asked).text.split('<ol class="log')[-1]

    assert "Vermelding veranderd" in found()
    assert "Status veranderd" in found()
    assert "Status veranderd" not in found(deed="edit_listing")
    assert "Vermelding veranderd" not in found(who="ben")
    assert "Vermelding veranderd" not in found(group="West")
    assert "Hierover staat er niets." in found(last="2020-01-01")
    assert "Hierover staat er niets." in found(first="9999-12-31")
    assert "Vermelding veranderd" in found(deed="nonsense", first="geen dag")


def test_no_deed_about_seats_evenings_or_contacts_is_the_offices(olaf: Person) -> None:
    """The ask and the leaving of a seat, counted, would tell the number of a small group."""
    told = ("seat", "chair", "absent", "task", "guests", "_line", "sponsor", "heads", "contact",
            "alias", "greet", "merge", "claim", "letters", "personal")  # fmt: skip

    assert [deed for deed in OF_THE_OFFICE if any(word in deed for word in told)] == []
    assert DEEDS.keys() >= OF_THE_OFFICE


def test_an_officer_reads_that_a_place_changed_and_not_where_it_is(
    anna: Person, olaf: Person
) -> None:
    submit(anna.client(), "/coordinate/oost/places/new", name="Geheim Huis", street="Stille Steeg 9",
           town="Utrecht")  # fmt: skip
    submit(anna.client(), SLOT, weekday="3")
    restoring = f"/national/groups/oost/changes/{change_id(olaf, 'set_slot')}/restore"

    office = "".join(
        olaf.client().get(page).text for page in (HISTORY, f"{HISTORY}.csv", restoring)
    )

    assert "Locatie toegevoegd" in office
    assert "Geheim" not in office
    assert "Linde" not in office
    assert "Geheim Huis, Stille Steeg 9" in anna.client().get(CHANGES).text


def test_a_history_is_taken_away_as_a_table(anna: Person, olaf: Person) -> None:
    submit(anna.client(), LISTING, description="=1+1", name="=Oost")
    client = olaf.client()

    answer = client.get(f"{HISTORY}.csv?deed=edit_listing")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == ["Groep", "Wanneer", "Wie", "Wat", "Verschil"]
    assert rows[1][0] == "'=Oost"
    assert rows[1][2:4] == ["Anna", "Vermelding veranderd"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="geschiedenis.csv"'
    assert answer.headers["Cache-Control"] == "no-store"

    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{HISTORY}.xlsx").data))
    assert book.worksheets[0].max_row > 1
    assert client.get(f"{HISTORY}.exe").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_group_takes_its_own_history_away(anna: Person, kind: str) -> None:
    client = anna.client()
    submit(client, LISTING, description="Met thee.")

    assert client.get(f"{CHANGES}.{kind}").status_code == 200


def test_a_file_says_so_when_it_does_not_hold_all(
    anna: Person, olaf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.blueprints.history.MOST_ROWS", 2)
    for description in ("Met thee.", "Met koffie.", "Met koek."):
        submit(anna.client(), LISTING, description=description)

    for client, file in ((anna.client(), CHANGES), (olaf.client(), HISTORY)):
        text = client.get(f"{file}.csv").data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) == 1 + 2 + 1
        assert rows[-1][0].startswith("Dit zijn de laatste 2 regels.")
        assert {len(row) for row in rows} == {len(rows[0])}
