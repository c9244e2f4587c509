"""`flask forget` and `flask reseal`: what is kept of people, for how long, under which key."""

import sys
from itertools import count

import click

from app import clock
from app.actions import sealing
from app.actions.figures import keep_month
from app.actions.parts.timer.duties import in_turns
from app.actions.retention import forget as forget_people
from app.commands.door import working
from app.commands.timed import timed


@click.command("forget")
@working
@timed("forget")
def forget() -> None:
    """Ask who was silent for long, and erase what was kept long enough; run it every night.

    The first night of a month also keeps the figures of the month before.
    """
    for _turn in in_turns(count()):
        if not keep_month():
            break
    done = forget_people(clock.now())
    click.echo(
        f"{done.asked} asked, {done.names} names erased, {done.places_in_line} left the line, "
        f"{done.letters} letters, {done.changes} changes and {done.requests} requests forgotten"
    )
    if not done.is_whole:
        click.echo("Something was not done: the log says what.", err=True)
        sys.exit(1)


@click.command("reseal")
@working
def reseal() -> None:
    """Seal contacts and letters with the first of TWAALF_SEALING_KEYS; then drop the older keys."""
    click.echo(f"{sealing.reseal()} rows sealed anew")
