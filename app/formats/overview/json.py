"""The figures of an overview as JSON, for institutes: keys that do not change (docs/figures_json.md)."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.domain.overview import Overview, Share
from app.domain.people_known import People

VERSION = 1
"""Raise it when a key goes or changes its meaning; a new key is no reason."""


def write_json(
    overview: Overview,
    *,
    fellowship: str | None,
    province: str | None,
    region: str | None,
    today: date,
) -> bytes:
    """Return UTF-8; `fellowship` is a slug, None for all of them. Numbers, never names of people."""
    found = {
        "version": VERSION,
        "date": today.isoformat(),
        "fellowship": fellowship,
        "province": province,
        "region": region,
        "groups": {
            status.value: {
                "number": overview.by_status[status],
                "seats_taken": _people(overview.seats[status]),
                "full_with_people_waiting": overview.full[status],
                "waiting": _people(overview.line[status]),
            }
            for status in overview.by_status
        },
        "listings": {one.value: number for one, number in overview.freshness.items()}
        | {"unlisted": overview.unlisted},
        "times": [
            {"weekday": weekday, "part": part.value, "groups": number}
            for (weekday, part), number in overview.times.items()
        ],
        "months": [
            {
                "month": month.name,
                "groups": {status.value: month.by_status[status] for status in overview.by_status},
                "founded": month.founded,
                "ended": month.ended,
                "meetings_counted": month.heads.number,
                "visits": _people(month.heads.people),
            }
            for month in overview.months
        ],
        "provinces": _shares(overview.provinces),
        "regions": _shares(overview.regions),
        "fellowships": _shares(overview.fellowships),
        "towns": [
            {
                "town": town.name,
                "province": town.province,
                "groups": town.groups,
                "groups_with_a_free_seat": town.free,
                "waiting": _people(town.line),
                "requests_for_a_group": town.requests,
            }
            for town in overview.towns
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _shares(shares: Sequence[Share]) -> list[dict[str, Any]]:
    return [
        {
            "name": share.name,
            "groups": share.groups,
            "seats_taken": _people(share.people),
            "full_with_people_waiting": share.full,
            "waiting": _people(share.line),
        }
        | ({"slug": share.slug} if share.slug else {})
        for share in shares
    ]


def _people(people: People) -> dict[str, Any]:
    """Return a number that may be told, and whether it is rounded for the sake of a small group."""
    if people.is_few:
        return {"number": None, "from": 1, "to": 4, "rounded": True}
    return {"number": people.number, "rounded": people.is_rounded}
