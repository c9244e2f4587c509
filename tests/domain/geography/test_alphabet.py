"""Names of every script, in the letters of ours and in the order of Dutch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geography.alphabet import romanized, sorting


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Łódź", "lodz"),
        ("Smørrebrød", "smorrebrod"),
        ("Straße", "strasse"),
        ("ışık", "isik"),
        ("Đà Nẵng", "da nang"),
        ("Œuvre", "oeuvre"),
        ("Þór", "thor"),
        ("Надія", "nadiya"),
        ("Ελπίδα", "elpida"),
        ("ተስፋ", "tesfa"),
        ("希望", "xiwang"),
    ],
)
def test_every_letter_has_one_of_ours(name: str, plain: str):
    assert romanized(name) == plain


IN_ORDER = [
    "1e Exloërmond", "Aalst", "Assen", "Één Noord", "'t Gooi", "Haarlem", "’s-Heerenberg",
    "'s-Hertogenbosch", "Hoorn", "IJburg", "Ijmuiden", "ijsselstein", "Imst", "Łódź", "Maastricht",
    "Надія", "Noord", "Žilina", "Zwolle",
]  # fmt: skip


def test_names_stand_in_the_order_of_dutch():
    shuffled = sorted(IN_ORDER, key=len)

    assert sorted(shuffled, key=sorting) == IN_ORDER


@given(st.text(max_size=60))
def test_what_sorts_is_small_letters_digits_and_single_spaces(name: str):
    key = sorting(name)

    assert key == " ".join(key.split())
    assert all(one.isdigit() or one == " " or "a" <= one <= "z" for one in key)
    assert key.isascii()
