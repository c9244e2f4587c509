"""What tests of confirmation share, whoever they answer."""

from datetime import date, datetime

from flask import Flask

from app.records.groups import find_group

NOW = datetime.fromisoformat("2026-11-23T12:00+01:00")
TODAY = NOW.date()


def confirmed_on(app: Flask, slug: str = "oost") -> date | None:
    with app.app_context():
        return find_group(slug).confirmed_on
