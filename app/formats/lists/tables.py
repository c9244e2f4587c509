"""Tables: CSV and XLSX, whose columns are known by their headers in Dutch, English or German."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from app.domain.imported import BrokenList, Problem
from app.formats.lists.keys import Row, by_own_keys
from app.formats.spreadsheet import as_it_was

MOST_COLUMNS = 300
_HEADERS = {
    "name": "naam|groep|groepsnaam|bijeenkomst|meeting|name|group name|meeting name|gruppe|gruppenname|bezeichnung",
    "day": "dag|weekdag|wanneer|dag en tijd|dag/tijd|dag en uur|when|day and time|day/time|wann|tag und zeit|tag/zeit|day|weekday|tag|wochentag",
    "time": "tijd|begintijd|aanvang|begin|start|starttijd|van|time|start time|starts|uhrzeit|zeit|beginn|anfang|tijdstip",
    "end_time": "eindtijd|einde|eind|tot|end|end time|ends|ende|endzeit|bis",
    "duration": "duur|duration|dauer|minuten|minutes",
    "address": "straat|straatnaam|straat en huisnummer|street|strasse|straße|strasse und hausnummer|straße und hausnummer",
    "house_number": "huisnummer|nummer|nr|number|house number|hausnummer",
    "formatted_address": "adres|waar|where|wo|volledig adres|address|full address|adresse|anschrift",
    "postal_code": "postcode|zip|zip code|postal code|plz|postleitzahl",
    "city": "plaats|woonplaats|stad|plaatsnaam|gemeente|city|town|place|ort|stadt|gemeinde",
    "state": "provincie|province|state|bundesland|kanton",
    "region": "regio|region|gebiet|bezirk",
    "country": "land|country|staat",
    "location": "locatie|gebouw|zaal|buurthuis|location|venue|building|gebäude|gebaeude|raum|lokal|veranstaltungsort",
    "location_notes": "zo kom je binnen|how to get in|route|locatie opmerkingen|toelichting locatie|location notes|directions|wegbeschreibung|hinweise zum ort",
    "notes": "opmerkingen|opmerking|toelichting|omschrijving|beschrijving|notes|note|description|comments|bemerkungen|bemerkung|beschreibung|hinweise|info",
    "types": "soort|type|types|typen|kenmerken|codes|art|format|formats",
    "open": "open|open of gesloten|open/gesloten|gesloten/open|open or closed|open/closed|closed/open|toegang|offen|offen/geschlossen",
    "language": "taal|voertaal|language|sprache",
    "timezone": "tijdzone|timezone|time zone|zeitzone",
    "conference_url": "link|online|online link|zoom|zoomlink|zoom link|videolink|conference url|join link",
    "conference_phone": "inbelnummer|dial-in|conference phone|einwahlnummer",
    "conference_url_notes": "wachtwoord|inloggegevens|zoom id|password|passwort|zugangsdaten",
    "latitude": "latitude|lat|breedtegraad|breitengrad|breite",
    "longitude": "longitude|lng|lon|lengtegraad|längengrad|laenge",
    "slug": "slug|id|code|kenmerk|sleutel|nummer van de groep|group id|kennung",
    "updated": "bijgewerkt|gewijzigd|updated|last updated|aktualisiert|geändert",
    "url": "pagina|webpagina|url|seite",
    "website": "website|site|webseite|internetseite",
    "email": "email|e-mail|mail|e-mailadres|emailadres|mailadres",
    "phone": "telefoon|telefoonnummer|tel|phone|telephone|telefon",
    "contact": "contactpersoon|contact|kontakt|ansprechpartner",
    "group": "group|thuisgroep",
}
KEYS = tuple(_HEADERS)
"""What a column can be taken for."""
_KEY_OF = {header: key for key, headers in _HEADERS.items() for header in headers.split("|")}
_IN_TIMES = ("time", "end_time")


def of_text(text: str) -> tuple[list[str], list[list[str]]]:
    """Return header and lines of CSV, whatever stands between its cells. Raises BrokenList."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    between = max(",;\t|", key=first.count)
    if not first.count(between):
        raise BrokenList(Problem.NOT_KNOWN)
    csv.field_size_limit(1024 * 1024)
    reader = csv.reader(io.StringIO(text), delimiter=between)
    try:
        return _with_header(reader)
    except csv.Error as fault:
        raise BrokenList(Problem.NOT_A_TABLE, reader.line_num, detail=str(fault)) from None


