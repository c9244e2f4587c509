"""What the table of deeds (test_deeds.py) finds on the ground, and the states it may be in."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from app import clock
from app.actions.contacts import ContactEdit
from app.actions.founding_requests import Asker
from app.actions.groups import ListingEdit
from app.actions.invitations import invite
from app.actions.national.answering_requests import Plan
from app.actions.national.fellowships import FellowshipEdit, NewFellowship
from app.actions.parts.new_place import PlaceEdit
from app.actions.parts.request_rows import erase_asker
from app.actions.parts.week_rows import WeekEdit
from app.actions.proposals import Said
from app.actions.seats import Ask
from app.db import db
from app.domain.evening import Task
from app.domain.founding import RequestStatus, Wish
from app.domain.keys import hash_of
from app.domain.meeting import Status
from app.domain.place import Kind
from app.domain.proposal import State, Wrong
from app.domain.roles import Role
from app.domain.seating import Hold
from app.domain.signin.passkey import NewPasskey
from app.domain.slot import Slot
from app.records.accounts import Account, Login, RoleRecord, coordinators_of
from app.records.changes import Change, ChangeOfGroup
from app.records.evenings import TaskTaken
from app.records.exchange.asides import AsideRecord
from app.records.exchange.held_texts import HeldTextRecord
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_imports import ListImport
from app.records.exchange.list_runs import ListRun
from app.records.exchange.list_sources import ListSource
from app.records.fellowships import find_fellowship
from app.records.founding_requests import FoundingRequest
from app.records.groups import Group, find_group
from app.records.invitations import Invitation
from app.records.links import find_link
from app.records.participants import ParticipantRecord
from app.records.places import OF_THE_HOUSE, PlaceRecord
from app.records.proposals import Proposal
from app.records.regions import Region
from app.records.seats.sponsorships import Sponsorship
from app.records.signin.passkeys import PasskeyRecord
from app.records.weeks import ClosureRecord
from app.records.work.points import work_of
from tests.addresses import (
    CHANGE,
    ELSEWHERE,
    KIM,
    OF_OOST,
    REGION,
    REQUEST,
    WAITING,
    WILLING_ID,
    Grounds,
)

T = TypeVar("T")
ASK = Ask(alias="Mees", consent_text="1", contact="mees@example.org")
ASKER = Asker(name="Mees", contact="mees@example.org", words="", consent_text="1")
CONTACT = ContactEdit(name="Mees", email="mees@example.org")
GONE = Said(Wrong.GONE)
LATER = timedelta(days=3)
MADE = NewPasskey(credential="new", public_key=b"k", count=0)
NEW_FELLOWSHIP = NewFellowship(slug="nieuw", name="Nieuw")
OFF = WeekEdit(cancelled=True)
PLACE = PlaceEdit(kind=Kind.BUILDING, name="De Brug", street="Brugweg 1", town="Amsterdam")
PLAN = Plan(name="Assen", town="Assen")
WISH = Wish("Assen", "Drenthe")


class Scene:
    """The grounds inside a transaction that is taken back, fetched anew for each try."""

    def __init__(self, grounds: Grounds):
        self.grounds = grounds
        self.now: datetime = clock.now()
        self.week = grounds.week
        self.new_year = f"{self.week.sunday.year + 1}-01-01-new_year"
        self.days = (self.week.monday + LATER * 4, self.week.monday + LATER * 6)
        self.long_ago = self.week.monday - timedelta(days=400)

    def __getattr__(self, name: str) -> Any:
        """Fetch a thing when it is first asked for: most deeds touch two or three."""
        if name in _FOUND_BY:
            self.__dict__[name] = thing = _FOUND_BY[name](self)
            assert thing is not None
            return thing
        raise AttributeError(name)

    @property
    def today(self) -> date:
        return self.oost.day_of(self.now)

    @property
    def other_status(self) -> Status:
        return Status.PAUSED if self.oost.status == Status.ACTIVE else Status.ACTIVE

    @property
    def listing(self) -> ListingEdit:
        now = {one.name: getattr(self.oost, one.name) for one in fields(ListingEdit)}
        return ListingEdit(**(now | {"description": "Met koffie."}))

    @property
    def points(self) -> list[str]:
        return [one.point.key for one in work_of(self.fellowship.id, self.today)]

    @property
    def edit(self) -> FellowshipEdit:
        return replace(FellowshipEdit.of(self.fellowship), phone="+31201234567")

    def account(self, name: str) -> Account:
        at = self.grounds
        people = {"otto": at.otto, "sanne": at.newcomer, "rita": at.rita, "roos": at.roos}
        person = people.get(name) or getattr(self.grounds.world, name)
        return db.session.get_one(Account, person.id)

    def role(self, name: str) -> RoleRecord:
        id = self.account(name).id
        return next(one for one in coordinators_of(self.oost.id) if one.account_id == id)

    def slot(self, place: PlaceRecord) -> Slot:
        return Slot(self.week + 2, 4, time(20), place=place.value())

    def elsewhere_in(self, place: PlaceRecord) -> WeekEdit:
        return WeekEdit(place_id=place.id)

    def invite(self, by: Account, role: Role, *, email: str = "mees@example.org", **to: Any) -> str:
        return invite(email=email, role=role, by=by, **to)

    def change_is_of(self, group: Group) -> None:
        for one in db.session.query(ChangeOfGroup).all():
            one.group_id = group.id

    def answer(self, state: State) -> None:
        self.proposal.state, self.proposal.answered_at = state, self.now

    def forget_asker(self, status: RequestStatus) -> None:
        self.request.status = status
        erase_asker(self.request)


def _row(model: type, id: int) -> Callable[[Scene], Any]:
    return lambda _scene: db.session.get_one(model, id)


_FOUND_BY: dict[str, Callable[[Scene], Any]] = {
    "oost": lambda _scene: find_group("oost"),
    "west": lambda _scene: find_group("west"),
    "fellowship": lambda _scene: find_fellowship("stay-clean"),
    "region": lambda _scene: db.session.get_one(Region, REGION),
    "elsewhere": lambda _scene: find_fellowship("rust"),
    "kim": _row(ParticipantRecord, KIM),
    "noor": _row(ParticipantRecord, WILLING_ID),
    "sam": _row(ParticipantRecord, WAITING),
    "pair": _row(Sponsorship, 1),
    "invitation": _row(Invitation, 1),
    "of_officer": _row(Invitation, 2),
    "request": _row(FoundingRequest, REQUEST),
    "proposal": _row(Proposal, 1),
    "held": _row(HeldTextRecord, 1),
    "source": _row(ListSource, 1),
    "aside": _row(AsideRecord, 1),
    "draft": _row(ListDraft, 1),
    "list_import": _row(ListImport, 1),
    "list_run": _row(ListRun, 1),
    "change": _row(Change, CHANGE),
    "contact": lambda scene: scene.oost.contacts[0],
    "place": lambda scene: db.session.get_one(PlaceRecord, scene.grounds.place_id),
    "place_of_west": lambda scene: scene.west.slots[0].place,
}

Arranged = Callable[[Scene], None]


def there(value: T | None) -> T:
    assert value is not None
    return value


def nothing(_scene: Scene) -> None:
    """As it was laid out: Kim and Noor have seats for good, Sam waits, Sanne reads no names yet."""


def sets(name: str, **values: Any) -> Arranged:
    """Return the state in which a thing of the scene has these values."""

    def set_so(scene: Scene) -> None:
        for column, value in values.items():
            setattr(getattr(scene, name), column, value)

    return set_so


def stands(status: Status) -> Arranged:
    return sets("oost", status=status)


def hold(why: Hold) -> Arranged:
    def held(scene: Scene) -> None:
        scene.kim.hold, scene.kim.held_until = why, scene.now + LATER

    return held


def sanne(**values: Any) -> Arranged:
    """Return the state in which Sanne, whom the office brought in, has another role."""

    def is_so(scene: Scene) -> None:
        for column, value in values.items():
            setattr(scene.role("sanne"), column, value)

    return is_so


def link_of(key: str, *, used: bool = False, lapsed: bool = False) -> Arranged:
    def changed(scene: Scene) -> None:
        link = there(find_link(hash_of(key)))
        link.used_at = scene.now if used else None
        link.expires_at = scene.now if lapsed else link.expires_at

    return changed


def closed_by(name: str) -> Arranged:
    """Return the state in which this person made Oost's closure a moment ago."""

    def closed(scene: Scene) -> None:
        closure = db.session.get_one(ClosureRecord, OF_OOST)
        scene.change.deed, scene.change.account_id = "close_group", scene.account(name).id
        scene.change.after = {"closure": closure.id, "version": closure.version}

    return closed


