"""Names lose their accents, and long ones cost no more than short ones."""

import pytest

from app.domain.geography.netherlands import folded
from app.domain.geography.unaccented import LONGEST_NAME, unaccented
from app.domain.slug import slug_from

A_MINUTE_OF_MARKS = "a" + "\u0301\u0316" * 100_000


def test_a_name_is_written_without_accents():
    assert unaccented("Café ’t Ĳ") == "cafe t ij"


def test_no_more_of_a_name_is_read_than_a_name_has():
    assert unaccented("é" * 2 * LONGEST_NAME) == "e" * LONGEST_NAME


@pytest.mark.parametrize("named", [folded, slug_from])
def test_a_name_of_nothing_but_marks_keeps_nobody_waiting(named):
    assert named(A_MINUTE_OF_MARKS) == "a"
