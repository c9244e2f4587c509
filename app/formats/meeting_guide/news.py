"""What a list without exceptions tells of a group in words: not begun yet, other this week."""

from collections.abc import Iterator

from app.domain.listing import Listing
from app.domain.meeting import Difference, Meeting, Status
from app.domain.slot import Slot
from app.domain.week import Week
from app.formats.text import large_first
from app.formats.who_sees import who_may_come
from app.formats.wording import day_in_words, gettext_in, hours, where


def news_of(listing: Listing, slot: Slot, week: Week) -> Iterator[str]:
    """Yield sentences, in the group's language."""
    language = listing.language
    _ = gettext_in(language)
    if listing.status is Status.PREPARING:
        yield _("Deze groep is in oprichting.")
    if slot.since > week:
        first = day_in_words(slot.since.day(slot.weekday), language, year=True)
        yield _("De eerste bijeenkomst is op %(day)s.", day=first)
    if listing.schedule.is_usual_in(week):
        return
    meeting = listing.schedule.meeting_in(week)
    if meeting is None:
        return
    day = day_in_words(meeting.day, language)
    if not meeting.is_on:
        yield _("Let op: %(day)s gaat het niet door.", day=day)
    elif meeting.differences & {Difference.MOVED, Difference.ELSEWHERE}:
        yield _(
            "Let op, deze week: %(day)s, %(hours)s, %(where)s.",
            day=day,
            hours=hours(meeting, language),
            where=where(meeting.place, listing, language),
        )
    if meeting.is_on:
        yield from (f"{large_first(day)}: {one}." for one in who_may_come(meeting, language))
    yield from _said(meeting)


def _said(meeting: Meeting) -> Iterator[str]:
    yield from (words for words in (meeting.reason, meeting.note) if words)
