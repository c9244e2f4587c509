"""What stands around found groups, whether they are a list, a week or a map."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.blueprints.parts import search_form
from app.blueprints.parts.meeting_lines import EVENING, distance_in_words
from app.blueprints.public.seeking import seeking
from app.blueprints.web.languages import current
from app.domain.search import Search, Whom
from app.domain.zones import HOME
from app.formats.search import Read, query_of
from app.records.choices import count_choices
from app.records.finder import Hit
from app.records.finding.beside import find_for_relatives
from app.records.resolved import Resolved

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
        "heading": search_form.heading(asked, search),
        "total": search_form.total_in_words(counts, asked),
        "chosen": search_form.chips_of(search, asked, view),
        "choices": search_form.choices_of(asked, search, counts),
        "ticks": search_form.ticks_of(search, counts),
        "on_paper": _on_paper(search),
        "seek": seeking(search, is_evening=now.astimezone(HOME).hour >= EVENING, view=view),
        "meant": search_form.did_you_mean(search, view),
        "sentences": search_form.not_understood(read),
        "views": [
            (search_form.address(search, **_named(one)), text, one == view)
            for one, text in ((None, _("Lijst")), ("week", _("Week")), ("map", _("Kaart")))
        ],
        "relatives": [_beside(hit) for hit in relatives],
        "relatives_href": search_form.address(
            Search(
                near=search.near,
                province=search.province,
                whom=Whom.RELATIVES,
                subject=search.subject,
            )
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
