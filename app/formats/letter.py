"""Letters: from a kind, a language and values to a mail with a neutral sender and subject."""

from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.domain.holiday import HolidayName
from app.domain.roles import Role
from app.formats.duration import lasts
from app.formats.mail_address import read_address
from app.formats.text import one_line
from app.formats.who_sees import who_sees_a_name
from app.formats.wording import (
    DESKS,
    clock_time,
    day_in_words,
    gettext_in,
    known,
    weekday_name,
    word,
)

_FOLDER = Path(__file__).resolve().parent.parent / "templates" / "letters"


TO_PARTICIPANTS = frozenset(
    {
        "seat_given", "in_line", "moved_up", "seat_ended", "seat_link", "group_starts", "group_stands",
        "still_with_us", "evening_changed", "slot_changed", "slot_begins", "second_group", "hold_ends",
        "sponsor_asked", "sponsor_agreed", "sponsor_ended", "circle_asked", "announcement",
        "taken_over",
    }
)  # fmt: skip
"""Their values hold the `key` of a participant's own page, where letters are turned off."""

TO_FOLLOWERS = frozenset({"follow_confirm", "follow_still", "followed_changed"})
"""Their values hold the `key` of the page where following a group is ended."""

TO_WHO_HAS_NO_ACCOUNT = TO_PARTICIPANTS | TO_FOLLOWERS | {
    "contact_message", "contact_yes", "contact_still", "invitation", "proposal_answered",
    "request_confirm", "request_question", "request_founded", "request_not_yet", "request_begins",
}  # fmt: skip
"""They name no group, in words or in a link: whoever reads along in that mailbox must not learn
which circle somebody comes to (T9). Their own page says it, behind the key. Letters to accounts
name the group that is to be looked after: a coordinator may have several."""

ANSWERED_AT = {"work": "contact"}
"""The kinds that may be answered, each with the value that says where: an office, no person (T9)."""


def word_letter(
    kind: str, language: str, values: dict[str, Any], public_url: str
) -> tuple[str, str]:
    """Return subject and body of a letter: the template's first line, and the rest.

    Letters to accounts are worded as their desks are, in Dutch or English. Links begin with `public_url`, which comes from the settings and never from a request.
    """
    spoken = language if kind in TO_WHO_HAS_NO_ACCOUNT or language in DESKS else "en"
    text = _environment(known(spoken)).get_template(f"{kind}.txt")
    rendered = text.render(**values, public_url=public_url)
    subject, _, body = rendered.partition("\n")
    return one_line(subject), body.strip() + "\n"


def write_mail(
    *,
    subject: str,
    body: str,
    to: str,
    sender: str,
    message_id: str,
    sent_at: datetime,
    unsubscribe: str = "",
    reply_to: str = "",
) -> EmailMessage:
    """Return a plain-text mail; the same letter always has the same Message-ID.

    `unsubscribe` is an address at which one POST ends all such mail (RFC 8058 3.1).
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Twaalf <{sender}>"
    # What was kept before addresses were read so may have a domain that few servers take.
    mail["To"] = read_address(to) or one_line(to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(sent_at)
    mail["Message-ID"] = f"<{message_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    if reply_to:
        mail["Reply-To"] = one_line(reply_to)
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(body)
    return mail


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - plain text; nothing here is HTML
        extensions=["jinja2.ext.i18n"],
    )
    gettext = gettext_in(language)
    environment.globals["_"] = gettext
    environment.globals["lasts"] = lambda name: lasts(name, language)
    environment.globals["who_sees_a_name"] = lambda: who_sees_a_name(language)
    environment.filters["day"] = lambda text: day_in_words(
        date.fromisoformat(str(text)), language, year=True
    )
    environment.filters["holiday"] = lambda text: word(HolidayName(text), language)
    environment.filters["weekday"] = lambda text: weekday_name(
        datetime.fromisoformat(f"{text}").isoweekday(), language
    )
    environment.filters["moment"] = lambda text: _moment(
        datetime.fromisoformat(f"{text}"), language
    )
    environment.filters["day_of"] = lambda text: day_in_words(
        datetime.fromisoformat(f"{text}").date(), language, year=True
    )
    environment.filters["clock"] = lambda text: clock_time(
        datetime.fromisoformat(f"{text}"), language
    )
    environment.filters["role"] = lambda text: word(Role(text), language)
    return environment


def _moment(moment: datetime, language: str) -> str:
    """Return `maandag 23 november, 19.30`."""
    return f"{day_in_words(moment.date(), language)}, {clock_time(moment, language)}"
