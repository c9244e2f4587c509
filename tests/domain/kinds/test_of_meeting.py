"""What the codes of lists say of a meeting to who looks for one."""

import pytest

from app.domain.kinds.of_meeting import KindOfMeeting, kinds_of
from app.domain.listing import Audience


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ([("AA", "SP"), ("AA", "BE")], (KindOfMeeting.NEWCOMERS, KindOfMeeting.SPEAKER)),
        ([("AA", "12x12")], (KindOfMeeting.STEPS, KindOfMeeting.TRADITIONS)),
        ([("NA", "SPK"), ("NA", "SP")], (KindOfMeeting.SPEAKER,)),
        ([("AA", "SPK")], ()),
        ([("Al-Anon", "ST")], ()),
        ([("AA", "TC"), ("AA", "QX")], ()),
    ],
)
def test_a_code_says_what_its_programme_means_by_it(codes, said):
    assert kinds_of(codes, Audience.EVERYONE) == said


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        (Audience.WOMEN, (KindOfMeeting.LGBTQ,)),
        (Audience.RELATIVES, (KindOfMeeting.WOMEN, KindOfMeeting.LGBTQ)),
        (Audience.EVERYONE, ()),
    ],
)
def test_for_whom_it_is_is_not_said_twice_nor_against_what_was_written_here(audience, said):
    assert kinds_of([("AA", "W"), ("AA", "LGBTQ")], audience) == said
