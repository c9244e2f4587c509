"""The history of a fellowship: searched, taken away, and put back by officers."""

import csv
import io

import openpyxl
from sqlalchemy import select

from app.blueprints.parts.change_words import DEEDS
from app.db import db
from app.records.changes import Change
from app.records.groups import find_group
from app.records.history import OF_THE_OFFICE
from app.records.letters import Letter
from tests.blueprints.history import CHANGES, HISTORY, LISTING, SLOT, change_id, description
from tests.browsing import submit
from tests.people import FOUNDED, Person, World


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
