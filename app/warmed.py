"""What every worker would read at its first pages, read before they part: it is there once for all of them."""

from app.formats.printed.typesetting import not_drawn
from app.formats.wording import weekday_name
from app.left_out import without


def warm() -> None:
    """Read it; nothing of it is of the database."""
    weekday_name(1, "nl")  # and with it what the library of languages knows of all
    not_drawn("")
    with without("PIL"):  # our codes are no images, and where there is one it takes 5 MB
        import qrcode  # noqa: F401, PLC0415 - a command needs none
