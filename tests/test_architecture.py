"""The house as agreed: who may import whom, one door per view, one change per deed."""

import importlib
import inspect
import re
from collections.abc import Callable
from types import ModuleType

import pytest
from flask import Flask

from tests.notes import Notes
from tests.source import APP, ROOT, Module, modules

MODULES = modules()
NAMES = [module.name for module in MODULES]

MAY_IMPORT_OF_APP = {
    "domain": {"domain"},
    "records": {"domain", "records", "db"},
    "actions": {"domain", "records", "actions", "db", "clock"},
    "formats": {"domain", "formats"},
    "blueprints": {"domain", "records", "actions", "formats", "blueprints", "config", "clock"},
    "cli": {"domain", "records", "actions", "formats", "blueprints", "config", "clock", "commands"},
    "commands": {"domain", "records", "actions", "formats", "blueprints", "config", "clock"},
    "config": set(),
    "clock": set(),
    "db": set(),
}

WEB = {
    "flask", "flask_babel", "flask_limiter", "flask_login", "flask_migrate", "flask_security",
    "flask_wtf", "limits", "werkzeug", "wtforms", "markupsafe", "jinja2", "whitenoise", "babel",
    "itsdangerous",
}  # fmt: skip
FOR_SIGNING_IN = {"passlib", "zxcvbn"}
"""What Flask-Security itself uses for codes and passwords."""
MAY_IMPORT_OF_PYPI = {
    "domain": set(),
    "records": {"sqlalchemy", "flask_security", "cryptography", "holidays"},
    "actions": {"sqlalchemy", "flask_security"},
    "blueprints": WEB | FOR_SIGNING_IN | {"prometheus_client", "structlog", "msgspec"},
    "cli": {"click", "flask"},
    "commands": {"click", "flask"},
    "config": {"cryptography"},
    "clock": set(),
    "db": {"flask", "flask_sqlalchemy", "sqlalchemy"},
}
NEVER_IN_FORMATS = WEB - {"babel", "markupsafe", "jinja2"} | {"sqlalchemy", "flask_sqlalchemy"}

EXCUSED = {
    # (module, package): why the table does not hold for it
    ("app.blueprints.errors", "sqlalchemy"): "turns a busy or full database into a 503",
}

NO_NAMES = {"util", "utils", "helper", "helpers", "misc", "common", "core", "manager", "service",
            "services", "repository", "repositories", "tools", "base", "stuff", "handlers"}  # fmt: skip
LONGEST = 300

NOT_ACTIONS = {
    "app.actions",
    "app.actions.transaction",
    "app.actions.outbox",
    "app.actions.office",
    "app.actions.request_rows",
    "app.actions.revision",
    "app.actions.standing",
    "app.actions.line",
    "app.actions.links",
    "app.actions.new_group",
    "app.actions.new_invitation",
    "app.actions.new_place",
    "app.actions.findables",
    "app.actions.in_step",
    "app.actions.rows",
    "app.actions.tallies",
    "app.actions.evening_news",
    "app.actions.steps",
    "app.actions.week_rows",
}
"""What actions are made of."""
NOTE_NO_CHANGE = {
    # Listed in the design: the demo in bulk, the delivery of letters, retention.
    "app.actions.demo",
    "app.actions.letters",
    "app.actions.retention",
}
NOTES_NO_CHANGE_EITHER = {
    "note_failed_login": "counts guesses: in the log it would be the guesser who writes history",
}


def named(part: str) -> list[Module]:
    return [module for module in MODULES if module.folder == part]


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_a_module_imports_only_the_parts_of_the_app_that_its_folder_may(module: Module):
    if module.name == "app":
        return
    assert module.folder in MAY_IMPORT_OF_APP, "a new folder needs a row in the table"

    too_many = module.parts_of_app - MAY_IMPORT_OF_APP[module.folder]

    assert {part for part in too_many if (module.name, part) not in EXCUSED} == set()


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_a_module_uses_only_the_packages_that_its_folder_may(module: Module):
    if module.name == "app":
        return
    if module.folder == "formats":
        too_many = module.packages & NEVER_IN_FORMATS
    else:
        too_many = module.packages - MAY_IMPORT_OF_PYPI[module.folder]

    assert {package for package in too_many if (module.name, package) not in EXCUSED} == set()


@pytest.mark.parametrize(
    ("source", "part"),
    [("from app.db import db", "db"), ("import app.db", "db"), ("from app import clock", "clock")],
)
def test_an_import_is_seen_however_it_is_written(tmp_path, source: str, part: str):
    """The control of the two tests above."""
    module = Module(tmp_path / "x.py")
    module.file.write_text(source)

    assert module.parts_of_app == {part}


