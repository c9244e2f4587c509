"""What participants do about their own seat: ask, confirm, give it up, be forgotten."""

import secrets
from dataclasses import dataclass

from app import clock
from app.actions.parts.arrival import try_new_address
from app.actions.parts.endings import retire_feeds
from app.actions.parts.held_circle import Circle, circle_of_key, tell
from app.actions.parts.news.coordinators import tell_of_asker
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import hold_group, hold_public_group, note, transaction
from app.db import db, erased
from app.domain.feeds.feed import FeedKind
from app.domain.keys import KEY_BYTES, hash_of, personal_key
from app.domain.meeting import Status
from app.domain.name import as_name
from app.domain.refusal import LinkIsOver
from app.domain.retention import Ending
from app.domain.seating import (
    HOLDS,
    AsksElsewhere,
    Hold,
    NotMeeting,
    NotShownYet,
    Proof,
    Seating,
)
from app.records.groups import Group
from app.records.participants import (
    ParticipantRecord,
    find_by_claim,
    people_of,
)


@dataclass(frozen=True)
class Ask:
    """What a newcomer gives: a name chosen for this group, and perhaps an address for letters."""

    alias: str
    consent_text: str
    """Version of the text that was agreed to."""
    contact: str = ""
    language: str = "nl"


@dataclass(frozen=True)
class Asked:
    """What an asker is told: it is what is stored."""

    key: str
    """Of their own page."""
    seat: int | None
    position: int | None
    """In line, 1 for the next; None with a seat."""


@transaction
def ask_for_seat(group: Group, ask: Ask, *, ask_key: str) -> Asked:
    """Give the lowest free seat, or a place at the end of the line.

    The same `ask_key`, random per form, gives the old answer: a double click is one place. A full
    group is no refusal. Raises AsksElsewhere, NotMeeting, NotTheirs.
    """
    group = hold_public_group(group.id)
    circle = Circle(group, unsealed=False)  # of the others only who is written to is opened
    ask_hash = hash_of(ask_key)
    known = next((one for one in circle.people if one.ask_key == ask_hash), None)
    if known is not None and known.key:
        return _answer(known, circle.people)
    if group.status in (Status.PAUSED, Status.CLOSED):
        raise NotMeeting
    if group.seating in (Seating.BY_CONTACT, Seating.WALK_IN):
        raise AsksElsewhere(group.seating)
    circle.settle()
    person = ParticipantRecord(
        ask_key=ask_hash, joined_on=group.day_of(clock.now()), group_id=group.id
    )
    _take_as_own(person, ask, circle.people)
    welcomes = group.seating == Seating.WELCOMES
    circle.take_place(person, Hold.GREETED if welcomes else Hold.ASKED)
    circle.add(person)
    db.session.flush()
    answer = _answer(person, circle.people)
    if person.hold is None:
        tell(person, "in_line", group=group, values={"position": answer.position})
    else:
        tell(person, "seat_given", group=group, values={"hold": person.hold})
    tell_of_asker(group, person)
    circle.settle()
    note("ask_for_seat", by=None, groups=[group], after={"seated": person.seat is not None})
    return answer


@transaction
def confirm_seat(key: str, *, by_mail: bool = False) -> None:
    """Say "I come": a seat that was held stands, a place in line is kept.

    `by_mail` tells whether it is the link of a letter that says so: the page alone ends no hold.
    Raises NotShownYet, LinkIsOver.
    """
    circle, person = circle_of_key(key)
    if person.hold is not None:
        if not (by_mail and Proof.MAIL in HOLDS[Hold(person.hold)].ended_by):
            raise NotShownYet(person.hold)
        circle.prove(person)
    person.confirmed_on = circle.group.day_of(clock.now())
    person.asked_on = None
    circle.settle()
    note("confirm_seat", by=None, groups=[circle.group])


@transaction
def leave_seat(key: str) -> Group:
    """Give up a seat or a place in line, and be erased at once. Raises LinkIsOver."""
    circle, person = circle_of_key(key)
    circle.remove(person, Ending.LEFT)
    circle.settle()
    note("leave_seat", by=None, groups=[circle.group])
    return circle.group


@transaction
def set_letters(key: str, *, wanted: bool, contact: str | None = None) -> None:
    """Turn letters on or off; a contact replaces the one before, "" forgets it.

    Raises LinkIsOver.
    """
    circle, person = circle_of_key(key)
    is_to_try = bool(contact) and (contact != person.contact or not person.is_reached)
    if contact is not None:
        if contact != person.contact:
            try_new_address(person)
        person.contact = contact or None
        erased()
    person.wants_letters = wanted and bool(person.contact)
    if is_to_try and person.hold:
        # By the link in it they confirm: who could not be reached before now has a way.
        tell(person, "seat_given", group=circle.group, values={"hold": person.hold})
    circle.settle()
    note("set_letters", by=None, groups=[circle.group])


