"""The change log in words: what was done, by whom, and what it was before."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.blueprints.languages import current
from app.domain.holiday import HolidayName
from app.domain.listing import Audience, Feature, Subject
from app.domain.meeting import Status
from app.domain.place import Visibility
from app.domain.refusal import NoSuchWeek
from app.domain.seating import Seating
from app.domain.week import Week
from app.formats import wording
from app.records.changes import Change
from app.records.history import ABOUT_PLACES

DEEDS = {
    "edit_listing": lazy_gettext("Vermelding veranderd"),
    "set_status": lazy_gettext("Status veranderd"),
    "found_sister": lazy_gettext("Zustergroep gemaakt"),
    "confirm_listing": lazy_gettext("Bevestigd dat alles nog klopt"),
    "confirm_by_link": lazy_gettext("Met de link uit de mail bevestigd dat alles nog klopt"),
    "ask_whether_right": lazy_gettext("Gevraagd of alles nog klopt"),
    "count_heads": lazy_gettext("Opgeschreven hoeveel er waren"),
    "count_by_link": lazy_gettext("Met de link uit de mail opgeschreven hoeveel er waren"),
    "ask_how_many": lazy_gettext("Gevraagd hoeveel er waren"),
    "set_counting": lazy_gettext("Aantallen bijhouden veranderd"),
    "found_group": lazy_gettext("Groep opgericht"),
    "found_fellowship": lazy_gettext("Organisatie toegevoegd"),
    "edit_fellowship": lazy_gettext("Instellingen van de organisatie veranderd"),
    "change_week": lazy_gettext("Eén week veranderd"),
    "as_usual": lazy_gettext("Eén week weer zoals altijd"),
    "undo": lazy_gettext("Ongedaan gemaakt"),
    "ask_the_line": lazy_gettext("Wachtlijst gevraagd voor een tweede groep"),
    "move_to_second_group": lazy_gettext("Iemand van de wachtlijst ging naar de tweede groep"),
    "stay_in_line": lazy_gettext("Iemand blijft op de wachtlijst"),
    "set_sponsor_marks": lazy_gettext("Iemand gaf aan of die een sponsor zoekt of wil zijn"),
    "set_slot": lazy_gettext("Vaste tijd veranderd"),
    "withdraw_slot": lazy_gettext("Nieuwe vaste tijd ingetrokken"),
    "add_place": lazy_gettext("Locatie toegevoegd"),
    "edit_place": lazy_gettext("Locatie veranderd"),
    "write_contact": lazy_gettext("Contactpersoon opgeschreven"),
    "remove_contact": lazy_gettext("Contactpersoon weggehaald"),
    "put_contact_first": lazy_gettext("Volgorde van contactpersonen veranderd"),
    "agree_to_contact": lazy_gettext("Contactpersoon zei ja"),
    "withdraw_contact": lazy_gettext("Contactpersoon wil niet meer"),
    "send_message": lazy_gettext("Bericht doorgestuurd naar de contactpersoon"),
    "end_service": lazy_gettext("Laatste dag als coördinator opgeschreven"),
    "leave_group": lazy_gettext("Gestopt als coördinator"),
    "answer_holiday": lazy_gettext("Gezegd of jullie op een feestdag bij elkaar komen"),
    "ask_about_holidays": lazy_gettext("Gevraagd of jullie op een feestdag bij elkaar komen"),
    "ask_who_follows": lazy_gettext("Gevraagd wie de taak overneemt"),
    "invite_again": lazy_gettext("Uitnodiging opnieuw verstuurd"),
    "propose": lazy_gettext("Iemand zei dat er iets niet klopt"),
    "accept_proposal": lazy_gettext("Gedaan wat iemand van buiten voorstelde"),
    "decline_proposal": lazy_gettext("Gelaten zoals het was, wat iemand van buiten ook voorstelde"),
    "tell_officers_of_proposals": lazy_gettext(
        "De organisatie gevraagd naar een voorstel te kijken"
    ),
    "list_again": lazy_gettext("Weer in de lijst gezet"),
    "hand_on": lazy_gettext("Groep overgedragen aan iemand nieuws"),
    "end_fellowship": lazy_gettext("Organisatie gesloten, met al haar groepen"),
    "reopen_fellowship": lazy_gettext("Organisatie weer geopend"),
    "delete_fellowship": lazy_gettext("Organisatie weggehaald"),
    "end_silent_service": lazy_gettext("Laatste dag gezet van wie niet antwoordt"),
    "stay": lazy_gettext("Gezegd dat de coördinator blijft"),
    "end_officer": lazy_gettext("Iemand is geen landelijk beheerder meer"),
    "invite": lazy_gettext("Iemand uitgenodigd"),
    "undo_joining": lazy_gettext("Iemand is weer uitgeschreven als coördinator"),
    "revoke": lazy_gettext("Uitnodiging ingetrokken"),
    "accept": lazy_gettext("Uitnodiging aangenomen"),
    "close_group": lazy_gettext("Groep een tijd dicht"),
    "close_place": lazy_gettext("Locatie een tijd dicht"),
    "close_fellowship": lazy_gettext("Alle groepen van de organisatie een tijd dicht"),
    "change_closure": lazy_gettext("Dagen dicht veranderd"),
    "withdraw_closure": lazy_gettext("Toch niet dicht"),
    "meet_all_the_same": lazy_gettext("We komen toch bij elkaar"),
    "follow_closure": lazy_gettext("We blijven toch dicht"),
    "import_meetings": lazy_gettext("Overgenomen uit een bestand"),
    "ask_for_seat": lazy_gettext("Iemand vroeg een plek"),
    "confirm_seat": lazy_gettext("Iemand bevestigde een plek"),
    "leave_seat": lazy_gettext("Iemand gaf een plek op"),
    "set_letters": lazy_gettext("Iemand zette mail aan of uit"),
    "choose_alias": lazy_gettext("Iemand koos een andere naam"),
    "replace_personal_feed": lazy_gettext("Iemand nam een ander adres voor de agenda"),
    "claim_seat": lazy_gettext("Iemand nam een vrijgehouden stoel"),
    "send_link_again": lazy_gettext("Gevraagd om een link opnieuw te sturen"),
    "settle_seats": lazy_gettext("Plekken die niemand bevestigde, gingen verder"),
    "greet": lazy_gettext("Iemand verwelkomd"),
    "release_seat": lazy_gettext("Een plek vrijgegeven"),
    "take_chair": lazy_gettext("Een stoel bezet zonder naam"),
    "set_chairs_taken": lazy_gettext("Aantal bezette stoelen veranderd"),
    "offer_chairs": lazy_gettext("Aantal stoelen veranderd"),
    "set_seating": lazy_gettext("Manier van plekken geven veranderd"),
    "merge_double": lazy_gettext("Twee keer dezelfde persoon samengevoegd"),
    "offer_claim": lazy_gettext("Link gemaakt voor wie zelf een stoel neemt"),
    "say_absent": lazy_gettext("Iemand zei een week af, of toch niet"),
    "take_task": lazy_gettext("Iemand nam een taak voor een avond"),
    "drop_task": lazy_gettext("Iemand gaf een taak voor een avond terug"),
    "fill_task": lazy_gettext("Taak voor een avond verdeeld"),
    "open_task": lazy_gettext("Taak voor een avond weer open"),
    "set_guests": lazy_gettext("Aantal gasten veranderd"),
    "ask_for_group": lazy_gettext("Iemand vroeg om een nieuwe groep"),
    "confirm_request": lazy_gettext("Aanvraag voor een nieuwe groep binnengekomen"),
    "answer_question": lazy_gettext("Aanvraag: de aanvrager gaf antwoord"),
    "renew_invitation": lazy_gettext("Aanvraag: nieuwe uitnodiging gevraagd"),
    "withdraw_request": lazy_gettext("Aanvraag ingetrokken of gewist"),
    "found_as_asked": lazy_gettext("Aanvraag: ja gezegd, groep opgericht"),
    "ask_back": lazy_gettext("Aanvraag: iets teruggevraagd"),
    "answer_not_yet": lazy_gettext("Aanvraag: gezegd waarom nog niet"),
    "put_aside": lazy_gettext("Werklijst: punten afgevinkt of weggelegd"),
    "put_back": lazy_gettext("Werklijst: punten teruggezet"),
    "write_coordinators": lazy_gettext("Werklijst: coördinatoren geschreven"),
    "list_group": lazy_gettext("Door de organisatie in de lijst gezet, of eruit gehaald"),
}

FIELDS = {
    "name": lazy_gettext("naam"),
    "description": lazy_gettext("omschrijving"),
    "audience": lazy_gettext("voor wie"),
    "subject": lazy_gettext("waarover"),
    "language": lazy_gettext("taal"),
    "is_open": lazy_gettext("open bijeenkomsten"),
    "features": lazy_gettext("toegankelijkheid"),
    "town": lazy_gettext("plaats"),
    "province": lazy_gettext("provincie"),
    "may_be_indexed": lazy_gettext("te vinden in zoekmachines"),
    "status": lazy_gettext("status"),
    "since": lazy_gettext("vanaf week"),
    "weekday": lazy_gettext("dag"),
    "start": lazy_gettext("begint om"),
    "minutes": lazy_gettext("minuten"),
    "place": lazy_gettext("locatie"),
    "visibility": lazy_gettext("wie het adres ziet"),
    "themes": lazy_gettext("thema’s"),
    "confirmed_on": lazy_gettext("bevestigd op"),
    "counts_heads": lazy_gettext("na elke avond vragen hoeveel er waren"),
    "shares_head_counts": lazy_gettext("de organisatie mag de aantallen zien"),
    "position": lazy_gettext("nummer"),
    "cancelled": lazy_gettext("gaat niet door"),
    "theme_step": lazy_gettext("stap"),
    "theme_title": lazy_gettext("thema"),
    "note": lazy_gettext("opmerking"),
    "all_the_same": lazy_gettext("komt toch bij elkaar"),
    "until": lazy_gettext("tot en met"),
    "what": lazy_gettext("wat er dicht is"),
    "first": lazy_gettext("eerste dag"),
    "last": lazy_gettext("laatste dag"),
    "reason": lazy_gettext("reden"),
    "holiday": lazy_gettext("feestdag of vakantie"),
    "meets": lazy_gettext("komt bij elkaar"),
    "taken": lazy_gettext("bezette stoelen"),
    "chairs": lazy_gettext("stoelen"),
    "guests": lazy_gettext("gasten"),
    "seating": lazy_gettext("plekken geven"),
    "place_name": lazy_gettext("gebouw of zaal"),
    "street": lazy_gettext("straat en nummer"),
    "postcode": lazy_gettext("postcode"),
    "listed": lazy_gettext("staat in de lijst"),
    "identity": lazy_gettext("wie jullie zijn"),
    "newcomers": lazy_gettext("voor wie voor het eerst komt"),
    "professionals": lazy_gettext("voor hulpverleners"),
    "website": lazy_gettext("eigen site"),
    "phone": lazy_gettext("telefoon"),
    "email": lazy_gettext("mailadres van het kantoor"),
    "controller": lazy_gettext("verantwoordelijk voor de gegevens"),
    "colour": lazy_gettext("kleur"),
    "zone": lazy_gettext("tijdzone"),
    "coordinator_word": lazy_gettext("woord voor coördinator"),
    "sponsor_word": lazy_gettext("woord voor sponsor"),
    "confirm_after": lazy_gettext("na zoveel weken vragen of alles klopt"),
    "new_groups_need_yes": lazy_gettext("nieuwe groepen wachten op een ja"),
    "titles": lazy_gettext("eigen woorden bij de stappen"),
}

_ENUMERATIONS: dict[str, type] = {
    "audience": Audience,
    "subject": Subject,
    "status": Status,
    "visibility": Visibility,
    "seating": Seating,
}


@dataclass(frozen=True)
class ChangeLine:
    """One line of the log; `differences` are (field, before, after) in words."""

    at: datetime
    who: str
    what: str
    differences: list[tuple[str, str, str]]


def change_line(change: Change, zone: ZoneInfo, *, for_office: bool = False) -> ChangeLine:
    """Return a change in the reader's words, its instant in a zone; for an officer without places."""
    names = [*change.after, *(name for name in change.before if name not in change.after)]
    if for_office:
        names = [name for name in names if name not in ABOUT_PLACES]
    return ChangeLine(
        at=change.at.astimezone(zone),
        who=change.account.name if change.account else _("Twaalf"),
        what=deed_in_words(change),
        differences=[
            (
                str(FIELDS[name]),
                value_in_words(name, change.before.get(name)),
                value_in_words(name, change.after.get(name)),
            )
            for name in names
            if name in FIELDS and change.before.get(name) != change.after.get(name)
        ],
    )


