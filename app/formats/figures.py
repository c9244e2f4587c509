"""Figures in words: amounts as a language writes them, people as far as they may be known."""

from functools import lru_cache

from babel.numbers import format_decimal

from app.domain.people_known import People
from app.formats.wording import gettext_in, known


@lru_cache(maxsize=5000)
def amount(number: int, language: str) -> str:
    """Return `7.900` in Dutch, `7,900` in English. An overview writes thousands, the same ones."""
    return format_decimal(number, locale=known(language))


def people_in_figures(people: People, language: str) -> str:
    """Return `12`, `1–4` for one small group, `ongeveer 35` for a total with a small one in it."""
    if people.is_few:
        return "1–4"
    number = amount(people.number, language)
    _ = gettext_in(language)
    return _("ongeveer %(number)s", number=number) if people.is_rounded else number
