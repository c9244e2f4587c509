"""Who sees the name that somebody chose in a group, and who may come to one meeting: told one way."""

from app.domain.meeting import Difference, Meeting
from app.formats.wording import N_, gettext_in, word

WHO_SEES_A_NAME = N_(
    "De coördinator ziet je naam, nooit je mailadres. Anderen in de groep zien hem alleen als je een "
    "sponsor zoekt of wilt zijn. Verder ziet niemand hem, ook de organisatie niet."
)
"""Used wherever that is told; a test finds any other sentence about it."""


def who_sees_a_name(language: str) -> str:
    return gettext_in(language)(WHO_SEES_A_NAME)


def who_may_come(meeting: Meeting, language: str) -> list[str]:
    """Return that this once others may come than always; nothing when it is as always."""
    ways = (Difference.OPEN, Difference.CLOSED)
    return [word(one, language) for one in ways if one in meeting.differences]
