"""A table for people: each group with day, hour and address, under headers in their own language."""

from collections.abc import Iterable

from app.domain.imported import Entry
from app.formats.spreadsheet import Table
from app.formats.wording import N_, gettext_in, weekday_name
from app.formats.written.hours import end_of, way_of
from app.formats.written.tsml import types_of

HEADERS = (
    N_("Naam"), N_("Dag"), N_("Begin"), N_("Eind"), N_("Open"), N_("Taal"), N_("Soort"),
    N_("Gebouw"), N_("Straat"), N_("Postcode"), N_("Plaats"), N_("Provincie"), N_("Land"),
    N_("Zo kom je binnen"), N_("Link"), N_("Inbelnummer"), N_("Wachtwoord"), N_("Omschrijving"),
    N_("Bijgewerkt"), N_("Pagina"), N_("Breedtegraad"), N_("Lengtegraad"), N_("Tijdzone"),
    N_("Kenmerk"),
)  # fmt: skip
"""Each is one that app/formats/lists/tables.py knows again."""
WAY = "attendance_option"


def table(entries: Iterable[Entry], title: str, language: str) -> Table:
    """Return the list as a table with headers in a language."""
    _ = gettext_in(language)
    rows = [_row(entry, language) for entry in entries]
    return Table(title, [*(_(header) for header in HEADERS), WAY], rows)


def _row(entry: Entry, language: str) -> list[str]:
    _ = gettext_in(language)
    place = entry.place
    where = [""] * 8
    position = ("", "")
    if place:
        where = [
            place.name, place.street, place.postcode, place.country, place.directions,
            place.join_url, place.join_phone, place.join_notes,
        ]  # fmt: skip
        if place.position:
            position = (str(place.position.latitude), str(place.position.longitude))
    name, street, postcode, country, directions, url, phone, notes = where
    return [
        entry.name,
        weekday_name(entry.weekday, language),
        f"{entry.start:%H:%M}",
        end_of(entry),
        {True: _("ja"), False: _("nee"), None: ""}[entry.is_open],
        entry.language or "",
        ", ".join(types_of(entry)),
        name, street, postcode, entry.town, entry.province, country, directions, url, phone, notes,
        entry.description,
        entry.confirmed.isoformat() if entry.confirmed else "",
        entry.url,
        *position,
        entry.zone or "",
        entry.slug,
        way_of(entry),
    ]  # fmt: skip
