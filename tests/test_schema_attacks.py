"""Attacks on the schema with bare SQL: the database itself refuses what must never be.

On both databases, on the tables as described and as the migrations leave them.
"""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from app.domain.seating import SEATS
from tests.conftest import EACH_DATABASE, postgres_database
from tests.schemas import describe, fill, migrate, open_engine

FULL, ROOMY = 1, 2
"""Group 1 has twelve people. Group 2 has seats 1 to 9 taken, and one in line, number 1."""


@dataclass(frozen=True)
class Copy:
    """Write a row of a table again, with other values (in SQL) in some columns."""

    table: str
    where: str
    values: dict[str, str]

    def sql(self, engine: Engine) -> str:
        quote = engine.dialect.identifier_preparer.quote
        names = [column["name"] for column in inspect(engine).get_columns(self.table)]
        into = ", ".join(map(quote, names))
        what = ", ".join(self.values.get(name, quote(name)) for name in names)
        return (
            f"INSERT INTO {self.table} ({into}) SELECT {what} FROM {self.table} WHERE {self.where}"
        )


def copy(table: str, where: str = "1 = 1", **values: object) -> Copy:
    return Copy(table, where, {name: str(value) for name, value in values.items()})


def seat(**values: object) -> str:
    """Return the SQL that seats someone without a name in the roomy group, but for the values."""
    row = {"group_id": ROOMY, "joined_on": "'2026-11-23'"} | values
    return (
        f"INSERT INTO participant ({', '.join(row)}) VALUES ({', '.join(map(str, row.values()))})"
    )


def wait(**values: object) -> str:
    named = {"alias": "'Kim'", "key_hash": "'kim'", "consent_at": "'2026-11-23 12:00:00'"}
    return seat(**(named | {"wait_number": 2} | values))


