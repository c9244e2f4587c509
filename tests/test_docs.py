"""The docs name all there is, and nothing that is not there."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.config import SETTINGS
from tests.source import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *(ROOT.glob("*.md"))])
NEWS = ROOT / "CHANGELOG.md"
NOW = [page for page in PAGES if page != NEWS]
"""What speaks of today; the changelog speaks of what was."""

CODE = re.compile(r"`([^`]+)`")
BLOCK = re.compile(r"^```\w*\n(.*?)^```|^((?: {4}[^\n]*\n)+)", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
FILE = re.compile(r"^(?:app|tests|docs|bench|assets|deploy)/[\w./-]*\w/?$")
OF_APP = re.compile(r"^(?:domain|records|actions|formats|blueprints|templates|demo)/[\w./-]*\w/?$")
"""As a page names a file when it speaks of the app alone."""
HEADS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "NOTICE", "LICENSE")
ON_A_SERVER = ("/srv/", "/var/", "/etc/")
"""Folders of a machine, not addresses of the app."""
OUTSIDE = {"TWAALF_INSTANCE"}
"""Read before the settings are."""


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


@cache
def spans(page: Path) -> tuple[str, ...]:
    """Return what a page sets as code, in lines and in blocks."""
    text = text_of(page)
    blocks = [one or other for one, other in BLOCK.findall(text)]
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    said = (" ".join(one.split()) for one in CODE.findall(BLOCK.sub("", text)))
    return (*said, *lines)


def all_spans() -> Iterator[tuple[str, str]]:
    yield from ((page.name, span) for page in NOW for span in spans(page))


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("doc", PAGES, ids=name_of)
def test_a_link_leads_to_a_file(doc: Path):
    targets = [one for one in LINK.findall(text_of(doc)) if "://" not in one]

    assert [one for one in targets if not (doc.parent / one).exists()] == []


@pytest.mark.parametrize("doc", NOW, ids=name_of)
def test_a_file_that_is_named_is_there(doc: Path):
    named = [one.split("::")[0] for one in spans(doc)]
    paths = [ROOT / one for one in named if FILE.match(one)]
    paths += [ROOT / "app" / one for one in named if OF_APP.match(one)]

    assert [path for path in paths if not path.exists()] == []


def test_what_others_made_stands_where_the_notice_says():
    named = re.findall(r"\b(?:app|assets|tests)/[\w./-]*\w", text_of(ROOT / "NOTICE"))

    assert len(named) > 5
    assert [one for one in named if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("doc", NOW, ids=name_of)
def test_a_test_that_is_named_is_there(doc: Path):
    known = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^ *def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
    }
    named = [
        tuple(one.split("::")) for one in spans(doc) if "::" in one and one.startswith("tests/")
    ]

    assert [one for one in named if one not in known] == []


def test_every_page_of_the_docs_is_reached_from_the_readme():
    readme = text_of(ROOT / "README.md")

    assert [page.name for page in DOCS.glob("*.md") if f"docs/{page.name}" not in readme] == []


def test_the_pages_that_every_project_has_are_here():
    assert [name for name in HEADS if not (ROOT / name).is_file()] == []


def test_every_setting_that_is_named_is_one():
    known = {setting.name for setting in SETTINGS} | OUTSIDE

    named = {(page.name, one) for page in NOW for one in re.findall(r"TWAALF_\w+", text_of(page))}

    assert {one for one in named if one[1] not in known} == set()
    assert {name for _, name in named if name in known} == known


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, click.Command]]:
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from commands(one, *path, name)
        else:
            yield " ".join((*path, name)), one


def test_the_page_of_commands_names_every_command_with_its_options(app: Flask):
    told = [span for span in spans(DOCS / "commands.md") if not span.startswith("make ")]
    known = {name: one for name, one in commands(app.cli) if not name.startswith("db ")}

    missing = [
        (name, option)
        for name, one in known.items()
        for option in ["", *(opt for param in one.params for opt in param.opts if opt[:2] == "--")]
        if not any(re.match(rf"{name}\b", span) and option in span for span in told)
    ]

    assert missing == []


def test_a_command_that_is_named_is_there_with_its_options(app: Flask):
    known = dict(commands(app.cli))
    named = [
        (page, re.sub(r"^.*\bflask(?: --app wsgi)? ", "", span))
        for page, span in all_spans()
        if re.search(r"(?:^|bin/|=/\S+/)flask (?:--app wsgi )?[a-z]", span)
    ] + [
        ("commands.md", one)
        for one in re.findall(
            r"^\| `((?!make )[^`]+)`", text_of(DOCS / "commands.md"), re.MULTILINE
        )
    ]
    wrong = []

    for page, line in named:
        name = next((one for one in known if re.match(rf"{one}\b", line)), None)
        options = set(re.findall(r"--[\w-]+", line))
        if name is None:
            wrong.append((page, line))
        else:
            there = {opt for param in known[name].params for opt in param.opts}
            wrong += [(page, name, option) for option in options - there]

    assert len(named) > 10
    assert wrong == []


def test_the_page_of_addresses_names_every_address_and_no_other(app: Flask):
    told = {span for span in spans(DOCS / "addresses.md") if span.startswith("/")}
    known = {rule.rule for rule in app.url_map.iter_rules()}

    assert sorted(known - told) == []
    assert sorted(told - known) == []


def test_an_address_that_is_named_elsewhere_is_one(app: Flask):
    router = app.url_map.bind("localhost")
    known = {rule.rule for rule in app.url_map.iter_rules()}
    wrong = []

    for page, span in all_spans():
        path = re.split(r"[?#]", span)[0]
        if not re.fullmatch(r"/[\w<>:./-]*", path) or path in known or page == "addresses.md":
            continue
        if path.startswith(ON_A_SERVER):
            continue
        filled = re.sub(r"<(?:int:)?\w+>", "1", path)
        if not any(router.test(filled, method) for method in ("GET", "POST")):
            wrong.append((page, span))

    assert wrong == []


def test_every_metric_is_named_and_no_other(client: FlaskClient):
    page = client.get("/metrics", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}).text
    given = set(re.findall(r"^# TYPE (\w+)", page, re.MULTILINE))
    told = {
        span.split("{")[0]
        for _, span in all_spans()
        if re.fullmatch(r"(?:python|process|twaalf)_\w+(?:\{.*\})?", span)
    }

    assert sorted(given - told) == []
    assert sorted(told - given) == []


def test_every_target_of_make_is_named_and_no_other():
    makefile = text_of(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    told = {
        word
        for _, span in all_spans()
        for word in re.findall(r"^(?:[A-Z]+=\S+ )?make ([a-z][\w-]*)", span)
    }

    assert sorted(targets - told) == []
    assert sorted(told - targets) == []
