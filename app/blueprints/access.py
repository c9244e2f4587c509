"""The doors: every view is closed unless marked public, and a loader is what opens it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import (
    Flask,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from app import clock
from app.blueprints.signin.leaned_on import proved_within
from app.blueprints.web.kept_input import ask_with_what_was_typed
from app.blueprints.web.next_page import where_they_were
from app.config import secret_keys
from app.domain.keys import hash_of, is_mail_proof
from app.domain.roles import Role
from app.domain.signin.lasting import FRESH
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import Fellowship, find_fellowship
from app.records.group_lists.sight import Sight, sight_of
from app.records.groups import Group, find_group
from app.records.participants import ParticipantRecord, find_participant
from app.records.seats.ended_pages import find_ended_page

View = Callable[..., Any]


def behind(door: str, view: View) -> View:
    """Write on a view which door it is behind; the guard and the tests read it there."""
    view.door = door  # type: ignore[attr-defined]  # functions may hold notes; mypy knows none
    return view


def public(view: View) -> View:
    """Open a view to everyone."""
    return behind("public", view)


def logged_in(view: View) -> View:
    """Open a view to whoever has logged in: it shows and changes only their own account."""
    return behind("logged_in", view)


def my_account(*, fresh: bool = False) -> Callable[[View], View]:
    """Open a view to whoever has logged in, as `logged_in` does; `fresh` asks again who it is."""

    def door(view: View) -> View:
        @wraps(view)
        def opened(**kwargs: Any) -> Any:
            if fresh and not is_fresh():
                return _ask_again()
            return view(**kwargs)

        return logged_in(opened)

    return door


def my_group(*, fresh: bool = False) -> Callable[[View], View]:
    """Open a view to the coordinators of the group named in its address.

    The view gets `group` in place of `slug`. Anyone else gets a 404, as if it did not exist.
    """

    def door(view: View) -> View:
        @wraps(view)
        def opened(slug: str, **kwargs: Any) -> Any:
            group = _group_of_mine(slug)
            if fresh and not is_fresh():
                return _ask_again()
            return view(group=group, **kwargs)

        return behind("coordinator", opened)

    return door


def my_circle(*, fresh: bool = False) -> Callable[[View], View]:
    """Open a view of who is in the circle, as `my_group` does, to coordinators who read it.

    Whom the office brought in reads why they do not see it yet, and no name.
    """

    def door(view: View) -> View:
        @wraps(view)
        def opened(group: Group, **kwargs: Any) -> Any:
            mine = role_in(group)
            if not mine.reads(clock.now()):
                return render_template("coordinate/circle/waits.html", group=group, mine=mine), 403
            return view(group=group, **kwargs)

        return my_group(fresh=fresh)(opened)

    return door


def role(*kinds: Role, fresh: bool = False) -> Callable[[View], View]:
    """Open a view to accounts with one of these roles; a 404 for others."""

    def door(view: View) -> View:
        @wraps(view)
        def opened(**kwargs: Any) -> Any:
            if not current_user.kinds & frozenset(kinds):
                abort(404)
            if fresh and not is_fresh():
                return _ask_again()
            return view(**kwargs)

        return behind(" or ".join(kinds), opened)

    return door


def my_fellowship(*, fresh: bool = False, or_overseer: bool = False) -> Callable[[View], View]:
    """Open a view to the officers of the fellowship named in its address, as `fellowship`."""

    def door(view: View) -> View:
        @wraps(view)
        def opened(slug: str, **kwargs: Any) -> Any:
            fellowship = find_fellowship(slug)
            oversees = or_overseer and Role.OVERSEER in current_user.kinds
            if fellowship is None or not (oversees or is_officer_of(fellowship.id)):
                abort(404)
            if fresh and not is_fresh():
                return _ask_again()
            return view(fellowship=fellowship, **kwargs)

        return behind("officer or overseer" if or_overseer else "officer", opened)

    return door


def group_of_my_fellowship(*, fresh: bool = False) -> Callable[[View], View]:
    """Open a view to the officers of the fellowship that the group in its address is of."""

    def door(view: View) -> View:
        @wraps(view)
        def opened(slug: str, **kwargs: Any) -> Any:
            group: Group | None = find_group(slug)
            if group is None or not is_officer_of(group.fellowship_id):
                abort(404)
            if fresh and not is_fresh():
                return _ask_again()
            return view(group=group, **kwargs)

        return behind("officer", opened)

    return door


def my_region(*, fresh: bool = False, or_overseer: bool = False) -> Callable[[View], View]:
    """Open a view to the officers of the fellowship in its address, and to those of its regions.

    The view gets `sight` in place of `slug`: what it shows and does is asked with that, and of
    nothing else. Who is officer of a region comes in nowhere but here and at `group_of_my_region`.
    """

    def door(view: View) -> View:
        @wraps(view)
        def opened(slug: str, **kwargs: Any) -> Any:
            fellowship = find_fellowship(slug)
            sight = sight_in(fellowship) if fellowship else None
            if sight is None and fellowship and or_overseer and Role.OVERSEER in current_user.kinds:
                sight = Sight(fellowship)
            if sight is None:
                abort(404)
            if fresh and not is_fresh():
                return _ask_again()
            return view(sight=sight, **kwargs)

        overseer = " or overseer" if or_overseer else ""
        return behind("officer or regional" + overseer, opened)

    return door


def group_of_my_region(*, fresh: bool = False) -> Callable[[View], View]:
    """Open a view as `group_of_my_fellowship` does, and to the officers of where the group lies."""

    def door(view: View) -> View:
        @wraps(view)
        def opened(slug: str, **kwargs: Any) -> Any:
            group = find_group(slug)
            sight = sight_in(group.fellowship) if group else None
            if group is None or sight is None or not sight.has([group.id], clock.today()):
                abort(404)
            if fresh and not is_fresh():
                return _ask_again()
            return view(group=group, **kwargs)

        return behind("officer or regional", opened)

    return door


def sight_in(fellowship: Fellowship) -> Sight | None:
    """Return which groups of a fellowship this person sees as officer; None: nothing of it."""
    if is_officer_of(fellowship.id):
        return Sight(fellowship)
    if Role.REGIONAL not in current_user.kinds:
        return None
    return sight_of(current_user, fellowship)


def participant(token: str) -> ParticipantRecord:
    """Return whose page this is: the key in the address is the door. Else 404.

    A page that is over answers 410 for a while, and says what happened.
    """
    person = find_participant(hash_of(token))
    if person is None:
        over = find_ended_page(hash_of(token))
        if over is None:
            abort(404)
        page = render_template("by_link/seats/over.html", ending=over.ending, on=over.ended_on)
        abort(make_response(page, 410))
    return person


def came_by_mail(token: str) -> bool:
    """Tell whether a page was opened by the link in a letter, which its own address cannot make."""
    given = request.values.get("m", "")
    return any(is_mail_proof(given, secret, token) for secret in secret_keys(current_app.config))


def is_fresh() -> bool:
    """Tell whether this person logged in or verified within half an hour, or is still at work."""
    return proved_within(FRESH)


def attach(app: Flask) -> None:
    app.before_request(_guard)
    app.context_processor(_desks)


def _desks() -> dict[str, Any]:
    """Give pages the desks and the sight that this person has: no way leads to a closed door."""
    if not current_user or not current_user.is_authenticated:
        return {}
    kinds = current_user.kinds
    desks = {"coordinate" if kind is Role.COORDINATOR else "national" for kind in kinds}
    return {"desks": desks, "sight_in": sight_in}


def _guard() -> Any:
    if request.endpoint is None or request.routing_exception is not None:
        return None
    door = getattr(current_app.view_functions[request.endpoint], "door", None)
    if door == "public":
        return None
    if door in (None, "closed"):
        abort(404)
    if not current_user.is_authenticated:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
        abort(403)
    return None


def _group_of_mine(slug: str) -> Group:
    group = find_group(slug)
    now = clock.now()
    if group is None or all(
        held.group_id != group.id or held.is_over(now) for held in current_user.roles_held
    ):
        abort(404)
    return group


def role_in(group: Group) -> RoleRecord:
    """Return what this person is in a group of theirs."""
    account: Account = current_user
    return next(held for held in account.roles_held if held.group_id == group.id)


def is_officer_of(fellowship_id: int) -> bool:
    """Tell whether this person is an officer of a whole fellowship."""
    return any(held.fellowship_id == fellowship_id for held in current_user.roles_held)


def _ask_again() -> Any:
    if request.method == "POST":
        return ask_with_what_was_typed(where_they_were())
    return redirect(url_for("security.verify", next=where_they_were()))
