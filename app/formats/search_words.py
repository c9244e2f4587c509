"""A search in words: `Groepen in Utrecht, op maandag`."""

from app.domain.search import Day, Search
from app.domain.whereabouts import Whereabouts, whereabouts
from app.formats.wording import gettext_in, language_name, weekday_name, word


def search_in_words(search: Search, language: str, *, fellowship: str = "") -> str:
    """Return the heading of what a search finds. `fellowship` is the name of the one it asks for.

    Its radius is told when it is set: ask with the search that `resolve` decided.
    """
    _ = gettext_in(language)
    pieces = [
        _where(search, language),
        fellowship,
        _("over %(subject)s", subject=word(search.subject, language)) if search.subject else "",
        word(search.whom, language) if search.whom else "",
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


def day_asked(day: Day, language: str) -> str:
    """Return `vandaag`, `morgen` or a weekday."""
    _ = gettext_in(language)
    match day:
        case Day.TODAY:
            return _("vandaag")
        case Day.TOMORROW:
            return _("morgen")
    return weekday_name(int(day), language)


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


def _day(day: Day | None, language: str) -> str:
    if day is None:
        return ""
    name = day_asked(day, language)
    is_weekday = day not in (Day.TODAY, Day.TOMORROW)
    return gettext_in(language)("op %(weekday)s", weekday=name) if is_weekday else name
