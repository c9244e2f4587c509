"""Kinds of meeting to tick in a form."""

import pytest

from app.domain.kinds.own import OwnKind
from app.domain.listing import FellowshipCard
from app.formats.kinds.ticking import codes_as_ticked, kinds_ticked, kinds_to_tick

MOON = OwnKind("MAANLICHT", {"nl": "bij maanlicht"})
FROM_A_LIST = [["NA", "SPK"], ["AA", "XQ"], ["AA", "W"]]


def test_what_nobody_touches_stays_as_it_was():
    ticked = kinds_ticked(FROM_A_LIST, [MOON])
    assert ticked == ["speaker"]
    assert codes_as_ticked(FROM_A_LIST, [MOON], ticked) == FROM_A_LIST


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ([], [["AA", "XQ"], ["AA", "W"]]),
        (["speaker", "own:MAANLICHT"], [*FROM_A_LIST, ["", "MAANLICHT"]]),
        (["steps"], [["AA", "XQ"], ["AA", "W"], ["AA", "ST"]]),
    ],
)
def test_a_tick_adds_one_code_and_takes_all_that_said_the_same(values, codes):
    assert codes_as_ticked(FROM_A_LIST, [MOON], values) == codes


def test_a_code_that_says_two_kinds_leaves_the_one_that_stays():
    both = [["AA", "12x12"]]
    assert kinds_ticked(both, []) == ["steps", "traditions"]
    assert codes_as_ticked(both, [], ["steps"]) == [["AA", "ST"]]


def test_the_fellowships_own_stand_last_in_the_readers_language():
    offered = kinds_to_tick(FellowshipCard("x", "X", own_kinds=(MOON,)), "nl")
    assert offered[0] == ("newcomers", "voor nieuwkomers")
    assert offered[-1] == ("own:MAANLICHT", "bij maanlicht")
    assert "women" not in dict(offered)
