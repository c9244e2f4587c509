"""What the evenings are about: the twelve steps in turn, by week of the month, or nothing set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.week import Week

STEPS = 12
LAST = -1
"""In ByWeekOfMonth: the last such weekday of the month, before any number."""


@dataclass(frozen=True)
class Theme:
    """What one evening is about; the title of a step may be empty, its number says it."""

    step: int | None = None
    title: str = ""
    reading: str = ""
    question: str = ""


@dataclass(frozen=True)
class NoThemes:
    """The evening finds its own subject."""


@dataclass(frozen=True)
class Rotation:
    """Step after step, week after week, by whole weeks since an anchor.

    Never by the number of the week in its year: week 53 and New Year would skip or repeat one.
    """

    anchor: Week
    first: int = 1
    """The step of the anchor week, 1 to STEPS."""

    def step_in(self, week: Week) -> int:
        return (self.first - 1 + (week - self.anchor)) % STEPS + 1


@dataclass(frozen=True)
class ByWeekOfMonth:
    """A theme for the first, second, … fifth, or LAST such weekday of a month."""

    themes: Mapping[int, Theme] = field(default_factory=dict)

    def theme_on(self, day: date) -> Theme | None:
        is_last = (day.toordinal() + 7) > _last_of_month(day).toordinal()
        if is_last and LAST in self.themes:
            return self.themes[LAST]
        return self.themes.get((day.day - 1) // 7 + 1)


Themes = NoThemes | Rotation | ByWeekOfMonth


def theme_of(themes: Themes, *, week: Week, day: date, titles: Mapping[int, Theme]) -> Theme | None:
    """Return the theme of the meeting that stands on a day of a week, or None.

    `titles` are the fellowship's own, by step; a step without one is its number alone.
    """
    match themes:
        case Rotation():
            step = themes.step_in(week)
            return titles.get(step, Theme(step=step))
        case ByWeekOfMonth():
            return themes.theme_on(day)
        case NoThemes():
            return None


def _last_of_month(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
