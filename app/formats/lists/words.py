"""What a list does to each group, in words for whoever looks before it is taken over."""

from typing import Any

from app.domain.exchange.pulled import Fault
from app.domain.imported import BrokenList, Finding, Line, Outcome, Problem
from app.domain.work import Likeness
from app.formats.wording import N_, gettext_in, language_name, weekday_name

_OUTCOMES = {
    Outcome.NEW: N_("nieuw"),
    Outcome.CHANGED: N_("verandert"),
    Outcome.SAME: N_("blijft gelijk"),
    Outcome.KEPT: N_("blijft zoals het hier is geschreven"),
    Outcome.STOPPED: N_("blijft gestopt"),
    Outcome.MISSING: N_("staat niet meer in de lijst"),
}
_KINDS = {
    "refused": N_("snappen we niet"),
    "left_out": N_("blijft weg"),
    "remark": N_("let op"),
    "held": N_("tekst achtergehouden"),
    "alike": N_("misschien al bekend"),
    "asides": N_("mededeling in de tekst"),
}
_FIELDS = {
    "name": N_("naam"), "description": N_("omschrijving"), "audience": N_("voor wie"),
    "language": N_("taal"), "is_open": N_("wie mag komen"), "features": N_("toegankelijkheid"),
    "zone": N_("tijdzone"), "town": N_("plaats"), "province": N_("provincie"),
    "status": N_("status"), "confirmed_on": N_("bevestigd op"), "weekday": N_("dag"),
    "start": N_("begint om"), "minutes": N_("minuten"), "place": N_("locatie"),
    "codes": N_("codes"), "language_said": N_("of de taal bekend is"),
    "zone_said": N_("of de tijdzone bekend is"), "day": N_("dag"), "time": N_("begint om"),
    "end_time": N_("eindigt om"), "duration": N_("hoe lang"), "address": N_("straat en nummer"),
    "house_number": N_("huisnummer"), "formatted_address": N_("heel adres"),
    "postal_code": N_("postcode"), "city": N_("plaats"), "state": N_("provincie"),
    "region": N_("regio"), "country": N_("land"), "location": N_("gebouw of zaal"),
    "location_notes": N_("zo kom je binnen"), "notes": N_("omschrijving"), "types": N_("soort"),
    "open": N_("open of gesloten"), "timezone": N_("tijdzone"), "slug": N_("kenmerk"),
    "conference_url": N_("link om mee te doen"), "conference_phone": N_("nummer om in te bellen"),
    "conference_url_notes": N_("wachtwoord of uitleg"), "latitude": N_("breedtegraad"),
    "longitude": N_("lengtegraad"), "updated": N_("bijgewerkt op"), "url": N_("webadres"),
    "website": N_("eigen site"), "email": N_("mailadres"), "phone": N_("telefoon"),
    "list_facts": N_("wat de lijst verder zegt"), "contact": N_("contactpersoon"), "group": N_("hoort bij groep"),
}  # fmt: skip
_FINDINGS = {
    Problem.NOT_A_ROW: N_("Dit is geen rij met velden."),
    Problem.MISSING: N_("Er mist iets: %(field)s. Vul het in de lijst in."),
    Problem.NOT_A_DAY: N_("“%(value)s” is geen dag. Schrijf bijvoorbeeld maandag, of 1."),
    Problem.NOT_SURE_WHICH_DAY: N_("Deze lijst telt dagen tot 7. Of 1 dan zondag of maandag is, weten we niet: schrijf in plaats van “%(value)s” de dag als woord."),
    Problem.NOT_A_TIME: N_("“%(value)s” is geen tijd. Schrijf bijvoorbeeld 19:30."),
    Problem.NOT_A_ZONE: N_("“%(value)s” is geen tijdzone. Schrijf bijvoorbeeld Europe/Amsterdam."),
    Problem.TOO_LONG: N_("%(field)s is langer dan %(value)s tekens."),
    Problem.BY_APPOINTMENT: N_("Er staat geen vaste dag en tijd bij: dit is op afspraak."),
    Problem.NOT_WEEKLY: N_("“%(value)s” is niet elke week. Hier staan groepen die elke week bij elkaar komen."),
    Problem.SAME_AS_ROW: N_("Dit is woord voor woord rij %(value)s."),
    Problem.NOT_READ: N_("Niet gelezen, want we weten niet wat ze betekenen: %(value)s."),
    Problem.UNPUBLISHED: N_("Deze is daar niet openbaar."),
    Problem.ENDED: N_("Deze is gestopt op %(value)s."),
    Problem.CUT: N_("%(field)s is te lang en is afgekort tot %(value)s tekens."),
    Problem.ODD_END: N_("De eindtijd klopt niet: het zou %(value)s minuten duren. Het einde blijft onbekend."),
    Problem.NOT_A_LINK: N_("“%(value)s” is geen webadres en blijft weg."),
    Problem.NOT_A_POSITION: N_("“%(value)s” is geen plek op de kaart en blijft weg."),
    Problem.NOT_THERE: N_("De plek op de kaart ligt niet in het land %(value)s en blijft weg."),
    Problem.SLUG_TWICE: N_("Dit kenmerk staat ook bij rij %(value)s. Ze worden uit elkaar gehouden."),
    Problem.GARBLED: N_("In “%(value)s” staan kapotte letters. Bewaar de lijst als UTF-8."),
    Problem.BULK_STAMP: N_("Bijna alle rijen zijn bijgewerkt op %(value)s. Dat schreef een programma; het telt niet als bevestigd."),
}  # fmt: skip
SAID = frozenset(_FINDINGS)
"""What a page tells of a row; private texts it tells by themselves."""
_BROKEN = {
    Problem.NOTHING: N_("Er staat niets in."),
    Problem.NOT_TEXT: N_("Dit is geen tekst die we kunnen lezen. Bewaar de lijst als UTF-8."),
    Problem.NOT_JSON: N_("Dit is geen goede JSON: %(detail)s."),
    Problem.NOT_A_TABLE: N_("Dit is geen goede tabel: %(detail)s."),
    Problem.NOT_A_WORKBOOK: N_("Dit werkblad gaat niet open. Bewaar het opnieuw als XLSX of CSV."),
    Problem.NOT_A_CALENDAR: N_("Dit is geen goede agenda: %(detail)s."),
    Problem.TOO_DEEP: N_("Dit zit meer dan %(detail)s lagen diep in elkaar."),
    Problem.TOO_MANY: N_("Er staan meer dan %(detail)s rijen in."),
    Problem.TOO_BIG: N_("Dit is groter dan %(detail)s MB."),
    Problem.NOT_KNOWN: N_("Dit is geen lijst die we kennen. We lezen Meeting Guide JSON (WordPress met TSML: Meetings > Import & Export, of /wp-admin/admin-ajax.php?action=meetings), BMLT (client_interface/json/?switcher=GetSearchResults), de NAWS-export, een CSV of XLSX met een kop (Google Sheets: Bestand > Downloaden) en een agenda (.ics). Een tabel heeft een kolom nodig voor naam, dag en tijd."),
}  # fmt: skip


