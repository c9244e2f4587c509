"""What stands around found groups, whether they are a list, a week or a map."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for

from app.blueprints.parts import search_form
from app.blueprints.parts.meeting_lines import EVENING, distance_in_words
from app.blueprints.public.seeking import Seeking, seeking
from app.blueprints.web.languages import current
from app.blueprints.web.languages import gettext as _
from app.domain.search import Search, Whom
from app.domain.zones import HOME
from app.formats.search import Read, query_of
from app.records.choices import count_choices
from app.records.finder import Hit
from app.records.finding.beside import find_for_relatives
from app.records.resolved import Resolved

VIEWS = ("week", "map")


@dataclass(frozen=True)
class View:
    """A way to see what was found: the list, the week or the map."""

    text: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Relatives:
    """Groups for family and friends, named beside what somebody found for themselves."""

    groups: list[dict[str, str]]
    """Each with its `href`, `name` and `where`."""
    more_href: str


@dataclass(frozen=True)
class Frame:
    """What was asked and how else it may be asked, and what stands beside the groups."""

    search: Search
    kept: Search
    """The same with the radius that was looked in: what a calendar of it goes on asking."""
    view: str | None
    heading: str
    total: str
    chosen: list[search_form.Chip]
    choices: list[search_form.Choice]
    ticks: list[search_form.Option]
    seek: Seeking
    meant: search_form.DidYouMean | None
    sentences: list[str]
    views: list[View]
    relatives: Relatives | None
    paper_href: str


@dataclass(frozen=True)
class Instead:
    """What there is where nothing answers: lines of the nearest, or the next, and of online ones."""

    is_empty: bool = False
    no_more: str = ""
    """That nothing is left today, and what comes first."""
    nearest: Sequence[dict[str, Any]] = ()
    is_near: bool = False
    """Whether the nearest have a distance; else they are the next."""
    online: Sequence[dict[str, Any]] = ()


def frame(asked: Resolved, read: Read, now: datetime, view: str | None = None) -> Frame:
    """Return what every view of found groups has around it. Five queries."""
    search = read.search
    counts = count_choices(asked)
    return Frame(
        search=search,
        kept=replace(search, within=asked.search.within),
        view=view,
        heading=search_form.heading(asked, search),
        total=search_form.total_in_words(counts, asked),
        chosen=search_form.chips_of(search, asked, view),
        choices=search_form.choices_of(asked, search, counts),
        ticks=search_form.ticks_of(search, counts),
        seek=seeking(search, is_evening=now.astimezone(HOME).hour >= EVENING, view=view),
        meant=search_form.did_you_mean(search, view),
        sentences=search_form.not_understood(read),
        views=[
            View(text, search_form.address(search, **_named(one)), one == view)
            for one, text in ((None, _("Lijst")), ("week", _("Week")), ("map", _("Kaart")))
        ],
        relatives=_relatives(asked, now),
        paper_href=_on_paper(search),
    )


def _relatives(asked: Resolved, now: datetime) -> Relatives | None:
    search = asked.search
    if search.whom is Whom.RELATIVES:
        return None
    hits = find_for_relatives(asked, now)
    if not hits:
        return None
    more = Search(
        near=search.near, province=search.province, whom=Whom.RELATIVES, subject=search.subject
    )
    return Relatives([_beside(hit) for hit in hits], search_form.address(more))


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
