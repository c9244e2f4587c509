"""Every address of the app, with something standing at each, and who may knock there."""

import hashlib
from dataclasses import dataclass
from datetime import date, time, timedelta

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.routing import Rule

from app import clock
from app.db import db
from app.domain.exchange.asides import About, Aside
from app.domain.founding import RequestStatus
from app.domain.keys import hash_of
from app.domain.roles import Reading, Role
from app.domain.week import Week
from app.formats.api.open_referral import id_of
from app.formats.selection import Selection, pack
from app.records.accounts import coordinators_of
from app.records.changes import Change, ChangeOfGroup
from app.records.contacts import ContactRecord
from app.records.exchange.asides import AsideRecord
from app.records.exchange.held_texts import HeldTextRecord
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_imports import ListImport
from app.records.exchange.list_runs import ListRun
from app.records.exchange.list_sources import ListSource
from app.records.fellowships import Fellowship
from app.records.followers import Follower
from app.records.founding_requests import FoundingRequest
from app.records.group_lists.sight import regional_officers_of
from app.records.groups import find_group
from app.records.inside.announcements import Announcement
from app.records.invitations import Invitation
from app.records.links import Link
from app.records.participants import ParticipantRecord
from app.records.proposals import Proposal
from app.records.regions import Region
from app.records.seats.sponsorships import Sponsorship
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.people import Person, World

PEOPLE = ("visitor", "kim", "anna", "ben", "olaf", "otto", "vera", "rita", "roos")
"""Nobody logged in; a participant of this group; its coordinator; one of another group; an officer
of its fellowship; one of another fellowship; an overseer; an officer of the region that the group
lies in; one of another region of that fellowship."""

CONTACT_KEY = "a-key-that-only-the-letter-holds"
CONFIRM_KEY = "a-key-that-only-the-question-holds"
COUNT_KEY = "a-key-that-only-the-count-holds"
HOLIDAY_KEY = "a-key-that-only-the-holiday-holds"
INVITATION_KEY = "a-key-that-only-the-invitation-holds"
SEAT_KEY = "a-key-that-only-its-participant-holds"
REQUEST_KEY = "a-key-of-who-asked-for-a-group"
REQUEST = 1
FOLLOW_KEY = "a-key-of-who-follows-a-group"
WAITING_KEY = "a-key-of-who-may-move-to-another-group"
CHANGE = 9001
EDIT = 9002
ANNOUNCED = 9003
"""The ids of changes of a week and of the listing."""
WILLING_ID = 3
"""The id of Noor, whose sponsor Kim is asked to be."""
WAITING = 4
"""The id of Sam, who is in line."""
CLAIM_KEY = "a-key-that-a-coordinator-hands-over"
CSRF = "the-same-in-session-and-form"

CLOSURES_OF_OTHERS = ("closures.meet", "closures.follow")
KIM, NAMELESS = 1, 2
"""The ids of who has the two seats of Oost that are taken."""
REGION, ELSEWHERE = 1, 2
"""The ids of the region that Oost lies in, and of one that no group lies in."""
OF_OOST, OF_ALL = 1, 2
"""The ids of two closures: Oost's own, and its fellowship's."""

ENDPOINTS_OF_FELLOWSHIPS = (
    "fellowships.", "meetings.", "embed.", "national.fellowship", "national_groups.found",
    "national_closures.", "national_requests.", "national_settings.", "national_work.", "national_officers.", "national_fellowships.",
    "national_history.index", "national_history.file", "national_houses.", "national_proposals.", "figures.", "periods.", "national_regions.", "national_kinds.",
    "group_lists.", "many_groups.", "national_lists.", "list_runs.", "national_archives.", "national_asides.", "api.fellowship", "list_files.",
)  # fmt: skip


