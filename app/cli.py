"""Commands of the installation: `flask --app wsgi …`."""

import json
import sys
from typing import Any, NoReturn

import click
from flask import Flask, current_app

from app.blueprints.signin.leaned_on import totp
from app.commands import (
    archives,
    backups,
    coming,
    doctor,
    exchange,
    figures,
    keeping,
    letters,
    lists,
    people,
    pulling,
)
from app.commands.door import told, working
from app.demo import NotEmpty, fill_demo
from app.demo.bulk import GROUPS, MOST_GROUPS
from app.demo.derived import Derived
from app.demo.people import PEOPLE, prepare_accounts
from app.records.demo import demo_accounts, demo_groups, demo_seats, demo_seed, is_empty

SEED = 12


@click.command("demo")
@click.option(
    "--groups",
    type=click.IntRange(1, MOST_GROUPS),
    default=GROUPS,
    show_default=True,
    help="How many groups; fewer leave out some of the variety.",
)
@click.option(
    "--seed", type=int, default=SEED, show_default=True, help="Another seed, other names."
)
@click.option("--json", "as_json", is_flag=True, help="Print accounts and groups as JSON alone.")
@click.option("--if-empty", is_flag=True, help="Leave a database in use alone, without complaint.")
@working
def demo(groups: int, seed: int, as_json: bool, if_empty: bool) -> None:
    """Fill an empty database with made-up groups and people, and print how to log in.

    A demo database prints the same again; any other is left as it is.
    """
    found = demo_seed()
    if found is None and is_empty():
        _fill(groups, seed)
    elif found is None and if_empty:
        return
    elif found is None:
        _stop("This database is in use. The demo fills an empty one only.")
    elif if_empty:
        seed = found
    elif found != seed:
        _stop(
            f"This database holds the demo of seed {found}: add --seed {found} to print it again."
        )
    secrets = Derived(current_app.config["SECRET_KEY"], seed)
    if as_json:
        click.echo(json.dumps(_demo_as_json(secrets), ensure_ascii=False))
    else:
        _print_demo(secrets)


COMMANDS: tuple[click.Command, ...] = (
    demo,
    exchange.fellowship,
    exchange.import_,
    pulling.pull,
    exchange.export,
    archives.archive,
    archives.unarchive,
    people.invite,
    people.officers,
    letters.letters,
    lists.lists,
    keeping.forget,
    keeping.reseal,
    figures.figures,
    coming.coming,
    doctor.doctor,
    backups.backup,
    backups.restore,
    backups.recovery_key,
)


def attach(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
    for migrating in figures.MIGRATIONS.commands.values():
        if migrating.callback:
            migrating.callback = told(migrating.callback)


def _fill(groups: int, seed: int) -> None:
    secrets = Derived(current_app.config["SECRET_KEY"], seed)
    accounts = prepare_accounts(secrets, totp().seal)
    # Standard output is for the accounts alone; click hides the bar where there is no terminal,
    # but would still write its label.
    bar = click.progressbar(
        length=groups, label="Making the demo", file=sys.stderr, hidden=not sys.stderr.isatty()
    )
    try:
        with bar:
            fill_demo(seed, groups, secrets=secrets, accounts=accounts, progress=bar.update)
    except NotEmpty:
        _stop("This database is in use. The demo fills an empty one only.")


def _demo_as_json(secrets: Derived) -> dict[str, Any]:
    return {
        "accounts": [
            {
                "email": account.email,
                "password": secrets.password(account.email),
                "totp_secret": secrets.totp_secret(account.email) if account.sealed_totp else None,
                "role": account.role,
                "fellowship": account.fellowships[0] if account.fellowships else None,
                "groups": account.groups,
            }
            for account in demo_accounts([person.email for person in PEOPLE])
        ],
        "groups": [
            {
                "slug": group.slug,
                "fellowship": group.fellowship,
                "status": group.status,
                "seating": group.seating,
                "capacity": group.capacity,
                "zone": group.zone,
                "url": f"/groups/{group.slug}",
                "feed": f"/feeds/{group.feed_key}/agenda.ics",
                "discreet_feed": f"/feeds/{group.discreet_key}/agenda.ics",
            }
            for group in demo_groups()
        ],
        "seats": [{"group": slug, "url": f"/seat/{key}"} for slug, key in demo_seats()],
    }


def _print_demo(secrets: Derived) -> None:
    accounts = demo_accounts([person.email for person in PEOPLE])
    rows = [("who", "role", "mail", "password", "code now", "secret for a code")]
    for account in accounts:
        code = secret = ""
        if account.sealed_totp:
            code = totp().code_now(account.sealed_totp)
            secret = secrets.totp_secret(account.email)
        password = secrets.password(account.email)
        rows.append((account.name, account.role, account.email, password, code, secret))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    click.echo("People of the demo, and how they log in:\n")
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(f"  {line.rstrip()}")
    home = current_app.config["TWAALF_PUBLIC_URL"]
    first = next((group for account in accounts for group in account.groups), "")
    click.echo("\nLook here first:\n")
    for path, what in (
        ("/", "find a group"),
        (f"/groups/{first}", "a group's page"),
        ("/login", "then a coordinator's desk, or the national figures"),
    ):
        click.echo(f"  {home}{path}  {what}")


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
