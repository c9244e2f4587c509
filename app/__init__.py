"""Wires the parts; the only module that knows them all."""

import os
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined

from app import cli, config, db
from app.actions import in_step
from app.blueprints import (
    access,
    accounts,
    ask,
    circle,
    closures,
    compression,
    confirmation,
    contacts,
    desk,
    embed,
    errors,
    evenings,
    feeds,
    fellowships,
    figures,
    finder,
    group_lists,
    groups,
    head_counts,
    headers,
    history,
    holidays,
    intake,
    languages,
    limits,
    listing,
    meetings,
    national,
    national_closures,
    national_fellowships,
    national_groups,
    national_officers,
    national_requests,
    national_settings,
    national_work,
    offline,
    own_request,
    pages,
    people,
    places,
    printed,
    proposals,
    referrers,
    seats,
    security_log,
    selections,
    signin,
    silence,
    slots,
    sponsors,
    start,
    static_files,
    undoing,
    weeks,
    words,
)
from app.records import (  # noqa: F401 - each table is known once its module is read
    calendars,
    changes,
    columns,
    counts,
    founding_requests,
    letters,
    links,
    listings,
    participants,
    sponsorships,
    tallies,
)

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """Return the app. `settings` replace what files and environment say, for tests.

    Raises config.WrongSetting.
    """
    instance = Path(os.environ.get("TWAALF_INSTANCE", ROOT / "instance"))
    app = Flask(__name__, instance_path=str(instance), static_folder=None)
    app.config.update(settings if settings is not None else config.load(instance))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["TRANSLATIONS"] = str(ROOT / "app" / "translations")
    columns.use_sealing_keys(app.config["TWAALF_SEALING_KEYS"])
    db.attach(app)
    in_step.attach()
    Migrate(app, db.db, directory=str(ROOT / "app" / "migrations"), render_as_batch=True)
    # The order matters: what is refused outright first, the writing transaction of
    # Flask-Security's POSTs before Flask-Login loads its user, the guard before any view.
    security_log.attach(app)
    compression.attach(app)
    headers.attach(app)
    intake.attach(app)
    languages.attach(app)
    limits.attach(app)
    signin.attach(app)
    access.attach(app)
    errors.attach(app)
    static_files.attach(app)
    words.attach(app)
    for part in (
        finder, groups, national_work, fellowships, feeds, selections, meetings, desk, weeks, holidays, listing, slots, places, contacts,
        ask, seats, sponsors, circle, evenings, closures, confirmation, head_counts, people, accounts, national,
        national_closures, national_settings, national_groups, national_officers, national_fellowships,
        national_requests, figures, group_lists, history, proposals, silence,
        undoing, pages, embed, offline, printed, referrers, start, own_request,
    ):  # fmt: skip
        app.register_blueprint(part.bp)
    cli.attach(app)
    return app
