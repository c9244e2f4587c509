"""What stands around found groups, whether they are a list, a week or a map."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.blueprints import asking
from app.blueprints.languages import current
from app.blueprints.lines import distance_in_words
from app.domain.search import Search, Whom
from app.formats.search import Read, query_of
from app.records.choices import count_choices
from app.records.finder import Hit, Resolved, find_for_relatives

VIEWS = ("week", "map")


def frame(asked: Resolved, read: Read, now: datetime, view: str | None = None) -> dict[str, Any]:
    """Return the values of finder/show.html that every view has. Five queries."""
    search = read.search
    counts = count_choices(asked)
    relatives = [] if search.whom is Whom.RELATIVES else find_for_relatives(asked, now)
    return {
        "search": search,
        "kept_search": replace(search, within=asked.search.within),
        "view": view,
        "heading": asking.heading(asked, search),
        "total": asking.total_in_words(counts, asked),
        "chosen": asking.chips_of(search, asked, view),
        "choices": asking.choices_of(asked, search, counts),
        "ticks": asking.ticks_of(search, counts),
        "on_paper": _on_paper(search),
        "sentences": asking.not_understood(read),
        "views": [
            (asking.address(search, **_named(one)), text, one == view)
            for one, text in ((None, _("Lijst")), ("week", _("Week")), ("map", _("Kaart")))
        ],
        "relatives": [_beside(hit) for hit in relatives],
        "relatives_href": asking.address(
            Search(near=search.near, province=search.province, whom=Whom.RELATIVES)
        ),
    }


def _on_paper(search: Search) -> str:
    query: dict[str, Any] = query_of(search) | {"lang": current()}
    return url_for("printed.show_list", **query)


def _beside(hit: Hit) -> dict[str, str]:
    far = [] if hit.kilometres is None else [distance_in_words(hit.kilometres)]
    return {
        "href": url_for("groups.show", slug=hit.group.slug),
        "name": hit.group.name,
        "where": ", ".join([*([hit.group.town] if hit.group.town else []), *far]),
    }


def _named(view: str | None) -> dict[str, str]:
    # A list that nothing was asked of would be the door.
    return {"view": view} if view else {"page": "1"}
