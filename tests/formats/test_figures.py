"""Figures as they are read."""

import pytest

from app.domain.people_known import People
from app.formats.figures import amount, people_in_figures


@pytest.mark.parametrize(
    ("people", "dutch", "english"),
    [
        (People(), "0", "0"),
        (People(12), "12", "12"),
        (People(few=1), "1–4", "1–4"),
        (People(7, 1), "ongeveer 10", "about 10"),
        (People(7_898, 2), "ongeveer 7.905", "about 7,905"),
    ],
)
def test_people_are_told_as_far_as_they_may_be_known(people, dutch, english):
    assert (people_in_figures(people, "nl"), people_in_figures(people, "en")) == (dutch, english)


def test_an_amount_is_grouped_as_its_language_does():
    assert (amount(7900, "nl"), amount(7900, "en")) == ("7.900", "7,900")
