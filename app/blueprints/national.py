"""Officers and overseers: numbers, never names."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from app.blueprints.access import my_fellowship, role
from app.domain.roles import Role
from app.records.fellowships import Fellowship
from app.records.overview import (
    fellowships_of_officer,
    group_lines,
    groups_by_fellowship,
    groups_by_status,
)

bp = Blueprint("national", __name__, url_prefix="/national")

PER_PAGE = 100


@bp.get("/")
@role(Role.OFFICER, Role.OVERSEER)
def show():
    mine = fellowships_of_officer(current_user)
    oversees = Role.OVERSEER in current_user.kinds
    return render_template(
        "national/show.html",
        mine=[(one, groups_by_status(one.id)) for one in mine],
        everywhere=groups_by_fellowship() if oversees else [],
        oversees=oversees,
    )


@bp.get("/<slug>")
@my_fellowship()
def fellowship(fellowship: Fellowship):
    page = max(1, min(request.args.get("page", 1, type=int) or 1, 10_000))
    lines = group_lines(fellowship.id, offset=(page - 1) * PER_PAGE, limit=PER_PAGE + 1)
    return render_template(
        "national/fellowship.html",
        fellowship=fellowship,
        counts=groups_by_status(fellowship.id),
        lines=lines[:PER_PAGE],
        page=page,
        has_more=len(lines) > PER_PAGE,
    )
