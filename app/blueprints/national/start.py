"""Where officers and overseers begin: numbers, never names."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock
from app.blueprints.access import my_fellowship, role
from app.blueprints.national.figures import drawn, look_at, overview_page
from app.blueprints.national.within import Within
from app.blueprints.web.languages import current
from app.domain.roles import Role
from app.formats.overview.parts import headline
from app.records.accounts import RoleRecord, fellowships_of_officer
from app.records.fellowships import Fellowship
from app.records.figures import Scope, shares_of
from app.records.founding_requests import requests_waiting
from app.records.group_lists.lines import count_groups
from app.records.group_lists.sight import Sight
from app.records.group_lists.wanted import Wanted
from app.records.groups import Group
from app.records.invitations import invitations_refused
from app.records.regions import Region

bp = Blueprint("national", __name__, url_prefix="/national")


@bp.get("/")
@role(Role.OFFICER, Role.REGIONAL, Role.OVERSEER)
def show() -> ResponseReturnValue:
    oversees = Role.OVERSEER in current_user.kinds
    everywhere = look_at(Within(None)) if oversees else None
    mine = fellowships_of_officer(current_user)
    today = clock.today()
    waiting = requests_waiting([one.id for one in mine])
    return render_template(
        "national/start/show.html",
        mine=[
            (one, headline(share.groups, share.people, current()), waiting.get(one.id, 0))
            for one, share in zip(mine, shares_of(mine, Scope(), today), strict=True)
        ],
        refused=_refused(mine),
        regional=_regional(today),
        shown=everywhere,
        oversees=oversees,
        **(drawn(everywhere) if everywhere else {}),
    )


@bp.get("/<slug>")
@my_fellowship(or_overseer=True)
def fellowship(fellowship: Fellowship) -> ResponseReturnValue:
    return overview_page(look_at(Within(fellowship)))


def _regional(today: date) -> list[tuple[RoleRecord, Region, int]]:
    """Return the regions that this person is officer of, each with how many groups lie in it."""
    held = [(role, role.region) for role in current_user.roles_held if role.region is not None]
    return [
        (role, region, count_groups(Sight(region.fellowship, (region,)), Wanted(), today))
        for role, region in sorted(held, key=lambda one: one[1].name)
    ]


def _refused(fellowships: Sequence[Fellowship]) -> dict[int, list[Group]]:
    """Return the groups to which an invitation did not arrive, each once, by fellowship."""
    groups: dict[int, list[Group]] = defaultdict(list)
    for invitation in invitations_refused([one.id for one in fellowships]):
        group = invitation.group
        if group is not None and group not in groups[group.fellowship_id]:
            groups[group.fellowship_id].append(group)
    return groups
