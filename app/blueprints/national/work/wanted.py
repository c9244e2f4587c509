"""What an officer asks of the work list: read from an address, said in one, and in words."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.blueprints.national.work.lines import concern_words
from app.blueprints.parts.search_form import Chip
from app.domain.work import Concern
from app.records.fellowships import Fellowship
from app.records.work.points import Work

SORTS = {
    "oldest": lambda one: (one.point.since, one.name),
    "town": lambda one: (one.town.casefold(), one.name.casefold(), one.point.since),
    "concern": lambda one: (list(Concern).index(one.point.concern), one.point.since),
    "group": lambda one: (one.name.casefold(), one.point.since),
}


@dataclass(frozen=True)
class Wanted:
    """What an officer asks to see."""

    concern: Concern | None = None
    province: str = ""
    sort: str = "oldest"
    hidden: bool = False
    mine: bool = False
    """Only what was given to whoever asks."""
    each: bool = False
    """Each point by itself, of every kind."""

    @classmethod
    def of(cls, given: MultiDict[str, str]) -> "Wanted":
        """Read the filters of an address; what is not understood asks nothing."""
        sort = given.get("sort", "")
        return cls(
            concern={str(one): one for one in Concern}.get(given.get("concern", "")),
            province=given.get("province", ""),
            sort=sort if sort in SORTS else "oldest",
            hidden=given.get("hidden") == "yes",
            mine=given.get("mine") == "yes",
            each=given.get("each") == "yes",
        )

    def query(self) -> dict[str, str]:
        """Return the filters as an address says them."""
        said = {
            "concern": str(self.concern or ""),
            "province": self.province,
            "sort": self.sort if self.sort != "oldest" else "",
            "hidden": "yes" if self.hidden else "",
            "mine": "yes" if self.mine else "",
            "each": "yes" if self.each else "",
        }
        return {name: value for name, value in said.items() if value}

    @property
    def is_piled(self) -> bool:
        """Tell whether points of one kind are one row."""
        return not (self.concern or self.hidden or self.each)

    def picks(self, one: Work, account_id: int) -> bool:
        return (
            self.concern in (None, one.point.concern)
            and self.province in ("", one.province)
            and (not self.mine or one.owner_id == account_id)
        )

    def chosen(self, fellowship: Fellowship) -> list[Chip]:
        """Return what the list is narrowed to, with the address of the list without it."""
        said = {
            "concern": concern_words()[self.concern] if self.concern else "",
            "province": self.province,
            "mine": _("van mij") if self.mine else "",
        }
        query: dict[str, Any] = dict(self.query())
        return [
            Chip(text, url_for("national_work.index", slug=fellowship.slug, **query | {name: None}))
            for name, text in said.items()
            if text
        ]
