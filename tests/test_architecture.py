"""The house as agreed: who may import whom, one door per view, one change per deed."""

import importlib
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask

from tests.notes import Notes
from tests.source import APP, ROOT, Module, modules

MODULES = modules()
NAMES = [module.name for module in MODULES]
of_each_module = pytest.mark.parametrize("module", MODULES, ids=NAMES)

ANSWERS = {"domain", "records", "actions", "formats", "blueprints", "config", "clock", "kept",
           "replica"}  # fmt: skip
MAY_IMPORT_OF_APP = {
    "domain": {"domain"},
    "records": {"domain", "records", "db"},
    "actions": {"domain", "records", "actions", "db", "clock"},
    "demo": {"domain", "records", "actions", "demo", "db", "clock"},
    "formats": {"domain", "formats"},
    "blueprints": ANSWERS,
    "cli": ANSWERS | {"demo", "commands"},
    "commands": ANSWERS | {"commands"},
    "config": {"setting_values"},
    "setting_values": set(),
    "clock": {"domain"},
    "engines": set(),
    "turn": set(),
    "db": {"engines", "turn"},
    "committed": {"committed"},
    "replica": {"committed", "db", "engines", "replica"},
    "kept": {"clock", "committed", "db", "kept", "replica"},
    "rsgi": {"kept"},
    "left_out": set(),
    "warmed": {"formats", "left_out"},
}

WEB = {
    "flask", "flask_babel", "flask_login", "flask_migrate", "flask_security",
    "flask_wtf", "limits", "werkzeug", "wtforms", "markupsafe", "jinja2", "whitenoise", "babel",
    "itsdangerous",
}  # fmt: skip
FOR_SIGNING_IN = {"passlib", "zxcvbn"}
"""What Flask-Security itself uses for codes and passwords."""
MAY_IMPORT_OF_PYPI = {
    "domain": {"anyascii"},  # a table of letters, and no more
    "records": {"sqlalchemy", "flask_security", "cryptography"},
    "actions": {"sqlalchemy", "flask_security"},
    "demo": {"sqlalchemy", "flask_security"},
    "blueprints": WEB | FOR_SIGNING_IN | {"prometheus_client", "structlog", "msgspec", "brotli"},
    "cli": {"click", "flask"},
    "commands": {"click", "flask", "flask_migrate"},
    "config": {"cryptography"},
    "setting_values": {"cryptography"},
    "clock": {"domain"},
    "rsgi": set(),
    "left_out": {"flask_security"},
    "warmed": {"qrcode"},
    "committed": {"sqlalchemy", "psycopg"},
    "replica": {"sqlalchemy"},
    "kept": {"flask", "sqlalchemy", "werkzeug"},
    "engines": {"flask", "msgspec", "sqlalchemy"},
    "turn": {"sqlalchemy"},
    "db": {"flask", "flask_sqlalchemy", "sqlalchemy"},
}
NEVER_IN_FORMATS = WEB - {"babel", "markupsafe", "jinja2"} | {"sqlalchemy", "flask_sqlalchemy"}

EXCUSED: dict[tuple[str, str], str] = {
    # (module, package): why the table does not hold for it
}

NO_NAMES = {"util", "utils", "helper", "helpers", "misc", "common", "core", "manager", "service",
            "services", "repository", "repositories", "tools", "base", "stuff", "handlers"}  # fmt: skip
LONGEST_FILE, LONGEST_FUNCTION = 300, 60

NOTE_NO_CHANGE = {
    # Listed in the design: the demo in bulk, the delivery of letters, retention.
    "app.demo",
    "app.actions.letters",
    "app.actions.following.messages",
    "app.actions.retention",
}
NOTES_NO_CHANGE_EITHER = {
    "roll_on": "a week went by: nobody did anything",
    "note_failed_login": "counts guesses: in the log it would be the guesser who writes history",
    "look_again": "what it begins is noted when it is done",
    "begin_accepting": "the same",
    "begin_undoing": "the same",
    "begin_again": "the same",
    "count_request": "counts what anybody asks for, whether or not it is done",
}


def named(part: str) -> list[Module]:
    return [module for module in MODULES if module.folder == part]


@of_each_module
def test_a_module_imports_only_the_parts_of_the_app_that_its_folder_may(module: Module):
    if module.name == "app":
        return
    assert module.folder in MAY_IMPORT_OF_APP, "a new folder needs a row in the table"

    too_many = module.parts_of_app - MAY_IMPORT_OF_APP[module.folder]

    assert {part for part in too_many if (module.name, part) not in EXCUSED} == set()


@of_each_module
def test_a_module_uses_only_the_packages_that_its_folder_may(module: Module):
    if module.name == "app":
        return
    if module.folder == "formats":
        too_many = module.packages & NEVER_IN_FORMATS
    else:
        too_many = module.packages - MAY_IMPORT_OF_PYPI[module.folder]

    assert {package for package in too_many if (module.name, package) not in EXCUSED} == set()


