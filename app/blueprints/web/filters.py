"""Words in templates: dates, hours, and the word for each value of the domain."""

from collections.abc import Callable

from flask import Flask

from app.blueprints.web.languages import current
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

    app.jinja_env.globals["lasts"] = in_readers_language(lasts)
    app.jinja_env.globals["who_sees_a_name"] = lambda: who_sees_a_name(current())
    app.jinja_env.filters.update(
        word=in_readers_language(wording.word),
        day=in_readers_language(wording.day_in_words),
        short_day=in_readers_language(wording.short_day),
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
