"""What is left of who left: a page that says what happened, a calendar in which nothing comes."""

from app import clock
from app.actions.parts.derived.kept_rows import rows_from, upsert_rows
from app.db import db
from app.domain.retention import Ending
from app.records.feeds.retired import RetiredFeed
from app.records.groups import Group
from app.records.participants import ParticipantRecord
from app.records.seats.ended_pages import EndedPage


def end_page(person: ParticipantRecord, why: Ending, group: Group) -> None:
    """Let the page of somebody who is erased say what happened, for a while; no name is kept."""
    if person.key_hash:
        retire_feeds(person, group)
        today = group.day_of(clock.now())
        db.session.add(EndedPage(key_hash=person.key_hash, ending=why, ended_on=today))


def retire_feeds(person: ParticipantRecord, group: Group) -> None:
    """Let both keys of a person's own feed lead to a quiet calendar for a while.

    Calendar programs keep what they have when an address is gone: a year of meetings would stay
    on the phone of who wanted them off it. Only what is closed because of abuse skips this.
    """
    today = group.day_of(clock.now())
    retired = [
        {"key_hash": key_hash, "retired_on": today, "language": group.language}
        for key_hash in (person.feed_hash, person.discreet_hash)
        if key_hash is not None
    ]
    if retired:
        upsert_rows(RetiredFeed, rows_from(RetiredFeed, retired))
