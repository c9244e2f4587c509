"""The demo: every kind of group, the same from the same seed, and never in a database in use."""

import time
from collections import Counter, defaultdict

import pytest
import sqlalchemy
from flask import Flask
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.demo import NotEmpty, fill_demo
from app.demo.derived import WORDS, Derived
from app.demo.groups import FEATURED
from app.demo.people import PEOPLE, WITHOUT_COORDINATOR, PreparedAccount
from app.domain.geography.netherlands import PROVINCES
from app.domain.listing import Audience, Feature, Listing, Subject
from app.domain.meeting import Difference, Status
from app.domain.place import Kind, Visibility
from app.domain.roles import Role, ends_soon
from app.domain.seating import SEATS, Availability, Seating
from app.domain.themes import ByWeekOfMonth, NoThemes, Rotation
from app.domain.week import Week
from app.domain.work import Concern
from app.records.accounts import Account, RoleRecord
from app.records.changes import Change
from app.records.contacts import ContactRecord
from app.records.demo import demo_seed, is_empty
from app.records.fellowships import Fellowship
from app.records.figures import Scope, shares_by_region
from app.records.group_lists.by_region import by_region
from app.records.groups import FormerSlug, Group
from app.records.listings import listings_of, schedules_of
from app.records.participants import ParticipantRecord
from app.records.places import PlaceRecord
from app.records.regions import regions_of
from app.records.slots import SlotRecord, read_themes
from app.records.weeks import ClosureRecord, DeviationRecord
from app.records.work.points import work_of
from tests.conftest import settings

pytestmark = pytest.mark.long

SEED = 12
SECRETS = Derived("a key for tests", SEED)


def fill(groups: int = 60, seed: int = SEED) -> None:
    accounts = [
        PreparedAccount(
            person, "a hash", "a sealed secret" if person.role.needs_second_factor else None
        )
        for person in PEOPLE
    ]
    fill_demo(seed, groups, secrets=Derived("a key for tests", seed), accounts=accounts)


@pytest.fixture
def demo(app: Flask):
    """A demo of the default size, in an app context."""
    with app.app_context():
        fill()
        yield


def present_week() -> Week:
    return Week.of(clock.today())


def listings() -> dict[str, Listing]:
    groups = list(db.session.scalars(select(Group).order_by(Group.id)))
    week = present_week()
    return {listing.name: listing for listing in listings_of(groups, (week, week + 12))}


def of_each(column) -> set:
    return set(db.session.scalars(select(column).distinct()))


def test_every_kind_of_group_is_there(demo) -> None:
    assert of_each(Group.status) == set(Status)
    assert of_each(Group.seating) == set(Seating)
    assert of_each(Group.audience) == set(Audience)
    assert of_each(Group.subject) == set(Subject)
    assert of_each(Group.province) == {*PROVINCES, ""}
    assert of_each(PlaceRecord.kind) == set(Kind)
    assert of_each(SlotRecord.visibility) == set(Visibility)
    assert {60, 75, 90, 120} <= of_each(SlotRecord.minutes)
    assert of_each(Group.is_open) == of_each(Group.listed) == {True, False}
    assert {"nl", "en", "pl"} <= of_each(Group.language)
    assert {"Europe/Amsterdam", "America/Toronto"} == of_each(Group.zone)
    assert set(Feature) == {feature for group in FEATURED for feature in group.features}


def test_every_kind_of_theme_is_there(demo) -> None:
    kinds = {type(read_themes(stored)) for stored in db.session.scalars(select(SlotRecord.themes))}

    assert kinds == {Rotation, ByWeekOfMonth, NoThemes}


def test_every_fellowship_of_the_country_is_there(demo) -> None:
    names = of_each(Fellowship.name)

    assert {"AA", "NA", "CA", "Intact", "AGOG", "Al-Anon", "LSOVD", "CokevanJou", "Stay Clean"} < (
        names
    )
    assert len(names) == 14
    for fellowship in db.session.scalars(select(Fellowship)):
        assert fellowship.identity
        assert fellowship.website.endswith(".example")
        assert len(fellowship.titles) in (0, 12)


def test_a_fellowship_drew_regions_and_has_groups_in_each(demo) -> None:
    [aa] = db.session.scalars(select(Fellowship).where(Fellowship.slug == "aa"))
    regions = regions_of(aa.id)
    among = by_region(aa.id, regions, clock.today())

    found = shares_by_region(regions, among, Scope(aa.id), clock.today())
    assert len(regions) == 5
    assert all(one.parts for one in regions)
    assert sum(share.groups > 0 for share in found if share.region) > 2


def test_stay_clean_prepares_groups_without_a_place(demo) -> None:
    preparing = [
        listing
        for listing in listings().values()
        if listing.fellowship.slug == "stay-clean" and listing.status is Status.PREPARING
    ]

    assert len(preparing) >= 3
    assert all(listing.town for listing in preparing)
    assert any(not listing.schedule.slots for listing in preparing)
    assert any(slot.place is None for one in preparing for slot in one.schedule.slots)


