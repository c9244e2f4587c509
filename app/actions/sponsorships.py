"""Sponsorships: one participant asks another of the group, both say yes, either ends it.

The log says of no group that a pair was made: only the two know.
"""

from sqlalchemy import or_, select

from app import clock
from app.actions.parts.held_circle import Circle, tell
from app.actions.parts.transaction import hold_group, note, transaction
from app.db import db
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver, NobodyCoachesHimself, NotTheirs
from app.records.groups import Group
from app.records.participants import ParticipantRecord, find_participant
from app.records.seats.sponsorships import Sponsorship


@transaction
def set_sponsor_marks(key: str, *, willing: bool, looking: bool) -> None:
    """Say that one is willing to be a sponsor, or looks for one. Raises LinkIsOver."""
    group, person = _person(key)
    person.is_willing, person.is_looking = willing, looking
    note("set_sponsor_marks", by=None, groups=[group])


@transaction
def ask_sponsor(key: str, sponsor_id: int) -> None:
    """Ask someone of the group who is willing. Asking twice is asking once.

    Raises LinkIsOver, NobodyCoachesHimself, NotTheirs for who is not willing or not of the group.
    """
    group, person = _person(key)
    if sponsor_id == person.id:
        raise NobodyCoachesHimself
    sponsor = next((one for one in Circle(group).people if one.id == sponsor_id), None)
    if sponsor is None or not sponsor.is_willing:
        raise NotTheirs
    known = select(Sponsorship).where(
        Sponsorship.sponsor_id == sponsor.id, Sponsorship.sponsee_id == person.id
    )
    if db.session.scalar(known) is None:
        today = group.day_of(clock.now())
        db.session.add(Sponsorship(sponsor_id=sponsor.id, sponsee_id=person.id, asked_on=today))
        tell(sponsor, "sponsor_asked", group=group)
    note("ask_sponsor", by=None)


@transaction
def agree_to_sponsor(key: str, sponsorship_id: int) -> None:
    """Say yes, as the one who was asked. Raises LinkIsOver, NotTheirs."""
    group, person = _person(key)
    pair = _pair(sponsorship_id, person)
    if pair.sponsor_id != person.id:
        raise NotTheirs
    pair.began_on = pair.began_on or group.day_of(clock.now())
    pair.sponsee.is_looking = False
    tell(pair.sponsee, "sponsor_agreed", group=group)
    note("agree_to_sponsor", by=None)


@transaction
def end_sponsorship(key: str, sponsorship_id: int) -> None:
    """Say no to a request, take it back, or end what was; nothing remains of it.

    The other is told when both had said yes, or when a request gets no for an answer. Raises
    LinkIsOver, NotTheirs.
    """
    group, person = _person(key)
    pair = _pair(sponsorship_id, person)
    other = pair.sponsee if pair.sponsor_id == person.id else pair.sponsor
    if pair.began_on or other is pair.sponsee:
        tell(other, "sponsor_ended", group=group, values={"had_begun": pair.began_on is not None})
    db.session.delete(pair)
    note("end_sponsorship", by=None)


def _person(key: str) -> tuple[Group, ParticipantRecord]:
    """Lock the group of who has this key, and a seat in it for good. Raises LinkIsOver."""
    found = find_participant(hash_of(key))
    if found is None:
        raise LinkIsOver
    group = hold_group(found.group_id, None)
    person = next((one for one in Circle(group).people if one.key_hash == hash_of(key)), None)
    if person is None or not person.is_settled:
        raise LinkIsOver
    return group, person


def _pair(sponsorship_id: int, person: ParticipantRecord) -> Sponsorship:
    own = or_(Sponsorship.sponsor_id == person.id, Sponsorship.sponsee_id == person.id)
    pair = db.session.scalar(select(Sponsorship).where(Sponsorship.id == sponsorship_id, own))
    if pair is None:
        raise NotTheirs
    return pair
