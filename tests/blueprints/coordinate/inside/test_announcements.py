"""The page on which a coordinator says a word to the circle, and takes it back."""

from flask import Flask

from app.domain.inside.announcement import LONGEST
from tests.blueprints.evenings import seat
from tests.browsing import submit
from tests.people import Person

WORDS = "/coordinate/oost/words"
SOUP = "We eten vooraf zilvermeeuwensoep."


def test_it_stands_on_the_page_of_who_has_a_seat_and_nowhere_else(app: Flask, anna: Person) -> None:
    [page] = seat(app, "Kim")

    answer = submit(anna.client(), WORDS, to=WORDS, words=SOUP)

    assert answer.status_code == 303
    assert SOUP in anna.client().get(WORDS).text
    visitor = app.test_client()
    assert SOUP in visitor.get(page).text
    assert SOUP not in visitor.get("/groups/oost").text


def test_what_is_taken_back_is_gone(app: Flask, anna: Person) -> None:
    [page] = seat(app, "Kim")
    client = anna.client()
    submit(client, WORDS, to=WORDS, words=SOUP)

    answer = submit(client, WORDS, to=f"{WORDS}/1/back")

    assert answer.status_code == 303
    assert SOUP not in app.test_client().get(page).text


def test_nothing_and_too_much_are_refused_and_too_much_is_kept_in_its_field(anna: Person) -> None:
    client = anna.client()

    assert submit(client, WORDS, to=WORDS, words="").status_code == 422
    answer = submit(client, WORDS, to=WORDS, words="x" * (LONGEST + 1))

    assert answer.status_code == 422
    assert "x" * (LONGEST + 1) in answer.text


def test_another_groups_coordinator_finds_no_such_page(ben: Person) -> None:
    assert ben.client().get(WORDS).status_code == 404
