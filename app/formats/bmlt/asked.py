"""What a program asks of BMLT's rows: which, in which order, how many, and which of their keys."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.geography.netherlands import distance
from app.domain.place import Position

Row = dict[str, str]
Test = Callable[[Row], bool]

KM_IN_A_MILE = 1.609344
LEAST_LETTERS = 3
MOST_VALUES = 500
_ARRAY = re.compile(r"([a-z_A-Z]+)\[[^\]]*\]")
_SORTS = {
    "weekday": ("weekday_tinyint", "start_time"),
    "time": ("start_time", "weekday_tinyint"),
    "town": ("location_municipality", "weekday_tinyint", "start_time"),
    "state": ("location_province", "location_municipality", "weekday_tinyint", "start_time"),
    "weekday_state": ("weekday_tinyint", "location_province", "start_time"),
}
"""Of `sort_key`, BMLT's own orders."""
_USUAL = ("weekday_tinyint", "start_time", "id_bigint")
_SEARCHED = (
    "meeting_name", "location_text", "location_street", "location_municipality", "location_province",
    "location_postal_code_1", "comments",
)  # fmt: skip


class Asked:
    """The query of an address: each name with its values, however PHP or jQuery wrote a list."""

    def __init__(self, query: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = defaultdict(list)
        for name, value in query:
            is_array = _ARRAY.fullmatch(name)
            self._values[is_array[1] if is_array else name].append(value)

    def has(self, name: str) -> bool:
        """Tell whether it is asked: `&get_used_formats` says so without a value."""
        return any(value not in ("0", "false") for value in self._values.get(name, []))

    def text(self, name: str) -> str:
        return next((value.strip() for value in self._values.get(name, [])), "")

    def texts(self, name: str) -> list[str]:
        """Return the values of a list: `a,b`, or one by one."""
        parts = (part.strip() for value in self._values.get(name, []) for part in value.split(","))
        return [part for part in parts if part][:MOST_VALUES]

    def number(self, name: str) -> float | None:
        """Return a number of at most twelve characters; None where there is none."""
        value = self.text(name)
        return float(value) if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,20})?", value[:30]) else None

    def whole(self, name: str, least: int, most: int) -> int | None:
        found = self.number(name)
        return None if found is None else min(max(int(found), least), most)


@dataclass(frozen=True)
class Around:
    """The middle of a circle, and how far it reaches; a negative radius is a number of meetings."""

    middle: Position
    kilometres: float


def select(rows: Iterable[Row], asked: Asked) -> list[Row]:
    """Return the rows that are asked for, in the order that is asked for, of the page asked for."""
    tests = list(_tests(asked))
    found = [row for row in rows if all(test(row) for test in tests)]
    around = _around(asked)
    if around:
        found = _near(found, around)
    by_distance = around and asked.has("sort_results_by_distance")
    if not by_distance:
        found.sort(key=_order(asked))
    size = asked.whole("page_size", 1, 10_000)
    if size is not None:
        first = ((asked.whole("page_num", 1, 1_000_000) or 1) - 1) * size
        found = found[first : first + size]
    return found


def projected(rows: list[Row], asked: Asked) -> list[Row]:
    """Return the rows with the keys that are asked for, or all of them."""
    keys = asked.texts("data_field_key")
    if not keys:
        return rows
    return [{key: row[key] for key in keys if key in row} for row in rows]


def _tests(asked: Asked) -> Iterator[Test]:
    yield from _of_lists(asked)
    if wanted := asked.texts("formats"):
        yield _has_kinds(wanted, is_any=asked.text("formats_comparison_operator").upper() == "OR")
    if key := asked.text("meeting_key"):
        value = asked.text("meeting_key_value").casefold()
        yield lambda row: row.get(key, "").casefold() == value
    if asked.text("advanced_published") == "-1":
        yield lambda _row: False
    words = asked.text("SearchString").casefold()
    if len(words) >= LEAST_LETTERS:
        yield lambda row: any(words in row[key].casefold() for key in _SEARCHED)
    yield from _of_hours(asked)


