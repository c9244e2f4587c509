"""Who follows a group without a seat hears of a change within one run of the timer, once: by mail,
and by a message that only their browser opens."""

import runpy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import Message
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.actions.closures import close_group
from app.actions.following.deeds import confirm_follow, follow_by_mail, follow_on_device
from app.actions.following.messages import send_messages
from app.actions.groups import set_status
from app.actions.parts.timer.outward import NotOutside, is_outside, post
from app.actions.retention import forget
from app.actions.weeks import as_usual, call_off
from app.config import CONFIG_FILE, write_keys
from app.db import db
from app.domain import retention
from app.domain.meeting import Status
from app.domain.news.following import Answer
from app.domain.week import Week
from app.formats.push import encoded, public_half, read_subscription
from app.records.followers import Follower
from app.records.groups import Group
from app.records.letters import Letter
from tests.actions.test_holds import at
from tests.browsing import submit
from tests.people import NOON
from tests.postman import Postman
from tests.push_service import PushService, carrying

WEEK = Week.of(NOON.date())
PUSH_KEY = encoded(bytes(range(1, 33)))
LENA = "lena@example.org"


@pytest.fixture
def service(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with carrying() as service:
        monkeypatch.setitem(app.config, "TWAALF_PUSH_KEY", PUSH_KEY)
        monkeypatch.setitem(app.config, "TWAALF_PUSH_TRUSTED", frozenset({service.origin}))
        yield service


def follow(group: Group, contact: str = LENA) -> str:
    """Let somebody follow a group by mail who said yes; return the key of their page."""
    follow_by_mail(group, contact, language="nl")
    key = db.session.query(Follower).order_by(Follower.id.desc()).first().key
    confirm_follow(key)
    return key


def follow_here(group: Group, service: PushService, name: str = "phone") -> str:
    given = service.subscription(name)
    return follow_on_device(group, given.as_text(), endpoint=given.endpoint, language="nl")


def to_lena(postman: Postman) -> list[Message]:
    return [mail for mail in postman.taken if mail["To"] == LENA]


def followers() -> list[str]:
    db.session.expire_all()
    return [one.way for one in db.session.query(Follower).order_by(Follower.id)]


def test_a_cancellation_reaches_mail_and_device_within_one_run_once(
    oost, send, postman: Postman, service: PushService
):
    key = follow(oost)
    page = follow_here(oost, service)
    send()
    postman.taken.clear()

    call_off(oost, WEEK, by=None)
    send()
    send()

    [mail] = to_lena(postman)
    assert "maandag 23 november, 19.30 gaat niet door" in postman.bodies(LENA)[0]
    assert mail["Subject"] == "Bericht over je afspraak"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].endswith(f"/follow/{key}/stop>")
    assert "Oost" not in mail.as_string()
    assert service.taken == [
        {"words": "Er is iets veranderd in je agenda.", "page": f"/follow/{page}"}
    ]
    assert service.asked == 1


def test_without_a_mail_server_devices_hear_all_the_same(
    app, oost, send, service: PushService, monkeypatch
):
    monkeypatch.setitem(app.config, "TWAALF_MAIL_URL", "")
    follow_here(oost, service)
    call_off(oost, WEEK, by=None)
    send()

    assert len(service.taken) == 1


def test_who_did_not_say_yes_hears_nothing(oost, send, postman: Postman):
    follow_by_mail(oost, LENA, language="nl")
    send()
    call_off(oost, WEEK, by=None)
    send()

    [asked] = postman.bodies(LENA)
    assert "zeg ja" in asked


def test_what_was_taken_back_before_the_run_is_no_news(oost, send, postman, service: PushService):
    follow(oost)
    follow_here(oost, service)
    send()
    postman.taken.clear()
    call_off(oost, WEEK, by=None)
    as_usual(oost, WEEK, by=None)
    send()

    assert to_lena(postman) == service.taken == []


