"""Reads what belongs to a week of the month: its theme, or that it meets in that week alone."""

import re
from dataclasses import dataclass, replace

from app.domain.exchange.asides import About, Aside
from app.formats.lists.prose import patterns
from app.formats.lists.prose.names import weekdays
from app.formats.plain_text import cut

LABELS = ("name", "address", "formatted_address", "location", "city")
"""Fields that no aside stays in."""


@dataclass(frozen=True)
class Found:
    """An aside with where its words begin and end."""

    start: int
    end: int
    said: Aside


def monthly(text: str, field: str, weekday: int, others: list[Found]) -> list[Found]:
    matches = [
        one
        for one in [*patterns.NTH.finditer(text), *patterns.WEEK_NUMBER.finditer(text)]
        if _is_of_month(text, one, weekday)
    ]
    matches.sort(key=re.Match.start)
    found: list[Found] = []
    themes: list[tuple[int, str]] = []
    start, end = len(text), 0
    for number, match in enumerate(matches):
        until = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        nths = patterns.nths_in(match["nths"])
        title, ends = _title(text, match, until, is_first=number == 0)
        if other := _only(text, match, until, title, field):
            if not others:
                found.append(replace(other, said=replace(other.said, nths=nths)))
        elif title:
            themes += [(nth, title) for nth in nths if nth not in dict(themes)]
            is_before = ends == match.end()
            starts = text.index(title) if is_before and field not in LABELS else match.start()
            start, end = min(start, starts), max(end, ends)
    if themes:
        said = Aside(field, text, About.MONTHLY, themes=tuple(themes))
        found.append(Found(start, end, said))
    return found


def _only(text: str, match: re.Match[str], until: int, title: str, field: str) -> Found | None:
    """Return that it meets in that week of the month alone, or in all but that, if it says so."""
    before, after = text[: match.start()], text[match.end() : until]
    only = patterns.ONLY.search(before)
    never = _says_no_meeting(title) or patterns.NO_MEETING.search(text[: match.start("nths")])
    start = only.start() if only else match.start()
    about = About.NOT_ON if never and not only else About.ONLY
    if not (only or never):
        is_bare = patterns.FILLER.fullmatch(f"{before} {after}") or field in LABELS
        if title or not is_bare:
            return None
    if about is About.NOT_ON:
        said = patterns.NO_MEETING.search(text) or patterns.SHUT.search(text)
        start = min(start, said.start()) if said else start
        return Found(start, max(match.end(), said.end() if said else 0), Aside(field, text, about))
    return Found(start, match.end(), Aside(field, text, about))


def _is_of_month(text: str, match: re.Match[str], weekday: int) -> bool:
    """Tell whether an ordinal counts this group's evenings in a month, and not just any week."""
    known = match.groupdict()
    if patterns.NOT_THESE.search(text[: match.start()]):
        return False
    if named := known.get("weekday"):
        return weekdays()[named.casefold()] == weekday
    if known.get("of") or re.match(r"\s*[:=\-–]", text[match.end() :]) or match[0][-1] in ".:=-– ":
        return True
    return len(patterns.WEEK_OF_SOME.findall(text)) > 1 or len(patterns.nths_in(match["nths"])) > 1


def _title(text: str, match: re.Match[str], until: int, *, is_first: bool) -> tuple[str, int]:
    """Return the theme that stands behind the week of the month, or else before it, and its end."""
    before, behind = text[: match.start()], text[match.end() : until]
    after = _as_title(_CLAUSE.split(re.sub(r"^\s*[:=–,]*-?\s*(?=\S)", "", behind))[0])
    if after and not _APART.match(behind):
        return after, text.index(after, match.end()) + len(after)
    title = _as_title(_CLAUSE.split(before)[-1])
    if is_first and title and not patterns.ONLY.search(before):
        return title, match.end()
    return "", match.end()


_CLAUSE = re.compile(r"\.(?!\d)|[;|()\n]|\s[-–]\s|,\s")
_APART = re.compile(r"\s[-–]\s")
_ROUND_TITLE = re.compile(
    r"^(?:(?:is|er|er is|is er|is het|een|there is|there|a|an|the|we have|hebben we|ist|gibt es|findet|ein|eine|van de maand|of the month|om \d[\d.:]*(?: uur)?|at \d[\d:]*(?: ?[ap]m)?)\s+)+|(?:\s+(?:en|and|und|is|op|on|am|elke|iedere|every|de))+$",
    re.IGNORECASE,
)


def _as_title(text: str) -> str:
    title = text.strip(" \t,.:;=-–*!'\"")
    for _ in range(3):
        title = _ROUND_TITLE.sub("", title).strip(" \t,.:;=-–*!'\"")
    is_said = 2 < len(title) <= 90 and not patterns.FILLER.fullmatch(title)
    return cut(title, 120) if is_said else ""


def _says_no_meeting(title: str) -> bool:
    return bool(patterns.NO_MEETING.search(title) or patterns.SHUT.search(title))
