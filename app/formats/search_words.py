"""A search and the places it may mean, in words: `Groepen in Utrecht, op maandag`."""

from datetime import date
from functools import cache

from babel import Locale

from app.domain.geography.found import Whereabouts
from app.domain.geography.gazetteer import Kind, Locality, twins_of
from app.domain.geography.netherlands import NETHERLANDS
from app.domain.geography.whereabouts import whereabouts
from app.domain.search import Day, Search
from app.formats.kinds.words import known_kind
from app.formats.wording import (
    LANGUAGES,
    day_in_words,
    gettext_in,
    known,
    language_name,
    weekday_name,
    word,
)


def search_in_words(search: Search, language: str, *, fellowship: str = "", kind: str = "") -> str:
    """Return the heading of what a search finds.

    `fellowship` is the name of the one it asks for, `kind` that of a kind which a fellowship named.

    Its radius is told when it is set: ask with the search that `resolve` decided.
    """
    _ = gettext_in(language)
    pieces = [
        _where(search, language),
        fellowship,
        _("over %(subject)s", subject=word(search.subject, language)) if search.subject else "",
        word(search.whom, language) if search.whom else "",
        kind or known_kind(search.kind, language),
        _day(search.day, language),
        word(search.time, language) if search.time else "",
        _("in het %(language)s", language=language_name(search.language, language))
        if search.language
        else "",
        _("online") if search.online else _("in een zaal") if search.online is False else "",
        _("met een vrije plek") if search.free else "",
        _("toegankelijk met rolstoel") if search.wheelchair else "",
        _("open voor iedereen") if search.is_open else "",
        _("kort geleden bevestigd") if search.confirmed else "",
        _("met “%(words)s”", words=search.words) if search.words else "",
    ]
    return ", ".join(piece for piece in pieces if piece)


def locality_in_words(one: Locality, language: str, among: tuple[Locality, ...] = ()) -> str:
    """Return its name, and behind it what tells it from the others."""
    _ = gettext_in(language)
    if one.kind is Kind.PROVINCE:
        return _("de provincie %(province)s", province=one.name)
    if one.kind is Kind.COUNTRY and one.country == NETHERLANDS:
        return _("heel Nederland")
    twins = twins_of(one, among)
    if one.country != NETHERLANDS:
        country = Locale.parse(known(language)).territories.get(one.country, one.country)
        behind = f"{one.postcode}, {country}" if twins > 1 else country
    elif twins > 1 and one.municipality:
        behind = _("gemeente %(name)s", name=one.municipality)
    else:
        behind = one.province
    return f"{one.name} ({behind})"


def day_asked(day: Day | date, language: str) -> str:
    """Return `vandaag`, `morgen`, a weekday or `dinsdag 8 december`."""
    _ = gettext_in(language)
    if not isinstance(day, Day):
        return day_in_words(day, language)
    match day:
        case Day.TODAY:
            return _("vandaag")
        case Day.TOMORROW:
            return _("morgen")
    return weekday_name(int(day), language)


def day_said(text: str) -> Day | None:
    """Return the day that somebody wrote beside a place, in any of our languages: `vanavond Zwolle`."""
    words = f" {' '.join(text.casefold().split())} "
    return next((day for word, day in _days() if f" {word} " in words), None)


@cache
def _days() -> tuple[tuple[str, Day], ...]:
    named = [
        pair
        for language in LANGUAGES
        for _ in [gettext_in(language)]
        for pair in (
            (_("vanavond"), Day.TODAY),
            (_("vandaag"), Day.TODAY),
            (_("morgen"), Day.TOMORROW),
            *((weekday_name(number, language), Day(str(number))) for number in range(1, 8)),
        )
    ]
    return tuple((word.casefold(), day) for word, day in named)


def _where(search: Search, language: str) -> str:
    _ = gettext_in(language)
    where = whereabouts(search.near) if search.near else None
    if not isinstance(where, Whereabouts) or where.position is None:
        if search.province:
            return _("Groepen in %(place)s", place=search.province)
        return _("Groepen in Nederland") if search.online is None else _("Groepen")
    if search.within and where.name:
        return _("Groepen binnen %(number)s km van %(place)s",
                 number=search.within, place=where.name)  # fmt: skip
    if where.name:
        return _("Groepen vanaf %(place)s, de dichtstbijzijnde eerst", place=where.name)
    return _("Groepen bij jou in de buurt")


def _day(day: Day | date | None, language: str) -> str:
    if day is None:
        return ""
    name = day_asked(day, language)
    is_weekday = day not in (Day.TODAY, Day.TOMORROW)
    _ = gettext_in(language)
    return _("op %(weekday)s", weekday=name) if is_weekday else name
