"""The page of the group's note for its coordinators: kept, read by them, never overwritten unseen."""

from tests.browsing import form_on, submit
from tests.people import Person

KEYS = "/coordinate/oost/keys"


def test_it_is_kept_for_who_coordinates(anna: Person) -> None:
    client = anna.client()

    assert submit(client, KEYS, to=KEYS, words="Sleutel bij de beheerder.").status_code == 303

    assert form_on(client, KEYS, KEYS)["words"] == ["Sleutel bij de beheerder."]


def test_who_wrote_meanwhile_is_shown_and_ones_own_words_stay(anna: Person) -> None:
    client = anna.client()
    opened = form_on(client, KEYS, KEYS)
    submit(client, KEYS, to=KEYS, words="Van een ander.")

    answer = client.post(KEYS, data=opened | {"words": "Van mij."})

    assert answer.status_code == 422
    assert "Van een ander." in answer.text
    assert "Van mij." in answer.text


def test_neither_office_nor_another_group_reads_it(olaf: Person, ben: Person) -> None:
    assert olaf.client().get(KEYS).status_code == 404
    assert ben.client().get(KEYS).status_code == 404
