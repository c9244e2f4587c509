"""Of which groups figures are told: a fellowship's or everybody's, all of them or those of a part."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import abort, request, url_for
from flask_babel import gettext as _

from app.domain.geography.netherlands import PROVINCES
from app.domain.geography.region import Town, region_of
from app.records.fellowships import Fellowship
from app.records.figures import Scope
from app.records.group_lists.by_region import in_region
from app.records.group_lists.sight import Sight
from app.records.regions import Region, region_of_fellowship, regions_of


@dataclass(frozen=True)
class Within:
    """A fellowship, None for all of them, and which part of it."""

    fellowship: Fellowship | None
    province: str | None = None
    region: Region | None = None

    @property
    def title(self) -> str:
        name = self.fellowship.name if self.fellowship else _("Alle organisaties")
        part = self.region.name if self.region else self.province
        return f"{name}, {part}" if part else name

    @property
    def part(self) -> dict[str, Any]:
        """Return the part as an address has it."""
        if self.region:
            return {"region": self.region.id}
        return {"province": self.province} if self.province else {}

    @property
    def is_whole(self) -> bool:
        return not self.part

    def holds(self, town: Town) -> bool:
        """Tell whether a town, with its province, lies in this part. One query when it is a region."""
        if self.region is None or self.fellowship is None:
            return self.province in (None, town[1])
        areas = {one.id: one.area for one in self._regions_drawn}
        return region_of(areas, town, None) == self.region.id

    @cached_property
    def _regions_drawn(self) -> list[Region]:
        return regions_of(self.fellowship.id) if self.fellowship else []

    @property
    def overview(self) -> str:
        """Return the address of its overview."""
        slug: dict[str, Any] = {"slug": self.fellowship.slug} if self.fellowship else {}
        if self.region:
            return url_for("national_regions.show", region_id=self.region.id, **slug)
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

    def scope(self, today: date) -> Scope:
        """Return which groups are counted. One query when it is a region."""
        if self.fellowship is None:
            return Scope(None, self.province)
        if self.region is None:
            return Scope(self.fellowship.id, self.province)
        return Scope(
            self.fellowship.id, groups=in_region(self.fellowship.id, self.region.id, today)
        )

    @property
    def file_name(self) -> str:
        """Return how its files begin."""
        whose = self.fellowship.slug if self.fellowship else "alle"
        part = f"regio-{self.region.id}" if self.region else self.province
        return "-".join(filter(None, [whose, part])).lower()


def within_sight(sight: Sight) -> Within:
    """Return the part that the query of this request names; what is not in sight is a 404.

    Of a fellowship whose region somebody is officer of, that region alone: never a whole, a
    province or another region, whose figures less those of the own one would be of few.
    """
    of = within(sight.fellowship)
    if not sight.is_whole and (of.region is None or not sight.sees(of.region.id)):
        abort(404)
    return of


def within(fellowship: Fellowship | None) -> Within:
    """Return the part that the query of this request names; what is not there is a 404."""
    if fellowship and request.args.get("region"):
        return Within(fellowship, region=known_region(fellowship, request.args["region"]))
    province = request.args.get("province") or None
    return Within(fellowship, known_province(province) if province else None)


def known_region(fellowship: Fellowship, region_id: str) -> Region:
    number = int(region_id) if region_id.isdecimal() and len(region_id) < 10 else 0
    return region_of_fellowship(fellowship.id, number) or abort(404)


def known_province(province: str) -> str:
    if province not in PROVINCES:
        abort(404)
    return province
