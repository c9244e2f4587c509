"""Words in templates: dates, hours, and the word for each value of the domain."""

from flask import Flask

from app.blueprints.languages import current
from app.formats import wording
from app.formats.figures import amount


def attach(app: Flask) -> None:
    """Give templates `word`, `day`, `short_day`, `hours`, … in the reader's language."""

    def in_readers_language(format_value):
        return lambda value, **options: format_value(value, current(), **options)

    app.jinja_env.filters.update(
        word=in_readers_language(wording.word),
        day=in_readers_language(wording.day_in_words),
        short_day=in_readers_language(wording.short_day),
        weekday=in_readers_language(wording.weekday_name),
        short_weekday=in_readers_language(wording.short_weekday),
        clock_time=in_readers_language(wording.clock_time),
        amount=in_readers_language(amount),
        ordinal=in_readers_language(wording.ordinal),
        hours=in_readers_language(wording.hours),
        theme=in_readers_language(wording.theme_name),
        language_name=in_readers_language(wording.language_name),
        where=lambda place, listing: wording.where(place, listing, current()),
    )
