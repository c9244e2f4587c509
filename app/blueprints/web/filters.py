"""Words in templates: dates, hours, and the word for each value of the domain."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask

from app.blueprints.web.languages import current
from app.domain.zones import day_at_home
from app.formats import wording
from app.formats.duration import lasts
from app.formats.figures import amount
from app.formats.languages.numbers import ordinal
from app.formats.phone import to_join
from app.formats.who_sees import who_sees_a_name


def attach(app: Flask) -> None:
    """Give templates `word`, `day`, `hours`, `lasts`, … in the reader's language."""

    def in_readers_language(format_value: Callable[..., str]) -> Callable[..., str]:
        return lambda value, **options: format_value(value, current(), **options)

    def of_a_day(format_day: Callable[..., str]) -> Callable[..., str]:
        return lambda value, **options: format_day(_day(value), current(), **options)

    app.jinja_env.globals["lasts"] = in_readers_language(lasts)
    app.jinja_env.globals["who_sees_a_name"] = lambda: who_sees_a_name(current())
    app.jinja_env.filters.update(
        word=in_readers_language(wording.word),
        day=of_a_day(wording.day_in_words),
        short_day=of_a_day(wording.short_day),
        weekday=in_readers_language(wording.weekday_name),
        short_weekday=in_readers_language(wording.short_weekday),
        clock_time=in_readers_language(wording.clock_time),
        amount=in_readers_language(amount),
        dial_in=to_join,
        ordinal=in_readers_language(ordinal),
        hours=in_readers_language(wording.hours),
        theme=in_readers_language(wording.theme_name),
        language_name=in_readers_language(wording.language_name),
        where=lambda place, listing: wording.where(place, listing, current()),
    )


def _day(value: date | datetime) -> date:
    """Return a day, that of an instant in its own zone; one as it is stored, in UTC, is meant at home."""
    if not isinstance(value, datetime):
        return value
    return day_at_home(value) if value.tzinfo is UTC else value.date()
