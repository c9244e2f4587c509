"""Every package that comes along is named with a licence under which it may."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from assets.third_party import PAGE, packages, rows
from tests.source import ROOT

MAY = re.compile(
    r"(MIT-0|MIT-CMU|MIT|BSD-[23]-Clause|0BSD|Apache-2\.0|ISC|PSF-2\.0|Python-2\.0|MPL-2\.0|LGPL-3\.0-(?:only|or-later)|LGPL-3\.0\S*|Unlicense|Zlib|CNRI-Python)"
)
"""Free, and none that asks of a site more than its own source."""


def test_the_page_says_what_the_packages_say():
    written = PAGE.read_text("utf-8")

    assert [line for line in rows().values() if line not in written] == []


def test_every_package_of_the_lock_is_named_but_those_of_other_systems():
    named = set(re.findall(r"^\| ([\w.-]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)) - {
        "package"
    }

    assert named - set(packages()) == set()
    assert len(named) > 40
    assert len(set(packages()) - named) <= 6, set(packages()) - named


def test_every_licence_is_one_under_which_it_may_come_along():
    licences = dict(
        re.findall(r"^\| ([\w.-]+) \| ([^|]+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    )

    unknown = {
        name: licence
        for name, licence in licences.items()
        if name != "package"
        and re.sub(r"\b(AND|OR|or|and|WITH)\b|[() ,;]", "", MAY.sub("", licence))
    }

    assert unknown == {}


def test_the_parts_list_is_made_by_one_command():
    assert re.search(
        r"^sbom:.*\n\t@?.*cyclonedx-py environment", (ROOT / "Makefile").read_text(), re.MULTILINE
    )


@pytest.mark.parametrize("sums", sorted(ROOT.glob("app/*/**/SHA256SUMS")), ids=str)
def test_what_others_made_is_as_its_checksums_say(sums: Path):
    written = dict(line.split("  ")[::-1] for line in sums.read_text("ascii").splitlines())
    files = {
        one.name: sha256(one.read_bytes()).hexdigest()
        for one in sums.parent.iterdir()
        if one.name != sums.name and one.suffix not in (".br", ".gz")
    }

    assert files == written
