"""What is different in the demo: single weeks, standing times that change, stretches that are shut.

Weeks count from the present one. A theme by week of the month is here too.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.demo.groups import DemoGroup
from app.domain.place import Visibility
from app.domain.themes import LAST, STEPS, ByWeekOfMonth, NoThemes, Rotation, Theme, Themes
from app.domain.week import Week


@dataclass(frozen=True)
class DemoDeviation:
    """One week of the group with this name."""

    group: str
    week: int
    cancelled: bool = False
    reason: str = ""
    weekday: int | None = None
    start: str = ""
    elsewhere: str = ""
    """A building in the same town."""
    visibility: Visibility = Visibility.WHOLE
    theme_step: int | None = None
    theme_title: str = ""
    note: str = ""
    all_the_same: bool = False
    is_open: bool | None = None
    """Other than always: open to whoever comes, or not this once."""


@dataclass(frozen=True)
class SlotAhead:
    """A standing time that replaces the present one from a week on."""

    group: str
    week: int
    weekday: int
    start: str
    building: str = ""
    """Empty: where they meet now."""
    themes: str = "rotation"


@dataclass(frozen=True)
class DemoClosure:
    """Days on which a group, the place it meets in, or its whole fellowship is shut."""

    group: str
    of: str
    """`group`, `place` or `fellowship`."""
    week: int
    days: int
    reason: str


D = DemoDeviation
DEVIATIONS = (
    D("Maandagavond Oost", 0, note="Neem als je wilt iets te eten mee: we bestaan vijf jaar."),
    D("Maandagavond Oost", 1, all_the_same=True, note="De beheerder laat ons erin."),
    D("Maandagavond Oost", 2, weekday=2, start="20:00"),
    D("Maandagavond Oost", 3, elsewhere="Gemeenschapshuis De Kom"),
    D("Maandagavond Oost", 5, cancelled=True, reason="feestdag"),
    D("Donderdagavond Oost", 0, theme_step=12, note="Een oud-deelnemer vertelt."),
    D("Donderdagavond Oost", 3, theme_title="Dankbaarheid"),
    D("Stap voor Stap", 0, cancelled=True, reason="herfstvakantie"),
    D("Stap voor Stap", 3, is_open=False, note="Deze keer voor wie zelf meedoet."),
    D("Stap voor Stap", 4, weekday=6, start="10:30", elsewhere="Het Theehuis"),
    D("De Drempel", 1, start="20:30"),
    D("Maasoever", 0, elsewhere="Het Koetshuis", visibility=Visibility.TOWN),
    D("Nachtlicht", 1, cancelled=True, reason="storing bij de aanbieder"),
    D("Zuid 1", 0, weekday=3, start="20:00", note="Eenmalig op woensdag."),
    D("Twaalf om Tafel", 2, theme_step=4),
    D("Twaalf om Tafel", 3, is_open=True, note="Neem gerust iemand mee."),
    D("Leeuwarder Kring", 0, theme_title="Feestdagen met de familie"),
    D("English Speaking Sunday", 0, note="Coffee afterwards across the street."),
)

SLOTS_AHEAD = (
    SlotAhead("Donderdagavond Oost", 6, 4, "19:30"),
    SlotAhead("De Drempel", 4, 3, "19:30", building="Leeszaal De Bladwijzer"),
    SlotAhead("Enschede", 3, 2, "20:00", themes="month"),
    SlotAhead("Clean in de Kop", 9, 6, "11:00", themes="none"),
)

CLOSURES = (
    DemoClosure("Maandagavond Oost", "place", 1, 7, "de zaal wordt geschilderd"),
    DemoClosure("De Drempel", "group", 2, 14, "we slaan twee weken over"),
    DemoClosure("Jong in Leiden", "group", 0, 7, "tentamenweek"),
    DemoClosure("Terneuzen", "group", -2, 21, "de zaal wordt verbouwd"),
    DemoClosure("Amersfoort", "fellowship", 3, 7, "landelijke ontmoetingsdag"),
)

OF_THE_MONTH = ByWeekOfMonth(
    {
        1: Theme(
            title="Een stap uit het boek", reading="Hoofdstuk 4", question="Wat bleef hangen?"
        ),
        2: Theme(title="Iemand vertelt", question="Waarin herken je jezelf?"),
        3: Theme(title="Stilte en brief", reading="Brief van de maand"),
        LAST: Theme(title="Vieren", question="Wat is er veranderd sinds je hier kwam?"),
    }
)


def themes_named(kind: str, since: Week, ahead: int) -> Themes:
    """Return the themes of a slot that begins in a week.

    A rotation is so many steps ahead of the calendar: groups differ, and a group's next slot goes
    on where the present one is.
    """
    if kind == "rotation":
        return Rotation(anchor=since, first=(since.number + ahead) % STEPS + 1)
    return OF_THE_MONTH if kind == "month" else NoThemes()


def drawn_deviation(group: DemoGroup, draw: float) -> DemoDeviation | None:
    """Return what is different soon in a group beyond the featured; `draw` is from 0 to 1."""
    week = int(draw * 1e6) % 5
    kinds = (
        DemoDeviation(group.name, week, cancelled=True, reason="vakantie"),
        DemoDeviation(group.name, week, weekday=group.weekday % 7 + 1, start="20:00"),
        DemoDeviation(group.name, week, theme_title="Loslaten"),
        DemoDeviation(group.name, week, note="Neem een kopje mee."),
    )
    return kinds[int(draw * 1e4) % 4] if draw < 0.08 else None


def days(week: Week, closure: DemoClosure) -> tuple[date, date]:
    """Return first and last day of a closure, seen from the present week."""
    first = (week + closure.week).monday
    return first, first + timedelta(days=closure.days - 1)
