"""A search in the reader's words: what is asked, what may be chosen, what we did not understand."""

from dataclasses import dataclass, fields, replace
from typing import Any

from flask import url_for
from flask_babel import ngettext

from app.blueprints.web.languages import current
from app.blueprints.web.languages import gettext as _
from app.domain.geography.found import Several, Unknown, Whereabouts
from app.domain.geography.gazetteer import address_of
from app.domain.geography.netherlands import PROVINCES
from app.domain.geography.whereabouts import whereabouts
from app.domain.listing import Subject
from app.domain.search import RADII, Day, PartOfDay, Search, Sort, Whom
from app.formats import wording
from app.formats.kinds.asked import kind_asked, kinds_to_ask
from app.formats.search import Read, query_of
from app.formats.search_words import day_asked, day_said, locality_in_words
from app.records.choices import Counts
from app.records.resolved import Resolved

LANGUAGES = ("nl", "en", "pl", "tr", "ar", "fa", "es", "fr", "de", "uk")
"""Offered; any other may stand in an address."""


STANDS_ABOVE = frozenset({"near", "whom", "subject", "day"})
"""What the questions above a list show as chosen, and take back themselves."""


@dataclass(frozen=True)
class Chip:
    """One thing that is asked, and the address of the same search without it."""

    text: str
    href: str


@dataclass(frozen=True)
class Option:
    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Choice:
    """One field of the form; its first option asks for nothing."""

    name: str
    title: str
    options: list[Option]


def address(search: Search, **more: Any) -> str:
    """Return the address of a search, with the view and page if given."""
    query: dict[str, Any] = query_of(search) | more
    return url_for("finder.show", **query)


def chips_of(search: Search, asked: Resolved, view: str | None) -> list[Chip]:
    """Return what is asked, in the order in which an address has it."""
    # A list of which nothing is asked any more is still a list, not the door.
    more = {"view": view} if view else {"page": 1}
    return [
        Chip(text, address(replace(search, **without), **more))
        for text, without in _asked(search, asked)
        if not STANDS_ABOVE.issuperset(without)
    ]


def choices_of(asked: Resolved, read: Search, counts: Counts) -> list[Choice]:
    """Return the fields to choose from, each value with how many groups it would give."""
    language = current()
    bodies = [(one.slug, one.name) for one in asked.fellowships]
    languages = dict.fromkeys((*LANGUAGES, *([read.language] if read.language else ())))
    made = (
        ("day", "day", _("Dag"), [(day, day_asked(day, language)) for day in Day]),
        ("time", "time", _("Deel van de dag"),
         [(part, wording.word(part, language)) for part in PartOfDay]),
        ("for", "whom", _("Voor wie"), [(whom, wording.word(whom, language)) for whom in Whom]),
        ("subject", "subject", _("Waarover"),
         [(one, wording.word(one, language)) for one in Subject]),
        ("fellowship", "fellowship", _("Organisatie"), bodies),
        ("language", "language", _("Taal"),
         [(code, wording.language_name(code, language)) for code in languages]),
        ("online", "online", _("Online of in een zaal"),
         [(False, _("in een zaal")), (True, _("online"))]),
    )  # fmt: skip
    found = [
        Choice(name, title, _options(values, getattr(read, field), counts, field))
        for name, field, title, values in made
    ]
    radii = [Option(str(one), _("%(number)s km", number=one), one == read.within) for one in RADII]
    sorts = [Option(one, wording.word(one, language), one == read.sort) for one in Sort]
    provinces = [
        Option(query_of(Search(province=one))["province"], one, one == read.province)
        for one in PROVINCES
    ]
    return [
        Choice("within", _("Hoe ver"), radii),
        *found,
        Choice(
            "kind",
            _("Soort bijeenkomst"),
            [
                Option(one, text + _number(counts, "kind", one), one == read.kind)
                for one, text in kinds_to_ask(read, asked.own_kinds, language)
            ],
        ),
        Choice("province", _("Provincie"), provinces),
        Choice("sort", _("Volgorde"), sorts),
    ]


def ticks_of(search: Search, counts: Counts) -> list[Option]:
    """Return what may be ticked: (name in the address, words, whether it is)."""
    words = {
        "free": ("free", _("er is een plek vrij")),
        "wheelchair": ("wheelchair", _("toegankelijk met rolstoel")),
        "open": ("is_open", _("iedereen mag komen kijken")),
        "confirmed": ("confirmed", _("pas bevestigd")),
    }
    return [
        Option(name, text + _number(counts, field, True), getattr(search, field))
        for name, (field, text) in words.items()
    ]


@dataclass(frozen=True)
class DidYouMean:
    """A question back, with a way for each answer."""

    sentence: str
    choices: list[Chip]


