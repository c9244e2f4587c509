"""What every worker would read at its first pages, read before they part: it is there once for all of them."""

from app.formats.printed.typesetting import not_drawn
from app.formats.wording import weekday_name


def warm() -> None:
    """Read it; nothing of it is of the database."""
    weekday_name(1, "nl")  # and with it what the library of languages knows of all
    not_drawn("")
