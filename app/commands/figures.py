"""`flask figures`, and the end of `flask db upgrade`: what is derived of groups, made anew."""

from collections import defaultdict
from typing import Any

import click
from flask.cli import with_appcontext
from flask_migrate import cli as migrating

from app import clock
from app.actions.figures import (
    correct_sums,
    derive_what_is_missing,
    recount_figures_of,
)
from app.actions.parts.timer.duties import in_turns
from app.commands.door import working
from app.domain.tally import Amount
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.groups import every_group
from app.records.health.schema import schema_is_current
from app.records.tallies import Cell, begun, lacking

MIGRATIONS: click.Group = migrating.db


@click.command("figures")
@working
def figures() -> None:
    """Count all figures anew, and say how many were wrong: there should be none."""
    moved: dict[Cell, Amount] = defaultdict(Amount)
    for some in in_turns(every_group()):
        for cell, amount in recount_figures_of(some).items():
            moved[cell] += amount
    lacked = lacking()
    if lacked:
        correct_sums(lacked)
    for cell, amount in lacked.items():
        moved[cell] += amount
    wrong = begun(moved, Week.at(clock.now(), HOME))
    click.echo(f"{len(wrong)} figures were wrong, and are right now")


@MIGRATIONS.result_callback()
@click.pass_context
@with_appcontext
def after_migrations(context: click.Context, *_results: Any, **_options: Any) -> None:
    """Fill what an upgrade left empty; also one that was broken off before this."""
    if context.invoked_subcommand != "upgrade" or not schema_is_current():
        return
    done = 0
    while number := derive_what_is_missing():
        done += number
        click.echo(f"Search list and figures made of {done} groups", err=True)
