"""`flask letters`: the outbox."""

import sys
from datetime import date

import click
from flask import current_app
from flask.cli import AppGroup

from app import clock
from app.actions.confirmation import ask_whether_right
from app.actions.head_counts import ask_how_many
from app.actions.holidays import ask_about_holidays
from app.actions.letters import send_letters
from app.actions.people import ask_who_follows
from app.actions.proposals import tell_officers_of_proposals
from app.actions.seats import settle_seats
from app.domain.keys import mail_proof
from app.formats.letter import ANSWERED_AT, TO_PARTICIPANTS, word_letter, write_mail
from app.records.letters import Letter
from app.records.participants import groups_to_settle

letters = AppGroup("letters", help="The outbox of letters.")


@letters.command("send")
def send() -> None:
    """End the holds on seats that ran out, and send the letters that are due; run it every minute."""
    config = current_app.config
    for group_id in groups_to_settle(clock.now()):
        settle_seats(group_id)
    if not config["TWAALF_MAIL_URL"]:
        _ask(clock.now().date())
        click.echo("TWAALF_MAIL_URL is not set: letters stay in the outbox.", err=True)
        sys.exit(1)

    def as_mail(letter: Letter):
        values, unsubscribe = letter.values, ""
        if letter.kind in TO_PARTICIPANTS:
            key = values["key"]
            values = values | {"proof": mail_proof(config["SECRET_KEY"], key)}
            unsubscribe = f"{config['TWAALF_PUBLIC_URL']}/seat/{key}/letters/off"
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
    # Last, so that a fault in a question of the day holds up nobody's code or message.
    _ask(clock.now().date())
    click.echo(f"{done.sent} sent, {done.later} put off, {done.given_up} given up")


def _ask(today: date) -> None:
    """Write what coordinators are to be asked; each is asked but once, however often this runs."""
    ask_who_follows(today)
    ask_about_holidays(today)
    ask_whether_right(today)
    ask_how_many(clock.now())
    tell_officers_of_proposals()
