"""The page that shows what a list would do, row by row, before anything is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from app import clock
from app.blueprints.parts.exchange.asides import in_words
from app.blueprints.parts.exchange.drafts import LEFT_OUT, REFUSED, REMARK
from app.blueprints.web.languages import current
from app.blueprints.web.paging import beside, page_asked
from app.domain.exchange.asides import Aside, plan_of
from app.domain.imported import Outcome
from app.formats.lists import words
from app.formats.lists.tables import KEYS
from app.records.exchange.list_drafts import ListDraft
from app.records.fellowships import Fellowship

PER_PAGE = 100
HELD, ASIDES, ALIKE = "held", "asides", "alike"


@dataclass(frozen=True)
class Kind:
    """A kind of row, how many there are, and the address that shows only those."""

    text: str
    href: str
    number: int
    is_current: bool


@dataclass(frozen=True)
class Columns:
    """What stands in which column of a table, for a person who knows better."""

    columns: Sequence[tuple[int, tuple[str, str]]]
    """(number from 0, (its title, the key it is read as))"""
    keys: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """A row in words: what it is, what changes field by field, what is the matter."""

    row: int | None
    name: str
    kind: str
    is_good: bool
    is_bad: bool
    differences: Sequence[tuple[str, str, str]]
    """(field, as it is, as the list has it)"""
    kept: Sequence[tuple[str, str, str]]
    """The same of what our people wrote, which stays."""
    says: Sequence[tuple[str, str]]
    held: Sequence[str]
    alike: Sequence[tuple[str, str, str]]
    """(slug, name, why) of groups of other lists that this may be."""
    asides: Sequence[dict[str, str]]
    why: str


@dataclass(frozen=True)
class Rows:
    """A page of rows, and the ways to those beside it."""

    lines: Sequence[Line]
    earlier: str | None
    later: str | None


def draft_page(fellowship: Fellowship, found: ListDraft) -> str:
    page, shown = page_asked(), request.args.get("show", "")
    numbers = Counter(line["outcome"] for line in found.lines)
    for kind in (HELD, ASIDES, ALIKE):
        numbers[kind] = sum(bool(line.get(kind)) for line in found.lines)
    lines = [line for line in found.lines if _is_shown(line, shown)]
    lines.sort(key=lambda line: bool(line["outcome"] != REFUSED))  # what must be mended comes first
    some = lines[(page - 1) * PER_PAGE : page * PER_PAGE]
    ways = beside(
        page,
        has_more=page * PER_PAGE < len(lines),
        slug=fellowship.slug,
        draft_id=found.id,
        show=shown or None,
    )
    return render_template(
        "national/lists/draft.html",
        fellowship=fellowship,
        draft=found,
        number_of_rows=len({line["row"] for line in found.lines if line["row"]}),
        kinds=_kinds(fellowship, found, numbers, shown),
        columns=Columns(list(enumerate(found.columns.items())), [(key, _column_word(key)) for key in KEYS]),
        rows=Rows([_seen(line) for line in some], ways["earlier"], ways["later"]),
        new=numbers[Outcome.NEW],
        changed=numbers[Outcome.CHANGED],
    )  # fmt: skip


def _is_shown(line: dict[str, Any], shown: str) -> bool:
    if shown in (HELD, ASIDES, ALIKE):
        return bool(line.get(shown))
    outcome = str(line["outcome"])
    return outcome == shown if shown else outcome != Outcome.SAME


def _kinds(
    fellowship: Fellowship, found: ListDraft, numbers: Counter[str], shown: str
) -> list[Kind]:
    def to(show: str) -> str:
        return url_for("national_lists.draft", slug=fellowship.slug, draft_id=found.id, show=show)

    return [
        Kind(words.kind_word(kind, current()), to(kind), numbers[kind], kind == shown)
        for kind in (*Outcome, REFUSED, LEFT_OUT, REMARK, HELD, ASIDES, ALIKE)
        if numbers[kind]
    ]


def _seen(line: dict[str, Any]) -> Line:
    language = current()
    problem = line.get("problem")
    return Line(
        row=line["row"],
        name=line["name"],
        kind=words.kind_word(line["outcome"], language),
        is_good=line["outcome"] in (Outcome.NEW, Outcome.CHANGED),
        is_bad=line["outcome"] == REFUSED,
        differences=[_change(*one) for one in line.get("differences", ())],
        kept=[_change(*one) for one in line.get("kept", ())],
        says=[
            (words.field_word(name, language), words.value_word(name, new, language))
            for name, new in line.get("says", ())
        ],
        held=line.get("held", ()),
        alike=[
            (slug, name, words.likeness_word(likeness, language))
            for slug, name, likeness in line.get("alike", ())
        ],
        asides=[_asides(one) for one in line.get("asides", ())],
        why=words.finding_words(problem, line["field"], line["value"], language) if problem else "",
    )


def _change(name: str, old: str, new: str) -> tuple[str, str, str]:
    language = current()
    as_it_is, as_listed = (words.value_word(name, value, language) for value in (old, new))
    return words.field_word(name, language), as_it_is, as_listed


def _asides(kept: dict[str, Any]) -> dict[str, str]:
    """Return what a row says aside, and what accepting that would do, in words."""
    said = Aside.again(kept["field"], kept["words"], kept["about"], kept["understood"])
    plan = plan_of(said, kept["weekday"], clock.today())
    before, after, why = in_words(said, plan, kept["weekday"])
    return {"words": said.words, "before": before, "after": after, "why": why}


def _column_word(key: str) -> str:
    return words.field_word(key, current())