def test_what_was_told_and_taken_back_is_told(oost, send, postman):
    follow(oost)
    call_off(oost, WEEK, by=None)
    send()
    as_usual(oost, WEEK, by=None)
    send()

    assert "gaat toch door" in postman.bodies(LENA)[-1]


@pytest.mark.parametrize(
    ("status", "said"),
    [(Status.PAUSED, "voorlopig niet door"), (Status.CLOSED, "voorgoed gestopt")],
)
def test_a_group_that_stops_says_so(oost, send, postman, status: Status, said: str):
    follow(oost)
    set_status(oost, status, by=None)
    send()

    assert said in postman.bodies(LENA)[-1]


def test_a_closure_far_ahead_is_told_at_once(oost, send, postman):
    follow(oost)
    first = NOON.date() + timedelta(weeks=6)
    close_group(oost, first, first + timedelta(days=7), "verbouwing", by=None)
    send()

    assert "4 januari" in postman.bodies(LENA)[-1]


@pytest.mark.parametrize(("answer", "left"), [(410, []), (404, []), (500, ["push"])])
def test_a_device_that_wants_no_more_is_forgotten(
    oost, send, service: PushService, answer: int, left: list[str]
):
    follow_here(oost, service)
    service.answer = answer
    call_off(oost, WEEK, by=None)
    send()

    assert followers() == left
    service.answer = 201
    with at(timedelta(minutes=2)):
        send()
    assert len(service.taken) == len(left)


def test_a_service_that_never_answers_keeps_nobody_else_waiting(oost, service: PushService):
    """Anybody may name one, with as many hosts and devices as they like."""
    elsewhere = service.subscription()
    for number in range(40):
        named = replace(elsewhere, endpoint=f"https://h{number}.slow.example/{number}")
        follow_on_device(oost, named.as_text(), endpoint=named.endpoint, language="nl")
    follow_here(oost, service)
    call_off(oost, WEEK, by=None)
    asked: list[str] = []

    def push(to: str, language: str, key: str) -> Answer:
        asked.append(to)
        if "slow.example" in to:
            raise TimeoutError
        return Answer.TAKEN

    done = send_messages(push)

    assert (done.sent, done.later) == (1, 40)
    assert len(asked) < 20
    with at(timedelta(minutes=2)):
        assert send_messages(lambda *_: Answer.TAKEN).sent == 40


def test_an_address_that_takes_no_mail_is_forgotten(oost, send, postman: Postman):
    follow(oost)
    postman.refused[LENA] = "550 nobody of that name"
    call_off(oost, WEEK, by=None)
    send()

    assert followers() == []


def test_the_same_device_and_the_same_address_follow_once(oost, service: PushService):
    first, again = follow_here(oost, service), follow_here(oost, service)
    follow_by_mail(oost, LENA, language="nl")
    follow_by_mail(oost, LENA.upper(), language="nl")

    assert first == again
    assert followers() == ["push", "mail"]


def test_what_is_unused_is_asked_after_and_forgotten(oost, send, postman):
    follow(oost)
    with at(retention.FOLLOWED_UNUSED - retention.SILENCE):
        forget(clock.now())
        forget(clock.now())
        send()
        assert [body for body in postman.bodies(LENA) if "Wil je dat nog" in body].__len__() == 1
    with at(retention.FOLLOWED_UNUSED):
        forget(clock.now())
        assert followers() == []
        assert db.session.query(Letter).filter(Letter.follower_id.is_not(None)).count() == 0


def test_who_says_that_they_still_want_it_goes_on(oost):
    key = follow(oost)
    with at(retention.FOLLOWED_UNUSED - retention.SILENCE):
        confirm_follow(key)
    with at(retention.FOLLOWED_UNUSED):
        forget(clock.now())
        assert followers() == ["mail"]


def test_who_never_said_yes_is_forgotten_soon(oost):
    follow_by_mail(oost, LENA, language="nl")
    with at(retention.FOLLOW_UNCONFIRMED):
        forget(clock.now())
        assert followers() == []