@dataclass
class Grounds:
    """Anna's group Oost with one of everything that an address can name."""

    app: Flask
    world: World
    feed_key: str
    place_id: int
    week: Week
    otto: Person
    rita: Person
    roos: Person
    rita_id: int
    """The id of Rita's being officer of a region."""
    newcomer: Person
    """Who coordinates Oost with Anna since today, and reads no names yet."""

    def address(self, rule: Rule, person: str = "kim") -> str:
        """Return the address of a rule, as Anna's group or its fellowship has it.

        Kim alone has the keys of participants; others guess.
        """
        values = {name: self._value(name, rule.endpoint) for name in rule.arguments}
        if "token" in values and person != "kim":
            values["token"] = "a-key-that-nobody-has"
        with self.app.test_request_context():
            return self.app.url_for(rule.endpoint, **values)

    def _value(self, name: str, endpoint: str) -> object:
        if name == "slug":
            return "stay-clean" if endpoint.startswith(ENDPOINTS_OF_FELLOWSHIPS) else "oost"
        if name == "closure_id":
            of_all = endpoint.startswith("national") or endpoint in CLOSURES_OF_OTHERS
            return OF_ALL if of_all else OF_OOST
        if name == "key":
            keys = {
                "feeds.show": self.feed_key,
                "accounts.invitation": INVITATION_KEY,
                "by_link_confirmation.show": CONFIRM_KEY,
                "by_link_head_counts.count": COUNT_KEY,
                "by_link_holidays.answer": HOLIDAY_KEY,
                "holidays.answer": f"{self.week.sunday.year + 1}-01-01-new_year",
                "claims.show": CLAIM_KEY,
                "own_following.show": FOLLOW_KEY,
                "own_following.stop": FOLLOW_KEY,
            }
            return keys.get(endpoint, CONTACT_KEY)
        if name == "person_id":
            return NAMELESS if endpoint == "circle.link" else KIM
        known = {
            "position": 1,
            "task": "tea",
            "place_id": self.place_id,
            "since": str(self.week + 4),
            "week": str(self.week + 1),
            "change_id": EDIT if endpoint.endswith("history.restore") else CHANGE,
            "kind": "csv",
            "proposal_id": 1,
            "list_id": 1,
            "draft_id": 1,
            "region_id": REGION,
            "role_id": self.rita_id,
            "code": "MAANLICHT",
            "import_id": 1,
            "run_id": 1,
            "held_id": 1,
            "announcement_id": ANNOUNCED,
            "aside_id": 1,
            "service_id": id_of(self.app.config["TWAALF_PUBLIC_URL"], 1),
            "source_id": 1,
            "invitation_id": 2 if endpoint.startswith("national_officers.") else 1,
            "account_id": self.newcomer.id
            if endpoint in ("people.undo", "people.let_in")
            else self.world.olaf.id,
            "token": self._token(endpoint),
            "sponsor_id": WILLING_ID,
            "pair_id": 1,
            "request_id": REQUEST,
            "key_hash": "no-such-device",
            "passkey_id": 1,
            "filename": "nothing.css",
            "province": "Utrecht",
            "name": "years.csv" if endpoint.startswith("periods.") else "status.csv",
            "form": "csv",
            "packed": pack(Selection(slugs=("oost",))),
        }
        assert name in known, f"{endpoint} has {name} in its address: say here what stands there"
        return known[name]

    @staticmethod
    def _token(endpoint: str) -> str:
        if endpoint in ("sponsors.move", "sponsors.stay"):
            return WAITING_KEY
        if endpoint.startswith("own_request."):
            return REQUEST_KEY
        return (
            SEAT_KEY
            if endpoint.startswith(("seats.", "sponsors.", "by_link_evenings."))
            else "no-such-token"
        )

    def client(self, person: str) -> FlaskClient:
        if person in ("visitor", "kim"):
            return self.app.test_client()
        if person in ("otto", "rita", "roos"):
            return getattr(self, person).client()
        return getattr(self.world, person).client()


