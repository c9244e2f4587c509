"""Contact persons: written down at the desk, and reached from the page."""

from sqlalchemy import select

from app.db import db
from app.records.changes import Change
from app.records.letters import Letter
from tests.blueprints.contacts import CONTACTS, KIM, keys_in_letters
from tests.browsing import names_on, submit
from tests.people import Person


def test_showing_more_than_was_agreed_to_asks_again(anna: Person) -> None:
    client = anna.client()
    submit(client, f"{CONTACTS}/new", **(KIM | {"shows_phone": None}))
    [key] = keys_in_letters(anna)
    visitor = anna.app.test_client()
    submit(visitor, f"/contacts/{key}", to=f"/contacts/{key}/yes")

    submit(client, f"{CONTACTS}/1", shows_phone="y")

    assert "Kim" not in names_on(client, "/groups/oost")
    assert len(keys_in_letters(anna)) == 2
    assert visitor.get(f"/contacts/{key}").status_code == 404


def test_showing_less_needs_no_new_yes(anna: Person) -> None:
    client = anna.client()
    submit(client, f"{CONTACTS}/new", **KIM)
    [key] = keys_in_letters(anna)
    submit(anna.app.test_client(), f"/contacts/{key}", to=f"/contacts/{key}/yes")

    submit(client, f"{CONTACTS}/1", shows_phone=None)

    page = client.get("/groups/oost").text
    assert "Kim" in page
    assert "tel:" not in page


def test_three_is_the_most_and_the_first_can_be_chosen(anna: Person) -> None:
    client = anna.client()
    for name in ("Kim", "Lot", "Max"):
        submit(client, f"{CONTACTS}/new", **(KIM | {"name": name}))

    fourth = submit(client, f"{CONTACTS}/new", **(KIM | {"name": "Nel"}))
    submit(client, CONTACTS, to=f"{CONTACTS}/3/first")

    assert fourth.status_code == 422
    assert "hooguit 3 contactpersonen" in fourth.text
    page = client.get(CONTACTS).text
    assert page.index("Max") < page.index("Kim") < page.index("Lot")


def test_a_number_that_is_none_is_refused_at_its_field(anna: Person) -> None:
    answer = submit(anna.client(), f"{CONTACTS}/new", **(KIM | {"phone": "bel maar"}))

    assert answer.status_code == 422
    assert 'id="phone-error"' in answer.text
    assert "bel maar" in answer.text


def test_a_message_reaches_the_contact_person_and_stands_nowhere_else(anna: Person) -> None:
    client = anna.client()
    submit(client, f"{CONTACTS}/new", **KIM)
    [key] = keys_in_letters(anna)
    visitor = anna.app.test_client()
    submit(visitor, f"/contacts/{key}", to=f"/contacts/{key}/yes")

    answer = submit(
        visitor,
        "/groups/oost/contact",
        name="Sam",
        reply_to="sam@example.org",
        message="Mag ik maandag komen?",
    )

    assert answer.status_code == 303
    with anna.app.app_context():
        [letter] = db.session.scalars(select(Letter).where(Letter.kind == "contact_message"))
        assert letter.recipient == "kim@example.org"
        assert letter.values["message"] == "Mag ik maandag komen?"
        noted = [str(change.after) for change in db.session.scalars(select(Change))]
        assert not any("sam" in text.lower() or "maandag" in text for text in noted)


def test_a_message_without_an_address_for_the_answer_is_refused(anna: Person) -> None:
    client = anna.client()
    submit(client, f"{CONTACTS}/new", **KIM)
    [key] = keys_in_letters(anna)
    visitor = anna.app.test_client()
    submit(visitor, f"/contacts/{key}", to=f"/contacts/{key}/yes")

    answer = submit(visitor, "/groups/oost/contact", reply_to="sam", message="Hoi")

    assert answer.status_code == 422
    assert "Dit is geen mailadres." in answer.text
    assert "Hoi" in answer.text
