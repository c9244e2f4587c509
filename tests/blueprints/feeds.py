"""Changing a group as its coordinator would, for the tests of its feed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from app.actions.parts.revision import calendar_changed
from app.db import db
from app.domain.meeting import Status
from app.domain.week import Week
from app.records.groups import Group, find_group
from app.records.weeks import DeviationRecord

WEEK = Week.parse("2026-W48")
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


def addresses(app: Flask, slug: str = "oost") -> tuple[str, str]:
    """Return the paths of a group's feed and of its discreet twin."""
    with app.app_context():
        group = find_group(slug)
        return f"/feeds/{group.feed_key}.ics", f"/feeds/{group.discreet_key}.ics"


def edit(app: Flask, change: Callable[[Group], Any], slug: str = "oost") -> None:
    """Change a group, and let its calendar's revision rise as every action does."""
    with app.app_context():
        group = find_group(slug)
        change(group)
        calendar_changed(group)
        db.session.commit()


def deviate(app: Flask, week: Week, slug: str = "oost", **different: Any) -> None:
    """Write down what is different in one week."""

    def change(group: Group) -> None:
        db.session.merge(DeviationRecord(group_id=group.id, week=week, **different))

    edit(app, change, slug)


def turn(app: Flask, status: Status, since: date, slug: str = "oost") -> None:
    """Give a group a status from a day on."""

    def change(group: Group) -> None:
        group.status, group.status_since = status, since

    edit(app, change, slug)
