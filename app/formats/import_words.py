"""What an import found and did, in plain English for whoever runs it at a terminal."""

from collections.abc import Iterator

from app.domain.imported import BrokenList, Finding, Line, Outcome, Problem, Report
from app.formats.plain_text import cut

MOST_LETTERS = 60
"""Of an old or new value in a line."""

_FINDINGS = {
    Problem.NOT_A_ROW: "it is not an object with fields",
    Problem.MISSING: "{field} is missing",
    Problem.NOT_A_DAY: "{field} “{value}” is not a day: write 0 for Sunday to 6 for Saturday",
    Problem.NOT_SURE_WHICH_DAY: "{field} “{value}”: this list counts days to 7, so it is not known whether 1 is Sunday or Monday: write days as words",
    Problem.NOT_A_TIME: "{field} “{value}” is not a time: write it as 19:30",
    Problem.NOT_A_ZONE: "{field} “{value}” is not a time zone: write it as Europe/Amsterdam",
    Problem.TOO_LONG: "{field} is longer than {value} characters",
    Problem.BY_APPOINTMENT: "it has no weekly day and time (by appointment)",
    Problem.NOT_WEEKLY: "“{value}” is not every week, and groups here meet every week",
    Problem.SAME_AS_ROW: "it is the same as row {value}",
    Problem.CUT: "{field} is cut to {value} characters",
    Problem.ODD_END: "{field} makes it last {value} minutes: when it ends stays unknown",
    Problem.NOT_A_LINK: "{field} “{value}” is not an http(s) address and is left out",
    Problem.NOT_A_POSITION: "{field} “{value}” is not a position and is left out",
    Problem.SLUG_TWICE: "its slug is that of row {value}: both are taken, this one numbered",
    Problem.PERSONAL: "{field}: “{value}” is held back, for it names a person, a number or an address",
    Problem.GARBLED: "{field} “{value}” was saved in the wrong encoding once: save the list as UTF-8",
    Problem.NOT_THERE: "{field} and longitude lie outside {value} and are left out",
    Problem.BULK_STAMP: "most rows say that they were updated on {value}: a machine wrote that, so nobody confirmed them",
    Problem.NOT_READ: "not read, for it is not known what they mean: {value}",
    Problem.UNPUBLISHED: "it is not published there",
    Problem.ENDED: "it ended on {value}",
}
_BROKEN = {
    Problem.NOTHING: "there is nothing in it",
    Problem.NOT_TEXT: "it is not text in UTF-8, UTF-16 or Windows' cp1252",
    Problem.NOT_JSON: "it is not JSON: {detail}",
    Problem.NOT_KNOWN: (
        "it is no list of meetings that is known here. Read are: Meeting Guide JSON (TSML for WordPress: "
        "/wp-admin/admin-ajax.php?action=meetings, or Meetings > Import & Export), BMLT (client_interface/"
        "json/?switcher=GetSearchResults, with &get_used_formats=1), its NAWS export, TSML's CSV, a CSV or XLSX with a header "
        "(Google Sheets: File > Download > CSV; it needs columns for name, day and time), and iCalendar (.ics)"
    ),
    Problem.NOT_A_TABLE: "it is not a table: {detail}",
    Problem.NOT_A_WORKBOOK: "it is not a workbook that can be opened: save it again as XLSX or CSV",
    Problem.NOT_A_CALENDAR: "it is not a calendar: {detail}",
    Problem.TOO_DEEP: "it is nested more than {detail} levels deep",
    Problem.TOO_MANY: "it has more than {detail} rows",
    Problem.TOO_BIG: "it is larger than {detail} MB",
}
_OUTCOMES = {
    Outcome.NEW: "new",
    Outcome.CHANGED: "changed",
    Outcome.SAME: "same",
    Outcome.KEPT: "kept, for it has a coordinator; the list differs in",
    Outcome.STOPPED: "left alone, for it was closed here; the list differs in",
    Outcome.MISSING: "missing from the file; left as it is",
}
_WORDS = {
    "is_open": "open to all",
    "confirmed_on": "confirmed on",
    "start": "time",
    "weekday": "day",
    "zone": "time zone",
}


SENTENCES = {
    "broken": "{file}, {why}. Nothing was imported.",
    "remark": "remark, {what}",
    "left_out": "left out, {what}",
    "unreadable": "cannot read {what}",
    "refused": "{number} of the rows cannot be read, so nothing was imported. "
    "Mend them, or leave them out with --skip-unreadable.",
    "closed": "{name} is closed, so nothing was imported.",
    "number_left_out": "{number} left out",
    "number_unreadable": "{number} cannot be read",
    "would_be_refused": "Would be refused for {number} rows that cannot be read; "
    "with --skip-unreadable: {counts}.",
    "would_be": "Would be: {counts}.",
    "done": "Done: {counts}.",
    "nothing": "nothing",
    "doing": "Importing",
}


def words_of_broken(broken: BrokenList) -> str:
    """Return why a file cannot be read: `line 80, column 4: it is not JSON: …`."""
    where = f"line {broken.line}, column {broken.column}: " if broken.line else ""
    return where + _BROKEN[broken.problem].format(detail=broken.detail)


def words_of_finding(finding: Finding) -> str:
    """Return `row 3 (Oost): day “8” is not a day: …`."""
    name = f" ({finding.name})" if finding.name else ""
    said = _FINDINGS[finding.problem].format(field=finding.field, value=finding.value)
    return f"row {finding.row}{name}: {said}" if finding.row else said


def words_of_line(line: Line) -> str:
    """Return `row 3 (Oost): changed: time 19:30 → 20:00`."""
    where = f"row {line.row} ({line.name})" if line.row else f"{line.name} ({line.slug})"
    said = _OUTCOMES[line.outcome]
    if line.outcome is Outcome.NEW:
        said += f", at /groups/{line.slug}"
    if line.alike:
        said += "; may be " + ", ".join(f"{one.name} (/groups/{one.slug})" for one in line.alike)
    if line.differences:
        said += ": " + "; ".join(
            f"{_WORDS.get(one.field, one.field)} {_short(one.old)} → {_short(one.new)}"
            for one in line.differences
        )
    return f"{where}: {said}"


def summary(report: Report) -> Iterator[str]:
    """Yield `45 new`, `2 changed`, … for what there is at all."""
    for outcome in Outcome:
        if count := report.count(outcome):
            yield f"{count} {_OUTCOMES[outcome].partition(',')[0].partition(';')[0]}"


def _short(value: str) -> str:
    return cut(" ".join(value.split()), MOST_LETTERS) or "(nothing)"
