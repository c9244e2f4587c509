"""Lists that were sent or fetched, with what each of their rows would do, to look at first."""

import base64
import zlib
from collections.abc import Mapping

from app import clock
from app.actions.importing import import_meetings
from app.actions.national.lists import NewDraft
from app.domain.imported import Reading
from app.formats.lists import words
from app.formats.lists.countries import country_in_zone
from app.formats.meeting_guide.types import AA
from app.formats.meeting_guide.writing import read
from app.records.accounts import Account
from app.records.exchange.list_sources import list_again
from app.records.fellowships import Fellowship

REFUSED, LEFT_OUT, REMARK = "refused", "left_out", "remark"


def read_list(
    fellowship: Fellowship,
    data: bytes,
    program: str,
    columns: Mapping[str, str],
    zone: str | None = None,
) -> Reading:
    """Return a list as a fellowship's would be read; `zone` where the list means another than
    theirs. Raises BrokenList."""
    return read(
        data,
        program=program,
        country=country_in_zone(zone or fellowship.zone),
        today=fellowship.day_of(clock.now()),
        columns=columns,
        own=fellowship.own_kinds,
    )


def new_draft(
    fellowship: Fellowship,
    data: bytes,
    *,
    name: str,
    program: str,
    source: str,
    by: Account | None,
    columns: Mapping[str, str] | None = None,
) -> NewDraft:
    """Return a list with what each of its rows would do; whose codes it has and which list it is
    again may be left empty. Raises BrokenList, FellowshipIsClosed, NotTheirs."""
    columns = columns or {}
    reading = read_list(fellowship, data, program or AA, columns)
    again = list_again(fellowship.id, reading.entries, source)
    if again is not None:
        source = again.name
        if not program and again.program != AA:
            reading = read_list(fellowship, data, again.program, columns)
        program = program or again.program
    program = program or AA
    report = import_meetings(
        reading.entries,
        fellowship,
        by=by,
        dry_run=True,
        unread=unread_in(reading),
        name=name,
        source=source,
        program=program,
    )
    lines = [words.line_kept(line) for line in report.lines]
    for outcome, findings in (
        (REFUSED, reading.unreadable), (LEFT_OUT, reading.left_out), (REMARK, reading.remarks),
    ):  # fmt: skip
        lines += [words.finding_kept(one, outcome) for one in findings if one.problem in words.SAID]
    content = base64.b64encode(zlib.compress(data)).decode()
    return NewDraft(name, program, content, source, dict(reading.columns), lines)


def unread_in(reading: Reading) -> set[str]:
    return {finding.slug for finding in reading.unreadable}
