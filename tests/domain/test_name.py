"""A name is one line, and holds nothing that nobody can see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.name import as_name

TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "zoek mij")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Anna", "Anna"),
        ("  Anna\r\n Vos\t", "Anna Vos"),
        ("Anna\u2028Vos", "Anna Vos"),
        ("An\u200bna", "Anna"),
        ("An\u00adna", "Anna"),
        ("\u202eannA", "annA"),
        ("\u2066Anna\u2069", "Anna"),
        (f"Anna{TAGS}", "Anna"),
        ("Anna\ufe0f\U000e0101", "Anna"),
        ("\u3164", ""),
        ("\u2800 \u115f", ""),
        ("Zoë", "Zoë"),
        ("Łódź, 希望, ተስፋ, أمل, Надія", "Łódź, 希望, ተስፋ, أمل, Надія"),
        ("🙂 Oost", "🙂 Oost"),
    ],
)
def test_a_name_is_kept_as_it_is_seen(given_name: str, kept: str):
    assert as_name(given_name) == kept


@given(st.text())
def test_no_name_hides_anything(text: str):
    name = as_name(text)

    assert name == as_name(name)
    assert name == name.strip()
    assert not [c for c in name if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert not [c for c in name if 0xE0000 <= ord(c) < 0xE1000 or c == "\u3164"]
