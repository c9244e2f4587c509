"""A group's listing: what its coordinators write, everyone may read."""

import pytest

from app.db import db
from app.domain.personal_text import Finding
from app.records.groups import Group
from tests.browsing import form_on, submit
from tests.people import Person

LISTING = "/coordinate/oost/listing"


def group_of(person: Person) -> Group:
    return db.session.query(Group).filter_by(town="Amsterdam").one()


def test_what_is_saved_is_on_the_page_at_the_next_request(anna: Person) -> None:
    client = anna.client()

    answer = submit(client, LISTING, description="We beginnen met thee.", features=["wheelchair"])

    assert answer.status_code == 303
    page = client.get("/groups/oost").text
    assert "We beginnen met thee." in page
    assert "toegankelijk met rolstoel" in page


def test_a_renamed_group_keeps_answering_at_its_old_address(anna: Person) -> None:
    client = anna.client()

    submit(client, LISTING, name="Oost aan het water")

    answer = client.get("/groups/oost")
    assert answer.status_code == 301
    assert answer.location == "/groups/oost-aan-het-water"
    assert client.get(answer.location).status_code == 200


def test_a_group_may_take_its_old_name_back(anna: Person) -> None:
    client = anna.client()
    submit(client, LISTING, name="Oost aan het water")

    submit(client, "/coordinate/oost-aan-het-water/listing", name="Oost")

    assert client.get("/groups/oost").status_code == 200
    assert client.get("/groups/oost-aan-het-water").status_code == 301


PERSONAL = {
    Finding.PHONE: ("Bel 06 12345678 als je komt.", "Hier staat een telefoonnummer: 06 12345678."),
    Finding.ADDRESS: ("Mail naar kim@example.org.", "Hier staat een mailadres: kim@example.org."),
    Finding.HANDLE: (
        "Geef via tikkie.me/oost-aan-het-water.",
        "Hier staat een rekening of een gebruikersnaam: tikkie.me/oost-aan-het-water.",
    ),
    Finding.SURNAME: (
        "Vraag naar Kees van der Berg.",
        "Dit lijkt een achternaam: Kees van der Berg.",
    ),
    Finding.CODE: ("De deurcode is 2580.", "Hier staat de code van een deur: deurcode is 2580."),
}


def test_there_is_an_example_of_all_that_may_be_personal() -> None:
    assert list(PERSONAL) == list(Finding)


@pytest.mark.parametrize(("text", "sentence"), PERSONAL.values(), ids=PERSONAL)
def test_personal_words_in_a_public_text_are_asked_about_once(
    anna: Person, text: str, sentence: str
) -> None:
    client = anna.client()

    warned = submit(client, LISTING, description=text)
    agreed = submit(client, LISTING, description=text, publish_anyway="y")

    assert warned.status_code == 422
    assert sentence in warned.text
    assert "Ja, iedereen mag dit lezen" in warned.text
    assert text in warned.text
    assert agreed.status_code == 303


def test_a_building_is_no_surname(anna: Person) -> None:
    answer = submit(
        anna.client(), LISTING, description="In Buurthuis De Linde, bij de Nieuwe Kerk."
    )

    assert answer.status_code == 303


def test_two_editors_are_told_of_each_other_and_lose_nothing(anna: Person) -> None:
    client = anna.client()
    version = form_on(client, LISTING)["version"]
    submit(client, LISTING, description="De eerste.")

    answer = submit(client, LISTING, description="De tweede.", version=version)

    assert answer.status_code == 422
    assert "intussen veranderd door Anna" in answer.text
    assert "De tweede." in answer.text
    assert "De eerste." in answer.text


def test_an_empty_or_endless_name_is_refused_at_its_field(anna: Person) -> None:
    client = anna.client()

    for name, sentence in (("  ", "Vul dit nog in."), ("x" * 121, "Houd het bij 120 tekens.")):
        answer = submit(client, LISTING, name=name)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'id="name-error"' in answer.text


def test_each_save_raises_the_calendar_revision_and_confirms(anna: Person) -> None:
    with anna.app.app_context():
        before = group_of(anna).calendar_rev

    submit(anna.client(), LISTING, description="Anders.")

    with anna.app.app_context():
        group = group_of(anna)
        assert group.calendar_rev == before + 1
        assert group.confirmed_on is not None


def test_a_save_that_changes_nothing_leaves_the_calendar_alone(anna: Person) -> None:
    with anna.app.app_context():
        before = group_of(anna).calendar_rev

    submit(anna.client(), LISTING)

    with anna.app.app_context():
        assert group_of(anna).calendar_rev == before


def test_a_time_zone_is_put_right_with_a_look_at_what_it_changes(anna: Person) -> None:
    client = anna.client()

    shown = submit(client, "/coordinate/oost/listing", zone="america/toronto", do="preview")
    assert shown.status_code == 200
    assert "01.30 (19.30 in Toronto), nu" in shown.text
    with anna.app.app_context():
        assert group_of(anna).zone == "Europe/Amsterdam"
    saved = submit(client, "/coordinate/oost/listing", zone="america/toronto", do="save")

    assert saved.status_code == 303
    with anna.app.app_context():
        assert group_of(anna).zone == "America/Toronto"


def test_a_time_zone_that_does_not_exist_is_refused_at_its_field(anna: Person) -> None:
    answer = submit(anna.client(), "/coordinate/oost/listing", zone="UTC+1")

    assert answer.status_code == 422
    assert "Deze tijdzone bestaat niet" in answer.text
