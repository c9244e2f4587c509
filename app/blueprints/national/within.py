"""Of which groups figures are told: a fellowship's or everybody's, all of them or those of a part."""

from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _

from app.domain.geography.netherlands import PROVINCES
from app.records.fellowships import Fellowship
from app.records.figures import Scope


@dataclass(frozen=True)
class Within:
    """A fellowship, None for all of them, and which part of it."""

    fellowship: Fellowship | None
    province: str | None = None

    @property
    def title(self) -> str:
        name = self.fellowship.name if self.fellowship else _("Alle organisaties")
        return f"{name}, {self.province}" if self.province else name

    @property
    def part(self) -> dict[str, Any]:
        """Return the part as an address has it."""
        return {"province": self.province} if self.province else {}

    @property
    def overview(self) -> str:
        """Return the address of its overview."""
        slug: dict[str, Any] = {"slug": self.fellowship.slug} if self.fellowship else {}
        if self.province:
            view = "figures.province_of_fellowship" if slug else "figures.province_of_all"
            return url_for(view, province=self.province, **slug)
        return url_for("national.fellowship", **slug) if slug else url_for("national.show")

    @property
    def periods(self) -> str:
        """Return the address of its periods beside each other."""
        if self.fellowship is None:
            return url_for("periods.of_all", **self.part)
        return url_for("periods.of_fellowship", slug=self.fellowship.slug, **self.part)

    @property
    def scope(self) -> Scope:
        return Scope(self.fellowship.id if self.fellowship else None, self.province)

    @property
    def file_name(self) -> str:
        """Return how its files begin."""
        whose = self.fellowship.slug if self.fellowship else "alle"
        return "-".join(filter(None, [whose, self.province])).lower()


def within(fellowship: Fellowship | None) -> Within:
    """Return the part that the query of this request names; what is not there is a 404."""
    province = request.args.get("province") or None
    return Within(fellowship, known_province(province) if province else None)


def known_province(province: str) -> str:
    if province not in PROVINCES:
        abort(404)
    return province
