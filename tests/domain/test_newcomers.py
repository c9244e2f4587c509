"""What a fellowship tells newcomers: questions with their answers, read from one text."""

import pytest

from app.demo.fellowships import FELLOWSHIPS
from app.demo.newcomers import newcomers_text
from app.domain.newcomers import MOST_CHARACTERS, Question, questions_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Kom gerust.", []),
        ("Wat kost het?", []),
        ("Wat kost het?\nNiets.", [("Wat kost het?", "Niets.")]),
        ("Wat kost het?\r\nNiets.\r\nEcht niet.", [("Wat kost het?", "Niets. Echt niet.")]),
        ("Een?\nJa.\n \n\nTwee?\nNee.\n", [("Een?", "Ja."), ("Twee?", "Nee.")]),
    ],
)
def test_a_question_stands_on_its_own_line_with_its_answer_below(text, found):
    assert list(questions_in(text)) == [Question(*one) for one in found]


@pytest.mark.parametrize("fellowship", FELLOWSHIPS, ids=lambda one: one.slug)
def test_each_fellowship_of_the_demo_answers_four_questions(fellowship):
    text = newcomers_text(fellowship.slug)

    assert len(questions_in(text)) == 4
    assert len(text) <= MOST_CHARACTERS
