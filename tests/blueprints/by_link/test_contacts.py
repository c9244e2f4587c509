"""Contact persons say yes or no themselves, by the link in a letter."""

from tests.blueprints.contacts import CONTACTS, KIM, keys_in_letters
from tests.browsing import names_on, submit
from tests.people import Person


def test_a_contact_person_is_published_only_after_their_own_yes(anna: Person) -> None:
    client = anna.client()
    submit(client, f"{CONTACTS}/new", **KIM)
    before = names_on(client, "/groups/oost")
    [key] = keys_in_letters(anna)
    visitor = anna.app.test_client()

    shown = visitor.get(f"/contacts/{key}").text
    answer = submit(visitor, f"/contacts/{key}", to=f"/contacts/{key}/yes")

    assert "Kim" not in before
    assert "Kim" in shown
    assert "06 12345678" in shown
    assert "kim@example.org" not in shown
    assert answer.status_code == 303
    after = visitor.get("/groups/oost").text
    assert "Kim" in after
    assert "tel:+31612345678" in after
    assert "kim@example.org" not in after


def test_opening_the_link_says_neither_yes_nor_no(anna: Person) -> None:
    client = anna.client()
    submit(client, f"{CONTACTS}/new", **KIM)
    [key] = keys_in_letters(anna)

    anna.app.test_client().get(f"/contacts/{key}")

    assert "Kim" not in names_on(client, "/groups/oost")


def test_no_forgets_the_person_at_once(anna: Person) -> None:
    client = anna.client()
    submit(client, f"{CONTACTS}/new", **KIM)
    [key] = keys_in_letters(anna)
    visitor = anna.app.test_client()
    submit(visitor, f"/contacts/{key}", to=f"/contacts/{key}/yes")

    submit(visitor, f"/contacts/{key}", to=f"/contacts/{key}/no")

    assert "Kim" not in names_on(client, "/groups/oost")
    assert "Kim" not in names_on(client, CONTACTS)
    assert visitor.get(f"/contacts/{key}").status_code == 404
