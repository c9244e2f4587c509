"""Other addresses for a group's calendars, when the old ones are where they should not be."""

from app import clock
from app.actions.parts.revision import listing_changed
from app.actions.parts.transaction import hold_group, note, transaction
from app.db import db
from app.domain.feeds.feed import FeedKind
from app.domain.keys import hash_of
from app.records.accounts import Account
from app.records.feeds.retired import RetiredFeed
from app.records.groups import Group, new_feed_key


@transaction
def replace_group_feed(
    group: Group, kind: FeedKind, *, by: Account | None, is_abused: bool = False
) -> None:
    """Give one of a group's two calendars another address; the old one ends as a quiet calendar.

    `is_abused`: somebody harms with the old one, so it is gone at once, and phones keep what they
    have. Raises NotTheirs.
    """
    group = hold_group(group.id, by)
    name = "feed_key" if kind is FeedKind.NAMED else "discreet_key"
    if not is_abused:
        today = group.day_of(clock.now())
        key_hash = hash_of(getattr(group, name))
        db.session.merge(RetiredFeed(key_hash=key_hash, retired_on=today, language=group.language))
    setattr(group, name, new_feed_key())
    listing_changed(group)
    note("replace_group_feed", by=by, groups=[group])