def _of_lists(asked: Asked) -> Iterator[Test]:
    for name, key in (
        ("meeting_ids", "id_bigint"),
        ("weekdays", "weekday_tinyint"),
        ("venue_types", "venue_type"),
        ("services", "service_body_bigint"),
    ):
        if values := asked.texts(name):
            yield _is_one_of(key, values)


def _is_one_of(key: str, values: Sequence[str]) -> Test:
    """A value with a minus before it is one that is not wanted."""
    wanted = {value for value in values if not value.startswith("-")}
    unwanted = {value[1:] for value in values if value.startswith("-")}
    return lambda row: (not wanted or row[key] in wanted) and row[key] not in unwanted


def _has_kinds(values: Sequence[str], *, is_any: bool) -> Test:
    wanted = {value for value in values if not value.startswith("-")}
    unwanted = {value[1:] for value in values if value.startswith("-")}

    def holds(row: Row) -> bool:
        has = set(row["format_shared_id_list"].split(","))
        right = bool(has & wanted) if is_any and wanted else wanted <= has
        return right and not has & unwanted

    return holds


def _of_hours(asked: Asked) -> Iterator[Test]:
    starts_after, starts_before = _minutes(asked, "StartsAfter"), _minutes(asked, "StartsBefore")
    ends_before = _minutes(asked, "EndsBefore")
    shortest, longest = _minutes(asked, "MinDuration"), _minutes(asked, "MaxDuration")
    if starts_after is not None:
        yield lambda row: _in_minutes(row["start_time"]) > starts_after
    if starts_before is not None:
        yield lambda row: _in_minutes(row["start_time"]) < starts_before
    if ends_before is not None:
        yield (
            lambda row: (
                _in_minutes(row["start_time"]) + _in_minutes(row["duration_time"]) <= ends_before
            )
        )
    if shortest is not None:
        yield lambda row: _in_minutes(row["duration_time"]) >= shortest
    if longest is not None:
        yield lambda row: _in_minutes(row["duration_time"]) <= longest


def _minutes(asked: Asked, name: str) -> int | None:
    hours, minutes = asked.whole(f"{name}H", 0, 24), asked.whole(f"{name}M", 0, 59)
    return None if hours is None and minutes is None else (hours or 0) * 60 + (minutes or 0)


def _in_minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])


def _around(asked: Asked) -> Around | None:
    latitude, longitude = asked.number("lat_val"), asked.number("long_val")
    miles, kilometres = asked.number("geo_width"), asked.number("geo_width_km")
    if latitude is None or longitude is None or (miles is None and kilometres is None):
        return None
    if kilometres is None:
        kilometres = miles if miles is not None and miles < 0 else (miles or 0) * KM_IN_A_MILE
    middle = Position(min(max(latitude, -90), 90), min(max(longitude, -180), 180))
    return Around(middle, kilometres)


def _near(rows: Iterable[Row], around: Around) -> list[Row]:
    """Return the rows that have a position in the circle, nearest first, with how far they are."""
    measured = [
        (distance(around.middle, Position(float(row["latitude"]), float(row["longitude"]))), row)
        for row in rows
        if row["latitude"]
    ]
    measured.sort(key=lambda pair: (pair[0], int(pair[1]["id_bigint"])))
    if around.kilometres < 0:
        measured = measured[: int(-around.kilometres)]
    else:
        measured = [pair for pair in measured if pair[0] <= around.kilometres]
    return [
        row | {"distance_in_km": f"{far:.3f}", "distance_in_miles": f"{far / KM_IN_A_MILE:.3f}"}
        for far, row in measured
    ]


def _order(asked: Asked) -> Callable[[Row], tuple[object, ...]]:
    keys = asked.texts("sort_keys") or list(_SORTS.get(asked.text("sort_key"), ()))
    in_order = (*keys, *_USUAL)

    def place(row: Row) -> tuple[object, ...]:
        return tuple(_comparable(row.get(key, "")) for key in in_order)

    return place


def _comparable(value: str) -> tuple[int, int, str]:
    is_number = value.isascii() and value.isdecimal()
    return (0, int(value), "") if is_number else (1, 0, value.casefold())
