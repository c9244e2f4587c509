"""docs/accessibility.md holds every criterion of WCAG 2.2, A and AA, and says what is not met."""

from collections import Counter

from app.formats.upkeep.accessibility import read_statement


def test_every_criterion_is_there_once():
    numbers = Counter(one.number for one in read_statement().criteria)

    assert len(numbers) == 55
    assert set(numbers.values()) == {1}
    assert Counter(one.level for one in read_statement().criteria) == {"A": 31, "AA": 24}


def test_what_is_partly_met_says_why_and_nothing_else_does():
    statement = read_statement()
    partly = {one.number for one in statement.criteria if one.met not in ("yes", "not here")}

    assert partly == {one.number for one in statement.faults}
    assert all(one.how for one in statement.criteria)
