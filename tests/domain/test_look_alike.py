"""A name that looks like another and is written otherwise is found."""

import pytest

from app.domain.look_alike import look_alike, look_alikes, mixes_scripts


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Oost", "О\u043est", True),
        ("Stay Clean", "Stаy Clеan", True),
        ("Oost", "0ost", True),
        ("Oost", "\uff2fost", True),
        ("Oost", "oost", False),
        ("Oost", "Oost", False),
        ("Oost", "West", False),
        ("Zoë", "Zoe", False),
        ("Надія", "Надія", False),
        ("Zoe\u0308", "Zo\u00eb", False),
    ],
)
def test_names_that_look_alike(one: str, other: str, expected: bool):
    assert look_alike(one, other) is expected


def test_each_of_those_that_look_alike_is_told_of_the_others():
    names = {1: "Oost", 2: "Oоst", 3: "0ost", 4: "West", 5: "oost"}

    assert look_alikes(names) == {1: [2, 3], 2: [1, 3, 5], 3: [1, 2, 5], 5: [2, 3]}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Oost", False),
        ("Надія", False),
        ("Надія Oost", False),
        ("Oоst", True),
        ("Ελπίδα", False),
        ("Oοst", True),
        ("希望 Oost 12", False),
    ],
)
def test_a_word_in_two_scripts(name: str, expected: bool):
    assert mixes_scripts(name) is expected