@pytest.fixture(scope="module", params=["described", "migrated"])
def schema_made(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module", params=EACH_DATABASE)
def engine(
    request: pytest.FixtureRequest, schema_made: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A house with two groups; each attack on it is rolled back."""
    name = f"attacked_{os.urandom(6).hex()}"
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('attacks') / name}.sqlite"
        else:
            server = request.getfixturevalue("postgres_server")
            url = stack.enter_context(postgres_database(server, name))
        {"described": describe, "migrated": migrate}[schema_made](url)
        engine = open_engine(url)
        with engine.begin() as connection:
            fill(connection)
        build_house(engine)
        yield engine
        engine.dispose()


def build_house(engine: Engine) -> None:
    again = copy(
        "groups",
        id=ROOMY, slug="'two'", feed_key="'two'", discreet_key="'two'", source_key="'two'",
    )  # fmt: skip
    with engine.begin() as connection:
        connection.execute(text("UPDATE letter SET participant_id = NULL"))
        connection.execute(text("DELETE FROM participant"))
        connection.execute(text(again.sql(engine)))
        for number in range(1, SEATS + 1):
            connection.execute(text(seat(id=5000 + number, group_id=FULL, seat=number)))
        for number in range(1, SEATS - 2):
            connection.execute(text(seat(id=6000 + number, seat=number)))
        connection.execute(
            text(wait(id=7000, alias="'Noor'", key_hash="'noor'", ask_key="'noor'", wait_number=1))
        )
        for row in EVENING:
            connection.execute(text(row))


def run(engine: Engine, attack: str | Copy) -> None:
    sql = attack if isinstance(attack, str) else attack.sql(engine)
    with engine.connect() as connection:
        connection.execute(text(sql))


SEAT_TAKEN = "uq_participant_group_id_seat|participant.group_id, participant.seat"
TWELVE = "'twelve'"

EVENING = [
    "INSERT INTO absence (participant_id, week) VALUES (5001, 1)",
    "INSERT INTO task (group_id, week, kind, participant_id) VALUES (1, 1, 'tea', 5001)",
    (
        "INSERT INTO sponsorship (id, sponsor_id, sponsee_id, asked_on)"
        " VALUES (1, 5001, 5002, '2026-11-23')"
    ),
]

ERASED = "name = NULL, contact = NULL, key_hash = NULL, consent_at = NULL"
REST = "key = NULL, words = NULL, talk = NULL, ask_key = NULL, weekday = NULL, start = NULL"

ATTACKS = [
    # Seats
    (seat(seat=13), "ck_participant_seat"),
    (seat(seat=0), "ck_participant_seat"),
    (seat(seat=-1), "ck_participant_seat"),
    (seat(seat=TWELVE), "ck_participant_seat|invalid input syntax for type integer"),
    (seat(seat=9), SEAT_TAKEN),
    (seat(seat=1, group_id=FULL), SEAT_TAKEN),
    (seat(seat=10, group_id="NULL"), "participant.group_id|null value in column \"group_id\""),
    (seat(seat=10, group_id=404), "FOREIGN KEY|fk_participant_group_id_groups"),
    (wait(seat=10), "ck_participant_seat_or_line"),
    (wait(wait_number="NULL"), "ck_participant_seat_or_line"),
    (f"UPDATE participant SET group_id = {FULL} WHERE id = 6001", SEAT_TAKEN),
    (f"UPDATE participant SET group_id = {FULL}", f"{SEAT_TAKEN}|wait_number"),
    ("UPDATE participant SET seat = 13 WHERE id = 5001", "ck_participant_seat"),
    ("UPDATE participant SET seat = 12 WHERE id = 5001", SEAT_TAKEN),
    ("UPDATE participant SET seat = seat + 1 WHERE group_id = 1", f"ck_participant_seat|{SEAT_TAKEN}"),
    ("UPDATE participant SET seat = seat + 12 WHERE group_id = 1", "ck_participant_seat"),
    ("UPDATE participant SET seat = NULL WHERE id = 5001", "ck_participant_(seat_or_line|named_or_not)"),
    ("UPDATE participant SET wait_number = 3 WHERE id = 5001", "ck_participant_seat_or_line"),
    # The line
    (wait(wait_number=0), "ck_participant_wait_number"),
    (wait(wait_number=1), "uq_participant_group_id_wait_number|participant.wait_number"),
    (wait(alias="'Noor'"), "uq_participant_group_id_alias|participant.alias"),
    (wait(key_hash="'noor'"), "uq_participant_key_hash|participant.key_hash"),
    (wait(ask_key="'noor'"), "uq_participant_group_id_ask_key|participant.ask_key"),
    # Names and consent: all or none
    (wait(consent_at="NULL"), "ck_participant_named_or_not"),
    (wait(key_hash="NULL"), "ck_participant_named_or_not"),
    (wait(alias="NULL", key_hash="NULL", consent_at="NULL"), "ck_participant_named_or_not"),
    (seat(seat=10, alias="'Kim'"), "ck_participant_named_or_not"),
    (seat(seat=10, key_hash="'kim'"), "ck_participant_named_or_not"),
    (seat(seat=10, consent_at="'2026-11-23 12:00:00'"), "ck_participant_named_or_not"),
    # What is held, and a seat to be claimed
    ("UPDATE participant SET held_until = '2026-11-23 12:00:00' WHERE id = 5001", "ck_participant_hold_has_an_end"),
    (seat(seat=10, hold="'asked'"), "ck_participant_hold_has_an_end"),
    (seat(seat=10, hold="'ever'", held_until="'2026-11-23 12:00:00'"), "ck_participant_hold"),
    (wait(claim_hash="'claim'"), "ck_participant_claimed_once"),
    (wait(invited_to=ROOMY), "ck_participant_invited_elsewhere"),
    # One evening, head counts, pairs
    ("UPDATE head_count SET people = 14", "ck_head_count_people"),
    ("UPDATE head_count SET people = -1", "ck_head_count_people"),
    (copy("head_count"), "pk_head_count|head_count.group_id, head_count.week"),
    ("UPDATE guests SET number = 13", "ck_guests_number"),
    (copy("guests"), "pk_guests|guests.group_id, guests.week"),
    ("UPDATE task SET kind = 'judge'", "ck_task_kind"),
    (copy("task"), "pk_task|task.group_id, task.week, task.kind"),
    (copy("absence"), "pk_absence|absence.participant_id, absence.week"),
    ("UPDATE sponsorship SET sponsee_id = sponsor_id", "ck_sponsorship_nobody_coaches_himself"),
    (copy("sponsorship", id=2), "uq_sponsorship_sponsor_id_sponsee_id|sponsorship.sponsor_id"),
    ("UPDATE link SET kind = 'login'", "ck_link_kind"),
    ("UPDATE passkey SET count = -1", "ck_passkey_count"),
    (copy("passkey", id=2), "uq_passkey_credential|passkey.credential"),
    # Requests for a group
    ("UPDATE founding_request SET status = 'refused', group_id = NULL", "ck_founding_request_status"),
    ("UPDATE proposal SET wrong = 'everything'", "ck_proposal_wrong"),
    ("UPDATE groups SET audience = 'robots'", "ck_groups_audience"),
    ("UPDATE groups SET subject = ''", "ck_groups_subject"),
    ("UPDATE fellowship SET audience = 'robots'", "ck_fellowship_audience"),
    ("UPDATE fellowship SET subject = 'Alcohol'", "ck_fellowship_subject"),
    ("UPDATE proposal SET state = 'read'", "ck_proposal_state"),
    ("UPDATE proposal SET state = 'open'", "ck_proposal_answered"),
    ("UPDATE proposal SET answered_at = NULL", "ck_proposal_answered"),
    ("UPDATE proposal SET sender = (SELECT recipient FROM letter)", "ck_proposal_sender_is_forgotten"),
    ("UPDATE proposal SET words = (SELECT recipient FROM letter)", "ck_proposal_words_are_forgotten"),
    ("UPDATE founding_request SET weekday = 8", "ck_founding_request_weekday"),
    ("UPDATE founding_request SET name = NULL", "ck_founding_request_personal_or_not"),
    ("UPDATE founding_request SET contact = NULL", "ck_founding_request_personal_or_not"),
    ("UPDATE founding_request SET consent_at = NULL", "ck_founding_request_personal_or_not"),
    (f"UPDATE founding_request SET {ERASED}", "ck_founding_request_personal_or_not"),
    (
        f"UPDATE founding_request SET status = 'asked', group_id = NULL, {ERASED}, {REST}",
        "ck_founding_request_open_has_asker",
    ),
    (
        "UPDATE founding_request SET status = 'withdrawn', group_id = NULL",
        "ck_founding_request_withdrawn_is_erased",
    ),
    ("UPDATE founding_request SET confirmed_at = NULL", "ck_founding_request_confirmed_first"),
    ("UPDATE founding_request SET status = 'not_yet'", "ck_founding_request_founded"),
    (
        copy("founding_request", id=2, ask_key="'y'"),
        "uq_founding_request_key_hash|founding_request.key_hash",
    ),
    (
        copy("founding_request", id=2, key_hash="'y'"),
        "uq_founding_request_ask_key|founding_request.ask_key",
    ),
    # Groups
    ("UPDATE groups SET capacity = 13", "ck_groups_capacity"),
    ("UPDATE groups SET capacity = 0", "ck_groups_capacity"),
    ("UPDATE groups SET capacity = NULL", "groups.capacity|null value in column \"capacity\""),
    ("UPDATE groups SET status = 'open'", "ck_groups_status"),
    ("UPDATE groups SET seating = 'selects'", "ck_groups_seating"),
    ("UPDATE groups SET calendar_rev = 0", "ck_groups_calendar_rev"),
    ("UPDATE groups SET fellowship_id = 404", "FOREIGN KEY|fk_groups_fellowship_id"),
    (f"UPDATE groups SET slug = 'two' WHERE id = {FULL}", "uq_groups_slug|groups.slug"),
    (f"UPDATE groups SET feed_key = 'two' WHERE id = {FULL}", "uq_groups_feed_key|groups.feed_key"),
    ("DELETE FROM fellowship", "FOREIGN KEY|fk_groups_fellowship_id"),
    # Figures
    ("UPDATE contribution SET exact = 4", "ck_contribution_betrays_nobody"),
    ("UPDATE contribution SET exact = 1", "ck_contribution_betrays_nobody"),
    ("UPDATE contribution SET exact = -5", "ck_contribution_betrays_nobody"),
    ("UPDATE contribution SET few = -1", "ck_contribution_few"),
    ("UPDATE month_kept SET seats_exact = 4", "ck_month_kept_betrays_nobody"),
    ("UPDATE month_kept SET line_exact = 1", "ck_month_kept_betrays_nobody"),
    (copy("month_kept"), "pk_month_kept|month_kept.month, month_kept.group_id"),
    (copy("contribution"), "pk_contribution|contribution.group_id, contribution.topic"),
    (copy("tally"), "pk_tally|tally.topic, tally.value"),
    ("UPDATE stage SET status = 'open'", "ck_stage_status"),
    (copy("stage"), "pk_stage|stage.group_id, stage.since"),
    ("UPDATE occupancy SET empty_since = '2026-11-23'", "ck_occupancy_full_or_empty"),
    (copy("occupancy"), "pk_occupancy|occupancy.group_id"),
    # The work list
    ("UPDATE work_mark SET concern = 'tired'", "ck_work_mark_concern"),
    ("UPDATE work_mark SET fact = ''", "ck_work_mark_fact"),
    ("UPDATE work_mark SET fact = NULL", "work_mark.fact|null value in column \"fact\""),
    ("UPDATE work_mark SET group_id = 404", "FOREIGN KEY|fk_work_mark_group_id_groups"),
    (copy("work_mark"), "pk_work_mark|work_mark.group_id, work_mark.concern"),
    # Weeks
    ("UPDATE slot SET weekday = 8", "ck_slot_weekday"),
    ("UPDATE slot SET weekday = 0", "ck_slot_weekday"),
    ("UPDATE slot SET minutes = 14", "ck_slot_minutes"),
    ("UPDATE slot SET minutes = 601", "ck_slot_minutes"),
    ("UPDATE slot SET visibility = 'friends'", "ck_slot_visibility"),
    ("UPDATE slot SET group_id = NULL", "slot.group_id|null value in column \"group_id\""),
    (copy("slot", id=2), "uq_slot_group_id_since|slot.group_id, slot.since"),
    (copy("deviation"), "pk_deviation|deviation.group_id, deviation.week"),
    (copy("deviation", group_id="NULL", week=2), "deviation.group_id|null value in column \"group_id\""),
    (copy("deviation", week="NULL"), "deviation.week|null value in column \"week\""),
    (copy("deviation", group_id=404), "FOREIGN KEY|fk_deviation_group_id_groups"),
    (copy("deviation", week="'W48'"), "ck_deviation_week_is_whole|invalid input syntax|type integer"),
    ("UPDATE deviation SET weekday = 8", "ck_deviation_weekday"),
    ("UPDATE deviation SET theme_step = 13", "ck_deviation_theme_step"),
    ("UPDATE deviation SET visibility = 'friends'", "ck_deviation_visibility"),
    # Closures
    ("UPDATE closure SET place_id = 1", "ck_closure_one_subject"),
    ("UPDATE closure SET fellowship_id = 1", "ck_closure_one_subject"),
    ("UPDATE closure SET group_id = NULL", "ck_closure_one_subject"),
    ("UPDATE closure SET last_day = '2026-11-22'", "ck_closure_days"),
    # People
    ("UPDATE role SET group_id = NULL", "ck_role_subject"),
    ("UPDATE role SET fellowship_id = 1", "ck_role_subject"),
    ("UPDATE role SET kind = 'officer'", "ck_role_subject"),
    ("UPDATE role SET kind = 'overseer'", "ck_role_subject"),
    ("UPDATE role SET kind = 'owner'", "ck_role_subject"),
    ("UPDATE role SET kind = 'regional'", "ck_role_subject"),
    ("UPDATE role SET kind = 'regional', group_id = NULL", "ck_role_subject"),
    ("UPDATE role SET kind = 'regional', group_id = NULL, fellowship_id = 1", "ck_role_subject"),
    ("UPDATE role SET kind = 'regional', group_id = NULL, region_id = 404", "FOREIGN KEY|fk_role_region_id"),
    ("UPDATE role SET region_id = 404", "ck_role_subject"),
    ("UPDATE invitation SET kind = 'regional'", "ck_invitation_subject"),
    ("UPDATE role SET kind = 'officer', group_id = NULL", "ck_role_subject"),
    (copy("role", id=2), "uq_role_account_id_group_id|role.account_id, role.group_id"),
    ("UPDATE invitation SET group_id = NULL", "ck_invitation_subject"),
    ("UPDATE invitation SET kind = 'overseer'", "ck_invitation_subject"),
    (copy("invitation", id=2), "uq_invitation_key_hash|invitation.key_hash"),
    ("UPDATE contact SET position = 4", "ck_contact_position"),
    ("UPDATE contact SET position = 0", "ck_contact_position"),
    (copy("contact", id=2, key_hash="NULL", again_hash="NULL"), "uq_contact_group_id_position|contact.position"),
    (copy("account", id=2, fs_uniquifier="'y'"), "uq_account_email|account.email"),
    # Places, themes, letters
    ("UPDATE place SET kind = 'boat'", "ck_place_kind"),
    ("UPDATE place SET latitude = NULL", "ck_place_position"),
    ("DELETE FROM place", "FOREIGN KEY|fk_slot_place_id|fk_deviation_place_id"),
    ("UPDATE theme_title SET step = 13", "ck_theme_title_step"),
    (copy("theme_title", id=2), "uq_theme_title_fellowship_id_step|theme_title.step"),
    (copy("letter", id=2, message_id="'y'"), "uq_letter_dedupe_key|letter.dedupe_key"),
]  # fmt: skip

HALVES = [
    (seat(seat=1.5), "ck_participant_seat"),
    (seat(seat=10.5), "ck_participant_seat"),
    (seat(seat="x'0a'"), "ck_participant_seat"),
    ("UPDATE participant SET seat = seat + 0.5", "ck_participant_seat"),
    (wait(wait_number=1.5), "ck_participant_wait_number_is_whole"),
    (wait(wait_number="'x'"), "ck_participant_wait_number_is_whole"),
    ("UPDATE groups SET capacity = 11.5", "ck_groups_capacity"),
    ("UPDATE slot SET weekday = 1.5", "ck_slot_weekday"),
    ("UPDATE founding_request SET weekday = 1.5", "ck_founding_request_weekday"),
    ("UPDATE slot SET since = since + 0.5", "ck_slot_since_is_whole"),
    (copy("deviation", week=1.5), "ck_deviation_week_is_whole"),
    ("UPDATE head_count SET people = 1.5", "ck_head_count_people"),
    ("UPDATE head_count SET week = 1.5", "ck_head_count_week_is_whole"),
    ("UPDATE contribution SET since = 1.5", "ck_contribution_since_is_whole"),
    ("UPDATE tally SET since = 1.5", "ck_tally_since_is_whole"),
    ("UPDATE guests SET number = 1.5", "ck_guests_number"),
    ("UPDATE absence SET week = 1.5", "ck_absence_week_is_whole"),
    ("UPDATE task SET week = 1.5", "ck_task_week_is_whole"),
    ("UPDATE contact SET position = 1.5", "ck_contact_position"),
    ("UPDATE theme_title SET step = 1.5", "ck_theme_title_step"),
]
"""What PostgreSQL's integers round to a whole number; on SQLite a column type is only a wish."""


def name_of(attack: str | Copy) -> str:
    return attack if isinstance(attack, str) else f"copy {attack.table} {attack.values}"


@pytest.mark.parametrize(("attack", "because"), ATTACKS, ids=[name_of(a) for a, _ in ATTACKS])
def test_the_database_refuses(engine: Engine, attack: str | Copy, because: str):
    with pytest.raises(DBAPIError) as refusal:
        run(engine, attack)

    assert re.search(because, str(refusal.value.orig))


@pytest.mark.parametrize(("attack", "because"), HALVES, ids=[name_of(a) for a, _ in HALVES])
def test_nothing_is_kept_by_halves(engine: Engine, attack: str | Copy, because: str):
    if engine.dialect.name == "sqlite":
        with pytest.raises(DBAPIError) as refusal:
            run(engine, attack)
        assert re.search(because, str(refusal.value.orig))
    else:
        types = {column["name"]: str(column["type"]) for column in whole_columns(engine)}
        assert set(types.values()) == {"INTEGER"}, types


def whole_columns(engine: Engine) -> list:
    whole = {"seat", "wait_number", "capacity", "weekday", "since", "week", "position", "step"}
    found = inspect(engine)
    tables = ("participant", "groups", "slot", "deviation", "contact", "theme_title")
    columns = [column for table in tables for column in found.get_columns(table)]
    return [column for column in columns if column["name"] in whole]


ALLOWED = [
    seat(seat=10),
    seat(seat=12),
    wait(),
    wait(seat=10, wait_number="NULL"),
    "UPDATE participant SET seat = 10 WHERE id = 6001",
    "UPDATE participant SET group_id = 2, seat = 12 WHERE id = 5012",
    f"UPDATE founding_request SET {ERASED}, {REST}",
    f"UPDATE founding_request SET status = 'withdrawn', group_id = NULL, {ERASED}, {REST}",
    "UPDATE founding_request SET status = 'asked', group_id = NULL, confirmed_at = NULL",
    "UPDATE groups SET capacity = 1",
    "UPDATE groups SET capacity = 12",
    "UPDATE slot SET weekday = 7",
    "UPDATE slot SET minutes = 15",
    "UPDATE slot SET minutes = 600",
    copy("slot", id=2, since=2),
    copy("deviation", week=2),
    copy("deviation", group_id=2),
    "UPDATE closure SET last_day = first_day",
    "UPDATE closure SET group_id = NULL, place_id = 1",
    "UPDATE role SET kind = 'officer', group_id = NULL, fellowship_id = 1",
    "UPDATE role SET kind = 'overseer', group_id = NULL",
    "UPDATE contact SET position = 3",
    "UPDATE theme_title SET step = 12",
    "UPDATE place SET latitude = NULL, longitude = NULL",
]


@pytest.mark.parametrize("deed", ALLOWED, ids=map(name_of, ALLOWED))
def test_the_database_takes_what_is_right(engine: Engine, deed: str | Copy):
    """The control: an attack is refused for its rule, not for the way it was written."""
    run(engine, deed)


def test_a_group_takes_its_people_with_it_and_leaves_nothing(engine: Engine):
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM groups"))

        for table in ("participant", "slot", "deviation", "contact", "role", "former_slug"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table
        assert connection.scalar(text("SELECT count(*) FROM place")) == 1


def test_counting_first_and_writing_then_overbooks_where_no_rule_stands(engine: Engine):
    """The control: without the constraint these fifty threads do fill more than twelve seats."""
    people, counted, lock = 50, threading.Barrier(50), threading.Lock()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bench (seat INTEGER)"))

    def sit_down() -> None:
        with engine.connect() as connection:
            taken = connection.scalar(text("SELECT count(*) FROM bench"))
            connection.rollback()
        counted.wait(timeout=30)
        if taken < SEATS:
            with lock, engine.begin() as connection:
                connection.execute(text("INSERT INTO bench VALUES (1)"))

    in_threads(sit_down, people)

    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM bench")) == people
        connection.execute(text("DROP TABLE bench"))


def test_fifty_who_count_first_and_write_then_never_make_thirteen(engine: Engine):
    """The same threads against the real table, each trying every seat it believes to be free."""
    people, counted = 50, threading.Barrier(50)
    refused = []
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM participant WHERE group_id = {FULL}"))

    def sit_down() -> None:
        counted.wait(timeout=30)
        for number in range(1, 14):
            try:
                with engine.begin() as connection:
                    connection.execute(text(seat(group_id=FULL, seat=number)))
                return
            except DBAPIError:
                refused.append(number)

    in_threads(sit_down, people)

    with engine.connect() as connection:
        seats = connection.scalars(
            text(f"SELECT seat FROM participant WHERE group_id = {FULL} ORDER BY seat")
        ).all()
    assert seats == list(range(1, SEATS + 1))
    assert refused


def in_threads(work, count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
