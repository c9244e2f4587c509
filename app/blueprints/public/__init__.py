"""Answers anybody: finder, groups, feeds, lists, paper."""

from flask import Flask

from app.blueprints.public import (
    ask,
    embed,
    feeds,
    fellowships,
    finder,
    groups,
    meeting_guide,
    offline,
    pages,
    printed,
    proposals,
    referrers,
    selections,
    start,
)
from app.blueprints.public.about import house
from app.blueprints.public.exchange import api, api_changes, bmlt, files, open_referral
from app.blueprints.public.group import following, one_evening


def attach(app: Flask) -> None:
    """Register the views, a file per subject."""
    for subject in (
        api,
        api_changes,
        ask,
        bmlt,
        open_referral,
        embed,
        feeds,
        fellowships,
        files,
        finder,
        following,
        groups,
        house,
        meeting_guide,
        offline,
        one_evening,
        pages,
        printed,
        proposals,
        referrers,
        selections,
        start,
    ):
        app.register_blueprint(subject.bp)
