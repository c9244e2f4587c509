"""Text is kept composed, without what nobody can see; what is too long is left as it came."""

import pytest

from app.formats.text import LONGEST, plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" e\u0301e\u0301n ", "één"),
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("\u202ea\u200bb\x07", "ab"),
    ],
)
def test_text_is_kept_composed_and_without_what_is_unseen(typed: str, kept: str):
    assert plain(typed) == kept


def test_what_is_longer_than_any_text_of_ours_is_not_composed():
    longest = "e\u0301" * (LONGEST // 2)

    assert plain(longest) == "é" * (LONGEST // 2)
    assert plain(f"x{longest}\x07") == f"x{longest}"


def test_marks_without_end_keep_nobody_waiting():
    marks = "a" + "\u0301\u0316" * 100_000

    assert plain(marks) == marks
