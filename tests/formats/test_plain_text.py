"""Plain text out of what others write: what looks clean at a glance is so."""

import pytest

from app.formats.plain_text import one_line, plain


@pytest.mark.parametrize(
    "text", ["Één groep", "Łódź", "Zürich – Süd", "Café 't Hoekje, 1e etage", "ÿ", "ɏ"]
)
def test_letters_with_accents_stay_as_they_are(text: str):
    assert plain(text) == one_line(text) == text


@pytest.mark.parametrize("seen", [*map(chr, range(0x20, 0x250)), "–"])
def test_a_sign_between_letters_is_what_it_is_also_beside_a_tag(seen: str):
    beside = plain(f"<b>a</b>a{seen}b")

    assert plain(f"aa{seen}b") == beside
    assert one_line(f"aa{seen}b") == " ".join(beside.split())
