"""Groups beyond the featured ones: as many as asked, each drawn from the seed and its number."""

import random
from functools import cache

from app.demo.fellowships import FELLOWSHIPS
from app.demo.groups import FEATURED, DemoGroup
from app.demo.names import BUILDINGS, group_name
from app.domain.geography.netherlands import locate
from app.domain.head_count import MORE
from app.domain.listing import Feature
from app.domain.meeting import Status
from app.domain.place import Kind, Visibility
from app.domain.seating import SEATS, Seating

GROUPS = 60
"""As many as are featured."""
MOST_GROUPS = 100_000
GROUPS_TO_A_PLACE = 2
"""So many neighbouring numbers share a town; half of those meet in one building."""

_WEIGHTS = (30, 26, 8, 4, 6, 6, 9, 3, 2, 3, 1, 1, 1, 1)
"""How many groups the fellowships have, in the order of FELLOWSHIPS."""


def demo_group(seed: int, number: int) -> DemoGroup:
    """Return the group with a number from 0; the same seed gives the same, however many there are."""
    if number < len(FEATURED):
        return FEATURED[number]
    rng = random.Random(f"{seed}:{number}")
    of_town = random.Random(f"{seed}:town:{number // GROUPS_TO_A_PLACE}")
    postcode, building = of_town.choice(_postcodes()), of_town.choice(BUILDINGS)
    fellowship = rng.choices(FELLOWSHIPS, _WEIGHTS)[0]
    weekday = rng.randint(1, 7)
    hour = rng.choice((10, 14, 19, 19, 20, 20, 20))
    status = rng.choices(list(Status), (6, 88, 4, 2))[0]
    kind = rng.choices((Kind.BUILDING, Kind.ONLINE, Kind.BOTH), (86, 8, 6))[0]
    seating = rng.choices(list(Seating), (50, 15, 15, 20))[0]
    capacity = rng.choices((SEATS, 10, 8), (85, 10, 5))[0]
    taken = rng.randint(0, capacity)
    preparing = status is Status.PREPARING
    named = 0 if seating is Seating.WALK_IN else rng.randint(0, taken)
    return DemoGroup(
        fellowship=fellowship.slug,
        name=group_name(rng, weekday, hour),
        postcode="" if kind is Kind.ONLINE else postcode,
        weekday=weekday,
        start=f"{hour:02}:{rng.choice(('00', '30', '15'))}",
        minutes=rng.choice((60, 60, 75, 90, 90, 120)),
        status=status,
        status_days=rng.randint(5, 60 if status is not Status.ACTIVE else 900),
        first_week=rng.randint(1, 8) if preparing else -rng.randint(10, 500),
        has_slot=not preparing or rng.random() < 0.5,
        seating=seating,
        capacity=capacity,
        named=named,
        unnamed=taken - named,
        waiting=rng.randint(1, 4) if taken == capacity and seating is not Seating.WALK_IN else 0,
        kind=None if preparing and rng.random() < 0.6 else kind,
        building=building if rng.random() < 0.5 else "",
        visibility=rng.choices(list(Visibility), (80, 15, 5))[0],
        join_is_public=rng.random() < 0.5,
        themes=rng.choice(("rotation", "rotation", "none", "month")),
        is_open=rng.random() < 0.3,
        features=tuple(feature for feature in Feature if rng.random() < 0.15),
        confirmed=rng.choices((rng.randint(0, 80), rng.randint(90, 500), None), (70, 25, 5))[0],
        agreed=rng.choice((0, 1, 1, 2)),
        listed=rng.random() > 0.02,
        counts=_counts(rng, taken) if status is Status.ACTIVE and rng.random() < 0.25 else (),
    )


def _counts(rng: random.Random, taken: int) -> tuple[int | None, ...]:
    """Return half a year of head counts around those who have a seat, with an evening forgotten."""
    return tuple(
        min(MORE, max(2, taken + rng.randint(-3, 1))) if rng.random() < 0.9 else None
        for _week in range(26)
    )


@cache
def _postcodes() -> tuple[str, ...]:
    return tuple(code for code in map(str, range(1000, 10_000)) if locate(code))
