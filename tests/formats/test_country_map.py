"""The map: numbered dots that can all be read, each as near to its group as may be."""

from math import dist

from hypothesis import given
from hypothesis import strategies as st

from app.formats.country_map import COUNTRY, TALLEST, WIDEST, box_of, outlines, spread

somewhere = st.floats(0, 300, allow_nan=False)
points = st.lists(st.tuples(somewhere, somewhere), max_size=40)
apart = st.floats(0.2, 20)


@given(points, apart)
def test_no_dot_hides_another(points: list[tuple[float, float]], apart: float):
    found = spread(points, apart)

    assert len(found) == len(points)
    assert all(
        dist(one, other) >= apart
        for number, one in enumerate(found)
        for other in found[number + 1 :]
    )


@given(points, apart)
def test_a_dot_with_room_stands_where_its_group_is(points: list[tuple[float, float]], apart: float):
    for number, (spot, point) in enumerate(zip(spread(points, apart), points, strict=True)):
        if all(dist(point, other) > 8 * apart for other in points[:number]):
            assert dist(spot, point) < 8 * apart
    assert spread(points[:1], apart) == points[:1]


@given(st.integers(1, 40), apart)
def test_many_at_one_spot_stand_close_together(number: int, apart: float):
    found = spread([(5.0, 5.0)] * number, apart)

    assert max(dist(one, (5.0, 5.0)) for one in found) <= apart * number**0.5


def test_a_dot_is_as_large_on_the_map_of_each_province():
    for box in (COUNTRY, *map(box_of, outlines())):
        rem = min(WIDEST / box.width, TALLEST / box.height)

        assert 0.6 < box.dot * rem < 0.65
