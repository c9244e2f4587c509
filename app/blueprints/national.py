"""Where officers and overseers begin: numbers, never names."""

from flask import Blueprint, render_template
from flask_login import current_user

from app.blueprints.access import my_fellowship, role
from app.blueprints.figures import drawn, look_at, overview_page
from app.blueprints.languages import current
from app.domain.roles import Role
from app.formats.overview import headline
from app.records.accounts import fellowships_of_officer
from app.records.fellowships import Fellowship
from app.records.figures import Scope, shares_of
from app.records.founding_requests import requests_waiting

bp = Blueprint("national", __name__, url_prefix="/national")


@bp.get("/")
@role(Role.OFFICER, Role.OVERSEER)
def show():
    oversees = Role.OVERSEER in current_user.kinds
    everywhere = look_at(None) if oversees else None
    mine = fellowships_of_officer(current_user)
    waiting = requests_waiting([one.id for one in mine])
    return render_template(
        "national/show.html",
        mine=[
            (one, headline(share.groups, share.people, current()), waiting.get(one.id, 0))
            for one, share in zip(mine, shares_of(mine, Scope()), strict=True)
        ],
        shown=everywhere,
        oversees=oversees,
        **(drawn(everywhere) if everywhere else {}),
    )


@bp.get("/<slug>")
@my_fellowship(or_overseer=True)
def fellowship(fellowship: Fellowship):
    return overview_page(look_at(fellowship))
