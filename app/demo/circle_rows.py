"""Rows of the people round the table: contact persons, seats, and who waits in line."""

from datetime import datetime, timedelta
from typing import Any

from app.demo import names
from app.demo.calendar_rows import MadeGroup
from app.demo.derived import Derived
from app.demo.store import Store
from app.domain.feeds.feed import FeedKind
from app.domain.keys import hash_of, personal_key
from app.domain.seating import Hold, Seating
from app.domain.zones import day_at_home
from app.records.contacts import ContactRecord
from app.records.participants import ParticipantRecord

CONSENT_TEXT = "demo"
HELD = timedelta(days=2)
FULL_SINCE = 60
"""Days: the office of a fellowship hears of a group that is full for eight weeks."""
REACHABLE = 0.4
"""So many in a featured group left a contact; elsewhere nobody, as sealing takes time."""


class CircleRows:
    def __init__(self, store: Store, secrets: Derived, now: datetime):
        self._store, self._secrets, self._now = store, secrets, now

    def add(self, made: MadeGroup) -> None:
        """Add contact persons, some of whom have not said yes yet, and participants."""
        self._contacts(made)
        self._participants(made)

    def _contacts(self, made: MadeGroup) -> None:
        group, rng = made.group, made.rng
        among = names.WOMEN if group.fellowship == "vrouwenkring" else names.CONTACTS
        people = rng.sample(among, group.agreed + group.asked)
        for position, name in enumerate(people, start=1):
            self._store.add(
                ContactRecord,
                group_id=made.id,
                position=position,
                name=name,
                email=f"{name.lower()}@example.org",
                phone=names.phone(rng.randrange(7_000_000)),
                shows_phone=rng.random() < 0.6,
                shows_email=rng.random() < 0.2,
                takes_messages=rng.random() < 0.9,
                key_hash=hash_of(self._secrets.key("contact", f"{made.slug}:{position}")),
                asked_at=self._now - timedelta(days=40),
                agreed_at=self._now - timedelta(days=38) if position <= group.agreed else None,
            )

    def _participants(self, made: MadeGroup) -> None:
        """Named seats first, then seats without a name, then the line."""
        group = made.group
        aliases = made.rng.sample(names.ALIASES, group.named + group.waiting)
        taken = group.named + group.unnamed
        for number in range(1, taken + group.waiting + 1):
            has_name = number <= group.named or number > taken
            is_held = _is_held(made, number)
            days_ago = 0 if is_held else made.rng.randint(FULL_SINCE if group.waiting else 1, 300)
            joined_on = day_at_home(self._now - timedelta(days=days_ago))
            self._store.add(
                ParticipantRecord,
                group_id=made.id,
                seat=number if number <= taken else None,
                wait_number=None if number <= taken else number - taken,
                joined_on=joined_on,
                confirmed_on=joined_on if has_name and not is_held else None,
                held_until=self._now + HELD if is_held else None,
                hold=Hold.ASKED if is_held else None,
                **(self._person(made, aliases.pop()) if has_name else NOBODY),
            )

    def _person(self, made: MadeGroup, alias: str) -> dict[str, Any]:
        reachable = made.featured and made.rng.random() < REACHABLE
        key = seat_key(self._secrets, made.slug, alias)
        person = NOBODY | {
            "alias": alias,
            "contact": f"{alias.lower()}@example.org" if reachable else None,
            "wants_letters": reachable,
            "key_hash": hash_of(key),
            "consent_at": self._now,
            "consent_text": CONSENT_TEXT,
        }
        if made.featured:  # elsewhere nobody opens a page: sealing and hashing take time
            person |= {
                "key": key,
                "ask_key": hash_of(self._secrets.key("ask", f"{made.slug}:{alias}")),
                "feed_hash": hash_of(personal_key(key, 1, FeedKind.NAMED)),
                "discreet_hash": hash_of(personal_key(key, 1, FeedKind.DISCREET)),
            }
        return person


NOBODY: dict[str, Any] = {
    **dict.fromkeys(("alias", "contact", "key_hash", "key", "ask_key", "consent_at")),
    **dict.fromkeys(("consent_text", "feed_hash", "discreet_hash")),
    "wants_letters": False,
}


def seat_key(secrets: Derived, slug: str, alias: str) -> str:
    """Return the token in the address of a participant's own page."""
    return secrets.key("seat", f"{slug}:{alias}")


def _is_held(made: MadeGroup, number: int) -> bool:
    """In a featured group that seats itself, the last named seat is yet to be confirmed.

    Not where people wait: such a group is full for a while.
    """
    seats_itself = made.group.seating is Seating.SEATS_ITSELF and not made.group.waiting
    return made.featured and seats_itself and number == made.group.named