def of_workbook(data: bytes) -> tuple[list[str], list[list[str]]]:
    """Return header and lines of the first sheet that has one. Raises BrokenList."""
    from app.formats.lists import workbooks  # 20 MB, which only who brings one needs

    fault = BrokenList(Problem.NOT_KNOWN)
    for sheet in workbooks.sheets(data):
        try:
            return _with_header(workbooks.cells(sheet))
        except BrokenList as broken:
            if broken.problem is not Problem.NOT_KNOWN:
                raise
            fault = broken
    raise fault


def columns_of(header: list[str], said: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return what each column is taken for; a name of our own or another's is left as it is.

    What a person said goes first.
    """
    told = {column: key for column, key in (said or {}).items() if key in KEYS or not key}
    found: dict[str, str] = {column: told[column] for column in header if column in told}
    for column in (one for one in header if one not in told):
        words = " ".join(re.sub(r"[_\s]+", " ", column).split()).casefold().rstrip(":*. ")
        key = _KEY_OF.get(words, "")
        if words == "address" and {"city", "postal code", "zip"} & {
            one.casefold() for one in header
        }:
            key = "address"
        found[column] = key if key not in found.values() else ""
    return {column: found[column] for column in header}


def row(columns: dict[str, str], line: Row) -> Row:
    """Return a line of a table by the specification's keys; what it says of open becomes a type."""
    found: Row = {}
    for column, value in line.items():
        found.setdefault(columns.get(column) or column, value)
    for key in _IN_TIMES:
        found[key] = _clock(str(found.get(key) or ""))
    if said := str(found.pop("open", "") or "").strip():
        found["type"] = _open(said)
    if not found.get("conference_url") and "conference_url_notes" in found:
        found["conference_phone_notes"] = found["conference_url_notes"]
    return by_own_keys(found)


def _open(said: str) -> str:
    word = said.casefold()
    if word in ("ja", "yes", "j", "y", "x", "true", "1", "waar", "wahr"):
        return "O"
    if word in ("nee", "no", "n", "nein", "false", "0", "onwaar", "falsch"):
        return "C"
    return said


def _clock(said: str) -> str:
    """Return `19:30` for the part of a day that a sheet keeps a time as: 0.8125."""
    if re.fullmatch(r"0?[.,]\d+", said):
        minutes = round(float(said.replace(",", ".")) * 24 * 60)
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
    return said


def _with_header(lines: Iterable[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Return the first line whose cells are headers we know, and the lines below it with anything."""
    header: list[str] = []
    found: list[list[str]] = []
    looked = 0
    for line in lines:
        if header:
            if any(cell.strip() for cell in line):
                found.append([as_it_was(cell) for cell in line])
            continue
        looked += 1
        if _is_header(line):
            header = _told_apart(line[:MOST_COLUMNS])
        elif looked >= 20:
            break
    if not header:
        raise BrokenList(Problem.NOT_KNOWN)
    return header, found


def _is_header(line: list[str]) -> bool:
    cells = {re.sub(r"[^a-z]+", "", cell.casefold()) for cell in line}
    if {"committeename", "arearegion"} <= cells or "weekdaytinyint" in cells:
        return True
    known = set(columns_of([cell for cell in line if cell.strip()]).values()) | cells
    return "name" in known and bool({"day", "time"} & known)


def _told_apart(header: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    found = []
    for column in (cell.strip() for cell in header):
        seen[column] = seen.get(column, 0) + 1
        found.append(column if seen[column] == 1 else f"{column} ({seen[column]})")
    return found