def second_stands(status: Status) -> Arranged:
    def standing(scene: Scene) -> None:
        of_both(scene)
        scene.west.status = status

    return standing


def nameless(scene: Scene) -> None:
    """Kim's seat is taken without a name."""
    for name in ("alias", "contact", "key", "key_hash", "consent_at", "consent_text"):
        setattr(scene.kim, name, None)
    scene.kim.wants_letters = False


def in_line(scene: Scene) -> None:
    scene.kim.seat, scene.kim.wait_number = None, 5


def nobody_waits(scene: Scene) -> None:
    db.session.delete(scene.sam)


def moved_away(scene: Scene) -> None:
    """Kim has a seat in West, under the same number."""
    db.session.delete(scene.pair)
    scene.kim.group_id = scene.west.id


def noor_elsewhere(scene: Scene) -> None:
    db.session.delete(scene.pair)
    scene.noor.group_id = scene.west.id


def kim_asked_noor(scene: Scene) -> None:
    scene.pair.sponsor_id, scene.pair.sponsee_id = WILLING_ID, KIM


def pair_of_others(scene: Scene) -> None:
    scene.pair.sponsor_id, scene.pair.sponsee_id = WILLING_ID, WAITING


def of_noor(scene: Scene) -> None:
    tea = {"group_id": scene.oost.id, "week": scene.week, "kind": Task.TEA}
    db.session.add(TaskTaken(participant_id=WILLING_ID, **tea))


