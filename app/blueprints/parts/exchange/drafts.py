"""Lists that were sent or fetched, with what each of their rows would do, to look at first."""

import base64
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from app import clock
from app.actions.national.lists import NewDraft
from app.actions.parts.lists.trying import try_meetings
from app.domain.exchange.long_lists import Step
from app.domain.imported import Reading
from app.formats.lists import words
from app.formats.lists.countries import country_in_zone
from app.formats.meeting_guide.types import AA
from app.records.accounts import Account
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_sources import list_again
from app.records.fellowships import Fellowship

OnRow = Callable[[int, int], object]
REFUSED, LEFT_OUT, REMARK = "refused", "left_out", "remark"


class Hears(Protocol):
    """Is told how far reading a list and looking through it is."""

    def at(self, step: Step, done: int, of: int) -> None: ...
    def more(self, step: Step, of: int, number: int = 1) -> None: ...


class _Nobody:
    def at(self, step: Step, done: int, of: int) -> None:
        pass

    def more(self, step: Step, of: int, number: int = 1) -> None:
        pass


def read_list(
    fellowship: Fellowship,
    data: bytes,
    program: str,
    columns: Mapping[str, str],
    zone: str | None = None,
    *,
    on_row: OnRow = lambda _number, _of: None,
) -> Reading:
    """Return a list as a fellowship's would be read; `zone` where the list means another than
    theirs. Raises BrokenList."""
    from app.formats.meeting_guide.reading import read  # noqa: PLC0415 - its patterns are 8 MB

    return read(
        data,
        program=program,
        country=country_in_zone(zone or fellowship.zone),
        today=fellowship.day_of(clock.now()),
        columns=columns,
        own=fellowship.own_kinds,
        on_row=on_row,
    )


def kept(data: bytes) -> str:
    """Return a list as a draft keeps it."""
    return base64.b64encode(zlib.compress(data)).decode()


def content_of(draft: ListDraft) -> bytes:
    return zlib.decompress(base64.b64decode(draft.content))


def new_draft(
    fellowship: Fellowship,
    data: bytes,
    *,
    name: str,
    program: str,
    source: str,
    by: Account | None,
    columns: Mapping[str, str] | None = None,
    hears: Hears = _Nobody(),  # noqa: B008 - it keeps nothing
) -> NewDraft:
    """Return a list with what each of its rows would do; whose codes it has and which list it is
    again may be left empty. Raises BrokenList, FellowshipIsClosed, NotTheirs."""
    columns = columns or {}
    on_row = partial(hears.at, Step.READING)
    reading = read_list(fellowship, data, program or AA, columns, on_row=on_row)
    again = list_again(fellowship.id, reading.entries, source)
    if again is not None:
        source = again.name
        if not program and again.program != AA:
            reading = read_list(fellowship, data, again.program, columns, on_row=on_row)
        program = program or again.program
    program = program or AA
    report = try_meetings(
        reading.entries,
        fellowship,
        by=by,
        unread=unread_in(reading),
        name=name,
        source=source,
        program=program,
        on_progress=partial(hears.more, Step.COMPARING, len(reading.entries)),
    )
    lines = [words.line_kept(line) for line in report.lines]
    for outcome, findings in (
        (REFUSED, reading.unreadable), (LEFT_OUT, reading.left_out), (REMARK, reading.remarks),
    ):  # fmt: skip
        lines += [words.finding_kept(one, outcome) for one in findings if one.problem in words.SAID]
    return NewDraft(name, program, kept(data), source, dict(reading.columns), lines)


def unread_in(reading: Reading) -> set[str]:
    return {finding.slug for finding in reading.unreadable}