def test_every_excuse_is_still_needed():
    known = {module.name: module for module in MODULES}

    unused = [
        (name, part)
        for name, part in EXCUSED
        if name not in known or part not in known[name].packages | known[name].parts_of_app
    ]

    assert unused == []


def test_the_domain_asks_no_clock():
    asks = re.compile(r"\b(now|today|utcnow|time\.time|localtime|monotonic)\(")

    assert [module.name for module in named("domain") if asks.search(module.text)] == []


def test_only_the_clock_asks_what_time_it_is():
    asks = re.compile(r"\b(datetime\.now|date\.today|utcnow|time\.time|localtime)\(")

    asking = {module.name for module in MODULES if asks.search(module.text)}

    assert asking == {"app.clock"}


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_a_module_says_on_its_first_line_what_it_is_for(module: Module):
    first = module.text.splitlines()[0]

    assert re.match(r'"""[^"\s].{8,}', first), first
    assert first.rstrip('"').rstrip()[-1] in ".:;" or not first.endswith('"""'), first


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_a_file_is_not_longer_than_300_lines(module: Module):
    assert len(module.text.splitlines()) <= LONGEST


def test_no_file_is_called_by_a_name_that_says_nothing():
    parts = {part for name in NAMES for part in name.split(".")}

    assert parts & NO_NAMES == set()
    assert not [part for part in parts if part.endswith(("_utils", "_helpers", "_manager"))]


def test_checks_are_never_switched_off():
    pragma = "ignore_check" + "_constraints"

    files = [*APP.rglob("*.py"), *(ROOT / "bench").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]

    assert [file for file in files if pragma in file.read_text(encoding="utf-8")] == []


def test_text_is_never_declared_safe():
    safe = re.compile(r"\|\s*safe\b|autoescape\s+false|\bMarkup\(")
    files = [*APP.rglob("*.html"), *APP.rglob("*.txt"), *APP.rglob("*.py")]

    assert [file for file in files if safe.search(file.read_text(encoding="utf-8"))] == []


def test_every_view_has_a_door(app: Flask):
    closed_by_accident = [
        endpoint for endpoint, view in app.view_functions.items() if not getattr(view, "door", None)
    ]

    assert closed_by_accident == []


def public_functions(module: ModuleType) -> dict[str, Callable]:
    return {
        name: function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


ACTIONS = [module for module in named("actions") if module.name not in NOT_ACTIONS]


def is_excused(module: Module) -> bool:
    return any(f"{module.name}.".startswith(f"{name}.") for name in NOTE_NO_CHANGE)


@pytest.mark.parametrize("module", ACTIONS, ids=[module.name for module in ACTIONS])
def test_every_public_function_among_the_actions_is_one_transaction(module: Module):
    if is_excused(module):
        return
    functions = public_functions(importlib.import_module(module.name))

    no_actions = [
        name for name, function in functions.items() if not hasattr(function, "is_transaction")
    ]

    assert no_actions == []


@pytest.mark.parametrize("module", ACTIONS, ids=[module.name for module in ACTIONS])
def test_every_action_notes_one_change_and_on_no_way_through_it_two(module: Module):
    if is_excused(module):
        return
    notes = Notes(named("actions"))
    functions = public_functions(importlib.import_module(module.name))

    counted = {
        name: notes.of(f"{module.name}.{name}")
        for name, function in functions.items()
        if hasattr(function, "is_transaction")
    }

    wrong = {name: found for name, found in counted.items() if found not in ({1}, {0, 1})}
    assert set(wrong) - set(NOTES_NO_CHANGE_EITHER) == set()


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("note()", {1}),
        ("pass", {0}),
        ("note(); note()", {2}),
        ("if x: return\n    note()", {0, 1}),
        ("if x: raise E\n    note()", {1}),
        ("if x: note()\n    else: note()", {1}),
        ("for y in x: note()", {0, 2}),
        ("with x:\n        note()", {1}),
        ("return helper()", {1}),
        ("try:\n        note()\n    except E:\n        raise", {1}),
    ],
)
def test_notes_are_counted_on_every_way_through(tmp_path, body: str, counts: set[int]):
    """The control of the test above."""
    file = tmp_path / "actions.py"
    file.write_text(f"def act(x):\n    {body}\n\ndef helper():\n    note()\n")

    class Here(Module):
        name = "app.actions.here"

    assert Notes([Here(file)]).of("app.actions.here.act") == counts
