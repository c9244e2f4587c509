"""What another status of a group means to its people."""

from enum import StrEnum

from app.domain.meeting import MEETS, Status


class News(StrEnum):
    """What who has a seat, or waits, is told."""

    STARTS = "starts"
    PAUSES = "pauses"
    GOES_ON = "goes_on"
    """After it had stopped, for a while or for good."""
    NOT_YET = "not_yet"
    """It is in preparation, where it had begun or had stopped."""
    ENDS = "ends"


def news_of(before: Status, after: Status) -> News | None:
    """Return what people are told of another status: whoever heard of an end hears of its undoing."""
    if after is before:
        return None
    match after:
        case Status.CLOSED:
            return News.ENDS
        case Status.PAUSED:
            return News.PAUSES
        case Status.PREPARING:
            return News.NOT_YET
    return News.STARTS if before is Status.PREPARING else News.GOES_ON


def waits_meanwhile(status: Status) -> bool:
    """Tell whether seats that are held or offered wait: nobody answers a group that stands still."""
    return status not in MEETS