def of_both(scene: Scene) -> None:
    """Anna coordinates West as well; Sam was not asked to go there yet."""
    scene.sam.invited_to = None
    role = {"account_id": scene.account("anna").id, "group_id": scene.west.id}
    db.session.add(RoleRecord(kind=Role.COORDINATOR, since=scene.today, **role))


def fellowship_ended(scene: Scene) -> None:
    scene.fellowship.closed_on = scene.today
    scene.oost.status = scene.west.status = Status.CLOSED


def paused_lately(scene: Scene) -> None:
    """Oost was closed by its coordinators a moment ago."""
    began = {"status_since": scene.today.isoformat(), "status_at": scene.now.isoformat()}
    scene.oost.status = Status.CLOSED
    scene.oost.status_since, scene.oost.status_at = scene.today, scene.now
    scene.change.deed = "set_status"
    scene.change.before = {"status": str(Status.ACTIVE)} | began
    scene.change.after = {"status": str(Status.CLOSED)} | began


def ended_after_all(scene: Scene) -> None:
    """So it was, and then the whole fellowship ended."""
    paused_lately(scene)
    scene.fellowship.closed_on = scene.today


def house_mended(scene: Scene) -> None:
    """Somebody mended the address of Oost's house."""
    row = {name: getattr(scene.place, name) for name in (*OF_THE_HOUSE, "house")}
    scene.change.deed = "edit_house"
    scene.change.before = {"place": "De Linde", "rows": {str(scene.place.id): row}}
    scene.change.after = scene.change.before


def two_houses(scene: Scene) -> None:
    for place, street in ((scene.place, "Weg 1"), (scene.place_of_west, "Weg 2")):
        place.house = street


def only_anna(scene: Scene) -> None:
    db.session.delete(scene.role("sanne"))


def left(scene: Scene) -> None:
    """Anna, in whose letter the link is, coordinates Oost no more."""
    db.session.delete(scene.role("anna"))


def nobody_left(scene: Scene) -> None:
    for role in coordinators_of(scene.oost.id):
        role.until = scene.today - timedelta(days=1)


def a_second_officer(scene: Scene) -> None:
    of_ben = {"account_id": scene.account("vera").id, "fellowship_id": scene.fellowship.id}
    db.session.add(RoleRecord(kind=Role.OFFICER, since=scene.today, **of_ben))


def nobody_for_the_region(scene: Scene) -> None:
    """Rita is officer of no region any more."""
    db.session.delete(db.session.get_one(RoleRecord, scene.grounds.rita_id))


def with_two_regions(scene: Scene) -> None:
    """Rita is officer of the other region too."""
    other = {"account_id": scene.account("rita").id, "region_id": ELSEWHERE}
    db.session.add(RoleRecord(kind=Role.REGIONAL, since=scene.today, **other))


def redrawn(scene: Scene) -> None:
    """The region of Rita is drawn elsewhere: no group lies in it."""
    scene.region.kept_parts = [["province", "Drenthe"]]


def for_ben(scene: Scene, **values: Any) -> None:
    """The invitation is to Ben's address."""
    for column, value in ({"email": "ben@example.org"} | values).items():
        setattr(scene.invitation, column, value)


def log_in_of_anna(scene: Scene) -> None:
    of_anna = {"account_id": scene.account("anna").id, "key_hash": "annas"}
    db.session.add(Login(device="", remembered=False, began_at=scene.now, **of_anna))


def passkeys_of_anna(scene: Scene) -> None:
    db.session.add(
        PasskeyRecord(
            id=1,
            account_id=scene.account("anna").id,
            credential="annas",
            public_key=b"k",
            handle=b"h",
            transports=[],
            count=0,
            device="",
            made_at=scene.now,
            asked_at=scene.now - LATER,
        )
    )
