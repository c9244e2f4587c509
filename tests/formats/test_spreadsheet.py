"""Tables as CSV and XLSX, read back by others than who wrote them."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest

from app.formats.spreadsheet import DANGEROUS, Table, safe, write_csv, write_xlsx

TABLE = Table(
    title="Groepen",
    columns=["Groep", "Stoelen", "Bevestigd", "Veranderd", "Op de lijst"],
    rows=[
        [
            "Oost, „de Linde”\nachterin",
            12,
            date(2026, 11, 23),
            datetime(2026, 11, 23, 19, 30),
            True,
        ],
        ["00123", None, None, None, False],
    ],
)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_csv_is_read_back_as_it_was():
    assert read_csv(write_csv(TABLE)) == [
        ["Groep", "Stoelen", "Bevestigd", "Veranderd", "Op de lijst"],
        ["Oost, „de Linde”\nachterin", "12", "2026-11-23", "2026-11-23 19:30", "True"],
        ["00123", "", "", "", "False"],
    ]


def test_a_csv_says_that_it_is_utf_8_and_quotes_every_cell():
    data = write_csv(Table("x", ["a", "b"], [["é", 1]]))

    assert data == '\ufeff"a","b"\r\n"é","1"\r\n'.encode()


def test_a_workbook_keeps_numbers_days_and_hours_as_what_they_are():
    [sheet] = read_xlsx(write_xlsx(TABLE)).worksheets

    assert sheet.title == "Groepen"
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [
            "Oost, „de Linde”\nachterin",
            12,
            datetime(2026, 11, 23),
            datetime(2026, 11, 23, 19, 30),
            True,
        ],
        ["00123", None, None, None, False],
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


@pytest.mark.parametrize("sign", sorted(DANGEROUS), ids=lambda sign: f"U+{ord(sign):04X}")
def test_no_text_becomes_a_formula(sign: str):
    text = f"{sign}HYPERLINK(1)"
    data = Table("x", [text], [[text]])

    for row in read_csv(write_csv(data)):
        assert row[0].startswith("'")
    [sheet] = read_xlsx(write_xlsx(data)).worksheets
    for row in sheet.iter_rows():
        assert row[0].data_type == "s"
        assert row[0].value.startswith("'")


def test_a_text_that_is_no_formula_stays_as_it_is():
    assert safe("stap 4 = moed") == "stap 4 = moed"
    assert safe("") == ""


def test_a_link_stays_text():
    [sheet] = read_xlsx(write_xlsx(Table("x", ["a"], [["https://example.org"]]))).worksheets

    assert sheet["A2"].hyperlink is None


def test_a_negative_number_is_a_number():
    [sheet] = read_xlsx(write_xlsx(Table("x", ["a"], [[-3]]))).worksheets

    assert sheet["A2"].value == -3
    assert read_csv(write_csv(Table("x", ["a"], [[-3]])))[1] == ["-3"]


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["a/b: [c]?", "a/b: [c]?"], ["a b   c", "a b   c 2"]),
        (["x" * 40, "X" * 40], ["x" * 31, "X" * 29 + " 2"]),
        (["'", ""], ["1", "1 2"]),
    ],
)
def test_a_sheet_has_a_name_that_a_workbook_accepts(titles, names):
    book = read_xlsx(write_xlsx(*(Table(title, ["a"], []) for title in titles)))

    assert book.sheetnames == names


def test_the_same_tables_give_the_same_bytes():
    assert write_xlsx(TABLE) == write_xlsx(TABLE)
