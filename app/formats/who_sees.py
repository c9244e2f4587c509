"""Who sees the name that somebody chose in a group: the one sentence about it."""

from app.formats.wording import N_, gettext_in

WHO_SEES_A_NAME = N_(
    "De coördinator ziet je naam, nooit je mailadres. Anderen in de groep zien hem alleen als je een "
    "sponsor zoekt of wilt zijn. Verder ziet niemand hem, ook de organisatie niet."
)
"""Used wherever that is told; a test finds any other sentence about it."""


def who_sees_a_name(language: str) -> str:
    return gettext_in(language)(WHO_SEES_A_NAME)