_FAULTS = {
    Fault.NOT_HTTPS: N_("Het adres begint niet met https://, of verwijst naar een adres dat dat niet doet."),
    Fault.PRIVATE: N_("Het adres ligt niet op het openbare internet."),
    Fault.UNREACHABLE: N_("Het adres is niet te bereiken, of bewijst niet dat het echt is."),
    Fault.TOO_SLOW: N_("Het duurde te lang."),
    Fault.TOO_BIG: N_("De lijst is groter dan %(detail)s MB."),
    Fault.TOO_MANY_REDIRECTS: N_("Het adres verwijst steeds weer door."),
    Fault.REFUSED: N_("Het adres antwoordt met fout %(detail)s."),
    Fault.NO_LIST: N_("Er kwam iets anders dan een lijst die we kunnen lezen."),
    Fault.FEWER: N_("De lijst heeft nog maar %(detail)s rijen. Daarom is er niets overgenomen. Klopt dat? Stuur de lijst dan als bestand."),
    Fault.CLOSED: N_("De organisatie is gestopt."),
}  # fmt: skip


_LIKENESSES = {
    Likeness.PLACE: N_("zelfde dag en tijd, en vlakbij"),
    Likeness.NAME: N_("zelfde dag en tijd, in dezelfde plaats, met bijna dezelfde naam"),
    Likeness.BOTH: N_("zelfde dag en tijd, vlakbij, met bijna dezelfde naam"),
}


