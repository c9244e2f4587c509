"""The change log in words: what was done, by whom, and what it was before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.blueprints.languages import current
from app.domain.listing import Audience, Feature, Subject
from app.domain.meeting import Status
from app.domain.place import Visibility
from app.domain.refusal import NoSuchWeek
from app.domain.week import Week
from app.formats import wording
from app.records.changes import Change

DEEDS = {
    "edit_listing": _l("Vermelding veranderd"),
    "set_status": _l("Status veranderd"),
    "found_sister": _l("Zustergroep gemaakt"),
    "found_group": _l("Groep opgericht"),
    "set_slot": _l("Vaste tijd veranderd"),
    "withdraw_slot": _l("Nieuwe vaste tijd ingetrokken"),
    "add_place": _l("Locatie toegevoegd"),
    "edit_place": _l("Locatie veranderd"),
    "write_contact": _l("Contactpersoon opgeschreven"),
    "remove_contact": _l("Contactpersoon weggehaald"),
    "put_contact_first": _l("Volgorde van contactpersonen veranderd"),
    "agree_to_contact": _l("Contactpersoon heeft ja gezegd"),
    "withdraw_contact": _l("Contactpersoon heeft zich teruggetrokken"),
    "send_message": _l("Bericht doorgestuurd naar de contactpersoon"),
    "end_service": _l("Einde van de taak vastgelegd"),
    "leave_group": _l("Gestopt als coördinator"),
    "ask_who_follows": _l("Gevraagd wie de taak overneemt"),
    "invite": _l("Iemand uitgenodigd"),
    "revoke": _l("Uitnodiging ingetrokken"),
    "accept": _l("Uitnodiging aangenomen"),
    "import_meetings": _l("Overgenomen uit een bestand"),
    "list_group": _l("Door de organisatie wel of niet vermeld"),
}

FIELDS = {
    "name": _l("naam"),
    "description": _l("omschrijving"),
    "audience": _l("voor wie"),
    "subject": _l("waarover"),
    "language": _l("taal"),
    "is_open": _l("open bijeenkomsten"),
    "features": _l("toegankelijkheid"),
    "town": _l("plaats"),
    "province": _l("provincie"),
    "may_be_indexed": _l("te vinden in zoekmachines"),
    "status": _l("status"),
    "since": _l("vanaf week"),
    "weekday": _l("dag"),
    "start": _l("begint om"),
    "minutes": _l("minuten"),
    "place": _l("locatie"),
    "visibility": _l("wie het adres ziet"),
    "themes": _l("thema's"),
    "position": _l("nummer"),
    "until": _l("tot en met"),
}

_ENUMERATIONS: dict[str, type] = {
    "audience": Audience,
    "subject": Subject,
    "status": Status,
    "visibility": Visibility,
}


@dataclass(frozen=True)
class ChangeLine:
    """One line of the log; `differences` are (field, before, after) in words."""

    at: datetime
    who: str
    what: str
    differences: list[tuple[str, str, str]]


def change_line(change: Change, zone: ZoneInfo) -> ChangeLine:
    """Return a change in the reader's words, its instant in a zone."""
    names = [*change.after, *(name for name in change.before if name not in change.after)]
    return ChangeLine(
        at=change.at.astimezone(zone),
        who=change.account.name if change.account else _("Twaalf"),
        what=str(DEEDS.get(change.deed, change.deed)),
        differences=[
            (
                str(FIELDS[name]),
                _in_words(name, change.before.get(name)),
                _in_words(name, change.after.get(name)),
            )
            for name in names
            if name in FIELDS and change.before.get(name) != change.after.get(name)
        ],
    )


def _in_words(name: str, value: Any) -> str:
    language = current()
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if name == "features":
        return ", ".join(wording.word(Feature(one), language) for one in value) or "–"
    if name in _ENUMERATIONS:
        return wording.word(_ENUMERATIONS[name](value), language)
    if name == "language":
        return wording.language_name(value, language)
    if name == "weekday":
        return wording.weekday_name(value, language)
    if name == "since":
        return _since(value)
    if name == "themes":
        return {"rotation": _("de twaalf stappen"), "month": _("per week van de maand")}.get(
            value, str(value)
        )
    return str(value)


def _since(text: str) -> str:
    try:
        monday = Week.parse(text).monday
    except NoSuchWeek:
        return text
    return wording.day_in_words(monday, current(), year=True)
