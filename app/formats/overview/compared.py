"""Periods beside each other: what is different since a month, and each year by its months."""

from collections.abc import Callable, Sequence
from datetime import date

from babel.dates import format_date

from app.domain.meeting import Status
from app.domain.overview import RUNNING, Month
from app.domain.people_known import People
from app.domain.periods import Compared, Kept, Period, compared
from app.formats.figures import amount, people_in_figures
from app.formats.overview import charts
from app.formats.overview.charts import Bar, Line
from app.formats.overview.words import Part, Row, Said, every
from app.formats.spreadsheet import Cell
from app.formats.wording import known, word

MOST_DRAWN = 3
"""Years in one chart: each line has a dash of its own."""
MONTHS_OF_A_YEAR = range(1, 13)


def compared_parts(found: Compared, language: str) -> list[Part]:
    """Return what is different since, the years, and their months, part by part."""
    words = _InPeriods(found, language)
    return [
        words.since(),
        words.years(),
        words.active(),
        words.people("seats", lambda kept: kept.seats),
        words.people("line", lambda kept: kept.line),
        words.moves("founded", lambda month: month.founded),
        words.moves("ended", lambda month: month.ended),
        words.visits(),
    ]


def years_beside(months: Sequence[Month], language: str) -> Part:
    """Return the table of the last years, as far as these months are whole ones."""
    last = int(months[-1].name[:4])
    first = date(last - MOST_DRAWN + 1, 1, 1)
    return _InPeriods(compared(months, first), language).years()