def test_who_follows_a_closed_group_is_forgotten(oost):
    follow(oost)
    set_status(oost, Status.CLOSED, by=None)
    with at(retention.FOLLOWED_CLOSED):
        forget(clock.now())
        assert followers() == []


NEAR = [
    "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "fec0::1", "2002:7f00:1::", "2001:0:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", NEAR)
def test_what_is_near_is_not_outside(address: str):
    assert not is_outside(address)


def test_what_is_on_the_internet_is_outside():
    assert is_outside("8.8.8.8")
    assert is_outside("2a00:1450:400e:80f::200e")


def test_nothing_near_is_asked():
    with carrying() as canary:
        for address in (canary.origin, canary.origin.replace("http", "https")):
            with pytest.raises(NotOutside):
                post(f"{address}/push/1", {}, b"", frozenset())

        assert canary.asked == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/1", "https://127.0.0.1/1", "https://[::1]/1", "https://localhost/1",
        "https://push.example.org:8443/1", "https://kim@push.example.org/1", "https://2130706433/1",
        "https://push.example.org/a b", "https://push.example.org/\n", "ftp://push.example.org", "", "x",
        "https://push.example.org/" + "x" * 1000, "https://0x7f.0.0.1:99999/",
    ],
)  # fmt: skip
def test_an_endpoint_that_no_service_has_is_not_taken(endpoint: str):
    good = PushService(origin="https://push.example.org").as_form()

    assert read_subscription(good["endpoint"], good["p256dh"], good["auth"])
    assert read_subscription(endpoint, good["p256dh"], good["auth"]) is None


@pytest.mark.parametrize(
    ("p256dh", "auth"), [("", ""), ("BBBB", "AAAA"), ("é", "é"), ("A" * 87, "A" * 22)]
)
def test_keys_that_no_browser_gives_are_not_taken(p256dh: str, auth: str):
    assert read_subscription("https://push.example.org/1", p256dh, auth) is None


def test_the_key_of_a_new_installation_signs(tmp_path: Path):
    write_keys(tmp_path)
    written = runpy.run_path(str(tmp_path / CONFIG_FILE))

    assert len(public_half(written["TWAALF_PUSH_KEY"])) == 87


def test_a_page_offers_it_and_takes_it(app: Flask, oost, client: FlaskClient, service: PushService):
    page = client.get("/groups/oost/follow").text
    assert public_half(app.config["TWAALF_PUSH_KEY"]) in page
    device = "/groups/oost/follow/device"
    answer = submit(client, "/groups/oost/follow", to=device, **service.as_form())

    assert answer.status_code == 303
    assert client.get(answer.location).status_code == 200
    assert followers() == ["push"]
    near = service.as_form() | {"endpoint": "https://10.0.0.1/1"}
    refused = submit(client, "/groups/oost/follow", to=device, **near)
    assert refused.location.endswith("/follow")
    assert followers() == ["push"]


def test_by_mail_it_begins_with_a_yes_and_ends_with_one_tap(
    app: Flask, oost, client: FlaskClient, send: Callable[[], str], postman: Postman
):
    assert submit(client, "/groups/oost/follow", contact=LENA).status_code == 303
    send()
    [asked] = postman.bodies(LENA)
    key = asked.split("/follow/")[1].split()[0]
    assert client.get(f"/follow/{key}").status_code == 200
    assert db.session.query(Follower).one().confirmed_at is None
    assert submit(client, f"/follow/{key}").status_code == 303
    db.session.expire_all()
    assert db.session.query(Follower).one().confirmed_at

    assert client.get(f"/follow/{key}/stop").status_code == 200
    assert followers() == ["mail"]
    ended = client.post(f"/follow/{key}/stop", data={"List-Unsubscribe": "One-Click"})

    assert ended.status_code == 200
    assert followers() == []
    assert client.get(f"/follow/{key}").status_code == 404


def test_a_refused_address_is_said_at_its_field(oost, client: FlaskClient):
    answer = submit(client, "/groups/oost/follow", contact="geen adres")

    assert answer.status_code == 422
    assert "contact-error" in answer.text
