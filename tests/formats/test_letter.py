"""Each kind of letter as a person reads it: tests/formats/letters/<kind>.txt, in Dutch.

After a change of words on purpose: `REWRITE_LETTERS=1 pytest tests/formats/test_letter.py`, and
read what changed.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from app.domain.work import Concern
from app.formats.letter import (
    ANSWERED_AT,
    TO_PARTICIPANTS,
    TO_WHO_HAS_NO_ACCOUNT,
    word_letter,
    write_mail,
)
from app.formats.wording import LANGUAGES
from tests.source import APP

GOLDEN = Path(__file__).parent / "letters"
HOME = "https://groepen.example"
KEY = "x1Y2z3_-x1Y2z3_-x1Y2z3_-x1Y2z3_-"

SEAT = {"group": "Oost", "slug": "oost", "key": KEY, "proof": "p1R2o3_-" * 4}
LETTERS: dict[str, dict[str, Any]] = {
    "invitation": {"role": "coordinator", "subject": "Oost", "key": KEY},
    "reset_password": {"name": "Anna", "token": "IjEyMyI.aBcDeF.gHiJkL"},
    "password_changed": {"name": "Anna"},
    "login_code": {"name": "Anna", "code": "12345678"},
    "second_factor_changed": {"name": "Anna"},
    "passkeys_changed": {"name": "Anna"},
    "someone_guesses": {"name": "Anna"},
    "new_device": {"name": "Anna", "device": "Firefox, Android"},
    "contact_yes": {"group": "Oost", "name": "Noor", "key": KEY},
    "contact_message": {
        "group": "Oost",
        "name": "Kim",
        "reply_to": "kim@example.org",
        "message": "Mag ik maandag komen?\nIk ben er nog nooit geweest.",
    },
    "evening_changed": SEAT
    | {
        "evenings": [
            {
                "was": "2026-11-23T19:30",
                "now": "2026-11-24T20:00",
                "is_on": True,
                "was_on": True,
                "moved": True,
                "elsewhere": True,
            },
            {
                "was": "2026-11-30T19:30",
                "now": "2026-11-30T19:30",
                "is_on": False,
                "was_on": True,
                "moved": False,
                "elsewhere": False,
            },
        ]
    },
    "slot_changed": SEAT
    | {"turns": [{"first": "2027-02-03T20:30", "otherwise": True, "elsewhere": False}]},
    "slot_begins": SEAT
    | {
        "turns": [
            {"first": "2027-02-03T20:30", "otherwise": True, "elsewhere": True},
            {"first": "2027-03-03T20:30", "otherwise": False, "elsewhere": True},
        ]
    },
    "follow_confirm": {"key": KEY},
    "follow_still": {"key": KEY},
    "followed_changed": {
        "key": KEY,
        "news": "goes_on",
        "evenings": [
            {
                "was": "2026-11-23T19:30",
                "now": "2026-11-24T20:00",
                "is_on": True,
                "was_on": True,
                "moved": True,
                "elsewhere": False,
            },
            {
                "was": "2026-11-30T19:30",
                "now": "2026-11-30T19:30",
                "is_on": False,
                "was_on": True,
                "moved": False,
                "elsewhere": False,
            },
        ],
        "turns": [{"first": "2027-02-03T20:30", "otherwise": True, "elsewhere": False}],
    },
    "sponsor_asked": SEAT,
    "sponsor_agreed": SEAT,
    "sponsor_ended": {"group": "Oost", "slug": "oost", "key": KEY, "had_begun": False},
    "contact_still": {"name": "Corrie", "key": KEY},
    "circle_asked": SEAT,
    "taken_over": SEAT,
    "handed_over": {"name": "Anna", "who": "Mees", "group": "Oost", "contact": True},
    "announcement": SEAT | {"announcement": 1, "words": "We eten vooraf soep.\nVanaf zeven uur."},
    "second_group": {
        "group": "Oost",
        "slug": "oost",
        "key": KEY,
        "second": "Oost 2",
        "second_slug": "oost-2",
        "proof": "p1R2o3_-" * 4,
    },
    "hold_ends": SEAT | {"until": "2026-11-25T13:00"},
    "holidays": {
        "name": "Anna",
        "groups": [
            {
                "name": "Oost",
                "slug": "oost",
                "holidays": [
                    {
                        "name": "second_christmas_day",
                        "first": "2026-12-26",
                        "last": "2026-12-26",
                        "key": KEY,
                    }
                ],
            },
            {
                "name": "Oost op maandag",
                "slug": "oost-op-maandag",
                "holidays": [
                    {
                        "name": "christmas_break",
                        "first": "2026-12-19",
                        "last": "2027-01-03",
                        "key": KEY[::-1],
                    }
                ],
            },
        ],
    },
    "work": {
        "name": "Anna",
        "office": "Stay Clean",
        "contact": "kantoor@stayclean.example",
        "words": "Fijn dat je er bent.",
        "groups": [
            {
                "name": "Oost",
                "slug": "oost",
                "points": [
                    {
                        "concern": concern,
                        "since": "2026-09-01",
                        "day": "2026-12-31",
                        "holidays": [
                            {
                                "name": "second_christmas_day",
                                "first": "2026-12-26",
                                "last": "2026-12-26",
                            },
                            {
                                "name": "christmas_break",
                                "first": "2026-12-19",
                                "last": "2027-01-03",
                            },
                        ],
                        "others": ["West", ""],
                    }
                    for concern in Concern
                ],
            },
        ],
    },
    "still_with_us": SEAT | {"waits": False},
    "seat_given": SEAT | {"hold": "asked"},
    "in_line": SEAT | {"position": 3},
    "moved_up": SEAT | {"until": "2026-11-30"},
    "seat_ended": SEAT | {"reason": "unconfirmed"},
    "seat_link": SEAT,
    "group_starts": SEAT | {"waits": False},
    "group_stands": SEAT | {"news": "pauses", "waits": False, "held": False},
    "someone_asked": {
        "name": "Anna",
        "groups": [
            {"name": "Oost", "slug": "oost", "asked": 2, "greeted": 0, "waits": 1},
            {"name": "Stilte", "slug": "stilte", "asked": 0, "greeted": 1, "waits": 0},
        ],
    },
    "service_ends": {"name": "Anna", "group": "Oost", "slug": "oost", "until": "2026-12-31"},
    "closed": {
        "name": "Ben",
        "what": "Buurthuis De Linde",
        "is_place": True,
        "first": "2026-12-21",
        "last": "2027-01-03",
        "reason": "kerstvakantie",
        "ask": "Maandagavond",
        "groups": [
            {
                "name": "West",
                "slug": "west",
                "off": ["2026-12-23", "2026-12-30"],
                "on": [],
                "asked_again": True,
            }
        ],
    },
    "reopened": {
        "name": "Ben",
        "what": "Buurthuis De Linde",
        "is_place": True,
        "first": "2026-12-21",
        "last": "2027-01-03",
        "reason": "kerstvakantie",
        "ask": "Maandagavond",
        "groups": [
            {"name": "West", "slug": "west", "off": [], "on": ["2026-12-23"], "asked_again": False}
        ],
    },
    "request_confirm": {"key": KEY},
    "request_question": {"key": KEY, "question": "Is er al een zaal?\nEn wie wil er meedoen?"},
    "request_founded": {"key": KEY, "group": "Assen", "slug": "assen", "invited": True},
    "request_not_yet": {
        "key": KEY,
        "reason": "In Assen begint volgende maand al een groep.",
        "nearest": [{"name": "Oost", "slug": "oost"}, {"name": "West", "slug": "west"}],
    },
    "request_begins": {"key": KEY, "group": "Assen", "slug": "assen"},
    "office_did": {
        "name": "Anna",
        "did": "unlisted",
        "group": "Oost",
        "slug": "oost",
        "office": "Stay Clean",
        "reason": "Dubbel met West.",
    },
    "house_mended": {
        "name": "Anna",
        "group": "Oost",
        "slug": "oost",
        "who": "West",
        "before": "De Linde, Lindengracht 93, 1015 KD Amsterdam",
        "after": "De Linde, Lindengracht 95, 1015 KD Amsterdam",
        "is_back": False,
    },
    "proposal": {"name": "Anna", "group": "Oost", "slug": "oost"},
    "proposals_wait": {"name": "Olaf", "slug": "stay-clean"},
    "proposal_answered": {"accepted": False, "reason": "De bel is gemaakt.", "slug": "oost"},
    "group_did": {"name": "Olaf", "did": "listed_again", "group": "Oost", "slug": "oost"},
    "still_there": {
        "name": "Anna",
        "group": "Oost",
        "slug": "oost",
        "office": "Stay Clean",
        "until": "2026-11-30",
        "reason": "We krijgen al drie weken geen antwoord.",
    },
    "joined": {
        "name": "Anna",
        "who": "Bas",
        "group": "Oost",
        "slug": "oost",
        "days": 30,
        "waits": True,
    },
    "no_longer_coordinator": {"name": "Bas", "group": "Oost"},
    "no_longer_officer": {"name": "Noor", "office": "Stay Clean"},
    "request_waits": {"name": "Olaf", "slug": "stay-clean", "number": 7, "why": "asked"},
    "how_many": {"name": "Anna", "group": "Oost", "day": "2026-11-23", "key": KEY},
    "weekly": {
        "name": "Anna",
        "groups": [
            {
                "name": "Oost",
                "slug": "oost",
                "meeting": {
                    "starts": "2026-11-30T19:30",
                    "is_on": True,
                    "reason": "",
                    "online": False,
                    "where": "De Linde",
                    "step": 4,
                    "theme": "We keken naar onszelf",
                    "who": "open",
                },
                "asked": 1,
                "greeted": 2,
                "holidays": [
                    {
                        "name": "second_christmas_day",
                        "first": "2026-12-26",
                        "last": "2026-12-26",
                        "key": KEY,
                    },
                    {
                        "name": "christmas_break",
                        "first": "2026-12-19",
                        "last": "2027-01-03",
                        "key": KEY[::-1],
                    },
                ],
                "count": {"day": "2026-11-23", "key": KEY},
            },
            {
                "name": "Donderdag",
                "slug": "donderdag",
                "meeting": {
                    "starts": "2026-12-03T20:00",
                    "is_on": False,
                    "reason": "storm",
                    "online": True,
                    "where": "",
                    "step": None,
                    "theme": "",
                    "who": "",
                },
                "asked": 0,
                "greeted": 0,
                "holidays": [],
                "count": None,
            },
        ],
        "confirm": {"groups": ["Oost", "Donderdag"], "key": KEY},
    },
    "whether_right": {"name": "Anna", "groups": ["Oost", "Donderdag"], "key": KEY},
    "service_handed_on": {
        "name": "Ben",
        "group": "Oost",
        "slug": "oost",
        "who": "Anna",
        "note": "De sleutel hangt in het kastje.",
    },
}
TELLING = re.compile(
    r"verslav|alcohol|drugs|cocaïne|coke|gok|twaalf stappen|stap \d|clean|addict|drink|gambl"
    r"|oost|anna|\bA\.?A\b|\bN\.?A\b",
    re.IGNORECASE,
)
"""What a family member or employer must not read in a list of mails (T9)."""


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_reads_as_agreed(kind: str):
    subject, body = word_letter(kind, "nl", LETTERS[kind], HOME)
    written = f"{subject}\n\n{body}"
    golden = GOLDEN / f"{kind}.txt"
    if os.environ.get("REWRITE_LETTERS"):
        golden.write_text(written, encoding="utf-8")

    assert written == golden.read_text(encoding="utf-8")


def test_every_letter_that_is_worded_is_read_here():
    worded = {file.stem for file in (APP / "templates" / "letters").glob("*.txt")}

    assert set(LETTERS) <= worded
    assert {golden.stem for golden in GOLDEN.glob("*.txt")} == set(LETTERS)


def test_every_letter_that_an_action_tells_a_participant_can_be_turned_off():
    told = {
        kind
        for file in (APP / "actions").glob("*.py")
        for kind in re.findall(r'\btell\(\s*[\w.]+,\s*"(\w+)"', file.read_text(encoding="utf-8"))
    }

    assert told <= TO_PARTICIPANTS
    assert len(told) > 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", LETTERS)
def test_no_subject_tells_anything(kind: str, language: str):
    subject, _ = word_letter(kind, language, LETTERS[kind], HOME)

    assert subject
    assert TELLING.search(subject) is None
    assert len(subject) <= 60


NAMES = {"group", "second", "subject", "office", "what", "slug", "second_slug"}
"""The values of letters that name a group, a fellowship, or where they are."""
DEMO_GROUPS = ("AA Meander Zeist", "CokevanJou Utrecht", "LSOVD Ouders Zwolle", "aa-meander-zeist")


def named_all_over(value: object, name: str, key: str = "") -> object:
    """Return the values of a letter with a telling name wherever a name stands."""
    if isinstance(value, dict):
        within = NAMES | {"name"} if key else NAMES
        return {
            k: name if k in within and isinstance(v, str) else named_all_over(v, name, k)
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [named_all_over(one, name, "list") for one in value]
    return value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DEMO_GROUPS)
@pytest.mark.parametrize("kind", sorted(TO_WHO_HAS_NO_ACCOUNT))
def test_who_reads_along_learns_no_group(kind: str, name: str, language: str):
    values = named_all_over(LETTERS[kind], name)

    assert name not in "".join(word_letter(kind, language, values, HOME))


@pytest.mark.parametrize("kind", sorted(TO_WHO_HAS_NO_ACCOUNT))
def test_no_link_to_who_has_no_account_leads_to_a_group(kind: str):
    assert "/groups/" not in word_letter(kind, "nl", LETTERS[kind], HOME)[1]


@pytest.mark.parametrize("kind", LETTERS)
def test_every_link_begins_at_our_own_address(kind: str):
    _, body = word_letter(kind, "nl", LETTERS[kind], HOME)

    assert set(re.findall(r"https?://[^\s/]+", body)) <= {HOME}


@pytest.mark.parametrize("kind", LETTERS)
def test_a_value_that_is_missing_is_a_fault_and_no_gap(kind: str):
    with pytest.raises(UndefinedError):
        word_letter(kind, "nl", {}, HOME)


def test_who_asked_a_fellowship_that_ended_is_led_to_another():
    values = LETTERS["request_not_yet"] | {"reason": "", "key": "", "nearest": []}

    body = word_letter("request_not_yet", "nl", values, HOME)[1]

    assert "is gestopt" in body
    assert set(re.findall(r"https?://\S+", body)) == {f"{HOME}/start"}


def test_a_language_that_we_do_not_speak_is_written_in_english():
    assert word_letter("login_code", "fr", LETTERS["login_code"], HOME) == word_letter(
        "login_code", "en", LETTERS["login_code"], HOME
    )


def test_what_somebody_wrote_is_not_read_as_mark_up():
    message = "<b>1 < 2</b> {{ key }} &amp; %(name)s"

    _, body = word_letter(
        "contact_message", "nl", LETTERS["contact_message"] | {"message": message}, HOME
    )

    assert message in body


def test_who_gives_no_name_is_written_down_without():
    values = LETTERS["contact_message"] | {"name": ""}

    assert "geen naam" in word_letter("contact_message", "nl", values, HOME)[1]


def test_a_mail_has_no_html_no_image_and_no_telling_header():
    mail = write_mail(
        subject="Je code",
        body="Eén code: 123\n",
        to="anna@example.org",
        sender="post@groepen.example",
        message_id="abc@twaalf.invalid",
        sent_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    )

    assert dict(mail.items()) == {
        "From": "Twaalf <post@groepen.example>",
        "To": "anna@example.org",
        "Subject": "Je code",
        "Date": "Tue, 24 Nov 2026 12:00:00 +0000",
        "Message-ID": "<abc@twaalf.invalid>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": mail["Content-Transfer-Encoding"],
        "MIME-Version": "1.0",
    }
    assert mail.get_content() == "Eén code: 123\n"


def test_a_letter_to_a_participant_is_turned_off_by_one_click():
    """RFC 8058 3.1."""
    mail = write_mail(
        subject="Bericht over je plek",
        body="x",
        to="kim@example.org",
        sender="post@groepen.example",
        message_id="abc@twaalf.invalid",
        sent_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
        unsubscribe=f"{HOME}/seat/{KEY}/letters/off",
    )

    assert mail["List-Unsubscribe"] == f"<{HOME}/seat/{KEY}/letters/off>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_only_an_office_is_ever_named_as_where_to_answer():
    assert {kind: LETTERS[kind][value] for kind, value in ANSWERED_AT.items()} == {
        "work": "kantoor@stayclean.example"
    }


@pytest.mark.parametrize(
    "to", ["anna@example.org\r\nBcc: evil@example.org", "anna@example.org\nX: y"]
)
def test_an_address_adds_no_header(to: str):
    mail = write_mail(
        subject="Je code",
        body="x",
        to=to,
        sender="post@groepen.example",
        message_id="abc@twaalf.invalid",
        sent_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    )

    assert mail["Bcc"] is None
    assert mail["X"] is None


def test_a_domain_is_written_in_the_letters_that_every_server_knows():
    mail = write_mail(
        subject="Je code",
        body="x",
        to="anna@exämple.nl",
        sender="post@groepen.example",
        message_id="abc@twaalf.invalid",
        sent_at=datetime(2026, 11, 24, 12, tzinfo=UTC),
    )

    assert mail["To"] == "anna@xn--exmple-cua.nl"
