"""What a row of an archive must be besides its types, so that no page falls over it afterwards."""

import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.kinds.naming import is_kept_well
from app.domain.listing import Feature
from app.domain.refusal import Refusal
from app.domain.themes import STEPS
from app.records.exchange.archive_values import NotOfItsKind
from app.records.exchange.asides import AsideRecord
from app.records.exchange.list_sources import ListSource
from app.records.fellowships import Fellowship
from app.records.groups import FormerSlug, Group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord, read_themes, write_themes
from app.records.weeks import ClosureRecord, DeviationRecord

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_COLOUR = re.compile(r"(#[0-9a-fA-F]{6})?", re.ASCII)
_KEY = re.compile(r"[A-Za-z0-9_-]{16,32}", re.ASCII)
_LINK = re.compile(r"(https?://.*)?", re.IGNORECASE)


def check_row(row: Any) -> None:
    """Raise NotOfItsKind for a row that its columns hold, and pages could not show."""
    check = _CHECKS.get(type(row))
    try:
        is_right = check is None or check(row)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, Refusal) as error:
        raise NotOfItsKind from error
    if not is_right:
        raise NotOfItsKind


def _fellowship(row: Fellowship) -> bool:
    return (
        bool(_SLUG.fullmatch(row.slug))
        and bool(_COLOUR.fullmatch(row.colour or ""))
        and bool(_LINK.fullmatch(row.website or ""))
        and _spoken(row.language)
        and all(map(is_kept_well, row.kept_kinds or ()))
        and bool(ZoneInfo(row.zone))
    )


def _group(row: Group) -> bool:
    keys = (row.feed_key, row.discreet_key)
    codes = [*(row.codes or []), *(row.list_facts or [])]
    return (
        bool(_SLUG.fullmatch(row.slug))
        and all(_KEY.fullmatch(key) for key in keys if key is not None)
        and set(row.features or ()) <= set(Feature)
        and all(isinstance(one, str) for pair in codes for one in pair)
        and all(len(pair) == 2 for pair in codes)
        and isinstance(row.from_list, dict | None)
        and _spoken(row.language)
        and bool(ZoneInfo(row.zone))
    )


def _spoken(language: str | None) -> bool:
    return language is None or bool(_LANGUAGE.fullmatch(language))


def _place(row: PlaceRecord) -> bool:
    return (
        bool(_LINK.fullmatch(row.join_url or ""))
        and bool(_near(row.latitude, 90))
        and bool(_near(row.longitude, 180))
        and bool(row.value())
    )


def _near(degrees: float | None, most: int) -> bool:
    return degrees is None or abs(degrees) <= most


def _slot(row: SlotRecord) -> bool:
    themes = row.themes or {}
    is_known = write_themes(read_themes(themes)) == themes
    return is_known and (themes.get("kind") != "rotation" or themes["first"] in range(1, STEPS + 1))


def _source(row: ListSource) -> bool:
    return not row.address or row.address.startswith("https://")


def _closure(row: ClosureRecord) -> bool:
    return row.first_day <= row.last_day


_CHECKS: dict[type[Any], Callable[[Any], bool]] = {
    Fellowship: _fellowship,
    Group: _group,
    FormerSlug: lambda row: bool(_SLUG.fullmatch(row.slug)),
    PlaceRecord: _place,
    SlotRecord: _slot,
    DeviationRecord: lambda row: bool(row.value()),
    ClosureRecord: _closure,
    ListSource: _source,
    AsideRecord: lambda row: bool(row.value()),
}