@transaction
def choose_alias(key: str, alias: str) -> None:
    """Take another name in this group. Raises LinkIsOver."""
    circle, person = circle_of_key(key)
    if alias != person.alias:
        person.alias_number = _number_for(alias, circle.people)
        person.alias = alias
        erased()
    note("choose_alias", by=None, groups=[circle.group])


@transaction
def replace_personal_feed(key: str, *, is_abused: bool = False) -> None:
    """Give the participant's own feed another address; the old one ends with a quiet calendar.

    `is_abused`: somebody else uses the old one, so it is gone at once. Raises LinkIsOver.
    """
    circle, person = circle_of_key(key)
    if not is_abused:
        retire_feeds(person, circle.group)
    person.feed_number += 1
    _set_feed_hashes(person, key)
    note("replace_personal_feed", by=None, groups=[circle.group])


@transaction
def claim_seat(claim: str, ask: Ask) -> Asked:
    """Take a seat that a coordinator kept without a name as one's own, once.

    Raises LinkIsOver, NotMeeting for a group that has stopped.
    """
    found = find_by_claim(hash_of(claim))
    if found is None:
        raise LinkIsOver
    group = hold_group(found.group_id, None)
    people = people_of(group.id)
    person = next((one for one in people if one.claim_hash == hash_of(claim)), None)
    if person is None:
        raise LinkIsOver
    if group.status == Status.CLOSED:
        raise NotMeeting
    person.claim_hash = None
    _take_as_own(person, ask, people)
    person.ask_key = hash_of(secrets.token_urlsafe(KEY_BYTES))
    person.confirmed_on = group.day_of(clock.now())
    tell(person, "seat_given", group=group, values={"hold": None})
    note("claim_seat", by=None, groups=[group])
    return _answer(person, people)


@transaction
def send_link_again(group: Group, contact: str) -> None:
    """Send the link of a lost page to the contact that was left in this group, if it was.

    Whoever asks learns nothing: the answer is the same. The contacts are sealed, so each of the
    group's own is opened and compared; no table can be searched for a person. Raises NotTheirs.
    """
    group = hold_public_group(group.id)
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    for person in people_of(group.id):
        if person.contact and person.contact.lower() == contact.lower():
            # Also to who turned letters off: they ask for this one themselves, once an hour.
            write_letter(
                "seat_link",
                to=person.contact,
                language=person.language,
                values={"group": group.name, "slug": group.slug, "key": person.key},
                dedupe_key=f"seat_link:{person.id}:{hour.timestamp():.0f}",
                participant_id=person.id,
            )
    note("send_link_again", by=None, groups=[group])


@transaction
def settle_seats(group_id: int) -> None:
    """End the holds of one group that ran out, and let its line move up."""
    group = hold_group(group_id, None)
    circle = Circle(group)
    before = [(one.id, one.seat, one.hold) for one in circle.people]
    circle.settle()
    if [(one.id, one.seat, one.hold) for one in circle.people] != before:
        note("settle_seats", by=None, groups=[group])


def _take_as_own(person: ParticipantRecord, ask: Ask, people: list[ParticipantRecord]) -> None:
    """Write a person's own part of a row: name, contact, consent, and the keys of their page.

    `people` are those of the group.
    """
    person.alias_number = _number_for(ask.alias, people)
    person.alias = ask.alias
    person.contact = ask.contact or None
    person.wants_letters = bool(ask.contact)
    person.language = ask.language
    person.consent_at, person.consent_text = clock.now(), ask.consent_text
    person.key = secrets.token_urlsafe(KEY_BYTES)
    person.key_hash = hash_of(person.key)
    person.feed_number = 1
    _set_feed_hashes(person, person.key)


def _set_feed_hashes(person: ParticipantRecord, key: str) -> None:
    person.feed_hash = hash_of(personal_key(key, person.feed_number, FeedKind.NAMED))
    person.discreet_hash = hash_of(personal_key(key, person.feed_number, FeedKind.DISCREET))


def _number_for(alias: str, people: list[ParticipantRecord]) -> int:
    """Return 1 for the first of an alias among the people of a group, 2 for the second."""
    name = as_name(alias)
    return max((one.alias_number for one in people if one.alias == name), default=0) + 1


def _answer(person: ParticipantRecord, people: list[ParticipantRecord]) -> Asked:
    assert person.key is not None
    last = person.wait_number
    line = [one for one in people if last and one.wait_number and one.wait_number <= last]
    return Asked(person.key, person.seat, len(line) or None)
