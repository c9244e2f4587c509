"""The doors: every view is closed unless marked public, and a loader is what opens it."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask_login import current_user
from flask_security.utils import check_and_update_authn_fresh, set_request_attr

from app.blueprints.next_page import where_they_were
from app.blueprints.typed import ask_with_what_was_typed
from app.domain.roles import Role
from app.records.fellowships import find_fellowship
from app.records.groups import Group, find_group

FRESH = timedelta(minutes=30)
"""People, contacts, slot and keys ask for a log-in no older than this."""

View = Callable[..., Any]


def public(view: View) -> View:
    """Open a view to everyone."""
    view.door = "public"  # type: ignore[attr-defined]
    return view


def logged_in(view: View) -> View:
    """Open a view to whoever has logged in: it shows and changes only their own account."""
    view.door = "logged_in"  # type: ignore[attr-defined]
    return view


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

        opened.door = "coordinator"  # type: ignore[attr-defined]
        return opened

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

        opened.door = " or ".join(kinds)  # type: ignore[attr-defined]
        return opened

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

        opened.door = "officer or overseer" if or_overseer else "officer"  # type: ignore[attr-defined]
        return opened

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

        opened.door = "officer"  # type: ignore[attr-defined]
        return opened

    return door


def is_fresh() -> bool:
    """Tell whether this person logged in or verified within half an hour, or is still at work."""
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return bool(check_and_update_authn_fresh(FRESH, FRESH))


def attach(app: Flask) -> None:
    app.before_request(_guard)
    app.context_processor(_desks)


def _desks() -> dict[str, set[str]]:
    """Give pages the desks that this person has, so that no way leads to a closed door."""
    if not current_user or not current_user.is_authenticated:
        return {}
    kinds = current_user.kinds
    return {"desks": {"coordinate" if kind is Role.COORDINATOR else "national" for kind in kinds}}


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
    if group is None or all(held.group_id != group.id for held in current_user.roles_held):
        abort(404)
    return group


def is_officer_of(fellowship_id: int) -> bool:
    """Tell whether this person is an officer of a fellowship."""
    return any(held.fellowship_id == fellowship_id for held in current_user.roles_held)


def _ask_again() -> Any:
    if request.method == "POST":
        return ask_with_what_was_typed(where_they_were())
    return redirect(url_for("security.verify", next=where_they_were()))
