"""Rows of BMLT's NAWS CSV: 52 columns, of which a meeting needs a dozen."""

import re
from collections.abc import Iterable

from app.formats.lists.keys import Row
from app.formats.lists.na_formats import codes_of_world

_MUST = {"committeename", "arearegion", "day", "time"}


def is_naws(header: Iterable[str]) -> bool:
    return {one.strip().lower() for one in header} >= _MUST


def rows(lines: Iterable[dict[str, str]]) -> list[Row]:
    """Return the rows; one that was deleted there is none."""
    named = ({key.strip().lower(): value.strip() for key, value in one.items()} for one in lines)
    return [_row(one) for one in named if one.get("delete", "").upper() != "D"]


def _row(one: dict[str, str]) -> Row:
    said = one.get
    formats = [said(f"format{number}", "") for number in range(1, 6)]
    codes = codes_of_world([said("closed", ""), *formats])
    if said("wheelchr", "").upper() == "TRUE":
        codes.append("X")
    url, phone = said("virtualmeetinglink", ""), said("phonemeetingnumber", "")
    directions = [said("room", ""), said("directions", "")]
    return {
        "slug": said("bmlt_id") or said("committee"),
        "name": said("committeename"),
        "day": said("day"),
        "time": _clock(said("time", "")),
        "timezone": said("timezone"),
        "types": codes,
        "language": _spoken(said("language1", "")),
        "location": said("place"),
        "address": said("address"),
        "city": said("city"),
        "state": said("state"),
        "postal_code": said("zip"),
        "country": said("country"),
        "region": said("parentname"),
        "latitude": said("latitude"),
        "longitude": said("longitude"),
        "location_notes": ". ".join(part for part in directions if part),
        "conference_url": url,
        "conference_phone": phone,
        "conference_url_notes" if url else "conference_phone_notes": said("virtualmeetinginfo"),
        "attendance_option": _way("VM" in formats, "HYBR" in formats, "TC" in formats),
        "unpublished": said("unpublished"),
    }


def _clock(said: str) -> str:
    """Return `07:30` for `0730`, or for the `730` that a spreadsheet made of it."""
    digits = said.zfill(4) if said.isdecimal() else ""
    return f"{digits[:2]}:{digits[2:]}" if re.fullmatch(r"\d{4}", digits) else said


def _spoken(said: str) -> str:
    return said if len(said) > 1 else ""


def _way(virtual: bool, hybrid: bool, shut: bool) -> str:
    if virtual or hybrid:
        return "online" if virtual else "hybrid"
    return "inactive" if shut else ""
