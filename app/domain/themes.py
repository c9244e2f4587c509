"""What the evenings are about: the twelve steps in turn, by week of the month, or nothing set."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.week import Week

STEPS = 12
LAST = -1
"""Among TURNS: the last such weekday of the month, in ByWeekOfMonth before any number."""
TURNS = (1, 2, 3, 4, 5, LAST)
"""Which such weekday of its month a day may be."""


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
        turns = sorted(turns_of(day))
        return next((self.themes[turn] for turn in turns if turn in self.themes), None)


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


def with_title(theme: Theme | None, titles: Mapping[int, Theme]) -> Theme | None:
    """Return a step that was chosen by its number alone as the fellowship words it."""
    if theme is not None and theme.step is not None and not theme.title:
        return titles.get(theme.step, theme)
    return theme


def turns_of(day: date) -> frozenset[int]:
    """Return which such weekday of its month a day is: first to fifth, and LAST when it is that."""
    is_last = (day.toordinal() + 7) > _last_of_month(day).toordinal()
    return frozenset({(day.day - 1) // 7 + 1} | ({LAST} if is_last else set()))


def _last_of_month(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
