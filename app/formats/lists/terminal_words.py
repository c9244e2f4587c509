"""What an import found and did, in Dutch for whoever runs it at a terminal: as import_words.py in English."""

from collections.abc import Iterator

from app.domain.imported import BrokenList, Finding, Line, Outcome, Problem, Report
from app.formats.lists import words
from app.formats.plain_text import cut

_DUTCH = "nl"
MOST_LETTERS = 60
"""Of an old or new value in a line."""
SENTENCES = {
    "broken": "{file}: {why} Er is niets overgenomen.",
    "remark": "let op, {what}",
    "left_out": "blijft weg, {what}",
    "unreadable": "niet te lezen, {what}",
    "refused": "{number} van de rijen zijn niet te lezen, dus er is niets overgenomen. "
    "Verbeter ze, of laat ze weg met --skip-unreadable.",
    "closed": "{name} is gestopt, dus er is niets overgenomen.",
    "number_left_out": "{number} blijft weg",
    "number_unreadable": "{number} niet te lezen",
    "would_be_refused": "Zou niet worden overgenomen: {number} rijen zijn niet te lezen. "
    "Met --skip-unreadable: {counts}.",
    "would_be": "Zou worden: {counts}.",
    "done": "Gedaan: {counts}.",
    "nothing": "niets",
    "doing": "Overnemen",
}


def words_of_broken(broken: BrokenList) -> str:
    """Return why a file cannot be read: `Regel 80, teken 4: Dit is geen goede JSON: …`."""
    return words.broken_words(broken, _DUTCH)


def words_of_finding(finding: Finding) -> str:
    """Return `rij 3 (Oost): “8” is geen dag. …`."""
    name = f" ({finding.name})" if finding.name else ""
    said = words.finding_words(finding.problem, finding.field, finding.value, _DUTCH)
    if finding.problem is Problem.PERSONAL:
        said = f"“{finding.value}” blijft achter: er staat een naam, nummer of adres in."
    return f"rij {finding.row}{name}: {said}" if finding.row else said


def words_of_line(line: Line) -> str:
    """Return `rij 3 (Oost): verandert: begint om 19:30 → 20:00`."""
    where = f"rij {line.row} ({line.name})" if line.row else f"{line.name} ({line.slug})"
    said = words.outcome_word(line.outcome, _DUTCH)
    if line.outcome is Outcome.NEW:
        said += f", op /groups/{line.slug}"
    for one in line.alike:
        why = words.likeness_word(one.likeness, _DUTCH)
        said += f"; misschien is dit {one.name} (/groups/{one.slug}): {why}"
    if line.differences:
        said += ": " + "; ".join(
            f"{words.field_word(one.field, _DUTCH)} {_short(one.field, one.old)} → "
            f"{_short(one.field, one.new)}"
            for one in line.differences
        )
    return f"{where}: {said}"


def summary(report: Report) -> Iterator[str]:
    """Yield `45 nieuw`, `2 verandert`, … for what there is at all."""
    for outcome in Outcome:
        if count := report.count(outcome):
            yield f"{count} {words.outcome_word(outcome, _DUTCH)}"


def _short(name: str, value: str) -> str:
    return cut(" ".join(words.value_word(name, value, _DUTCH).split()), MOST_LETTERS)
