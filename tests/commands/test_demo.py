"""`flask demo`: what it prints, when it fills, and when it stops."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask_security import verify_password
from sqlalchemy import func, select

from app import clock
from app.db import db
from app.demo.people import PEOPLE
from app.records.accounts import find_account
from app.records.fellowships import Fellowship
from app.records.groups import Group

pytestmark = pytest.mark.long

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def run(app: Flask, *args: str):
    return app.test_cli_runner().invoke(args=["demo", *args])


def in_use(app: Flask) -> None:
    with app.app_context():
        db.session.add(Fellowship(slug="echt", name="Echt", created_at=clock.now()))
        db.session.commit()


def count_groups(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Group))


def test_json_holds_accounts_groups_and_seats_alone(app: Flask) -> None:
    result = run(app, "--json")
    printed = json.loads(result.output)

    assert result.exit_code == 0
    assert set(printed) == {"accounts", "groups", "seats"}
    seats = printed["seats"]
    assert {one["group"] for one in seats} <= {one["slug"] for one in printed["groups"]}
    assert len({one["url"] for one in seats}) == len(seats) > 0
    assert all(app.test_client().get(one["url"]).status_code == 200 for one in seats[:3])
    assert len(printed["groups"]) == 60
    for account in printed["accounts"]:
        assert set(account) == {
            "email",
            "password",
            "totp_secret",
            "role",
            "fellowship",
            "groups",
        }
        assert (account["totp_secret"] is None) == (account["role"] == "coordinator")
    for group in printed["groups"]:
        assert group["url"] == f"/groups/{group['slug']}"
        assert group["feed"].startswith("/feeds/")
        assert group["feed"].endswith(".ics")
        assert group["discreet_feed"] != group["feed"]


def test_the_slugs_of_an_account_are_slugs_of_groups(app: Flask) -> None:
    printed = json.loads(run(app, "--json").output)
    slugs = {group["slug"] for group in printed["groups"]}
    anna, *others = printed["accounts"]

    assert anna["groups"] == ["maandagavond-oost", "donderdagavond-oost"]
    assert all(set(account["groups"]) <= slugs for account in others)
    assert {account["fellowship"] for account in others} == {None, "aa", "stay-clean"}


def test_the_passwords_and_second_factors_that_are_printed_are_theirs(app: Flask) -> None:
    printed = json.loads(run(app, "--json").output)

    with app.app_context():
        for person in printed["accounts"]:
            account = find_account(person["email"])
            assert verify_password(person["password"], account.password)
            if person["totp_secret"]:
                factory = app.extensions["security"]._totp_factory
                assert factory.get_totp_b32_key(account.tf_totp_secret) == person["totp_secret"]
                assert len(account.tf_totp_secret) <= 255


def test_every_group_that_is_listed_has_a_page(app: Flask) -> None:
    printed = json.loads(run(app, "--json").output)
    client = app.test_client()

    missing = {
        group["slug"] for group in printed["groups"] if client.get(group["url"]).status_code != 200
    }

    assert missing == {"veendam"}, "the one that is not listed"


def test_every_feed_that_is_printed_answers(app: Flask) -> None:
    printed = json.loads(run(app, "--json").output)
    client = app.test_client()
    over = [group["slug"] for group in printed["groups"] if group["status"] == "closed"]

    answers = {
        (group["slug"], client.get(group[kind]).status_code)
        for group in printed["groups"]
        for kind in ("feed", "discreet_feed")
    }

    assert {status for slug, status in answers if slug not in over} == {200}
    assert {status for slug, status in answers if slug in over} == {200, 410}


def test_a_demo_prints_the_same_again(app: Flask) -> None:
    first = run(app, "--json", "--groups", "70")
    again = run(app, "--json")

    assert again.exit_code == 0
    assert again.output == first.output
    assert count_groups(app) == 70


def test_people_read_who_they_are_and_where_to_look(app: Flask) -> None:
    printed = run(app).output

    for person in PEOPLE:
        assert person.email in printed
    assert "http://127.0.0.1:5000/groups/maandagavond-oost" in printed


def test_a_database_in_use_stops_the_demo_with_a_sentence(app: Flask) -> None:
    in_use(app)

    result = run(app, "--json")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "in use" in result.stderr
    assert count_groups(app) == 0


def test_a_database_in_use_is_left_alone_quietly_when_asked(app: Flask) -> None:
    in_use(app)

    result = run(app, "--if-empty")

    assert result.exit_code == 0
    assert result.output == ""


def test_a_demo_of_another_seed_stops_and_names_the_right_one(app: Flask) -> None:
    run(app, "--seed", "7", "--groups", "3")

    result = run(app)

    assert result.exit_code == 2
    assert "--seed 7" in result.stderr


def test_a_demo_of_any_seed_prints_its_accounts_when_the_server_starts(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False):  # the code now is another half a minute later
        first = run(app, "--seed", "7", "--groups", "3")

        again = run(app, "--if-empty")

    assert again.exit_code == 0
    assert again.output == first.output


def test_progress_is_not_written_where_no_one_watches(app: Flask) -> None:
    assert run(app, "--json", "--groups", "3").stderr == ""


@pytest.mark.parametrize("groups", ["0", "100001", "many"])
def test_a_number_of_groups_out_of_reach_is_refused(app: Flask, groups: str) -> None:
    assert run(app, "--groups", groups).exit_code == 2
