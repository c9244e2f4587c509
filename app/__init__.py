"""Wires the parts; the only module that knows them all."""

from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy import make_url

from app import left_out  # noqa: F401 - before all that ask for what it leaves out

# isort: split
from app import actions, blueprints, config, db, records
from app.actions.parts.erasing import notes as erasures
from app.blueprints.web.compression import packings
from app.blueprints.web.languages import preferred
from app.committed import committed_to
from app.formats.ical.subscribe import device_in
from app.kept.layer import Kept
from app.records import columns
from app.replica.instead import PrimaryInstead
from app.replica.standing import Replica


def create_app(settings: dict[str, Any] | None = None, *, takes_commands: bool = True) -> Flask:
    """Return the app. `settings` replace what files and environment say, for tests.

    A server takes no commands, and leaves out what only they need. Raises config.WrongSetting.
    """
    instance = config.instance_folder()
    app = Flask(__name__, instance_path=str(instance), static_folder=None)
    app.config.update(settings if settings is not None else config.load(instance))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["TRANSLATIONS"] = str(config.ROOT / "app" / "translations")
    columns.use_sealing_keys(app.config["TWAALF_SEALING_KEYS"])
    db.attach(app)
    _read_beside(app)
    records.attach()
    noted = app.config["TWAALF_ERASURES"]
    erasures.use_file(Path(noted) if noted else None)
    actions.attach()
    blueprints.attach(app)
    if takes_commands:
        _take_commands(app)
    _keep_answers(app)
    return app


def _take_commands(app: Flask) -> None:
    from flask_migrate import Migrate  # noqa: PLC0415 - no server needs it, and it is large

    from app import cli  # noqa: PLC0415 - neither

    Migrate(app, db.db, directory=str(config.ROOT / "app" / "migrations"), render_as_batch=True)
    cli.attach(app)


def _read_beside(app: Flask) -> None:
    """Let a replica answer what everybody reads alike, where there is one."""
    if not app.config["TWAALF_REPLICA_URL"]:
        return
    with app.app_context():
        engine = db.db.engine
    replica = Replica(
        engine.url,
        make_url(app.config["TWAALF_REPLICA_URL"]),
        engine.dialect,
        app.config["SQLALCHEMY_ENGINE_OPTIONS"],
        app.config["TWAALF_REPLICA_SECONDS"],
    )
    app.extensions["replica"] = replica
    db.read_beside(app, replica.engine, blueprints.is_for_everyone)
    app.wsgi_app = PrimaryInstead(app.wsgi_app, replica)  # type: ignore[method-assign]


def _keep_answers(app: Flask) -> None:
    """Stand before all else, and answer what was answered before and is still true."""
    with app.app_context():
        pooled = app.config["TWAALF_POOLER"]
        dialect = db.db.engine.dialect
        committed = committed_to(db.db.engine.url, dialect, pooled=pooled)
        beside = None
        if replica := app.extensions.get("replica"):
            told = committed_to(replica.url, dialect, pooled=pooled, replica=True)
            beside = (replica, told) if told else None
    if committed:
        proxies = bool(app.config["TWAALF_TRUSTED_PROXIES"])
        read = {
            "accept-language": preferred,
            "accept-encoding": packings,
            "user-agent": device_in,
        }
        kept = Kept(app.wsgi_app, committed, behind_proxies=proxies, read=read, beside=beside)
        app.extensions["kept"] = kept
        app.wsgi_app = kept  # type: ignore[method-assign]  # Flask's own way
