"""What an import found and did, for whoever runs it at a terminal: as its page says it, a line each."""

from collections.abc import Iterator

from app.domain.imported import Finding, Line, Outcome, Problem, Report
from app.formats.lists import words
from app.formats.plain_text import cut
from app.formats.wording import N_, gettext_in

LANGUAGES = ("en", "nl")
MOST_LETTERS = 60
"""Of an old or new value in a line."""
_SENTENCES = {
    "broken": N_("%(file)s: %(why)s Er is niets overgenomen."),
    "remark": N_("let op, %(what)s"),
    "left_out": N_("blijft weg, %(what)s"),
    "unreadable": N_("niet te lezen, %(what)s"),
    "refused": N_("%(number)s van de rijen zijn niet te lezen, dus er is niets overgenomen. Verbeter ze, of laat ze weg met --skip-unreadable."),
    "closed": N_("%(name)s is gestopt, dus er is niets overgenomen."),
    "number_left_out": N_("%(number)s blijft weg"),
    "number_unreadable": N_("%(number)s niet te lezen"),
    "would_be_refused": N_("Zou niet worden overgenomen: %(number)s rijen zijn niet te lezen. Met --skip-unreadable: %(counts)s."),
    "would_be": N_("Zou worden: %(counts)s."),
    "done": N_("Gedaan: %(counts)s."),
    "nothing": N_("niets"),
    "doing": N_("Overnemen"),
}  # fmt: skip


def sentence(which: str, language: str, **values: object) -> str:
    return gettext_in(language)(_SENTENCES[which], **values)


def words_of_finding(finding: Finding, language: str) -> str:
    """Return `rij 3 (Oost): “8” is geen dag. …`."""
    _ = gettext_in(language)
    if finding.problem is Problem.PERSONAL:
        said = _("“%(value)s” blijft achter: er staat een naam, nummer of adres in.", value=finding.value)  # fmt: skip
    else:
        said = words.finding_words(finding.problem, finding.field, finding.value, language)
    return f"{_where(finding.row, finding.name, language)}: {said}" if finding.row else said


def words_of_line(line: Line, language: str) -> str:
    """Return `rij 3 (Oost): verandert: begint om 19:30 → 20:00`."""
    _ = gettext_in(language)
    said = words.outcome_word(line.outcome, language)
    if line.outcome is Outcome.NEW:
        said = _("%(said)s, op %(address)s", said=said, address=f"/groups/{line.slug}")
    for one in line.alike:
        who, why = f"{one.name} (/groups/{one.slug})", words.likeness_word(one.likeness, language)
        said = _("%(said)s; misschien is dit %(who)s: %(why)s", said=said, who=who, why=why)
    if line.differences:
        said += ": " + "; ".join(
            f"{words.field_word(one.field, language)} {_short(one.field, one.old, language)} → "
            f"{_short(one.field, one.new, language)}"
            for one in line.differences
        )
    where = _where(line.row, line.name, language) if line.row else f"{line.name} ({line.slug})"
    return f"{where}: {said}"


def summary(report: Report, language: str) -> Iterator[str]:
    """Yield `45 nieuw`, `2 verandert`, … for what there is at all."""
    for outcome in Outcome:
        if count := report.count(outcome):
            yield f"{count} {words.outcome_word(outcome, language)}"


def _where(row: int, name: str, language: str) -> str:
    _ = gettext_in(language)
    return _("rij %(row)s", row=row) + (f" ({name})" if name else "")


def _short(name: str, value: str, language: str) -> str:
    return cut(" ".join(words.value_word(name, value, language).split()), MOST_LETTERS)
