"""`flask invite`: how the first account of a role begins."""

import sys
from typing import NoReturn

import click
from flask import current_app

from app.actions import invitations
from app.commands.door import working
from app.domain.refusal import FellowshipIsClosed
from app.domain.roles import Role
from app.formats.mail_address import read_address
from app.records.fellowships import find_fellowship
from app.records.groups import find_group


@click.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--group", "group_slug", help="Short name of the group, for a coordinator.")
@click.option("--fellowship", "fellowship_slug", help="Short name, for an officer.")
@working
def invite(email: str, role: str, group_slug: str | None, fellowship_slug: str | None) -> None:
    """Invite someone, by letter, and print the link: it works once, for 72 hours."""
    wanted = Role(role)
    group = find_group(group_slug) if group_slug else None
    fellowship = find_fellowship(fellowship_slug) if fellowship_slug else None
    if (wanted is Role.COORDINATOR) != (group_slug is not None):
        _stop("A coordinator, and only a coordinator, needs --group.")
    if (wanted is Role.OFFICER) != (fellowship_slug is not None):
        _stop("An officer, and only an officer, needs --fellowship.")
    if group_slug and group is None:
        _stop(f"There is no group {group_slug}.")
    if fellowship_slug and fellowship is None:
        _stop(f"There is no fellowship {fellowship_slug}.")
    address = read_address(email)
    if address is None:
        _stop(f"{email} is no mail address.")
    try:
        key = invitations.invite(
            email=address, role=wanted, group=group, fellowship=fellowship, by=None
        )
    except FellowshipIsClosed:
        _stop("This fellowship is closed: nobody is invited to it or its groups.")
    click.echo(f"{current_app.config['TWAALF_PUBLIC_URL']}/invitations/{key}")


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
