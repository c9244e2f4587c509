"""The circle in the reader's words: its chairs round the table, and everyone in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.blueprints.parts.meeting_lines import Label
from app.blueprints.web.languages import current
from app.domain.head_count import MORE
from app.domain.seating import SEAT_NUMBERS, UNPROVEN, Hold, Seating
from app.domain.week import Week
from app.formats.languages import numbers
from app.records.groups import Group
from app.records.head_counts import counts_of
from app.records.participants import (
    ParticipantRecord,
    known_figures,
    people_of,
    seat_figures,
)

CENTRE = (180, 188)
RADII = (140, 154)
LETTERS = 10
"""As many of a name as fit under a chair."""


@dataclass(frozen=True)
class Chair:
    """One chair of the drawing; `x`, `y` its middle, `turn` in degrees clockwise from the top."""

    number: int
    state: str
    name: str
    under: str
    href: str | None
    x: int
    y: int
    turn: int


@dataclass(frozen=True)
class PersonLine:
    """Someone in the circle or in line, as the list has them."""

    id: int
    number: int
    """Of the seat, or in line."""
    name: str
    where: str
    label: Label | None
    gets_mail: bool
    mail: str
    """Whether mail finds them, in words; nothing for a seat without a name."""
    href: str


def explained(seating: str) -> tuple[str, str]:
    """Return a way of seating as a coordinator would call it, and what it means."""
    return {
        Seating.SEATS_ITSELF: (
            _("Vanzelf"),
            _("Wie vraagt, krijgt meteen een vrije plek en bevestigt die zelf."),
        ),
        Seating.WELCOMES: (
            _("Met een welkom"),
            _("Wie vraagt, krijgt meteen een vrije plek, en jij heet diegene welkom."),
        ),
        Seating.BY_CONTACT: (
            _("Via de contactpersoon"),
            _("Mensen bellen of schrijven, en jij houdt een plek voor ze vrij."),
        ),
        Seating.WALK_IN: (
            _("Binnenlopen"),
            _("Geen lijst: jullie houden alleen bij hoeveel plekken bezet zijn."),
        ),
    }[Seating(seating)]


def name_of(person: ParticipantRecord) -> str:
    """Return `Kim`, for the second of that name `Kim (2)`."""
    if person.alias is None:
        return _("Zonder naam")
    return f"{person.alias} ({person.alias_number})" if person.alias_number > 1 else person.alias


def person_line(group: Group, person: ParticipantRecord, position: int | None) -> PersonLine:
    """Return someone as a line; `position` 1 is the first in line, None has a seat."""
    ordinal = numbers.ordinal(position, current()) if position else ""
    return PersonLine(
        id=person.id,
        number=position or person.seat or 0,
        name=name_of(person),
        where=_("%(ordinal)s op de wachtlijst", ordinal=ordinal.capitalize())
        if position
        else _("Plek %(seat)s", seat=person.seat),
        label=hold_label(person),
        gets_mail=person.is_reached and person.wants_letters,
        mail=_mail_words(person),
        href=url_for("circle.seat", slug=group.slug, person_id=person.id),
    )


def _mail_words(person: ParticipantRecord) -> str:
    if person.alias is None:
        return ""
    if person.mail_refused_at:
        return _("de mail kwam niet aan")
    return _("krijgt mail") if person.is_reached and person.wants_letters else _("geen mail")


def hold_label(person: ParticipantRecord) -> Label | None:
    """Return what is still open about a seat that is held for somebody."""
    match person.hold:
        case Hold.ASKED:
            return "held", _("nog niet bevestigd")
        case Hold.OFFERED:
            return "offered", _("aan de beurt")
        case Hold.GREETED:
            return "greet", _("heet welkom")
    return None


def circle_of(group: Group) -> dict[str, Any]:
    """Return what the page of the circle shows: the drawing, the same as lists, and a sentence."""
    people = people_of(group.id)
    seated = [one for one in people if one.seat]
    held = [one for one in seated if one.hold not in UNPROVEN]
    line = [one for one in people if one.wait_number]
    waiting = sum(one.hold is None for one in line)
    return {
        "group": group,
        "chairs": _chairs(group, seated, links=group.seating != Seating.WALK_IN),
        "taken": len(held),
        "free": max(0, group.capacity - len(held)),
        "seated": [person_line(group, one, None) for one in seated],
        "line": [person_line(group, one, place) for place, one in enumerate(line, 1)],
        "named": sum(one.alias is not None for one in held),
        "to_greet": sum(one.hold in UNPROVEN for one in seated),
        "sentence": circle_sentence(
            held=len(held),
            capacity=group.capacity,
            asked=len(people) - len(held) - waiting,
            waiting=waiting,
        ),
        "explained": explained(group.seating)
        if group.seating_said
        else (_("Nog niet gezegd"), _("Nieuwkomers lezen hier niets over plekken.")),
        "keeps_no_list": group.seating == Seating.WALK_IN,
        "to_set": seats_to_set(group),
    }


def circle_sentence(*, held: int, capacity: int, asked: int, waiting: int) -> str:
    """Return `9 van de 12 plekken bezet, 3 vroegen een plek, 2 wachten`.

    Who asked and is not known yet holds no seat, and stands in no line.
    """
    said = [
        ngettext(
            "%(taken)s van de %(num)s plek bezet", "%(taken)s van de %(num)s plekken bezet",
            capacity, taken=held,
        )
    ]  # fmt: skip
    if asked:
        said.append(ngettext("%(num)s vroeg een plek", "%(num)s vroegen een plek", asked))
    if waiting:
        said.append(ngettext("%(num)s wacht", "%(num)s wachten", waiting))
    return ", ".join(said)


def circle_in_words(group: Group) -> str:
    """Return how many of a group's seats are taken, asked for and waited for, as its desk says it."""
    everyone = sum(seat_figures([group.id]).get(group.id, (0, 0)))
    held, waiting = known_figures([group.id]).get(group.id, (0, 0))
    return circle_sentence(
        held=held, capacity=group.capacity, asked=everyone - held - waiting, waiting=waiting
    )