def test_every_excuse_is_still_needed():
    known = {module.name: module for module in MODULES}

    unused = [
        (name, part)
        for name, part in EXCUSED
        if name not in known or part not in known[name].packages | known[name].parts_of_app
    ]

    assert unused == []


READERS = ("public", "by_link", "coordinate", "national", "signin")
SHARED = ("web", "parts")


@pytest.mark.parametrize(
    "module", [m for m in MODULES if m.name.startswith("app.blueprints.")], ids=lambda m: m.name
)
def test_no_readers_folder_imports_another_and_what_is_shared_imports_none(module: Module):
    folder = module.name.split(".")[2]
    others = set(READERS) - {folder}
    if folder in ("access", *SHARED):
        others -= {"signin"}  # the question for a password is part of the doors

    assert [
        name
        for name in module.imports
        if name.startswith(tuple(f"app.blueprints.{other}." for other in others))
    ] == []


@pytest.mark.parametrize(
    ("folder", "most"),
    [
        (folder, {"actions": 35, "domain": 45, "records": 45}.get(folder.name, 20))
        for folder in sorted({m.file.parent for m in MODULES})
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_no_folder_is_crowded(folder: Path, most: int):
    assert len([file for file in folder.glob("*.py") if file.name != "__init__.py"]) <= most


def test_the_domain_asks_no_clock():
    asks = re.compile(r"\b(now|today|utcnow|time\.time|localtime|monotonic)\(")

    assert [module.name for module in named("domain") if asks.search(module.text)] == []


def test_only_the_clock_asks_what_time_it_is():
    asks = re.compile(r"\b(datetime\.now|date\.today|utcnow|time\.time|localtime)\(")

    asking = {module.name for module in MODULES if asks.search(module.text)}

    assert asking == {"app.clock"}


def test_a_number_that_is_sent_is_one_that_a_column_holds():
    """`whole_number` and `NumberField` read it: a larger one is a fault of the database's."""
    reads = re.compile(r"\b(type|coerce)=int\b|\bIntegerField\(|\bint\(value or")

    reading = {module.name for module in named("blueprints") if reads.search(module.text)}

    assert reading == set()


def test_a_day_is_that_of_a_zone():
    """`today`, `day_of` and `day_at_home` know whose; an instant's own date is that of UTC."""
    of_utc = re.compile(r"\b(now|instant)(\(\))?\.date\(\)|astimezone\((UTC|HOME)\)\.date\(\)")
    files = [*APP.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]

    guessing = {
        str(one.relative_to(ROOT)) for one in files if of_utc.search(one.read_text("utf-8"))
    }

    assert guessing == {"app/domain/zones.py"}
    templates = [
        one for one in (APP / "templates").rglob("*.*") if ".date()" in one.read_text("utf-8")
    ]
    assert templates == []  # the filters `day` and `short_day` know


@of_each_module
def test_a_module_says_on_its_first_line_what_it_is_for(module: Module):
    first = module.text.splitlines()[0]

    assert re.match(r'"""[^"\s].{8,}', first), first
    assert first.rstrip('"').rstrip()[-1] in ".:;" or not first.endswith('"""'), first


@of_each_module
def test_no_file_is_longer_than_300_lines_and_no_function_than_60(module: Module):
    assert len(module.text.splitlines()) <= LONGEST_FILE
    assert {name: lines for name, lines in module.functions if lines > LONGEST_FUNCTION} == {}


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


def test_every_file_of_views_has_a_test_file_of_its_name(app: Flask):
    """Who changes a page knows where its tests lie."""
    without = []
    for name in {view.__module__ for view in app.view_functions.values()}:
        _, *folders, file = name.split(".")
        is_ours = name.startswith("app.blueprints.")
        if is_ours and not ROOT.joinpath("tests", *folders, f"test_{file}.py").exists():
            without.append(name)

    assert without == []


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


ACTIONS = [
    module
    for module in named("actions")
    if "parts" not in module.file.parts and module.file.name != "__init__.py"
]
"""The ground floor: one verb each. What verbs are made of is in actions/parts."""
of_each_action = pytest.mark.parametrize("module", ACTIONS, ids=[one.name for one in ACTIONS])


@of_each_action
def test_every_public_function_among_the_actions_is_one_transaction(module: Module):
    if module.name in NOTE_NO_CHANGE:
        return
    functions = public_functions(importlib.import_module(module.name))

    no_actions = [
        name for name, function in functions.items() if not hasattr(function, "is_transaction")
    ]

    assert no_actions == []


@of_each_action
def test_every_action_notes_one_change_and_on_no_way_through_it_two(module: Module):
    if module.name in NOTE_NO_CHANGE:
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


def test_the_zone_of_whoever_looks_here_is_named_once():
    """But in sentences that give it as an example, and in the text of its own VTIMEZONE."""
    literal = re.compile(r"""["']Europe/Amsterdam["']""")

    naming = {module.name for module in MODULES if literal.search(module.text)}

    assert naming == {"app.domain.zones"}
