"""Something is wrong here: a visitor says so."""

from datetime import timedelta

import pytest
import time_machine

from app import clock
from app.db import db
from app.domain.proposal import MOST_OPEN, WAITS
from app.records.groups import find_group
from tests.blueprints.proposals import WRONG, kept, letters
from tests.browsing import submit, words_of
from tests.people import Person, World


def test_what_stands_there_already_is_no_proposal(client, anna: Person) -> None:
    answer = submit(client, WRONG, wrong="time", weekday="1", start="19:30")

    assert answer.status_code == 422
    assert "Vertel kort wat er niet klopt." in words_of(answer.text)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Kies wat er niet klopt."),
        ({"wrong": "everything"}, "Ongeldige keuze."),
        ({"wrong": "other", "words": "x" * 501}, "500"),
        ({"wrong": "other", "words": "x", "sender": "kim"}, "Dit is geen mailadres."),
        ({"wrong": "other"}, "Vertel kort wat er niet klopt."),
    ],
)
def test_what_cannot_be_is_a_sentence_and_nothing_is_kept(client, world, fields, sentence) -> None:
    answer = submit(client, WRONG, **fields)

    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    with world.app.app_context():
        assert kept(world) == []


def test_the_same_word_twice_is_one_proposal(client, world: World) -> None:
    for _ in range(2):
        answer = submit(client, WRONG, wrong="gone")
        assert answer.status_code == 303

    with world.app.app_context():
        assert len(kept(world)) == 1
        assert letters() == [("proposal", "anna@example.org")]


def test_beyond_ten_a_group_is_left_in_peace(client, world: World) -> None:
    for number in range(MOST_OPEN):
        submit(client, WRONG, wrong="other", words=f"Nummer {number}")

    refused = submit(client, WRONG, wrong="other", words="De bel doet het niet.")

    assert refused.status_code == 422
    assert "Deze is niet bewaard." in refused.text
    assert "De bel doet het niet." in refused.text
    with world.app.app_context():
        assert len(kept(world)) == MOST_OPEN
        later = clock.now() + WAITS + timedelta(days=1)
    with time_machine.travel(later, tick=False):
        submit(client, WRONG, wrong="other", words="De bel doet het niet.")
    with world.app.app_context():
        assert len(kept(world)) == MOST_OPEN + 1


def test_a_robot_is_asked_again_and_leaves_nothing(client, world: World) -> None:
    answer = submit(client, WRONG, wrong="gone", trap="http://spam.example")

    assert answer.status_code == 422
    with world.app.app_context():
        assert kept(world) == []


def test_a_guess_at_a_hidden_address_is_answered_as_a_wrong_one(client, anna: Person) -> None:
    with anna.app.app_context():
        slot = find_group("oost").slots[0]
        slot.visibility = "nothing"
        street = slot.place.street
        db.session.commit()
    assert street

    right = submit(client, WRONG, wrong="place", street=street)
    wrong = submit(client, WRONG, wrong="place", street="Nergens 1")

    assert (right.status_code, wrong.status_code) == (303, 303)