def test_every_way_in_which_a_week_differs_lies_ahead(demo) -> None:
    week = present_week()
    found = {
        difference
        for listing in listings().values()
        for meeting in listing.schedule.meetings(week, 6)
        for difference in meeting.differences
    }

    assert found == set(Difference)


def test_some_meet_all_the_same_while_their_place_is_shut(demo) -> None:
    (deviation,) = db.session.scalars(select(DeviationRecord).where(DeviationRecord.all_the_same))
    group = db.session.get_one(Group, deviation.group_id)
    schedule = schedules_of([group], (deviation.week, deviation.week), public=True)[group.id]
    meeting = schedule.meeting_in(deviation.week)

    assert meeting is not None
    assert meeting.is_on
    assert any(closure.shuts(meeting.day, meeting.place.id) for closure in schedule.closures)


def test_closures_are_on_a_group_a_place_and_a_fellowship(demo) -> None:
    closures = list(db.session.scalars(select(ClosureRecord)))

    assert any(closure.group_id for closure in closures)
    assert any(closure.place_id for closure in closures)
    assert any(closure.fellowship_id for closure in closures)


def test_some_standing_times_change_ahead(demo) -> None:
    week = present_week()
    later = select(func.count()).where(SlotRecord.since > week)

    assert db.session.scalar(later) >= 4


def test_some_groups_are_full_and_people_wait_in_line(demo) -> None:
    found = Counter(listing.availability for listing in listings().values())
    waiting = select(func.count()).where(ParticipantRecord.wait_number.is_not(None))

    assert set(found) == set(Availability)
    assert db.session.scalar(waiting) > 5


@pytest.mark.parametrize("groups", [60, 400])
def test_participants_obey_the_rules_of_the_seats(app: Flask, groups: int) -> None:
    with app.app_context():
        fill(groups)
        capacity = dict(db.session.execute(select(Group.id, Group.capacity)).all())
        circles = defaultdict(list)
        for one in db.session.scalars(select(ParticipantRecord)):
            circles[one.group_id].append(one)

        for group_id, circle in circles.items():
            seats = sorted(one.seat for one in circle if one.seat)
            line = sorted(one.wait_number for one in circle if one.wait_number)
            names = [one.alias for one in circle if one.alias]
            assert seats == list(range(1, len(seats) + 1))
            assert len(seats) <= capacity[group_id] <= SEATS
            assert line == list(range(1, len(line) + 1))
            assert not line or len(seats) == capacity[group_id], "nobody waits beside a free seat"
            assert len(names) == len(set(names))


def test_a_seat_that_waits_to_be_confirmed_is_held_until_then(demo) -> None:
    held = select(ParticipantRecord).where(ParticipantRecord.held_until.is_not(None))
    seats = list(db.session.scalars(held))

    assert seats
    assert all(one.held_until > clock.now() and one.confirmed_on is None for one in seats)


def test_groups_that_are_walked_in_list_nobody(demo) -> None:
    named = (
        select(func.count())
        .select_from(ParticipantRecord)
        .join(Group, Group.id == ParticipantRecord.group_id)
        .where(Group.seating == Seating.WALK_IN, ParticipantRecord.alias.is_not(None))
    )

    assert db.session.scalar(named) == 0


def test_contacts_are_published_only_after_their_yes(demo) -> None:
    contacts = list(db.session.scalars(select(ContactRecord)))

    assert {contact.agreed_at is None for contact in contacts} == {True, False}
    for contact in contacts:
        assert contact.email.endswith("@example.org")
        assert contact.phone.startswith("+3160"), "a number that cannot ring"


def test_confirmations_are_fresh_old_and_missing(demo) -> None:
    today = clock.today()
    ages = [
        (today - day).days if day else None
        for day in db.session.scalars(select(Group.confirmed_on))
    ]

    assert None in ages
    assert min(age for age in ages if age is not None) < 30
    assert any(age is not None and 90 < age < 180 for age in ages)
    assert max(age for age in ages if age is not None) > 365


def test_imported_and_renamed_and_recently_closed_groups_are_there(demo) -> None:
    today = clock.today()
    closed = db.session.scalars(select(Group.status_since).where(Group.status == Status.CLOSED))
    ages = sorted((today - day).days for day in closed)

    assert db.session.scalar(select(func.count()).where(Group.source_key.is_not(None))) >= 3
    assert db.session.scalar(select(func.count()).select_from(FormerSlug)) == 2
    assert ages[0] <= 31
    assert ages[-1] > 90