def fault_words(fault: str, detail: str, language: str) -> str:
    """Return why a list was not read last time, nothing when it was."""
    return gettext_in(language)(_FAULTS[Fault(fault)], detail=detail) if fault else ""


def outcome_word(outcome: str, language: str) -> str:
    return gettext_in(language)(_OUTCOMES[Outcome(outcome)])


def kind_word(kind: str, language: str) -> str:
    """Return what becomes of a row, or what is the matter with it."""
    known = _KINDS.get(kind)
    return gettext_in(language)(known) if known else outcome_word(kind, language)


def likeness_word(likeness: str, language: str) -> str:
    """Return why a row may be a group that is here already."""
    return gettext_in(language)(_LIKENESSES[Likeness(likeness)])


def value_word(name: str, value: str, language: str) -> str:
    """Return an old or new value as a reader knows it."""
    _ = gettext_in(language)
    if not value:
        return _("niet bekend")
    if name == "weekday" and value.isdecimal():
        return weekday_name(int(value), language)
    if name == "language":
        return language_name(value, language)
    if value in ("yes", "no"):
        return _("ja") if value == "yes" else _("nee")
    return value


def field_word(name: str, language: str) -> str:
    known = _FIELDS.get(name)
    return gettext_in(language)(known) if known else name


def finding_words(problem: str, field: str, value: str, language: str) -> str:
    """Return a sentence on what is the matter with a row."""
    _ = gettext_in(language)
    known = _FINDINGS.get(Problem(problem))
    return _(known, field=field_word(field, language), value=value) if known else value


def broken_words(broken: BrokenList, language: str) -> str:
    """Return why a list cannot be read at all, with line and column where there is one."""
    _ = gettext_in(language)
    said = _(_BROKEN[broken.problem], detail=broken.detail)
    if not broken.line:
        return said
    return _("Regel %(line)s, teken %(column)s: %(what)s", line=broken.line, column=broken.column, what=said)  # fmt: skip


def line_kept(line: Line) -> dict[str, Any]:
    """Return what a row would do as a draft keeps it."""
    return {
        "row": line.row,
        "name": line.name,
        "slug": line.slug,
        "outcome": str(line.outcome),
        "differences": [
            [one.field, one.old[:300], one.new[:300]]
            for one in line.differences
            if one not in line.kept
        ],
        "kept": [[one.field, one.old[:300], one.new[:300]] for one in line.kept],
        "says": [[one.field, one.new[:300]] for one in line.says],
        "held": list(line.held),
        "alike": [[one.slug, one.name, str(one.likeness)] for one in line.alike],
        "asides": [
            {
                "field": one.field,
                "words": one.words,
                "about": str(one.about),
                "understood": one.understood(),
                "weekday": line.weekday,
            }
            for one in line.asides
        ],
    }


def finding_kept(finding: Finding, outcome: str) -> dict[str, Any]:
    """Return a row that is refused, left out, or only remarked on, as a draft keeps it."""
    return {
        "row": finding.row, "name": finding.name, "outcome": outcome, "field": finding.field,
        "problem": str(finding.problem), "value": finding.value,
    }  # fmt: skip