class _InPeriods(Said):
    def __init__(self, found: Compared, language: str):
        super().__init__(language)
        self._found, self._years = found, found.years
        self._drawn = found.years[: -MOST_DRAWN - 1 : -1]

    def since(self) -> Part:
        _, found = self._, self._found
        was, now = found.was(Status.ACTIVE), found.since.at_its_end(Status.ACTIVE)
        first = self._month(found.since.months[0])
        sentence = _(
            "Sinds begin %(month)s: van %(was)s naar %(now)s actieve groepen. Begonnen: %(founded)s. Gestopt: %(ended)s.",
            month=first,
            was=self._said(was),
            now=self._said(now),
            founded=self._said(found.since.founded),
            ended=self._said(found.since.ended),
        )
        rows = [
            Row(
                (
                    self._capital(word(one, self._language)),
                    found.was(one),
                    found.since.at_its_end(one),
                    self._more_or_less(found.since.at_its_end(one) - found.was(one)),
                )
            )
            for one in RUNNING
        ]
        rows += [Row((name, was, now, "")) for name, was, now in self._kept_then_and_now()]
        columns = (_("Groepen"), _("Begin %(month)s", month=first), _("Nu"), _("Verschil"))
        return Part("since", _("Toen en nu"), sentence, columns, rows)

    def _kept_then_and_now(self) -> list[tuple[str, Cell, Cell]]:
        """Return what was kept of people and listings, with what it is now."""
        found = self._found
        was = found.kept.get(found.before.name) if found.before else None
        now = found.kept.get(found.since.months[-1].name)
        return [
            (name, of(was) if was else "–", of(now) if now else "–") for name, of in self._kinds()
        ]

    def _kinds(self) -> list[tuple[str, Callable[[Kept], Cell]]]:
        _ = self._
        return [
            (_("Plekken bezet"), lambda one: self._people(one.seats)),
            (_("Wachten"), lambda one: self._people(one.line)),
            (_("Vermeldingen op tijd bevestigd"), lambda one: one.confirmed),
            (_("Vermeldingen"), lambda one: one.listed),
        ]

    def _at_the_end(self, of: Callable[[Kept], Cell]) -> Callable[[Period], Cell]:
        def told(year: Period) -> Cell:
            kept = self._found.kept.get(year.months[-1].name)
            return of(kept) if kept else "–"

        return told

    def people(self, key: str, of: Callable[[Kept], People]) -> Part:
        """Return the people of each month that is kept, drawn in their order."""
        _, kept = self._, self._found.kept
        title = (
            _("Plekken bezet aan het eind van de maand")
            if key == "seats"
            else _("Wachten aan het eind van de maand")
        )
        months = [month for year in self._years for month in year.months if month.name in kept]
        bars = [
            Bar(
                tick,
                of(kept[month.name]).number,
                people_in_figures(of(kept[month.name]), self._language),
            )
            for month, tick in zip(months, self._ticks(months), strict=True)
        ]
        said = _("Sinds %(month)s bewaard.", month=self._month(months[0])) if months else ""
        chart = charts.columns(title, said, bars, every=every(months, 6))
        drawn = (chart,) if len(months) > 1 else ()
        return self._by_month(
            key,
            title,
            lambda month: self._people(of(kept[month.name])) if month.name in kept else "–",
            drawn,
            said or _("Hiervan is nog niets bewaard."),
        )

    def years(self) -> Part:
        _ = self._
        kinds: list[tuple[str, Callable[[Period], Cell]]] = [
            (_("Actieve groepen aan het eind"), lambda one: one.at_its_end(Status.ACTIVE)),
            (_("Begonnen"), lambda one: one.founded),
            (_("Gestopt"), lambda one: one.ended),
            (_("Getelde bijeenkomsten"), lambda one: one.heads.number),
            (_("Bezoeken"), lambda one: self._people(one.heads.people)),
        ]
        if self._found.kept:
            kinds += [(name, self._at_the_end(of)) for name, of in self._kinds()]
        rows = [Row((name, *(of(year) for year in self._years))) for name, of in kinds]
        last = self._years[-1]
        sentence = _(
            "%(year)s is geteld tot en met %(month)s.",
            year=last.name,
            month=self._named(int(last.months[-1].name[5:])),
        )
        columns = (_("Per jaar"), *(year.name for year in self._years))
        return Part("years", _("Jaren naast elkaar"), sentence, columns, rows)

    def active(self) -> Part:
        _ = self._
        series = [
            Line(
                f"{year.name}: {self._said(year.at_its_end(Status.ACTIVE))}",
                [active_in(year, one) for one in range(1, _last(year) + 1)],
            )
            for year in self._drawn
        ]
        title = _("Actieve groepen, maand na maand")
        chart = charts.lines(title, self._beside(Status.ACTIVE), series, self._letters())
        return self._by_month("active", title, lambda one: one.by_status[Status.ACTIVE], (chart,))

    def moves(self, key: str, of: Callable[[Month], int]) -> Part:
        _ = self._
        title = _("Begonnen per maand") if key == "founded" else _("Gestopt per maand")
        panels = [
            (
                year.name,
                [
                    Bar(letter, number, self._said(number) if number else "")
                    for letter, number in zip(self._letters(), _numbers(year, of), strict=True)
                ],
            )
            for year in self._drawn
        ]
        said = self._totals((year.name, sum(map(of, year.months))) for year in self._years)
        return self._by_month(key, title, of, (charts.multiples(title, said, panels),), said)

    def visits(self) -> Part:
        _ = self._
        title = _("Bezoeken per maand")
        if not any(year.heads.number for year in self._years):
            nobody = _("Nog geen groep deelt tellingen.")
            return Part("visits", title, nobody, (_("Maand"),), ())
        series = [
            Line(
                year.name,
                _numbers(year, lambda one: one.heads.people.number)[: _last(year)],
            )
            for year in self._drawn
        ]
        said = self._totals((year.name, self._people(year.heads.people)) for year in self._years)
        chart = charts.lines(title, said, series, self._letters())
        return self._by_month(
            "visits", title, lambda one: self._people(one.heads.people), (chart,), said
        )

    def _by_month(
        self,
        key: str,
        title: str,
        of: Callable[[Month], Cell],
        drawn: Sequence[charts.Chart],
        sentence: str = "",
    ) -> Part:
        rows = []
        for number in MONTHS_OF_A_YEAR:
            months = [year.month(number) for year in self._years]
            cells = (of(month) if month else "–" for month in months)
            rows.append(Row((self._capital(self._named(number)), *cells)))
        columns = (self._("Maand"), *(year.name for year in self._years))
        return Part(key, title, sentence or self._beside(Status.ACTIVE), columns, rows, drawn)

    def _beside(self, status: Status) -> str:
        """Return how many there were in this month of each year."""
        number = int(self._found.since.months[-1].name[5:])
        pairs = [
            (year.name, month.by_status.get(status, 0))
            for year in self._years
            if (month := year.month(number))
        ]
        return self._(
            "Eind %(month)s: %(numbers)s", month=self._named(number), numbers=self._totals(pairs)
        )

    def _totals(self, pairs: object) -> str:
        return self._listed(pairs)

    def _more_or_less(self, number: int) -> str:
        sign = "+" if number > 0 else "\N{MINUS SIGN}" if number < 0 else ""
        return f"{sign}{amount(abs(number), self._language)}"

    def _named(self, number: int) -> str:
        return format_date(date(2026, number, 1), "LLLL", locale=known(self._language))

    def _letters(self) -> list[str]:
        locale = known(self._language)
        return [format_date(date(2026, one, 1), "LLLLL", locale=locale) for one in MONTHS_OF_A_YEAR]


def active_in(year: Period, number: int) -> int:
    """Return the active groups at the end of a month of a year: before its first month, none."""
    month = year.month(number)
    return month.by_status.get(Status.ACTIVE, 0) if month else 0


def _numbers(year: Period, of: Callable[[Month], int]) -> list[int]:
    return [of(month) if (month := year.month(one)) else 0 for one in MONTHS_OF_A_YEAR]


def _last(year: Period) -> int:
    return int(year.months[-1].name[5:])