def test_every_role_has_an_account(demo) -> None:
    today = clock.today()
    people = [person.email for person in PEOPLE]
    accounts = {
        account.email: account
        for account in db.session.scalars(select(Account).where(Account.email.in_(people)))
    }
    anna = accounts["anna@example.org"]
    roles = [role for account in accounts.values() for role in account.roles_held]

    assert len(accounts) == len(PEOPLE)
    assert {role.kind for role in roles} == set(Role)
    assert len({role.group.fellowship_id for role in anna.roles_held if role.group}) == 1
    assert len(anna.roles_held) == 2
    assert any(ends_soon(role.until, today) for role in roles)
    for account in accounts.values():
        assert (account.tf_primary_method == "authenticator") == account.needs_second_factor


def test_every_group_has_a_coordinator_but_those_that_lack_one(demo) -> None:
    coordinated = of_each(RoleRecord.group_id)

    left = select(Group.id).where(Group.name.in_(WITHOUT_COORDINATOR))
    assert of_each(Group.id) - coordinated == set(db.session.scalars(left))


def everything(url: str) -> dict[str, list]:
    """Return each row of each table, without what is random by nature: what is sealed."""
    engine = sqlalchemy.create_engine(url)
    metadata = sqlalchemy.MetaData()
    metadata.reflect(engine)
    sealed = {
        "contact": ("name", "email", "phone"),
        "participant": ("contact", "key"),
        "founding_request": ("name", "contact", "words", "talk", "key"),
    }
    with engine.connect() as connection:
        rows = {
            table.name: [
                tuple(
                    value
                    for column, value in row._mapping.items()
                    if column not in sealed.get(table.name, ())
                )
                for row in connection.execute(select(table))
            ]
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return rows


def test_the_same_seed_makes_the_same_demo(
    app: Flask, sqlite_url: str, empty_sqlite, tmp_path, time_machine
) -> None:
    time_machine.move_to("2026-11-22 12:00:00+00:00", tick=False)
    rows = []
    for name in ("one", "two"):
        file = tmp_path / f"{name}.sqlite"
        file.write_bytes(empty_sqlite.read_bytes())
        from app import create_app

        other = create_app(settings(f"sqlite:///{file}"))
        with other.app_context():
            fill(150)
            db.session.remove()
            db.engine.dispose()
        rows.append(everything(f"sqlite:///{file}"))

    assert rows[0] == rows[1]
    assert len(rows[0]["groups"]) == 150


def test_another_seed_makes_other_secrets() -> None:
    other = Derived("a key for tests", SEED + 1)
    elsewhere = Derived("another key", SEED)

    for derive in ("password", "totp_secret"):
        values = {getattr(one, derive)("anna@example.org") for one in (SECRETS, other, elsewhere)}
        assert len(values) == 3


def test_a_password_is_long_enough_to_be_allowed() -> None:
    assert len(WORDS) == len(set(WORDS)) == 64
    assert all(len(SECRETS.password(person.email)) >= 12 for person in PEOPLE)


def test_a_demo_is_one_change(demo) -> None:
    (change,) = db.session.scalars(select(Change))

    assert change.deed == "fill_demo"
    assert change.after == {"seed": SEED, "groups": 60}
    assert demo_seed() == SEED


def test_a_database_in_use_is_left_as_it_is(app: Flask) -> None:
    with app.app_context():
        db.session.add(Fellowship(slug="echt", name="Echt", created_at=clock.now()))
        db.session.commit()

        with pytest.raises(NotEmpty):
            fill()

        assert not is_empty()
        assert demo_seed() is None
        assert db.session.scalar(select(func.count()).select_from(Group)) == 0


def test_a_small_demo_leaves_out_groups_and_whoever_has_none(app: Flask) -> None:
    with app.app_context():
        fill(3)

        emails = of_each(Account.email)
        assert db.session.scalar(select(func.count()).select_from(Group)) == 3
        assert {"anna@example.org", "ben@example.org", "olaf@example.org"} <= emails
        assert "sara@example.org" not in emails


def test_two_thousand_groups_are_made_in_seconds(app: Flask) -> None:
    with app.app_context():
        began = time.process_time()
        fill(2000)
        seconds = time.process_time() - began

        assert db.session.scalar(select(func.count()).select_from(Group)) == 2000
        assert seconds < 15


def test_what_is_written_after_a_demo_gets_a_number_of_its_own(app_on_each: Flask) -> None:
    with app_on_each.app_context():
        fill(3)
        db.session.add(Fellowship(slug="later", name="Later", created_at=clock.now()))
        db.session.commit()

        ids = list(db.session.scalars(select(Fellowship.id)))
        assert len(ids) == len(set(ids)) == 15


def test_an_officers_work_lists_show_a_point_of_each_kind(demo):
    today = clock.today()
    (olaf,) = (person for person in PEOPLE if person.email.startswith("olaf"))
    found = {
        one.point.concern
        for fellowship in db.session.scalars(select(Fellowship))
        if fellowship.slug in olaf.fellowships
        for one in work_of(fellowship.id, today)
    }

    # A holiday is asked about from six weeks before it, and half of the year has none; no list
    # of elsewhere was ever read here, so nothing is gone from one.
    assert found >= set(Concern) - {Concern.HOLIDAY, Concern.GONE}
