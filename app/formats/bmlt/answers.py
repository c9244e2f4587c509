"""What BMLT's semantic interface answers to each of its questions, as values for JSON."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.listing import FellowshipCard
from app.formats.bmlt.asked import Asked, Row, projected, select
from app.formats.bmlt.kinds import MeetingKind, always
from app.formats.bmlt.kinds import row as kind_row
from app.formats.bmlt.rows import FIELDS, LANGUAGE
from app.formats.plain_text import one_line

VERSION, VERSION_NUMBER = "3.0.0", "3000000"
"""Of the interface that is spoken here: what its readers ask before they use a newer parameter."""
LANGUAGES = ("nl", "en", "de", "fr", "es")
"""That the names of kinds are known in."""
TOP = "0"
"""The parent of who has none."""


@dataclass(frozen=True)
class Body:
    """A fellowship, which is a service body there."""

    id: int
    card: FellowshipCard
    phone: str = ""


@dataclass(frozen=True)
class All:
    """All that is answered from: every row, the kinds that occur, the bodies, and our address."""

    rows: list[Row]
    kinds: list[MeetingKind]
    bodies: list[Body]
    root: str


def meetings(known: All, asked: Asked) -> Any:
    """Answer GetSearchResults."""
    found = select(known.rows, asked)
    if asked.has("get_formats_only"):
        return {"formats": _kinds_in(found, known, asked)}
    shown = projected(found, asked)
    if asked.has("get_used_formats"):
        return {"meetings": shown, "formats": _kinds_in(found, known, asked)}
    return shown


def kinds(known: All, asked: Asked) -> Any:
    """Answer GetFormats: those that occur, or with `show_all` those that are known."""
    used = {kind.key: kind for kind in known.kinds}
    every = {kind.key: kind for kind in always()}
    if asked.has("show_all") or asked.texts("key_strings"):
        used = every | used
    ids, keys = asked.texts("format_ids"), asked.texts("key_strings")
    found = [
        kind
        for kind in used.values()
        if (not ids or str(kind.id) in ids) and (not keys or kind.key in keys)
    ]
    return _kind_rows(found, known, asked)


def bodies(known: All, asked: Asked) -> Any:
    """Answer GetServiceBodies: each fellowship one, none below another."""
    wanted = asked.texts("services")
    without = {value[1:] for value in wanted if value.startswith("-")}
    named = {value for value in wanted if not value.startswith("-")}
    return [
        {
            "id": str(body.id),
            "parent_id": TOP,
            "name": one_line(body.card.name),
            "description": one_line(body.card.identity),
            "type": "AS",
            "url": body.card.website,
            "helpline": body.phone,
            "world_id": "",
        }
        for body in known.bodies
        if (not named or str(body.id) in named) and str(body.id) not in without
    ]


def server(known: All) -> Any:
    """Answer GetServerInfo."""
    middle = _middle(known.rows)
    return [
        {
            "version": VERSION,
            "versionInt": VERSION_NUMBER,
            "langs": ",".join(LANGUAGES),
            "nativeLang": LANGUAGE,
            "centerLongitude": middle[1],
            "centerLatitude": middle[0],
            "centerZoom": "7",
            "defaultDuration": "01:00:00",
            "regionBias": "nl",
            "charSet": "UTF-8",
            "distanceUnits": "km",
            "semanticAdmin": "0",
            "emailEnabled": "0",
            "emailIncludesServiceBodies": "0",
            "changesPerMeeting": "1",
            "meeting_states_and_provinces": "",
            "meeting_counties_and_sub_provinces": "",
            "available_keys": ",".join(FIELDS),
            "google_api_key": "",
            "meeting_time_zones_enabled": "1",
            "default_closed_status": "",
            "aggregator_mode_enabled": "0",
        }
    ]


def field_keys() -> Any:
    """Answer GetFieldKeys."""
    return [{"key": key, "description": name} for key, name in FIELDS.items()]


def field_values(known: All, asked: Asked) -> Any:
    """Answer GetFieldValues: each value of a key, with the meetings that have it."""
    key = asked.text("meeting_key")
    if key not in FIELDS:
        return []
    found: dict[str, list[str]] = {}
    for one in known.rows:
        found.setdefault(one[key], []).append(one["id_bigint"])
    return [{key: value, "ids": ",".join(ids)} for value, ids in sorted(found.items())]


def coverage(known: All) -> Any:
    """Answer GetCoverageArea: the corners of all that has a place on the map."""
    spots = [
        (float(one["latitude"]), float(one["longitude"])) for one in known.rows if one["latitude"]
    ]
    if not spots:
        return []
    latitudes, longitudes = zip(*spots, strict=True)
    return [
        {
            "nw_corner_longitude": str(min(longitudes)),
            "nw_corner_latitude": str(max(latitudes)),
            "se_corner_longitude": str(max(longitudes)),
            "se_corner_latitude": str(min(latitudes)),
        }
    ]


QUESTIONS: dict[str, Callable[[All, Asked], Any]] = {
    "GetSearchResults": meetings,
    "GetFormats": kinds,
    "GetServiceBodies": bodies,
    "GetServerInfo": lambda known, _asked: server(known),
    "GetFieldKeys": lambda _known, _asked: field_keys(),
    "GetFieldValues": field_values,
    "GetCoverageArea": lambda known, _asked: coverage(known),
}
"""By what `switcher` says."""


def answer(known: All, asked: Asked) -> bytes | None:
    """Return JSON, UTF-8; None of a question that is not known."""
    question = QUESTIONS.get(asked.text("switcher"))
    return None if question is None else msgspec.json.encode(question(known, asked))


def _kinds_in(rows: Iterable[Row], known: All, asked: Asked) -> list[dict[str, str]]:
    used = {id for one in rows for id in one["format_shared_id_list"].split(",")}
    return _kind_rows([kind for kind in known.kinds if str(kind.id) in used], known, asked)


def _kind_rows(kinds: list[MeetingKind], known: All, asked: Asked) -> list[dict[str, str]]:
    languages = [one for one in asked.texts("lang_enum") if one in LANGUAGES] or [LANGUAGE]
    return [kind_row(kind, language, known.root) for language in languages for kind in kinds]


def _middle(rows: list[Row]) -> tuple[str, str]:
    spots = [(float(one["latitude"]), float(one["longitude"])) for one in rows if one["latitude"]]
    if not spots:
        return "52.2", "5.4"
    north, east = (sorted(values) for values in zip(*spots, strict=True))
    return f"{north[len(north) // 2]:.4f}", f"{east[len(east) // 2]:.4f}"
