"""Kinds of meeting that a fellowship names itself."""

import pytest

from app.domain.kinds.naming import CodeInUse, NotACode, TooManyKinds, check_code, is_kept_well
from app.domain.kinds.own import OwnKind, own_among

MOON = OwnKind("MAANLICHT", {"nl": "bij maanlicht", "de": "bei Mondschein"})


@pytest.mark.parametrize(
    ("language", "spoken", "called"),
    [
        ("de", "nl", ("bei Mondschein", "de")),
        ("fr", "nl", ("bij maanlicht", "nl")),
        ("fr", "es", ("bij maanlicht", "nl")),
    ],
)
def test_who_reads_a_language_without_a_name_gets_the_fellowships_own(language, spoken, called):
    assert MOON.called(language, spoken) == called


def test_a_group_has_those_that_its_codes_name_whatever_list_said_so():
    assert own_among([("", "MAANLICHT"), ("AA", "XQ")], [MOON, OwnKind("ZON")]) == (MOON,)
    assert own_among([("AA", "MAANLICHT")], [MOON]) == (MOON,)
    assert own_among([("AA", "XQ")], [MOON]) == ()


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("MAANLICHT", CodeInUse),
        ("LGBTQ", CodeInUse),
        ("ABC", NotACode),
        ("OCHTEND 06", NotACode),
        ("ochtend", NotACode),
        ("", NotACode),
    ],
)
def test_a_code_that_means_something_or_is_none_is_refused(code, refusal):
    with pytest.raises(refusal):
        check_code(code, [MOON], ())


def test_a_code_that_lists_brought_along_is_named_as_it_is():
    check_code("XQ", [MOON], {"XQ"})
    check_code("OCHTEND", [MOON], ())


def test_there_is_an_end_to_them():
    many = [OwnKind(f"SOORT{number}") for number in range(40)]
    with pytest.raises(TooManyKinds):
        check_code("OCHTEND", many, ())


@pytest.mark.parametrize(
    "kept",
    [
        None,
        {},
        {"code": "X", "names": []},
        {"code": "<b>", "names": {}},
        {"code": "X", "names": {"nl": 1}},
        {"code": "X", "names": {}, "more": 1},
    ],
)
def test_an_archive_may_not_say_anything_else(kept):
    assert not is_kept_well(kept)
    assert is_kept_well(MOON.kept())
