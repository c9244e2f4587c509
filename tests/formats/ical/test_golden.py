"""Two feeds as a person can read them: golden/named.ics and golden/discreet.ics, without the CRs.

They tell seven weeks around New Year: moved, cancelled, elsewhere, asked about and shut for Christmas, week 53.
"""

from dataclasses import replace
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest

from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.feeds.feed import FeedKind
from app.domain.holiday import Holiday, HolidayName
from app.domain.meeting import Schedule, Status
from app.formats.ical.feed import TEMPLATE, Feed, write_feed
from tests.formats.calendars import HARBOUR, ONLINE, WEEK, feed_of, schedule

GOLDEN = Path(__file__).parent / "golden"
WRITTEN_BY = {
    1: "24c6dd46777cb53fc9f80806e7cff71d7759ba49e8f10f9f3a29d226becaf6e3",
    2: "e4af6e962ab0ade48a502bc730f5cec3ba226a37f663c4bed5ae7380497be231",
    3: "075a58835356eee3dce0869b51044aa6731d90b572a2d43113bae931e249ecc4",
    4: "e71c03553a8f1e5ba304c3fe471879a8d99837251ee3ed0764c2d337b9cf9779",
    5: "99d5f24957b660beae7eb8e58cf2f57efd7f2d3c3dac2c7bce7d0b630c144b8c",
}
"""SHA-256 of both golden files by the template that wrote them."""


def new_year() -> Schedule:
    return schedule(
        deviations=[
            Deviation(WEEK + 1, weekday=3, start=time(20, 15), note="Let op: woensdag!"),
            Deviation(WEEK + 2, cancelled=True, reason="De kachel is stuk; tot volgende week."),
            Deviation(WEEK + 3, place=HARBOUR),
            Deviation(WEEK + 6, place=replace(ONLINE, name="Zaal, \\ en; meer")),
        ],
        closures=(Closure(date(2026, 12, 24), date(2027, 1, 1), "Kerstvakantie"),),
        holidays=(Holiday(date(2026, 12, 19), date(2027, 1, 3), HolidayName.CHRISTMAS_BREAK),),
        status=Status.CLOSED,
        status_since=date(2027, 1, 10),
    )


def golden(kind: FeedKind) -> Feed:
    return feed_of(new_year(), kind)


@pytest.mark.parametrize("kind", FeedKind)
def test_a_feed_reads_as_agreed(kind: FeedKind):
    written = write_feed(golden(kind)).decode().replace("\r\n", "\n")

    assert written == (GOLDEN / f"{kind}.ics").read_text(encoding="utf-8")


def test_the_template_number_rises_when_a_feed_reads_otherwise():
    """If this fails: raise TEMPLATE and TEMPLATE_CHANGED_AT in ical.py, and add a line here.

    Else calendars keep the old words: they take an event only when its stamps rise.
    """
    bodies = b"".join((GOLDEN / f"{kind}.ics").read_bytes() for kind in FeedKind)
    assert WRITTEN_BY.get(TEMPLATE) == sha256(bodies).hexdigest()
    assert max(WRITTEN_BY) == TEMPLATE
