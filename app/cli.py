"""Commands of the installation: `flask --app wsgi …`."""

import click
from flask import Flask

COMMANDS: tuple[click.Command, ...] = ()


def attach(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
