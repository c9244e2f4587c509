"""`flask invite` and `flask officers`: how the first account of a role begins, and who is officer."""

import sys
from typing import NoReturn

import click
from flask import current_app

from app.actions import invitations
from app.actions.national.officers import (
    end_officer,
    end_regional_officer,
    give_other_region,
)
from app.commands.door import working
from app.domain.refusal import FellowshipIsClosed
from app.domain.roles import LastOfficer, OfThatRegionAlready, Role
from app.formats.mail_address import read_address
from app.records.accounts import normal_address, officers_of
from app.records.fellowships import Fellowship, find_fellowship
from app.records.group_lists.sight import regional_officers_of
from app.records.groups import find_group
from app.records.regions import Region, regions_of


@click.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--group", "group_slug", help="Short name of the group, for a coordinator.")
@click.option("--fellowship", "fellowship_slug", help="Short name, for an officer.")
@click.option("--region", "region_name", help="Name of a region of it, for a regional officer.")
@working
def invite(
    email: str,
    role: str,
    group_slug: str | None,
    fellowship_slug: str | None,
    region_name: str | None,
) -> None:
    """Invite someone, by letter, and print the link: it works once, for 72 hours."""
    wanted = Role(role)
    _check_named(wanted, group_slug, fellowship_slug, region_name)
    group = find_group(group_slug) if group_slug else None
    fellowship = find_fellowship(fellowship_slug) if fellowship_slug else None
    if group_slug and group is None:
        _stop(f"There is no group {group_slug}.")
    if fellowship_slug and fellowship is None:
        _stop(f"There is no fellowship {fellowship_slug}.")
    region = _region(fellowship, region_name) if fellowship and region_name else None
    address = read_address(email)
    if address is None:
        _stop(f"{email} is no mail address.")
    try:
        key = invitations.invite(
            email=address,
            role=wanted,
            group=group,
            fellowship=None if region else fellowship,
            region=region,
            by=None,
        )
    except FellowshipIsClosed:
        _stop("This fellowship is closed: nobody is invited to it or its groups.")
    click.echo(f"{current_app.config['TWAALF_PUBLIC_URL']}/invitations/{key}")


@click.command("officers")
@click.argument("fellowship_slug", metavar="SLUG")
@click.option("--end", "ended", metavar="EMAIL", help="End this person's being officer, here.")
@click.option("--move", "moved", metavar="EMAIL", help="Give this regional officer --region.")
@click.option("--region", "region_name", help="Name of a region of it.")
@working
def officers(
    fellowship_slug: str, ended: str | None, moved: str | None, region_name: str | None
) -> None:
    """Show who is officer of a fellowship and of its regions; end it, or give another region."""
    fellowship = find_fellowship(fellowship_slug)
    if fellowship is None:
        _stop(f"There is no fellowship {fellowship_slug}.")
    if (moved is None) != (region_name is None) or (ended and moved):
        _stop("Say --end EMAIL, or --move EMAIL --region NAME.")
    if ended:
        _end(fellowship, normal_address(ended))
    if moved and region_name:
        _move(fellowship, normal_address(moved), _region(fellowship, region_name))
    for one in officers_of(fellowship.id):
        click.echo(f"{one.email}: all groups")
    for role in regional_officers_of(fellowship.id):
        click.echo(f"{role.account.email}: {role.region.name if role.region else ''}")


def _end(fellowship: Fellowship, email: str) -> None:
    whole = [one for one in officers_of(fellowship.id) if one.email == email]
    regional = [one for one in regional_officers_of(fellowship.id) if one.account.email == email]
    if not whole and not regional:
        _stop(f"{email} is no officer of {fellowship.name}.")
    try:
        for account in whole:
            end_officer(fellowship, account.id, by=None)
    except LastOfficer:
        _stop("This is the only officer for all groups. Invite another first: --role officer.")
    for role in regional:
        end_regional_officer(fellowship, role.id, by=None)


def _move(fellowship: Fellowship, email: str, region: Region) -> None:
    held = [one for one in regional_officers_of(fellowship.id) if one.account.email == email]
    if len(held) != 1:
        _stop(f"{email} is officer of {len(held)} regions of {fellowship.name}, not of one.")
    try:
        give_other_region(fellowship, held[0].id, region.id, by=None)
    except OfThatRegionAlready:
        _stop(f"{email} has {region.name} already.")


def _check_named(
    wanted: Role, group: str | None, fellowship: str | None, region: str | None
) -> None:
    if (wanted is Role.COORDINATOR) != (group is not None):
        _stop("A coordinator, and only a coordinator, needs --group.")
    if (wanted in (Role.OFFICER, Role.REGIONAL)) != (fellowship is not None):
        _stop("An officer, and only an officer, needs --fellowship.")
    if (wanted is Role.REGIONAL) != (region is not None):
        _stop("A regional officer, and only a regional officer, needs --region.")


def _region(fellowship: Fellowship, name: str) -> Region:
    known = {one.name.casefold(): one for one in regions_of(fellowship.id)}
    if name.casefold() not in known:
        drawn = ", ".join(one.name for one in known.values()) or "none yet"
        _stop(f"{fellowship.name} has no region {name}; it has: {drawn}.")
    return known[name.casefold()]


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
