"""Five sentences that say what changed: twelve months beside the twelve before."""

from collections.abc import Sequence

from app.domain.meeting import Status
from app.domain.overview import Month, Overview
from app.domain.periods import Period
from app.domain.tally import Amount
from app.formats.overview.words import Said

YEAR = 12


def what_changed(overview: Overview, language: str) -> list[str]:
    """Return the five, in order: groups, begun, stopped, neither yet nor still, and visits."""
    return _Changed(overview.months, language).sentences()


class _Changed(Said):
    def __init__(self, months: Sequence[Month], language: str):
        super().__init__(language)
        self._now = Period("", months[-YEAR:])
        self._then = Period("", months[-2 * YEAR : -YEAR])

    def sentences(self) -> list[str]:
        return [self._groups(), *self._moves(), self._others(), self._visits()]

    def _was(self, status: Status) -> int:
        return self._then.at_its_end(status) if self._then.months else 0

    def _groups(self) -> str:
        _, now = self._, self._now.at_its_end(Status.ACTIVE)
        more = now - self._was(Status.ACTIVE)
        said = {"now": self._said(now), "number": self._said(abs(more))}
        if more > 0:
            return _("Actieve groepen: %(now)s, %(number)s meer dan een jaar geleden.", **said)
        if more < 0:
            return _("Actieve groepen: %(now)s, %(number)s minder dan een jaar geleden.", **said)
        return _("Actieve groepen: %(now)s, net zoveel als een jaar geleden.", **said)

    def _moves(self) -> list[str]:
        _, now, then = self._, self._now, self._then
        return [
            _(
                "Begonnen in de laatste twaalf maanden: %(now)s. In de twaalf maanden ervoor: %(then)s.",
                now=self._said(now.founded),
                then=self._said(then.founded),
            ),
            _(
                "Gestopt in de laatste twaalf maanden: %(now)s. In de twaalf maanden ervoor: %(then)s.",
                now=self._said(now.ended),
                then=self._said(then.ended),
            ),
        ]

    def _others(self) -> str:
        return self._(
            "In oprichting zijn er nu %(preparing)s, een jaar geleden %(prepared)s. Even gestopt: %(paused)s, toen %(stood)s.",
            preparing=self._said(self._now.at_its_end(Status.PREPARING)),
            prepared=self._said(self._was(Status.PREPARING)),
            paused=self._said(self._now.at_its_end(Status.PAUSED)),
            stood=self._said(self._was(Status.PAUSED)),
        )

    def _visits(self) -> str:
        _, now, then = self._, self._now.heads, self._then.heads
        if not now.number:
            return _("Geen groep deelde in de laatste twaalf maanden een telling.")
        values = {"now": self._average(now), "then": self._average(then)}
        if not then.number:
            return _(
                "Bij een getelde bijeenkomst waren er gemiddeld %(now)s mensen. Het jaar ervoor telde niemand.",
                **values,
            )
        return _(
            "Bij een getelde bijeenkomst waren er gemiddeld %(now)s mensen. In de twaalf maanden ervoor: %(then)s.",
            **values,
        )

    def _average(self, heads: Amount) -> str:
        """Return the mean as far as it may be known: of what is told of the sum, to the whole."""
        if not heads.number or heads.people.is_few:
            return "1–4"
        mean = self._said(round(heads.people.number / heads.number))
        return self._("ongeveer %(number)s", number=mean) if heads.people.is_rounded else mean
