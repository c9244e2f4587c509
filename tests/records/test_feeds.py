"""What a feed's key leads to, on both databases."""

import pytest
from flask import Flask

from app.domain.feeds.feed import FeedKind
from app.domain.meeting import Status
from app.records.feeds.found import find_feed
from app.records.groups import find_group
from tests.people import World
from tests.queries import statements


@pytest.fixture
def app(app_on_each: Flask) -> Flask:
    return app_on_each


def test_each_key_leads_to_its_own_twin_in_one_query(app: Flask, world: World):
    with app.app_context():
        oost = find_group("oost")
        keys, uuids = (oost.feed_key, oost.discreet_key), (oost.feed_uuid, oost.discreet_uuid)
        changed_at = oost.calendar_changed_at

    with statements(app) as sent, app.app_context():
        found = [find_feed(key) for key in keys]

    assert len(sent) == 2
    assert [one.kind for one in found if one] == [FeedKind.NAMED, FeedKind.DISCREET]
    assert tuple(one.namespace for one in found if one) == uuids
    assert {(one.revision, one.changed_at, one.status) for one in found if one} == {
        (1, changed_at, Status.ACTIVE)
    }


def test_a_key_in_other_letters_leads_nowhere(app: Flask, world: World):
    with app.app_context():
        key = find_group("oost").feed_key

        assert find_feed(key.swapcase()) is None
        assert find_feed("") is None
