"""The papers on security: every row answered, every count right. That what they name exists, test_docs.py holds."""

import re
from collections import Counter

from tests.source import ROOT

ASVS = (ROOT / "docs" / "asvs.md").read_text("utf-8")
SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")
ROW = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (met|n/a|open) \| (.+) \|$", re.MULTILINE
)
ROWS = ROW.findall(ASVS)
IN_ALL, OF_LEVEL_ONE = 253, 70
"""Requirements of ASVS 5.0.0 at levels 1 and 2."""


def test_every_requirement_has_one_row_in_order():
    numbers = [tuple(map(int, row[0].split("."))) for row in ROWS]

    assert len(numbers) == IN_ALL
    assert numbers == sorted(set(numbers))
    assert [row[1] for row in ROWS].count("1") == OF_LEVEL_ONE


def test_no_row_is_answered_in_another_way():
    lines = re.findall(r"^\| \d+\.\d+\.\d+ .*$", ASVS, re.MULTILINE)

    assert [line for line in lines if not ROW.match(line)] == []


def test_what_is_met_names_a_test_or_a_file_and_nothing_else():
    wrong = [
        number
        for number, _, _, answer, by in ROWS
        if answer == "met" and not re.fullmatch(r"`[\w./:-]+`(?: `[\w./:-]+`)*", by)
    ]

    assert wrong == []


def test_the_counts_are_right():
    counted = Counter((level, answer) for _, level, _, answer, _ in ROWS)
    told = re.findall(r"^\| (1|2|both) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", ASVS, re.MULTILINE)

    for level, *numbers in told:
        levels = "12" if level == "both" else level
        each = [sum(counted[one, answer] for one in levels) for answer in ("met", "n/a", "open")]
        assert [int(number) for number in numbers] == [*each, sum(each)]
    assert [level for level, *_ in told] == ["1", "2", "both"]


def test_every_threat_names_its_tests_or_says_why_not():
    rows = re.findall(r"^\| T(\d+) \| .+? \| (.+) \|$", SECURITY, re.MULTILINE)
    excused = set(re.findall(r"^- \*\*T(\d+)\*\*", SECURITY, re.MULTILINE))

    assert [int(number) for number, _ in rows] == list(range(1, 31))
    assert [number for number, by in rows if "`tests/" not in by and number not in excused] == []
