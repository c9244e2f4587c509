"""`flask figures`: what is counted of groups, counted anew."""

import click
from flask.cli import with_appcontext

from app.actions.figures import recount_figures


@click.command("figures")
@with_appcontext
def figures() -> None:
    """Count all figures anew, and say how many were wrong: there should be none."""
    click.echo(f"{recount_figures()} figures were wrong, and are right now")
