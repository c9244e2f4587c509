"""What self-help groups are, who is under sixteen, and how far everybody can use these pages."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from app.blueprints.access import public
from app.formats.upkeep.accessibility import read_statement
from app.records.fellowships import all_fellowships

bp = Blueprint("about", __name__)


@bp.get("/over-zelfhulp")
@public
def self_help() -> ResponseReturnValue:
    return render_template("public/about/self_help.html")


@bp.get("/jonger-dan-zestien")
@public
def under_sixteen() -> ResponseReturnValue:
    """Say who may come, and what a parent has to know, with the fellowships that say so."""
    welcome = [one for one in all_fellowships() if one.under_sixteen]
    return render_template("public/about/under_sixteen.html", fellowships=welcome)


@bp.get("/toegankelijkheid")
@public
def accessibility() -> ResponseReturnValue:
    """Give the statement in the form of the Dutch government's, from docs/accessibility.md."""
    config = current_app.config
    return render_template(
        "public/about/accessibility.html",
        statement=read_statement(),
        site=config["TWAALF_PUBLIC_URL"],
        contact=config["TWAALF_MAIL_SENDER"],
    )
