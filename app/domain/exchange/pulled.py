"""Lists that are read every night from an address: what may go wrong, and when to believe one."""

from enum import StrEnum

from app.domain.refusal import Refusal

LEAST_LEFT = 0.5
"""Of its groups a list still has: else something is the matter with the list, not with them."""


class Fault(StrEnum):
    """Why a list was not fetched, or not taken over."""

    NOT_HTTPS = "not_https"
    PRIVATE = "private"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_BIG = "too_big"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    REFUSED = "refused"
    """It answered with the status in `detail`."""
    NO_LIST = "no_list"
    """It answered, and it is no list that we read."""
    FEWER = "fewer"
    """It has less than half of the groups that it had."""
    CLOSED = "closed"
    """The fellowship has closed."""


class NotHttps(Refusal):
    """A list is read from an https address, which nobody on the way can change."""


def is_believed(rows: int, known: int) -> bool:
    """Tell whether a list of so many rows may say that others of its groups are gone."""
    return rows >= known * LEAST_LEFT
