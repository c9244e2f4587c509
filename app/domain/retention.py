"""How long what is known of people is kept (security.md, "What to keep on a participant")."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.founding import RequestStatus

ASK_IN_LINE_AFTER = timedelta(days=90)
ASK_SEATED_AFTER = timedelta(days=365)
ASK_CONTACT_AFTER = timedelta(days=365)
"""A contact person's yes is asked again."""
SILENCE = timedelta(days=30)
"""So long an answer may take."""
EVENING = timedelta(days=7)
LETTER = timedelta(days=7)
ANNOUNCEMENT = timedelta(days=30)
"""A word to the circle, after it was said."""
CHANGE = timedelta(days=365)
BACKUP = timedelta(days=30)
"""What is erased is in a backup for so long yet."""
LINK = timedelta(days=30)
"""A link or invitation that is over, and a log-in that has ended."""
REQUEST_UNCONFIRMED = timedelta(hours=48)
"""A request for a group whose mail address nobody confirmed."""
REQUEST_ANSWERED = timedelta(days=90)
"""One that was answered or withdrawn, or whose asker does not answer."""
REQUEST_LONGEST = timedelta(days=365)
"""One that nobody answers, or whose group is still in preparation: its asker is told of the start."""
PROPOSAL_ANSWERED = timedelta(days=30)
"""What somebody said is wrong with a listing, after its answer."""
PROPOSAL_OPEN = timedelta(days=180)
"""The same, when nobody answers."""
FOLLOW_UNCONFIRMED = timedelta(hours=48)
"""Following a group by mail, when nobody said that the address is theirs."""
FOLLOWED_UNUSED = timedelta(days=365)
"""Following a group, since who does so last said that they want it."""
FOLLOWED_CLOSED = timedelta(days=30)
"""Following a group that closed: it may yet be undone, and that would be news."""


def request_ends(
    status: RequestStatus, *, confirmed: bool, since: datetime, prepares: bool
) -> datetime:
    """Return when a request for a group is forgotten, as an aware instant.

    `since` is when it came to its status; `prepares` tells whether a group was founded that has
    not begun.
    """
    if not confirmed:
        return since + REQUEST_UNCONFIRMED
    if status is RequestStatus.ASKED or (status is RequestStatus.FOUNDED and prepares):
        return since + REQUEST_LONGEST
    return since + REQUEST_ANSWERED


class Ending(StrEnum):
    """Why a participant's own page is over: all that is told of it, for ENDED_PAGE."""

    UNCONFIRMED = "unconfirmed"
    RELEASED = "released"
    """By the coordinator."""
    DOUBLE = "double"
    SILENT = "silent"
    """They waited, were asked, and did not answer."""
    ERASED = "erased"
    """They had a seat and were not heard of: it stays taken, without a name."""
    LEFT = "left"


ENDED_PAGE = timedelta(days=30)
"""So long a page that is over says what happened: of it, a hash of its key, this and a day stay."""


class Step(StrEnum):
    """What is due to a participant of whom nothing was heard."""

    ASK = "ask"
    """Ask whether they are still with us, or still wait."""
    ERASE_NAME = "erase_name"
    """Name, contact and link go; the seat stays taken until the coordinator frees it."""
    LEAVE_LINE = "leave_line"


def next_step(
    *, waits: bool, is_reached: bool, heard_on: date, asked_on: date | None, today: date
) -> Step | None:
    """Return what is due, or None.

    `is_reached` tells whether letters go to them. Who waits and cannot be asked is never dropped
    for silence.
    """
    if waits and not is_reached:
        return None
    if asked_on is None or asked_on < heard_on:
        return Step.ASK if today >= heard_on + _patience(waits) else None
    if today < asked_on + SILENCE:
        return None
    return Step.LEAVE_LINE if waits else Step.ERASE_NAME


def _patience(waits: bool) -> timedelta:
    return ASK_IN_LINE_AFTER if waits else ASK_SEATED_AFTER
