"""The filters of the groups' list: read from an address, said in one, and in words."""

from enum import StrEnum
from typing import Any, TypeVar

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.blueprints.parts.search_form import Chip
from app.blueprints.web.languages import current
from app.blueprints.web.request_checks import whole_number
from app.domain.confirmation import Freshness
from app.domain.geography.netherlands import PROVINCES
from app.domain.meeting import Status
from app.domain.place import Kind
from app.domain.search import PartOfDay
from app.formats.wording import language_name, weekday_name, word
from app.records.group_lists.lines import SORTS
from app.records.group_lists.sight import Sight
from app.records.group_lists.wanted import NO_KIND, Wanted
from app.records.regions import NOWHERE, region_of_fellowship

LONGEST_TEXT = 80
YES_OR_NO = {"yes": True, "no": False}
Choice = TypeVar("Choice", bound=StrEnum)


def read_wanted(given: MultiDict[str, str]) -> Wanted:
    """Read the filters of an address; what is not understood asks nothing."""
    province, town = given.get("province"), given.get("town")
    weekday = given.get("weekday", type=whole_number)
    kind, language = given.get("where", ""), given.get("language", "")
    sort = given.get("sort", "")
    return Wanted(
        q=" ".join(given.get("q", "")[:LONGEST_TEXT].replace("\0", "").split()),
        status=_choice(given, "status", Status),
        province=province if province in ("", *PROVINCES) and "province" in given else None,
        region=_number(given.get("region", "")),
        town=town[:LONGEST_TEXT] if town else None,
        weekday=weekday if weekday in range(1, 8) else None,
        part=_choice(given, "part", PartOfDay),
        freshness=_choice(given, "freshness", Freshness),
        full=given.get("full") == "yes",
        listed=YES_OR_NO.get(given.get("listed", "")),
        kind=kind if kind in (NO_KIND, *Kind) else "",
        coordinated=YES_OR_NO.get(given.get("coordinated", "")),
        imported=YES_OR_NO.get(given.get("imported", "")),
        language=language[:8] if language.replace("-", "").isalpha() else "",
        sort=sort.removeprefix("-") if sort.removeprefix("-") in SORTS else "name",
        descending=sort.startswith("-"),
    )


def query_of(wanted: Wanted) -> dict[str, str]:
    """Return the filters as an address says them."""
    sort = ("-" if wanted.descending else "") + wanted.sort
    said: dict[str, str | None] = {
        "q": wanted.q or None,
        "status": wanted.status,
        "province": wanted.province,
        "region": None if wanted.region is None else str(wanted.region),
        "town": wanted.town,
        "weekday": str(wanted.weekday) if wanted.weekday else None,
        "part": wanted.part,
        "freshness": wanted.freshness,
        "full": "yes" if wanted.full else None,
        "listed": _yes_or_no(wanted.listed),
        "where": wanted.kind or None,
        "coordinated": _yes_or_no(wanted.coordinated),
        "imported": _yes_or_no(wanted.imported),
        "language": wanted.language or None,
        "sort": sort if sort != "name" else None,
    }
    return {name: str(value) for name, value in said.items() if value is not None}


def chosen(sight: Sight, wanted: Wanted) -> list[Chip]:
    """Return each filter in words, with the address of the list without it."""
    asked: dict[str, Any] = dict(query_of(wanted))
    return [
        Chip(text, url_for("group_lists.index", slug=sight.fellowship.slug, **asked | {name: None}))
        for name, text in (_in_words(wanted) | {"region": _region(sight, wanted)}).items()
        if text
    ]


def _region(sight: Sight, wanted: Wanted) -> str | None:
    if wanted.region is None:
        return None
    if wanted.region == NOWHERE:
        return _("in geen regio")
    region = region_of_fellowship(sight.fellowship.id, wanted.region)
    return region.name if region and sight.sees(region.id) else None


def kind_words() -> list[tuple[str, str]]:
    return [
        *((str(one), word(one, current())) for one in Kind),
        (NO_KIND, _("locatie niet bekend")),
    ]


def _in_words(wanted: Wanted) -> dict[str, str | None]:
    language = current()
    return {
        "q": f"“{wanted.q}”" if wanted.q else None,
        "status": word(wanted.status, language) if wanted.status else None,
        "province": _("provincie niet bekend") if wanted.province == "" else wanted.province,
        "town": wanted.town,
        "weekday": weekday_name(wanted.weekday, language) if wanted.weekday else None,
        "part": word(wanted.part, language) if wanted.part else None,
        "freshness": word(wanted.freshness, language) if wanted.freshness else None,
        "full": _("vol, en er wachten mensen") if wanted.full else None,
        "listed": _either(wanted.listed, _("vermeld"), _("niet vermeld")),
        "where": dict(kind_words()).get(wanted.kind),
        "coordinated": _either(
            wanted.coordinated, _("met een coördinator"), _("zonder coördinator")
        ),
        "imported": _either(wanted.imported, _("uit een lijst"), _("hier begonnen")),
        "language": _("in het %(language)s", language=language_name(wanted.language, language))
        if wanted.language
        else None,
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _either(value: bool | None, yes: str, no: str) -> str | None:
    return None if value is None else yes if value else no


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _choice(given: MultiDict[str, str], name: str, among: type[Choice]) -> Choice | None:
    return {str(one): one for one in among}.get(given.get(name, ""))
