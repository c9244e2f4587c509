"""The map of the country: dots as large in each province."""

from app.formats.overview.country_map import COUNTRY, TALLEST, WIDEST, box_of, outlines


def test_a_dot_is_as_large_on_the_map_of_each_province():
    for box in (COUNTRY, *map(box_of, outlines())):
        rem = min(WIDEST / box.width, TALLEST / box.height)

        assert 0.6 < box.dot * rem < 0.65
