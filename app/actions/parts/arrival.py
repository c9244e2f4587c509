"""What became of a letter tells of the address it went to: of a participant, account or invitation."""

from datetime import datetime

from app import clock
from app.actions.parts.held_circle import Circle
from app.actions.parts.transaction import hold_group
from app.db import db, erased
from app.domain.keys import hash_of
from app.domain.seating import TRIED_IN_VAIN, Hold
from app.records.accounts import Account, find_account, normal_address
from app.records.followers import Follower
from app.records.invitations import Invitation, find_invitation
from app.records.letters import Letter
from app.records.participants import ParticipantRecord


def mark_refused(letter: Letter) -> None:
    """Remember that mail to the address of a letter does not arrive; whoever waits for it need not.

    A held seat is held as for who left no address, but an offer for a day: others are in line. An
    address that was replaced since tells nothing.
    """
    now = clock.now()
    if letter.follower_id is not None:
        _forget_follower(letter.follower_id)
    if person := _participant(letter):
        circle = Circle(hold_group(person.group_id, None))
        if person in circle.people and person.mail_refused_at is None:
            person.mail_refused_at = now
            _hold_in_vain(circle, person, now)
    for other in _others(letter):
        other.mail_refused_at = other.mail_refused_at or now


def mark_arrived(letter: Letter) -> None:
    """Remember that mail to the address of a letter arrives."""
    person = _participant(letter)
    if person and person.mail_refused_at:
        hold_group(person.group_id, None)
        person.mail_refused_at = None
    for other in _others(letter):
        other.mail_refused_at = None


def try_new_address(person: ParticipantRecord) -> None:
    """Know nothing bad of the address that takes the place of the one before.

    Of an offer that was cut short a day is left, to answer the letter.
    """
    if person.mail_refused_at and person.hold == Hold.OFFERED and person.held_until:
        person.held_until = max(person.held_until, clock.now() + TRIED_IN_VAIN)
    person.mail_refused_at = None


def _forget_follower(follower_id: int) -> None:
    """Forget who follows a group at an address that takes no mail: nothing is to be lost by it."""
    if follower := db.session.get(Follower, follower_id):
        db.session.delete(follower)
        db.session.flush()
        erased()


def _hold_in_vain(circle: Circle, person: ParticipantRecord, now: datetime) -> None:
    if person.hold == Hold.ASKED:
        circle.hold(person, Hold.ASKED)
    elif person.hold == Hold.OFFERED and person.held_until:
        person.held_until = min(person.held_until, now + TRIED_IN_VAIN)


def _participant(letter: Letter) -> ParticipantRecord | None:
    if letter.participant_id is None:
        return None
    person = db.session.get(ParticipantRecord, letter.participant_id)
    return person if person and person.contact == letter.recipient else None


def _others(letter: Letter) -> list[Account | Invitation]:
    if any((letter.participant_id, letter.founding_request_id, letter.follower_id)):
        return []
    if letter.kind == "invitation":
        invitation = find_invitation(hash_of(letter.values["key"]))
        return [invitation] if invitation else []
    account = find_account(normal_address(letter.recipient))
    return [account] if account else []
