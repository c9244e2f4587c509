"""What follows of another listing."""

from dataclasses import fields

from sqlalchemy import select

from app.actions.groups import ListingEdit
from app.actions.parts.revision import TOLD, calendar_follows
from app.db import db, writing
from app.records.feeds.stamps import EventStamp
from app.records.groups import Group

OTHER = {
    "description": "Anders.",
    "audience": "women",
    "subject": "alcohol",
    "features": ["wheelchair"],
    "codes": [["meeting_guide", "BEG"]],
    "may_be_indexed": False,
    "language_said": False,
    "zone_said": False,
}


def test_a_column_that_no_calendar_tells_raises_no_stamp(oost: Group) -> None:
    assert {one.name for one in fields(ListingEdit)} == (TOLD - {"slug"}) | OTHER.keys()

    with writing(), calendar_follows(oost):
        for name, value in OTHER.items():
            assert getattr(oost, name) != value
            setattr(oost, name, value)

    assert db.session.scalars(select(EventStamp)).all() == []


def test_another_name_raises_the_stamps_that_tell_it(oost: Group) -> None:
    with writing(), calendar_follows(oost):
        oost.name = "Oosterpoort"

    told = set(db.session.scalars(select(EventStamp.telling)))
    assert told == {"among_others"}
