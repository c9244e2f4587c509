"""What we lean on in Flask-Security is there, is as we use it, and stands in one file."""

import importlib
import importlib.metadata
import re
from operator import attrgetter
from typing import Any

import pytest
from flask import Flask

from app.blueprints.signin import leaned_on
from app.blueprints.signin.leaned_on import LEANED_ON, OF_THE_EXTENSION
from app.db import db
from tests.blueprints.signing import account, app_code, log_in, log_in_twice
from tests.browsing import submit
from tests.people import TOTP_KEY, World
from tests.source import ROOT, Module, modules

HERE = "app.blueprints.signin.leaned_on"
PUBLIC_MODULES = {"forms", "signals", "recovery_codes", "unified_signin", "core"}
"""Of Flask-Security, what its manual tells others to import from, and its views."""
KEYS = (
    leaned_on.ACCOUNT, leaned_on.REMEMBER, leaned_on.REMEMBER_SECONDS,
    leaned_on.AUTHENTICATED_AT, leaned_on.BETWEEN_STEPS, leaned_on.STEP, leaned_on.SETTING_UP,
)  # fmt: skip


@pytest.mark.parametrize(
    ("module", "name"), [(module, name) for module, names in LEANED_ON.items() for name in names]
)
def test_a_name_that_we_lean_on_is_there(module: str, name: str):
    parts = name.split(".")
    try:
        held: Any = importlib.import_module(module)
        if module == "flask_security" and parts[0].islower():
            held = importlib.import_module(f"{module}.{parts.pop(0)}")
        attrgetter(".".join(parts))(held)
    except (ImportError, AttributeError) as fault:
        pytest.fail(
            f"Flask-Security {importlib.metadata.version('flask-security-too')} has no "
            f"{module}.{name} any more ({fault}): see what took its place, and say so in "
            "app/blueprints/signin/leaned_on.py."
        )


@pytest.mark.parametrize("name", OF_THE_EXTENSION)
def test_the_extension_has_what_we_ask_of_it(app: Flask, name: str):
    assert hasattr(app.extensions["security"], name), f"the extension has no {name} any more"


def test_the_extension_takes_our_classes(app: Flask):
    with app.test_request_context():
        assert type(leaned_on.totp()).__name__ == "SingleUseTotp"
        assert leaned_on.validate_password("kort")[0]


def test_the_release_is_the_one_that_was_read():
    told = (ROOT / "pyproject.toml").read_text()
    pinned = re.search(r'"flask-security-too==([\d.]+)"', told)

    assert pinned, "pin Flask-Security exactly: seven files once leaned on its private names"
    assert pinned.group(1) == importlib.metadata.version("flask-security-too")


def test_a_session_holds_the_keys_by_which_we_know_who_it_is(app: Flask, world: World):
    client = app.test_client()
    log_in(client, world.anna.email)

    with client.session_transaction() as session:
        assert {leaned_on.ACCOUNT, leaned_on.AUTHENTICATED_AT} <= set(session)
        assert leaned_on.REMEMBER not in session


def test_between_two_steps_a_session_holds_who_and_which(app: Flask, world: World):
    client = app.test_client()
    log_in(client, world.olaf.email)

    with client.session_transaction() as session:
        assert session[leaned_on.BETWEEN_STEPS] == "uniquifier-of-olaf"
        assert leaned_on.STEP in session


def test_after_two_steps_a_session_holds_nothing_of_them(app: Flask, world: World):
    client = app.test_client()
    log_in_twice(client, world.olaf.email)

    with client.session_transaction() as session:
        assert {leaned_on.BETWEEN_STEPS, leaned_on.STEP} & set(session) == set()


def test_who_sets_a_second_factor_up_is_in_the_step_we_know(app: Flask, world: World):
    with app.app_context():
        account(world.olaf.email).tf_primary_method = None
        db.session.commit()
    client = app.test_client()
    assert log_in(client, world.olaf.email).location == "/tf-setup"

    submit(client, "/tf-setup", setup="authenticator")

    with client.session_transaction() as session:
        assert session[leaned_on.STEP] == leaned_on.SETTING_UP


def test_a_sealed_secret_gives_the_codes_of_its_app(app: Flask, clock):
    with app.app_context():
        sealed = leaned_on.totp().seal(TOTP_KEY)

        assert TOTP_KEY not in sealed
        assert len(leaned_on.totp().code_now(sealed)) == len(app_code())


@pytest.mark.parametrize(
    "module", [m for m in modules() if m.name != HERE], ids=lambda module: module.name
)
def test_nothing_else_leans_on_it(module: Module):
    private = [
        name
        for name in module.imports
        if name.startswith("flask_security.")
        and (parts := name.split("."))[1].islower()
        and len(parts) > 2
        and parts[1] not in PUBLIC_MODULES
    ]
    hidden = re.findall(r"\b_totp_factory\b|\b_datastore\b|\._totp\b", module.text)
    keys = [key for key in KEYS if f'"{key}"' in module.text]

    assert (private, hidden, keys) == ([], [], []), f"gather this in {HERE}"
