"""What is agreed from a coming week on, in words: only what changes."""

from flask_babel import gettext as _

from app.blueprints.web.languages import current
from app.domain.meeting import Schedule
from app.domain.place import Place
from app.domain.slot import Slot
from app.domain.themes import ByWeekOfMonth, Rotation
from app.domain.week import Week
from app.formats.wording import clock_time, day_in_words, weekday_name


def changes_in_words(schedule: Schedule, week: Week) -> list[str]:
    """Return a sentence for each change after a week: `Vanaf dinsdag 8 december: dinsdag 20.00.`"""
    sentences = []
    for slot in schedule.changes_ahead(week):
        day = day_in_words(slot.since.day(slot.weekday), current())
        what = ", ".join(what_changes(schedule.slot_in(slot.since + -1), slot))
        sentences.append(_("Vanaf %(day)s: %(what)s.", day=day, what=what))
    return sentences


def what_changes(before: Slot | None, slot: Slot) -> list[str]:
    """Return in words what a slot changes; for the first one when and where it is."""
    language = current()
    words = []
    if before is None or (before.weekday, before.start) != (slot.weekday, slot.start):
        words.append(f"{weekday_name(slot.weekday, language)} {clock_time(slot.start, language)}")
    if before is not None and slot.end_said and before.minutes != slot.minutes:
        words.append(_("%(minutes)s minuten", minutes=slot.minutes))
    if before is None or before.place != slot.place:
        words.append(_place_in_words(slot.place, is_first=before is None))
    elif before.visibility != slot.visibility:
        words.append(_("een ander deel van het adres is te zien"))
    if before is not None and before.themes != slot.themes:
        words += _themes_in_words(before, slot)
    if before is not None and before.open_on != slot.open_on:
        words.append(_("andere bijeenkomsten zijn open voor iedereen"))
    if before is not None and before.closed_on != slot.closed_on:
        words.append(_("andere bijeenkomsten zijn alleen voor de groep"))
    return words


def _place_in_words(place: Place | None, *, is_first: bool) -> str:
    if place is None:
        return _("locatie volgt")
    name = place.name or place.address or place.town
    if not place.has_building:
        return _("online")
    if is_first:
        return name or _("in een gebouw")
    return _("andere locatie: %(place)s", place=name) if name else _("andere locatie")


def _themes_in_words(before: Slot, slot: Slot) -> list[str]:
    if isinstance(slot.themes, Rotation):
        step = slot.themes.step_in(slot.since)
        if isinstance(before.themes, Rotation):
            # A later anchor alone moves no step.
            goes_on = before.themes.step_in(slot.since) == step
            return [] if goes_on else [_("verder vanaf stap %(step)s", step=step)]
        return [_("de twaalf stappen, vanaf stap %(step)s", step=step)]
    if isinstance(slot.themes, ByWeekOfMonth):
        return [_("thema’s per keer in de maand")]
    return [_("geen vast thema")]
