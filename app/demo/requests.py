"""Requests for new groups, as the officers of the demo find them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from app.demo.derived import Derived
from app.demo.store import Store
from app.domain.founding import RequestStatus, Speaker, wish
from app.domain.keys import hash_of
from app.domain.zones import day_at_home
from app.records.founding_requests import FoundingRequest

CONSENT_TEXT = "demo"


@dataclass(frozen=True)
class DemoRequest:
    fellowship: str
    town: str
    name: str
    words: str
    days_ago: int
    status: RequestStatus = RequestStatus.ASKED
    weekday: int | None = None
    start: time | None = None
    answer: str = ""
    """What an officer wrote, if that is the status."""


REQUESTS = (
    DemoRequest(
        "aa", "Emmen", "Joost", "Met twee vrienden. We zoeken nog een zaal.", 3,
        weekday=2, start=time(20),
    ),
    DemoRequest(
        "aa", "Stadskanaal", "Els", "", 9, RequestStatus.ASKED_BACK,
        answer="Fijn dat je dit wilt. Ken je al iemand die mee wil doen?",
    ),
    DemoRequest(
        "aa", "Amstelveen", "Robin", "Ik kan alleen op donderdag.", 20, RequestStatus.NOT_YET,
        weekday=4,
        answer="In Amsterdam-Zuid begint in januari een groep op donderdag. Is dat iets voor jou?",
    ),
    DemoRequest("stay-clean", "Urk", "Tess", "We zijn met z’n drieën.", 1, weekday=6),
)  # fmt: skip


def add_requests(
    store: Store, secrets: Derived, fellowship_ids: dict[str, int], now: datetime
) -> None:
    """Add each to its fellowship, with the key of its asker's own page."""
    for number, one in enumerate(REQUESTS):
        since = now - timedelta(days=one.days_ago)
        wished = wish(one.town, one.weekday, one.start)
        key = secrets.key("request", str(number))
        talk: list[dict[str, Any]] = []
        if one.answer:
            day = day_at_home(since).isoformat()
            talk = [{"by": str(Speaker.OFFICER), "on": day, "text": one.answer}]
        store.add(
            FoundingRequest,
            fellowship_id=fellowship_ids[one.fellowship],
            status=one.status,
            status_since=since,
            confirmed_at=since,
            town=wished.town,
            province=wished.province,
            weekday=wished.weekday,
            start=wished.start,
            name=one.name,
            contact=f"{one.name.lower()}@example.org",
            words=one.words,
            talk=talk,
            key=key,
            key_hash=hash_of(key),
            consent_at=since,
            consent_text=CONSENT_TEXT,
        )
