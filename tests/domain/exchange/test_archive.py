"""What is sealed of an archive and what stands open are all of it together, and share nothing private."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.exchange.archive import (
    WHOLLY_SEALED,
    BrokenArchive,
    Rows,
    for_office,
    joined,
    split,
)

TEXTS = st.sampled_from(["", "geheim", "Steeg 1"])
PLACES = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.just("both"),
            "town": TEXTS,
            "street": TEXTS,
            "join_url": TEXTS,
            "join_is_public": st.booleans(),
        }
    ),
    min_size=1,
    max_size=4,
)


@st.composite
def archives(draw: st.DrawFn) -> Rows:
    places = draw(PLACES)
    met_at = st.fixed_dictionaries(
        {
            "place_id": st.one_of(st.none(), st.integers(1, len(places))),
            "visibility": st.sampled_from(["whole", "town", "nothing"]),
            "inside_note": TEXTS,
        }
    )
    return {
        "place": places,
        "slot": draw(st.lists(met_at, max_size=5)),
        "deviation": draw(st.lists(met_at, max_size=5)),
        "groups": [{"slug": "oost", "discreet_key": "k"}],
        "contact": draw(st.lists(st.fixed_dictionaries({"name": TEXTS}), max_size=3)),
        "participant": draw(st.lists(st.fixed_dictionaries({"alias": TEXTS}), max_size=3)),
    }


@given(archives())
def test_both_parts_together_are_all_of_it(rows: Rows):
    seen, sealed = split(rows)

    assert joined(seen, sealed) == rows
    assert not seen.keys() & set(WHOLLY_SEALED)


@given(archives())
def test_an_office_has_no_more_of_a_place_than_stands_open(rows: Rows):
    seen, _sealed = split(rows)
    office = for_office(rows)

    assert office["place"] == seen["place"]
    assert office["deviation"] == seen["deviation"]


@given(archives())
def test_a_place_shows_as_little_as_any_time_or_week_that_is_there(rows: Rows):
    seen, _sealed = split(rows)

    for met in (*rows["slot"], *rows["deviation"]):
        if met["place_id"] and met["visibility"] != "whole":
            place = seen["place"][met["place_id"] - 1]
            assert "street" not in place
            assert ("town" in place) <= (met["visibility"] == "town")


@pytest.mark.parametrize("number", [0, 2, None, "1", True])
def test_a_sealed_row_of_nothing_is_refused(number: Any):
    with pytest.raises(BrokenArchive):
        joined({"groups": [{"slug": "oost"}]}, {"groups": [{"number": number, "slug": "x"}]})
