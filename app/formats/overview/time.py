"""The overview in time: months, beginnings, head counts, and the hours of the week."""

from app.domain.meeting import Status
from app.domain.overview import RUNNING, Month
from app.domain.search import PartOfDay
from app.formats.figures import amount, people_in_figures
from app.formats.languages.numbers import cardinal
from app.formats.overview import charts
from app.formats.overview.charts import Bar
from app.formats.overview.words import Part, Row, Words, every
from app.formats.wording import short_weekday, weekday_name, word

MONTHS = 12
"""Looked back on in a sentence."""


class InTime(Words):
    def months(self) -> Part:
        _, months = self._, self._all.months
        first, last = months[0], months[-1]
        names = [self._capital(word(one, self._language)) for one in RUNNING]
        series = [
            charts.Line(
                f"{word(one, self._language)} {amount(last.by_status[one], self._language)}",
                [month.by_status[one] for month in months],
            )
            for one in RUNNING
        ]
        sentence = self._then_and_now(first, last)
        chart = charts.lines(
            _("Groepen in de tijd"), sentence, series, self._ticks(months), every=every(months, 3)
        )
        rows = [
            Row((self._month(month), *(month.by_status[one] for one in RUNNING)))
            for month in reversed(months)
        ]
        columns = (_("Einde van de maand"), *names)
        return Part("months", _("Groepen in de tijd"), sentence, columns, rows, (chart,))

    def _then_and_now(self, first: Month, last: Month) -> str:
        _, then = self._, first.by_status[Status.ACTIVE]
        values = {
            "month": self._month(first),
            "then": amount(then, self._language),
            "now": amount(last.by_status[Status.ACTIVE], self._language),
        }
        if then == 1:
            return _("In %(month)s was er 1 actieve groep, nu %(now)s.", **values)
        return _("In %(month)s waren er %(then)s actieve groepen, nu %(now)s.", **values)

    def beginnings(self) -> Part:
        _, months = self._, self._all.months
        year = months[-MONTHS:]
        sentence = _(
            "In de laatste %(months)s maanden begonnen: %(founded)s. Gestopt: %(ended)s.",
            months=cardinal(MONTHS, self._language),
            founded=amount(sum(one.founded for one in year), self._language),
            ended=amount(sum(one.ended for one in year), self._language),
        )
        up = [Bar(tick, one.founded, _("%(number)s begonnen", number=self._said(one.founded)))
              for tick, one in zip(self._ticks(months), months, strict=True)]  # fmt: skip
        down = [Bar("", one.ended, _("%(number)s gestopt", number=self._said(one.ended)))
                for one in months]  # fmt: skip
        chart = charts.columns(
            _("Begonnen en gestopt"), sentence, up, below=down, every=every(months, 6)
        )
        rows = [Row((self._month(one), one.founded, one.ended)) for one in reversed(months)]
        columns = (_("Maand"), _("Begonnen"), _("Gestopt"))
        return Part("beginnings", _("Begonnen en gestopt"), sentence, columns, rows, (chart,))

    def heads(self) -> Part:
        _ = self._
        counted = [one.heads.number > 0 for one in self._all.months]
        months = self._all.months[counted.index(True) :] if any(counted) else []
        rows = [
            Row((self._month(one), one.heads.number, self._people(one.heads.people)))
            for one in reversed(months)
        ]
        sentence = _("Nog geen groep deelt tellingen.")
        drawn = []
        if months:
            last = months[-1]
            sentence = _(
                "In %(month)s: %(people)s bezoeken bij %(number)s getelde bijeenkomsten.",
                month=self._month(last),
                number=amount(last.heads.number, self._language),
                people=people_in_figures(last.heads.people, self._language),
            )
            bars = [
                Bar(
                    tick,
                    one.heads.people.number,
                    people_in_figures(one.heads.people, self._language),
                )
                for tick, one in zip(self._ticks(months), months, strict=True)
            ]
            drawn.append(
                charts.columns(_("Bezoeken per maand"), sentence, bars, every=every(months, 6))
            )
        columns = (_("Maand"), _("Getelde bijeenkomsten"), _("Bezoeken"))
        return Part("heads", _("Bezoeken per maand"), sentence, columns, rows, drawn)

    def times(self) -> Part:
        _, times = self._, self._all.times
        rows = [
            Row(
                (
                    self._capital(weekday_name(weekday, self._language)),
                    self._capital(word(part, self._language)),
                    times[weekday, part],
                ),
                {"weekday": str(weekday), "part": part},
            )
            for weekday in range(1, 8)
            for part in PartOfDay
        ]
        most = max(times, key=lambda one: times[one])
        sentence = (
            ""
            if not times[most]
            else _(
                "De meeste groepen komen bij elkaar op %(day)s, %(part)s: %(number)s.",
                day=weekday_name(most[0], self._language),
                part=word(most[1], self._language),
                number=amount(times[most], self._language),
            )
        )
        panels = [
            (
                self._capital(word(part, self._language)),
                [
                    Bar(
                        short_weekday(weekday, self._language),
                        times[weekday, part],
                        self._said(times[weekday, part]),
                    )
                    for weekday in range(1, 8)
                ],
            )
            for part in PartOfDay
        ]
        title = _("Actieve groepen per dag en dagdeel")
        chart = charts.multiples(title, sentence or title, panels)
        columns = (_("Dag"), _("Dagdeel"), _("Groepen"))
        return Part("times", _("Wanneer ze bij elkaar komen"), sentence, columns, rows, (chart,))
