"""A password is not made of what everybody knows about somebody."""

import pytest

from app.domain.signin.passwords import is_made_of, words_in

OWN = words_in(["Anna", "anna.vos@example.org", "Stay Clean", "Donderdagavond Oost", "Zoë"])


def test_a_name_counts_by_its_words_and_written_as_one():
    assert {"anna", "vos", "example", "stay", "clean", "stayclean", "zoe"} <= set(OWN)


@pytest.mark.parametrize(
    "password",
    ["stay clean oost", "StayClean2024!!", "anna-vos-anna-vos", "Zoë & Anna 1983", "123456789012"],
)
def test_own_words_with_digits_and_signs_are_too_easy(password: str):
    assert is_made_of(password, OWN)


@pytest.mark.parametrize(
    "password", ["stay clean merel", "lamp-kade-wolk-merel-0412", "annavosmerelkade"]
)
def test_one_other_word_makes_the_difference(password: str):
    assert not is_made_of(password, OWN)