def did_you_mean(read: Search, view: str | None = None) -> DidYouMean | None:
    """Return which places may be meant where more than one is called so, or none exactly."""
    where = whereabouts(read.near) if read.near and not read.online else None
    day = read.day
    if isinstance(where, Several):
        among, day = where.choices, read.day or day_said(read.near)
        sentence = (
            _("Meer dan één plaats heet “%(near)s”. Welke bedoel je?", near=read.near)
            if where.are_namesakes
            else _("“%(near)s” kennen we niet. Bedoelde je:", near=read.near)
        )
    elif isinstance(where, Whereabouts) and where.also:
        among, sentence = where.also, _("Bedoelde je iets anders?")
    else:
        return None
    more = {"view": view} if view else {}
    return DidYouMean(
        sentence,
        [
            Chip(
                locality_in_words(one, current(), among),
                address(replace(read, near=address_of(one, among), day=day), **more),
            )
            for one in among
        ],
    )


def not_understood(read: Read) -> list[str]:
    """Return a sentence for each thing that was asked and left out."""
    found = [
        _("“%(text)s” begrepen we niet. Dat hebben we weggelaten.", text=text)
        for _name, text in read.ignored
    ]
    where = whereabouts(read.search.near) if read.search.near else None
    if isinstance(where, Unknown):
        found.insert(0, _unknown(where, read.search.near))
    elif isinstance(where, Whereabouts) and read.search.online:
        found.append(_("Online maakt het niet uit waar je bent. Je ziet alle online groepen."))
    return found


def heading(asked: Resolved, read: Search) -> str:
    """Return what the results are, in one line."""
    where = whereabouts(read.near) if read.near else None
    if read.online:
        return _("Online groepen")
    if isinstance(where, Whereabouts):
        if where.position is None:
            return _("Groepen in %(place)s", place=where.name)
        if not where.name:
            return _("Groepen bij jou in de buurt")
        return _("Groepen in de buurt van %(place)s", place=where.name)
    if asked.search.province:
        return _("Groepen in %(place)s", place=asked.search.province)
    return _("Groepen")


def total_in_words(counts: Counts, asked: Resolved) -> str:
    """Return how many groups were found, and within what distance."""
    if counts.total is None:
        number = _("Meer dan 500 groepen")
    else:
        number = ngettext("%(num)s groep", "%(num)s groepen", counts.total)
    if asked.around and asked.search.within:
        return _("%(number)s binnen %(radius)s km.", number=number, radius=asked.search.within)
    return f"{number}."


def _options(values: Any, chosen: Any, counts: Counts, field: str) -> list[Option]:
    return [
        Option(
            ("1" if value else "0") if isinstance(value, bool) else str(value),
            text + _number(counts, field, value),
            value == chosen,
        )
        for value, text in values
    ]


def _number(counts: Counts, field: str, value: Any) -> str:
    if counts.choices is None or field not in counts.choices:
        return ""
    number = counts.choices.get(field, {}).get(value, 0)
    return "" if number is None else f" ({number})"


def _asked(search: Search, asked: Resolved) -> list[tuple[str, dict[str, Any]]]:
    language = current()
    nothing = {one.name: one.default for one in fields(Search)}
    words = {
        "words": f"“{search.words}”",
        "near": _near_in_words(search.near),
        "within": _("binnen %(number)s km", number=search.within),
        "province": search.province,
        "day": search.day and day_asked(search.day, language),
        "time": search.time and wording.word(search.time, language),
        "whom": search.whom and wording.word(search.whom, language),
        "fellowship": next(
            (one.name for one in asked.fellowships if one.slug == search.fellowship),
            search.fellowship,
        ),
        "kind": kind_asked(search, asked.own_kinds, language),
        "subject": search.subject and wording.word(search.subject, language),
        "language": wording.language_name(search.language, language) if search.language else "",
        "online": _("online") if search.online else _("in een zaal"),
        "free": _("plek vrij"),
        "wheelchair": _("rolstoel"),
        "is_open": _("iedereen mag komen kijken"),
        "confirmed": _("pas bevestigd"),
        "sort": search.sort and wording.word(search.sort, language),
    }
    return [
        (str(words[name]), {name: nothing[name]})
        for name in words
        if getattr(search, name) != nothing[name]
    ]


def _near_in_words(near: str) -> str:
    where = whereabouts(near) if near else None
    if isinstance(where, Whereabouts):
        return where.name or _("waar ik ben")
    return near


def _unknown(why: Unknown, near: str) -> str:
    match why:
        case Unknown.BELGIAN:
            return _(
                "Die Belgische postcode kennen we niet: we kennen plaatsen tot 50 km van de grens. "
                "Kijk of hij klopt, vul een plaats bij de grens in, of kies online."
            )
        case Unknown.GERMAN:
            return _(
                "Die Duitse postcode kennen we niet: we kennen plaatsen tot 50 km van de grens. "
                "Kijk of hij klopt, vul een plaats bij de grens in, of kies online."
            )
        case Unknown.POSTCODE:
            return _(
                "De postcode %(near)s kennen we niet. Kijk of hij klopt, of vul je plaats in.",
                near=near,
            )
        case Unknown.HERE:
            return _("Waar je bent, weten we niet. Vul je postcode of plaats in.")
        case Unknown.ABROAD:
            return _(
                "Daar kennen we geen groepen: alleen in Nederland, en plaatsen tot 50 km over de "
                "grens. Vul zo’n plaats in, of kies online."
            )
    return _(
        "De plaats “%(near)s” kennen we niet. Kijk of je hem goed hebt geschreven, "
        "of vul je postcode in.",
        near=near,
    )