def deed_in_words(change: Change) -> str:
    """Return what was done, with the week that it was done to."""
    what = str(DEEDS.get(change.deed, change.deed))
    week = change.after.get("week")
    return _("%(what)s: week van %(day)s", what=what, day=_since(week)) if week else what


def value_in_words(name: str, value: Any) -> str:
    """Return what a field of the log holds, in the reader's words; `–` for nothing."""
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
    if name == "titles":
        return _titles(value)
    if name == "weekday":
        return wording.weekday_name(value, language)
    if name in ("first", "last", "confirmed_on"):
        return wording.day_in_words(date.fromisoformat(value), language, year=True)
    if name == "holiday":
        return wording.word(HolidayName(value[len("2026-12-26-") :]), language)
    if name == "since":
        return _since(value)
    if name == "themes":
        return {"rotation": _("de twaalf stappen"), "month": _("per keer in de maand")}.get(
            value, str(value)
        )
    return str(value)


def _titles(value: Any) -> str:
    """Return the themes of an edit, or the numbers that the log keeps of them."""
    told = [
        str(one) if isinstance(one, int) else wording.theme_name(one, current()) for one in value
    ]
    return ", ".join(told) or "–"


def _since(text: str) -> str:
    try:
        monday = Week.parse(text).monday
    except NoSuchWeek:
        return text
    return wording.day_in_words(monday, current(), year=True)
