"""The overview in words: its sentences, charts and tables, the same for page, file and sheet."""

from collections.abc import Sequence

from app.domain.confirmation import Freshness
from app.domain.meeting import Status
from app.domain.overview import RUNNING, Overview, Share
from app.domain.people_known import People
from app.formats.figures import amount, people_in_figures
from app.formats.overview import charts
from app.formats.overview.charts import Bar
from app.formats.overview.time import InTime
from app.formats.overview.words import Part, Row, number_of
from app.formats.wording import gettext_in, word

MOST_BARS = 8


def headline(groups: int, people: People, language: str, *, fellowships: int | None = None) -> str:
    """Return the mission's own sentence: `14 organisaties, 712 groepen, ongeveer 7.900 deelnemers`."""
    _ = gettext_in(language)
    several = _("%(number)s groepen", number=amount(groups, language))
    taking_part = _("%(number)s deelnemers", number=people_in_figures(people, language))
    parts = [
        several if groups != 1 else _("1 groep"),
        taking_part,
    ]
    if fellowships is not None:
        bodies = _("%(number)s organisaties", number=amount(fellowships, language))
        parts.insert(0, bodies if fellowships != 1 else _("1 organisatie"))
    return ", ".join(parts)


def parts_of(overview: Overview, language: str) -> list[Part]:
    """Return the overview part by part, in the order of the page."""
    words = _Words(overview, language)
    parts = [
        words.status(),
        words.months(),
        words.beginnings(),
        words.towns(),
        words.heads(),
        words.freshness(),
        words.times(),
    ]
    if overview.fellowships:
        parts.insert(1, words.shares("fellowships", overview.fellowships))
    if overview.regions:
        parts.insert(1, words.shares("regions", overview.regions))
    if overview.provinces:
        parts.insert(1, words.shares("provinces", overview.provinces))
    return parts


class _Words(InTime):
    def status(self) -> Part:
        _, all_ = self._, self._all
        rows = [
            Row(
                (
                    self._capital(word(status, self._language)),
                    all_.by_status[status],
                    self._people(all_.seats[status]),
                    all_.full[status],
                    self._people(all_.line[status]),
                ),
                {"status": status},
            )
            for status in Status
        ]
        sentence = _(
            "Plekken bezet: %(taken)s. Volle groepen waar mensen wachten: %(full)s; op de wachtlijst: %(waiting)s.",
            taken=people_in_figures(all_.people, self._language),
            full=amount(sum(all_.full[one] for one in RUNNING), self._language),
            waiting=people_in_figures(all_.waiting, self._language),
        )
        chart = charts.bars(
            _("Groepen naar status"),
            self._listed((row.cells[0], row.cells[1]) for row in rows),
            self._bars(rows),
        )
        columns = (
            _("Status"),
            _("Groepen"),
            _("Plekken bezet"),
            _("Vol met wachtlijst"),
            _("Wachten"),
        )
        return Part("status", _("Groepen en plekken"), sentence, columns, rows, (chart,))

    def shares(self, key: str, shares: Sequence[Share]) -> Part:
        _ = self._
        title, first, unknown = {
            "provinces": (_("Per provincie"), _("Provincie"), _("Provincie niet bekend")),
            "regions": (_("Per regio"), _("Regio"), _("In geen regio")),
            "fellowships": (_("Per organisatie"), _("Organisatie"), ""),
        }[key]
        rows = [
            Row(
                (
                    share.name or unknown,
                    share.groups,
                    self._people(share.people),
                    share.full,
                    self._people(share.line),
                ),
                _behind(key, share),
            )
            for share in shares
        ]
        named = [share for share in shares if share.name] or shares
        most = max(named, key=lambda share: share.groups)
        said = {"name": most.name or unknown, "number": amount(most.groups, self._language)}
        sentence = _("De meeste groepen: %(name)s, %(number)s.", **said) if most.groups else ""
        columns = (first, _("Groepen"), _("Plekken bezet"), _("Vol met wachtlijst"), _("Wachten"))
        return Part(key, title, sentence, columns, rows)

    def freshness(self) -> Part:
        _, fresh = self._, self._all.freshness
        rows = [
            Row((self._capital(word(one, self._language)), fresh[one]), {"freshness": one})
            for one in Freshness
        ]
        rows.append(Row((_("Niet vermeld"), self._all.unlisted), {"listed": "no"}))
        total = sum(fresh.values())
        sentence = (
            ""
            if not total
            else _(
                "Op tijd bevestigd: %(green)s van de %(total)s vermeldingen.",
                total=amount(total, self._language),
                green=amount(fresh[Freshness.GREEN], self._language),
            )
        )
        chart = charts.bars(
            _("Vermeldingen"),
            self._listed((row.cells[0], row.cells[1]) for row in rows[:3]),
            self._bars(rows[:3]),
        )
        columns = (_("Vermelding"), _("Groepen"))
        return Part("listings", _("Kloppen de vermeldingen?"), sentence, columns, rows, (chart,))

    def towns(self) -> Part:
        _ = self._
        towns = self._all.towns
        white = [town for town in towns if town.is_white_spot]
        rows = [
            Row(
                (
                    town.name or _("Plaats niet bekend"),
                    town.province,
                    town.groups,
                    town.free,
                    self._people(town.line),
                    town.requests,
                ),
                {"town": town.name} if town.full else None,
            )
            for town in towns
        ]
        sentence = _("Nergens wachten mensen, en niemand vraagt om een nieuwe groep.")
        drawn = []
        if towns:
            sentence = _(
                "Plaatsen met vraag en zonder vrije plek: %(number)s.",
                number=amount(len(white), self._language),
            )
            bars = [
                Bar(
                    town.name or _("Plaats niet bekend"),
                    town.line.number + town.requests,
                    self._asks(town.line, town.requests),
                )
                for town in white[:MOST_BARS]
            ]
            if bars:
                drawn.append(charts.bars(_("Vraag zonder vrije plek"), sentence, bars))
        columns = (
            *(_("Plaats"), _("Provincie"), _("Actieve groepen"), _("Met vrije plek"), _("Wachten")),
            _("Aanvragen voor een groep"),
        )
        return Part("towns", _("Witte vlekken"), sentence, columns, rows, drawn)

    def _bars(self, rows: Sequence[Row]) -> list[Bar]:
        """Return a bar for each row: its name, and the number that follows."""
        return [
            Bar(str(row.cells[0]), number_of(row.cells[1]), self._said(row.cells[1]))
            for row in rows
        ]

    def _asks(self, line: People, requests: int) -> str:
        _ = self._
        said = []
        if line != People():
            said.append(_("%(number)s wachten", number=people_in_figures(line, self._language)))
        if requests:
            said.append(_("%(number)s keer gevraagd om een groep", number=self._said(requests)))
        return ", ".join(said)


def _behind(key: str, share: Share) -> dict[str, str] | None:
    """Return the query for what is behind a share."""
    if key == "regions":
        return {"region": str(share.region)}
    return {"fellowship": share.slug} if share.slug else {"province": share.name}
