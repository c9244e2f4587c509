"""Whom one looks for, held to for whom groups are: the two grow together or not at all."""

from app.domain.listing import Audience
from app.domain.search import Whom


def test_one_can_look_for_every_audience():
    assert {str(one) for one in Whom} - {Whom.SELF} == {str(one) for one in Audience} - {
        Audience.EVERYONE
    }
    assert frozenset().union(*(one.audiences for one in Whom)) == frozenset(Audience)


def test_who_looks_for_themselves_finds_all_but_the_groups_of_relatives():
    assert Whom.SELF.audiences == frozenset(Audience) - {Audience.RELATIVES}