def lay_out(app: Flask, world: World) -> Grounds:
    """Give Oost a contact person, a standing time to come, and a week that differs."""
    with app.app_context():
        oost = find_group("oost")
        oost.fellowship.kept_kinds = [{"code": "MAANLICHT", "names": {"nl": "bij maanlicht"}}]
        week = Week.at(clock.now(), oost.timezone)
        db.session.add_all(
            [
                ContactRecord(
                    group_id=oost.id,
                    position=1,
                    name="Noor",
                    email="noor@example.org",
                    phone="",
                    key_hash=hashlib.sha256(CONTACT_KEY.encode()).hexdigest(),
                    asked_at=clock.now(),
                    agreed_at=clock.now(),
                ),
                Change(
                    id=CHANGE,
                    at=clock.now(),
                    deed="change_week",
                    before={"week": str(week + 1), "version": 0},
                    after={"week": str(week + 1), "version": 7},
                ),
                ChangeOfGroup(change_id=CHANGE, group_id=oost.id),
                Change(
                    id=EDIT,
                    at=clock.now(),
                    deed="edit_listing",
                    before={"description": "Met thee."},
                    after={"description": ""},
                ),
                ChangeOfGroup(change_id=EDIT, group_id=oost.id),
                SlotRecord(group_id=oost.id, since=week + 4, weekday=2, start=time(20)),
                Invitation(
                    id=1,
                    key_hash=hashlib.sha256(INVITATION_KEY.encode()).hexdigest(),
                    email="kim@example.org",
                    kind=Role.COORDINATOR,
                    group_id=oost.id,
                    created_at=clock.now(),
                    expires_at=clock.now() + timedelta(hours=72),
                ),
                ListDraft(
                    id=1,
                    fellowship_id=oost.fellowship_id,
                    name="lijst.csv",
                    program="AA",
                    content="eJwDAAAAAAE=",
                    columns={},
                    lines=[],
                    made_at=clock.now(),
                ),
                ListSource(
                    id=1,
                    fellowship_id=oost.fellowship_id,
                    key="meeting-guide",
                    name="lijst.csv",
                    program="AA",
                ),
                ListImport(
                    id=1,
                    fellowship_id=oost.fellowship_id,
                    name="lijst.csv",
                    made_at=clock.now(),
                    new={},
                    changed=[],
                ),
                ListRun(
                    id=1,
                    fellowship_id=oost.fellowship_id,
                    deed="accept",
                    state="failed",
                    fault="unforeseen",
                    made_at=clock.now(),
                    heard_at=clock.now(),
                    outcome={},
                    detail={},
                ),
                Announcement(
                    id=ANNOUNCED,
                    group_id=oost.id,
                    said_at=clock.now(),
                    words="We eten vooraf soep.",
                    for_line=False,
                ),
                HeldTextRecord(
                    id=1,
                    group_id=oost.id,
                    field="description",
                    finding="phone",
                    words="Bel 0612345678.",
                    digest="0" * 64,
                    made_at=clock.now(),
                ),
                AsideRecord(
                    id=1,
                    group_id=oost.id,
                    field="name",
                    about="capacity",
                    words="max 25",
                    understood=Aside("name", "max 25", About.CAPACITY, number=25).understood(),
                    digest="0" * 64,
                    made_at=clock.now(),
                ),
                Proposal(
                    id=1,
                    group_id=oost.id,
                    wrong="listing",
                    instead={"description": "Met thee."},
                    language="nl",
                    digest="0" * 64,
                    sent_at=clock.now() - timedelta(days=8),
                ),
                Invitation(
                    id=2,
                    key_hash=hash_of("the key of a second officer"),
                    email="noor@example.org",
                    kind=Role.OFFICER,
                    fellowship_id=oost.fellowship_id,
                    created_at=clock.now(),
                    expires_at=clock.now() + timedelta(hours=72),
                ),
                Link(
                    key_hash=hashlib.sha256(CONFIRM_KEY.encode()).hexdigest(),
                    kind="confirm",
                    account_id=world.anna.id,
                    created_at=clock.now(),
                    expires_at=clock.now() + timedelta(days=30),
                    groups=[oost],
                ),
                ParticipantRecord(
                    id=KIM,
                    group_id=oost.id,
                    seat=1,
                    alias="Kim",
                    key_hash=hash_of(SEAT_KEY),
                    key=SEAT_KEY,
                    consent_at=clock.now(),
                    consent_text="1",
                    joined_on=clock.today(),
                    contact="kim@example.org",
                    wants_letters=True,
                ),
                ParticipantRecord(
                    id=WILLING_ID,
                    group_id=oost.id,
                    seat=3,
                    alias="Noor",
                    key_hash=hash_of("the key of Noor"),
                    consent_at=clock.now(),
                    joined_on=clock.today(),
                    is_willing=True,
                ),
                Sponsorship(
                    id=1,
                    sponsor_id=KIM,
                    sponsee_id=WILLING_ID,
                    asked_on=clock.today(),
                ),
                ParticipantRecord(
                    id=WAITING,
                    group_id=oost.id,
                    wait_number=1,
                    alias="Sam",
                    key_hash=hash_of(WAITING_KEY),
                    key=WAITING_KEY,
                    consent_at=clock.now(),
                    joined_on=clock.today(),
                    invited_to=find_group("west").id,
                ),
                ParticipantRecord(
                    id=NAMELESS,
                    group_id=oost.id,
                    seat=2,
                    joined_on=clock.today(),
                    claim_hash=hash_of(CLAIM_KEY),
                ),
                Link(
                    key_hash=hashlib.sha256(COUNT_KEY.encode()).hexdigest(),
                    kind="count",
                    account_id=world.anna.id,
                    week=week + -1,
                    created_at=clock.now(),
                    expires_at=clock.now() + timedelta(days=7),
                    groups=[oost],
                ),
                Link(
                    key_hash=hashlib.sha256(HOLIDAY_KEY.encode()).hexdigest(),
                    kind="holiday",
                    account_id=world.anna.id,
                    holiday=f"{week.sunday.year + 1}-01-01-new_year",
                    created_at=clock.now(),
                    expires_at=clock.now() + timedelta(days=7),
                    groups=[oost],
                ),
                Region(
                    id=REGION,
                    fellowship_id=oost.fellowship_id,
                    name="De Randstad",
                    kept_parts=[["province", "Noord-Holland"], ["postcode", "1000-1099"]],
                ),
                Region(
                    id=ELSEWHERE,
                    fellowship_id=oost.fellowship_id,
                    name="Het Noorden",
                    kept_parts=[["province", "Groningen"]],
                ),
                FoundingRequest(
                    id=REQUEST,
                    fellowship_id=oost.fellowship_id,
                    status=RequestStatus.ASKED,
                    status_since=clock.now(),
                    confirmed_at=clock.now(),
                    town="Assen",
                    province="Drenthe",
                    name="Mees",
                    contact="mees@example.org",
                    words="",
                    talk=[],
                    key=REQUEST_KEY,
                    key_hash=hash_of(REQUEST_KEY),
                    consent_at=clock.now(),
                ),
                Follower(
                    group_id=oost.id,
                    way="mail",
                    contact="lena@example.org",
                    key=FOLLOW_KEY,
                    key_hash=hash_of(FOLLOW_KEY),
                    language="nl",
                    used_at=clock.now(),
                ),
                DeviationRecord(group_id=oost.id, week=week + 1, note="Neem een stoel mee."),
                ClosureRecord(id=OF_OOST, group_id=oost.id, **_days(week + 8)),
                ClosureRecord(id=OF_ALL, fellowship_id=oost.fellowship_id, **_days(week + 9)),
            ]
        )
        elsewhere = Fellowship(slug="rust", name="Rust", created_at=clock.now())
        db.session.add(elsewhere)
        db.session.flush()
        otto = world.person("otto@example.org", "Otto", Role.OFFICER, fellowship=elsewhere)
        rita, roos = (
            world.person(
                f"{name.lower()}@example.org",
                name,
                Role.REGIONAL,
                region=db.session.get_one(Region, region),
            )
            for name, region in (("Rita", REGION), ("Roos", ELSEWHERE))
        )
        [of_rita, _of_roos] = regional_officers_of(oost.fellowship_id)
        newcomer = world.person("sanne@example.org", "Sanne", Role.COORDINATOR, group=oost)
        role = coordinators_of(oost.id)[-1]
        role.since = role.circle_asked_on = clock.today()
        role.reading = Reading.ASKED
        db.session.commit()
        return Grounds(
            app,
            world,
            oost.feed_key,
            oost.slots[0].place_id,
            week,
            otto,
            rita,
            roos,
            of_rita.id,
            newcomer,
        )


def _days(week: Week) -> dict[str, date]:
    return {"first_day": week.monday, "last_day": week.sunday}


def csrf_token(app: Flask, client: FlaskClient) -> str:
    """Return a token that this client's forms would hold."""
    with client.session_transaction() as session:
        session["csrf_token"] = CSRF
    return URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(CSRF)


def rules(app: Flask, method: str) -> list[Rule]:
    """Return the rules that answer a method, by endpoint."""
    found = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return sorted(found, key=lambda rule: (rule.endpoint, rule.rule))
