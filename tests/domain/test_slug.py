"""Short names for addresses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.slug import LENGTH, free_slug, slug_from

SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@given(st.text(max_size=200))
def test_every_name_gives_words_joined_by_hyphens(name: str):
    slug = slug_from(name)

    assert SHAPE.fullmatch(slug)
    assert len(slug) <= LENGTH


@given(st.text(max_size=200))
def test_a_short_name_is_its_own_short_name(name: str):
    assert slug_from(slug_from(name)) == slug_from(name)


@given(st.text("ab -", min_size=50, max_size=70), st.integers(0, 120))
def test_a_taken_name_is_numbered_and_fits_where_the_first_would(name: str, others: int):
    taken: set[str] = set()
    for _ in range(others):
        taken.add(free_slug(name, taken.__contains__))

    slug = free_slug(name, taken.__contains__)

    assert len(taken) == others
    assert slug not in taken
    assert SHAPE.fullmatch(slug)
    assert len(slug) <= LENGTH


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Oost", "oost"),
        ("AA Zuid – dinsdag", "aa-zuid-dinsdag"),
        ("Oost–West", "oost-west"),
        ("’s-Hertogenbosch", "s-hertogenbosch"),
        ("'t Gooi", "t-gooi"),
        ("Café Één", "cafe-een"),
        ("Zwolle/Assen", "zwolle-assen"),
        ("  --  ", "groep"),
        ("", "groep"),
        ("日本", "riben"),
        ("Надія", "nadiya"),
        ("ተስፋ", "tesfa"),
        ("Łódź – Øst", "lodz-ost"),
        ("أمل", "groep"),
        ("AA", "aa"),
        ("x" * 70, "x" * 64),
        ("x" * 63 + " y", "x" * 63),
    ],
)
def test_these_names_give_these_short_names(name: str, slug: str):
    assert slug_from(name) == slug


def test_the_second_group_of_a_name_is_called_two():
    assert free_slug("Oost", {"oost"}.__contains__) == "oost-2"
    assert free_slug("Oost", {"oost", "oost-2"}.__contains__) == "oost-3"
