"""What accepting an aside does, before and after, in the words of whoever decides."""

from datetime import date

from app.domain.exchange.asides import About, Aside, Plan
from app.domain.themes import LAST
from app.domain.week import Week
from app.formats.languages.numbers import ordinal
from app.formats.wording import (
    N_,
    clock_time,
    gettext_in,
    short_date,
    short_day,
    weekday_name,
)

SHOWN = 6
"""Of weeks, named one by one."""

_ABOUT = {
    About.NO_MEETING: N_("geen bijeenkomst"), About.SHUT: N_("dicht van–tot"), About.PAUSED: N_("even gestopt"),
    About.ELSEWHERE: N_("andere locatie"), About.ONLINE: N_("voorlopig online"), About.MOVED: N_("andere tijd"),
    About.MONTHLY: N_("thema in de maand"), About.ONLY: N_("niet elke week"), About.NOT_ON: N_("niet elke week"),
    About.CAPACITY: N_("hoeveel mensen erbij kunnen"),
}  # fmt: skip


def about_word(said: Aside, language: str) -> str:
    return gettext_in(language)(_ABOUT[said.about])


def before_and_after(
    said: Aside, plan: Plan, weekday: int, language: str
) -> tuple[str, str] | None:
    """Return how it is and how it would be, or None when accepting would do nothing."""
    _ = gettext_in(language)
    if plan.cancelled:
        days = _days(plan.cancelled, weekday, language)
        return _("bijeenkomst op %(days)s", days=days), _("geen bijeenkomst op %(days)s", days=days)
    if plan.noted:
        days = _days(plan.noted, weekday, language)
        return (
            _("%(days)s: zoals altijd", days=days),
            _("%(days)s: met de opmerking “%(words)s”", days=days, words=said.words),
        )
    if plan.moved:
        return _moved(plan, weekday, language)
    if plan.shut:
        first, last = (short_date(day, language, year=True) for day in plan.shut)
        return _("elke week open"), _(
            "dicht van %(first)s tot en met %(last)s", first=first, last=last
        )
    if plan.is_paused:
        return _("actief"), _("even gestopt, tot iemand de groep weer start")
    if plan.themes:
        themes = "; ".join(
            f"{_nth(nth, weekday, language)}: {title}" for nth, title in plan.themes.items()
        )
        return _("geen vast thema in die week"), themes
    if plan.capacity:
        return _("twaalf stoelen"), _("%(number)s stoelen", number=plan.capacity)
    return None


def why_nothing(said: Aside, today: date, language: str) -> str:
    """Return why there is nothing to accept, and what a person can do."""
    _ = gettext_in(language)
    days = [*said.days, *(day for day in (said.last,) if day)]
    if days and max(days) < today:
        return _(
            "Dit is voorbij (%(day)s). Haal het weg.",
            day=short_date(max(days), language, year=True),
        )
    match said.about:
        case About.SHUT:
            return _(
                "Er staan geen dagen bij. Vul ze zelf in bij dicht van–tot, en haal dit daarna weg."
            )
        case About.MOVED:
            return _(
                "Dit is een nieuwe vaste tijd. Verander die zelf, of laat het in de tekst staan."
            )
        case About.CAPACITY if said.number is not None and said.number > 12:
            return _("Een kring heeft hier hooguit twaalf stoelen. Het blijft in de tekst staan.")
        case About.CAPACITY:
            return _("Hoeveel stoelen er zijn, kiest de groep zelf.")
        case About.ELSEWHERE | About.ONLINE:
            return _(
                "Er staat niet bij tot wanneer. Verander de locatie zelf, of laat het in de tekst staan."
            )
    return _("Hier valt niets over te nemen.")


def _moved(plan: Plan, weekday: int, language: str) -> tuple[str, str]:
    _ = gettext_in(language)
    was = _days(tuple(plan.moved), weekday, language)
    now = ", ".join(
        " ".join(
            filter(
                None,
                [
                    short_day(week.day(day or weekday), language),
                    _("om %(time)s", time=clock_time(start, language)) if start else "",
                ],
            )
        )
        for week, (day, start) in plan.moved.items()
    )
    return _("%(days)s, op de gewone tijd", days=was), now


def _days(weeks: tuple[Week, ...], weekday: int, language: str) -> str:
    _ = gettext_in(language)
    named = [short_day(week.day(weekday), language) for week in weeks[:SHOWN]]
    rest = len(weeks) - len(named)
    text = ", ".join(named)
    if not rest:
        return text
    last = short_date(weeks[-1].day(weekday), language, year=True)
    return _(
        "%(days)s en nog %(number)s keer, tot en met %(last)s", days=text, number=rest, last=last
    )


def _nth(nth: int, weekday: int, language: str) -> str:
    _ = gettext_in(language)
    day = weekday_name(weekday, language)
    if nth == LAST:
        return _("laatste %(weekday)s van de maand", weekday=day)
    return _("%(ordinal)s %(weekday)s van de maand", ordinal=ordinal(nth, language), weekday=day)