def seats_to_set(group: Group) -> dict[str, Any] | None:
    """Return the number that a head count suggests to a group that keeps no list, or None.

    Only after a count of this week or the last, when another number of seats is taken.
    """
    if group.seating != Seating.WALK_IN:
        return None
    taken, waiting = known_figures([group.id]).get(group.id, (0, 0))
    week = Week.at(clock.now(), group.timezone)
    for counted_in, people in counts_of(group.id, most=1):
        number = min(people, group.capacity, MORE - 1)
        if counted_in >= week + -1 and number != taken and not waiting:
            return {"number": number, "question": _question(number), "deed": _deed(number)}
    return None


def _question(number: int) -> str:
    if number == 0:
        return _("Alle plekken op vrij zetten?")
    if number == 1:
        return _("Eén plek op bezet zetten?")
    words = numbers.cardinal(number, current()).capitalize()
    return _("%(number)s plekken op bezet zetten?", number=words)


def _deed(number: int) -> str:
    if number == 0:
        return _("Zet alles op vrij")
    if number == 1:
        return _("Zet er één op bezet")
    return _("Zet er %(number)s op bezet", number=numbers.cardinal(number, current()))


def _chairs(group: Group, seated: Sequence[ParticipantRecord], *, links: bool) -> list[Chair]:
    """Return as many chairs as the group offers, at even distances round the table."""
    by_number = {one.seat: one for one in seated if one.seat}
    free = [number for number in SEAT_NUMBERS if number not in by_number]
    shown = sorted([*by_number, *free[: max(0, group.capacity - len(seated))]])
    return [
        _chair(group, number, by_number.get(number), _turn(place, len(shown)), links=links)
        for place, number in enumerate(shown)
    ]


def _turn(place: int, chairs: int) -> float:
    return 360 * place / chairs


def _chair(
    group: Group, number: int, person: ParticipantRecord | None, turn: float, *, links: bool
) -> Chair:
    if person is None:
        state, name = "free", _("vrij")
        href = url_for("circle.chair", slug=group.slug, number=number) if links else None
    elif person.alias is None:
        state, name = "nameless", _("bezet")
        href = url_for("circle.seat", slug=group.slug, person_id=person.id) if links else None
    else:
        state, name = person.hold or "taken", name_of(person)
        href = url_for("circle.seat", slug=group.slug, person_id=person.id)
    return Chair(
        number=number,
        state=state,
        name=name,
        under=_short(name),
        href=href,
        x=round(CENTRE[0] + RADII[0] * sin(radians(turn))),
        y=round(CENTRE[1] - RADII[1] * cos(radians(turn))),
        turn=round(turn),
    )


def _short(name: str) -> str:
    """Cut a name to what fits under a chair, but never the number that tells two apart."""
    if len(name) <= LETTERS:
        return name
    alias, bracket, number = name.rpartition(" (")
    ending = f"{bracket}{number}" if number.rstrip(")").isdigit() else ""
    kept = (alias if ending else name)[: LETTERS - len(ending) - 1].rstrip()
    return f"{kept}…{ending}"
