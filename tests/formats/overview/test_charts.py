"""Charts: every amount has its words beside it, nothing leaves its box, and none is by colour alone."""

import itertools
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from app.domain.confirmation import Freshness
from app.domain.geography.netherlands import PROVINCES
from app.domain.meeting import Status
from app.domain.overview import Overview, Share, Town, overview
from app.domain.people_known import People
from app.domain.tally import Amount, Topic
from app.formats.overview import charts
from app.formats.overview.changed import what_changed
from app.formats.overview.charts import Bar, Chart, Line, as_svg
from app.formats.overview.compared import years_beside
from app.formats.overview.parts import headline, parts_of
from app.formats.overview.printed import write_sheet
from app.formats.overview.words import Part
from tests.formats.sheets import Sheet

TODAY = date(2026, 11, 23)
MONTHS = [f"{number}" for number in range(36)]


@pytest.fixture
def found() -> Overview:
    figures = {
        Topic.STATUS: {Status.ACTIVE: Amount(1234)},
        Topic.SEATS: {Status.ACTIVE: Amount(1200, People(7900, 40))},
        Topic.LINE: {Status.ACTIVE: Amount(1, People(few=1))},
        Topic.MOVED: {"2020-01 active": Amount(1000), "2026-05 active": Amount(234)},
        Topic.FOUNDED: {"2026-05": Amount(234)},
        Topic.ENDED: {"2026-06": Amount(2)},
        Topic.HEADS: {"2026-10": Amount(3, People(21))},
        Topic.TIME: {"1 evening": Amount(1234)},
    }
    return overview(
        figures,
        today=TODAY,
        freshness={Freshness.GREEN: 3},
        provinces=[Share("Utrecht", 1234, People(7900, 40))],
        towns=[Town("Urk", "Flevoland", requests=1)],
    )


def texts(chart: Chart) -> list[str]:
    return [shape.text for shape in chart.shapes if shape.tag == "text"]


@pytest.mark.parametrize(
    "chart",
    [
        charts.bars("t", "s", [Bar("a", 0, "0"), Bar("b", 9, "9")]),
        charts.bars("t", "s", []),
        charts.columns("t", "s", [Bar(one, 5, "5") for one in MONTHS], every=6),
        charts.columns("t", "s", [Bar("a", 0, "0")], below=[Bar("", 9, "9 stopped")]),
        charts.columns("t", "s", []),
        charts.multiples("t", "s", [("a", [Bar(one, 3, "3") for one in MONTHS[:7]])] * 3),
        charts.lines("t", "s", [Line("a", [9] * 36), Line("b", [0] * 36)], MONTHS, every=12),
        charts.lines("t", "s", [Line("a", [0]), Line("b", [0]), Line("c", [0])], ["nov"]),
        charts.lines("t", "s", [Line("a", [])], []),
    ],
)
def test_everything_stays_in_its_box(chart: Chart):
    for shape in chart.shapes:
        assert 0 <= shape.x <= chart.width
        assert -4 <= shape.y <= chart.height
        assert shape.x + shape.width <= chart.width + 0.5
        assert shape.y + shape.height <= chart.height + 0.5
        assert min(shape.width, shape.height) >= 0
    ElementTree.fromstring(as_svg(chart))


def test_names_at_the_ends_of_lines_do_not_stand_on_each_other():
    lines = [Line(name, [1, 1]) for name in "abc"]

    ends = sorted(
        shape.y
        for shape in charts.lines("t", "s", lines, ["x", "y"]).shapes
        if shape.text in "abc" and shape.text
    )

    assert min(after - before for before, after in itertools.pairwise(ends)) >= 17


def test_lines_are_told_apart_by_their_dashes_on_paper():
    svg = as_svg(charts.lines("t", "s", [Line(name, [1, 2]) for name in "abc"], ["x", "y"]))

    dashes = [one.get("stroke-dasharray") for one in ElementTree.fromstring(svg)]
    assert len(set(filter(None, dashes))) == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "14 organisaties, 712 groepen, ongeveer 7.900 deelnemers"),
        ("en", "14 fellowships, 712 groups, about 7,900 people taking part"),
    ],
)
def test_the_missions_own_sentence(language: str, said: str):
    assert headline(712, People(7897, 1), language, fellowships=14) == said


def test_each_part_says_in_words_what_its_chart_shows(found: Overview):
    for part in parts_of(found, "nl"):
        assert part.sentence.endswith(".")
        assert all(len(row.cells) == len(part.columns) for row in part.rows)
        for chart in part.charts:
            assert chart.title
            assert chart.says
            assert texts(chart)


def test_a_sheet_says_so_when_a_table_goes_on_in_the_files(found: Overview):
    towns = [Town(f"Dorp {number}", "Drenthe", requests=1) for number in range(10)]

    def said(of: list[Town]) -> str:
        parts = parts_of(replace(found, towns=of), "nl")
        pdf = sheet_of(found, parts, "nl")
        sheet = Sheet(pdf)
        assert sheet.pages == 2
        return sheet.text

    assert "De eerste 9 van 10." in said(towns)
    assert "De andere staan in de bestanden." not in said(towns[:9])


def sheet_of(found: Overview, parts: list[Part], language: str) -> bytes:
    return write_sheet(
        "AA",
        "1.234 groepen",
        [*parts, years_beside(found.months, language)],
        changes=what_changed(found, language),
        groups={one.name: one.groups for one in found.provinces},
        today=TODAY,
        language=language,
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sheet_is_two_tagged_pages_with_every_part(found: Overview, language: str):
    parts = parts_of(found, language)

    pdf = sheet_of(found, parts, language)

    sheet = Sheet(pdf)
    assert sheet.pages == 2
    assert sheet.headings()[0] == ("H1", "AA")
    own = {
        "nl": {"Wat er veranderde", "Jaren naast elkaar"},
        "en": {"What changed", "Years side by side"},
    }
    titles = {title for tag, title in sheet.headings() if tag == "H2"}
    assert titles == {one.title for one in parts} | own[language]
    charts_without_towns = len([part for part in parts if part.charts]) - 1
    assert sheet.tags().count("Figure") == charts_without_towns + 1, "and the map"
    assert all(sentence in sheet.text for sentence in what_changed(found, language))
    assert "Table" in sheet.tags()
    assert sheet_of(found, parts, language) == pdf


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("fellowships", "regions", "provinces"), [(15, 0, 13), (16, 0, 13), (0, 9, 13), (0, 0, 13), (0, 0, 0)]
)  # fmt: skip
def test_the_fullest_sheet_is_two_pages_too(
    found: Overview, language: str, fellowships: int, regions: int, provinces: int
):
    many = People(7900, 40)
    full = replace(
        found,
        provinces=[Share(name, 1234, many, many, 12) for name in [*PROVINCES, ""][:provinces]],
        regions=[
            Share(f"Een regio met een lange naam {one}", 9, many, region=one + 1)
            for one in range(regions)
        ],
        fellowships=[Share(f"Organisatie {one}", 50, many, slug="x") for one in range(fellowships)],
        towns=[Town(f"Winterswijk Miste {one}", "Noord-Holland", requests=1) for one in range(40)],
        months=found.months,
    )

    sheet = Sheet(sheet_of(full, parts_of(full, language), language))

    assert sheet.pages == 2
    assert len(what_changed(full, language)) == 5
