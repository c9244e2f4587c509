"""Paper for the group itself: twelve lines, a year on one page, and no name."""

import pytest

from tests.browsing import words_of
from tests.people import Person

pytestmark = pytest.mark.usefixtures("clock", "world")


def test_an_evening_has_its_day_its_theme_and_twelve_empty_lines(anna: Person):
    page = anna.client().get("/coordinate/oost/paper").text
    sheet = page[page.index('class="sheet"') :]

    assert sheet.count("<li><span>") == 12
    assert "november" in words_of(sheet)
    assert "tap " in words_of(sheet)


def test_the_year_has_every_meeting_and_the_paper_no_name_of_the_group(anna: Person):
    page = anna.client().get("/coordinate/oost/paper").text
    sheet = page[page.index('class="sheet"') : page.index("</main>")]

    assert sheet.count("<strong>") == 52
    assert "Oost" not in sheet
