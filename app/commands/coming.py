"""`flask coming`: what the finder asks of the coming weeks, counted anew."""

import click

from app.actions.coming import recount_coming
from app.actions.parts.timer.duties import in_turns
from app.commands.door import working
from app.records.groups import every_group


@click.command("coming")
@working
def coming() -> None:
    """Count all coming meetings anew, and say how many were wrong: there should be none."""
    wrong = sum(recount_coming(some) for some in in_turns(every_group()))
    click.echo(f"{wrong} coming meetings were wrong, and are right now")
