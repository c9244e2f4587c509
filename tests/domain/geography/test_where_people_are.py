"""Three hundred names as people write them: found, asked back or said to be unknown; none guessed."""

from pathlib import Path

import pytest

from app.domain.geography.found import Found, Several, Unknown, Whereabouts
from app.domain.geography.gazetteer import address_of
from app.domain.geography.whereabouts import whereabouts

TABLE = Path(__file__).with_name("where_people_are.txt")


def names() -> list[tuple[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" = ", 1) for line in lines if line and not line.startswith("#")]
    return [(typed, meant.strip()) for typed, meant in pairs]


def said_of(found: Found) -> str:
    match found:
        case Unknown():
            return f"- {found}"
        case Several():
            return "? " + "; ".join(address_of(one) for one in found.choices)
    if found.position is None:
        return f"province {found.province}".strip()
    return f"{found.name}, {found.province or found.country}"


@pytest.mark.parametrize(("typed", "meant"), names())
def test_a_place_is_found_or_asked_back_or_said_to_be_unknown(typed: str, meant: str):
    said = said_of(whereabouts(typed))

    if meant.startswith("? "):
        assert said.startswith("? ")
        assert set(meant[2:].split("; ")) <= set(said[2:].split("; "))
    else:
        assert said == meant


def test_the_table_is_as_large_as_was_asked():
    assert len({typed for typed, _ in names()}) == len(names()) >= 300


def test_of_a_town_over_the_border_the_one_here_that_is_spelt_so_nearly_is_offered_beside():
    """Whoever leaves a letter out of Assen lands in no Belgian village without a word."""
    found = whereabouts("Asse")

    assert isinstance(found, Whereabouts)
    assert (found.name, found.country) == ("Asse", "BE")
    assert "Assen" in {one.name for one in found.also}
