"""`flask letters`: the outbox."""

import mailbox
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from email import message_from_bytes
from email.message import EmailMessage, Message
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from app import clock
from app.actions.following.messages import push_message, send_messages
from app.actions.letters import send_letters, take_back
from app.actions.parts.timer.duties import step
from app.commands.door import working
from app.commands.rounds import ask_all, settle_all
from app.commands.timed import timed
from app.domain.keys import mail_proof
from app.domain.news.following import Answer
from app.formats.delivery_report import undelivered_in
from app.formats.letter import (
    ANSWERED_AT,
    TO_FOLLOWERS,
    TO_PARTICIPANTS,
    word_letter,
    write_mail,
)
from app.formats.push import write_message
from app.records.letters import Letter

letters = AppGroup("letters", help="The outbox of letters.")


@letters.command("send")
@working
@timed("letters")
def send() -> None:
    """Do what is due and send the letters that are due; run it every minute.

    It ends the holds on seats that ran out, and keeps the coming weeks ready for the finder. A
    duty that fails stops no other. Exits with 1 when one failed, mail does not leave, or a letter
    was given up; the log says which, and no address.
    """
    config = current_app.config
    went_well = settle_all()
    if not config["TWAALF_MAIL_URL"]:
        _send_messages()
        ask_all()
        click.echo("TWAALF_MAIL_URL is not set: letters stay in the outbox.", err=True)
        sys.exit(1)

    def as_mail(letter: Letter, values: dict[str, Any]) -> EmailMessage:
        unsubscribe = ""
        if letter.kind in TO_PARTICIPANTS:
            key = values["key"]
            values = values | {"proof": mail_proof(config["SECRET_KEY"], key)}
            unsubscribe = f"{config['TWAALF_PUBLIC_URL']}/seat/{key}/letters/off"
        elif letter.kind in TO_FOLLOWERS:
            unsubscribe = f"{config['TWAALF_PUBLIC_URL']}/follow/{values['key']}/stop"
        subject, body = word_letter(
            letter.kind, letter.language, values, config["TWAALF_PUBLIC_URL"]
        )
        return write_mail(
            subject=subject,
            body=body,
            to=letter.recipient,
            sender=config["TWAALF_MAIL_SENDER"],
            message_id=letter.message_id,
            sent_at=clock.now(),
            unsubscribe=unsubscribe,
            reply_to=values.get(ANSWERED_AT.get(letter.kind, ""), ""),
        )

    done = send_letters(config["TWAALF_MAIL_URL"], as_mail)
    went_well &= step("send_messages", _send_messages)
    # Last, so that a question of the day holds up nobody's code or message.
    went_well &= ask_all()
    click.echo(f"{done.sent} sent, {done.later} put off, {done.given_up} given up")
    if not went_well:
        click.echo("Something was not done: the log says what.", err=True)
    if done.is_away:
        click.echo("Mail does not leave: the mail server does not take it.", err=True)
    if not went_well or done.is_away or done.given_up:
        sys.exit(1)


def _send_messages() -> None:
    config = current_app.config
    signs, contact = config["TWAALF_PUSH_KEY"], config["TWAALF_MAIL_SENDER"]
    trusted = config["TWAALF_PUSH_TRUSTED"] or frozenset()

    def push(to: str, language: str, key: str) -> Answer:
        message = write_message(to, language, key, signs=signs, contact=contact)
        return push_message(message.address, message.headers, message.body, trusted)

    if signs:
        send_messages(push)


@letters.command("bounced")
@click.argument("source", type=click.Path(exists=True, allow_dash=True), default="-")
@working
def bounced(source: str) -> None:
    """Read what came back, from a mailbox (a file or a Maildir) or one mail from a pipe.

    Reports that a letter could not be delivered (RFC 3464) are matched by its Message-ID; other
    mail says nothing. Nothing is taken out of the mailbox: reading it again changes nothing.
    """
    reports = came_back = 0
    for mail in _mails(source):
        if undelivered := undelivered_in(mail):
            reports += 1
            came_back += take_back(undelivered)
    click.echo(f"{reports} reports read, {came_back} letters came back")


def _mails(source: str) -> Iterator[Message]:
    if source != "-" and Path(source).is_dir():
        yield from mailbox.Maildir(source, create=False)
        return
    with ExitStack() as kept:
        if source == "-":
            file = kept.enter_context(NamedTemporaryFile())
            shutil.copyfileobj(sys.stdin.buffer, file)
            file.flush()
            source = file.name
        path = Path(source)
        with path.open("rb") as opened:
            is_mailbox = opened.read(5) == b"From "
        if is_mailbox:
            yield from kept.enter_context(closing(mailbox.mbox(path, create=False)))
        else:
            yield message_from_bytes(path.read_bytes())
