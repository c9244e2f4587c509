"""Reads what a list says aside in prose: no meeting, shut, elsewhere, only the last Saturday, a theme."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from app.domain.exchange.asides import About, Aside
from app.formats.lists.prose import patterns
from app.formats.lists.prose.dates import Days, days_in
from app.formats.lists.prose.monthly import Found, monthly
from app.formats.lists.prose.names import by_first_letter, weekdays

ONE_DAY = timedelta(days=1)
_Read = tuple[re.Match[str], About, dict[str, object]]
LEAST, MOST = 3, 500
"""Of people, for a number to say how many fit."""

_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\d\.)(?<!\b[A-Za-z]\.)\s+(?=[A-ZÀ-Þ\"“(*\d])|\n+|;\s+|\s[•·|]\s"
)
_SHORT = re.compile(
    r"\b(?:max|min|ca|nr|no|jan|febr?|mrt|apr|aug|sept?|okt|oct|nov|dec|dez|ma|di|wo|do|vr|za|zo|mo|mi|fr|sa|so"
    r"|mon|tue|wed|thu|fri|sat|sun)\.$",
    re.IGNORECASE,
)
"""Before a number a dot of theirs ends no sentence."""
_PART = re.compile(r"([|;•·\n]|(?=\()|(?<=\)))")
_ADDRESS_PART = re.compile(r"([,|;•·\n]|(?=\()|(?<=\)))")
_WHOLE = {About.MONTHLY: 0.8, About.ONLY: 0.6, About.CAPACITY: 0.8}
"""Of a sentence, so much must be about this for it to say nothing else."""
_WORDS = (
    r"geen|géén|niet|verval|valt|afgel|annul|gesl|dicht|sluit|stop|vakant|weer|herv|ander|tijdelijk|uitwijk|wijk|elders|verhui|verplaats"
    r"|verzet|ipv|i\.p\.v|plaats|eenmalig|voorlopig|order|eerste|tweede|derde|vierde|vijfde|laatste"
    r"|first|second|third|fourth|fifth|last\b|week|woche|max|hoogst|beperkt|limited|more than|room|plek|no \w*\s?meet|cancel|not |won't"
    r"|except|behalve|m\.?u\.?v|uitgez|clos|break|re-?open|resum|again|back |locat|venue|temporar|moved|reschedul|instead|time"
    r"|schui|begin|overges|slaan|skip|zitten|zijn dan|komen dan|kein|entf|fällt|faellt|nicht|abges|außer|gesch|pause|wieder|ort\b|raum|ausweich|vorüber|verleg|versch|statt|erste|zweite|dritte"
    r"|vierte|letzte|höchst|platz|begrenzt|nur|ferien|zoom|online|hold|suspend|hiatus|ligt"
)
"""Beginnings of words, in small letters, one of which is in every text that says something aside."""


_MAY_SAY = re.compile(rf"{by_first_letter(_WORDS)}|\d\s?(?:e|ste|de|st|nd|rd|th|\.)\s")
"""Asked of a text in small letters: one that leaves their size aside takes ten times as long."""


def asides_in(text: str, field: str, *, near: date, weekday: int) -> list[Aside]:
    """Return what the sentences of a text say aside; `near` is about when it was written."""
    found = []
    for sentence in _sentences(text):
        for one in _found(sentence, field, near, weekday):
            covered = one.end - one.start
            is_whole = covered >= len(sentence.strip(" .!*")) * _WHOLE.get(one.said.about, 0.5)
            found.append(replace(one.said, words=sentence, is_whole=is_whole))
    return found


def taken_out(text: str, field: str, *, near: date, weekday: int) -> tuple[str, list[Aside]]:
    """Return a name or an address without what it says aside, and that."""
    if not _may_say(text):
        return text, []
    found: list[Aside] = []
    left = ""
    for part in (_PART if field == "name" else _ADDRESS_PART).split(text):
        at = 0
        for one in sorted(_found(part, field, near, weekday), key=lambda one: one.start):
            start, end = _widened(part, one)
            if start < at:
                found.append(replace(one.said, words=found[-1].words))
                continue
            found.append(replace(one.said, words=_bare(part[start:end])))
            left, at = f"{left}{part[at:start]} ", end
        left += part[at:]
    return (_tidy(left), found) if found else (text, [])


def _may_say(text: str) -> bool:
    return _MAY_SAY.search(text.lower()) is not None


def _sentences(text: str) -> Iterator[str]:
    if not _may_say(text):
        return
    begun = 0
    for match in _SENTENCE.finditer(text):
        is_number_next = text[match.end() : match.end() + 1].isdigit()
        if is_number_next and _SHORT.search(text, begun, match.start()):
            continue
        yield from filter(None, [text[begun : match.start()].strip()])
        begun = match.end()
    yield from filter(None, [text[begun:].strip()])


def _found(text: str, field: str, near: date, weekday: int) -> list[Found]:
    """Return what one sentence says aside; days first, then what stands for a while, then months."""
    if not _may_say(text):
        return []
    dated = _dated(text, field, near, weekday)
    found = dated or _lasting(text, field)
    found += monthly(text, field, weekday, found)
    found += _capacity(text, field)
    return found


def _dated(text: str, field: str, near: date, weekday: int) -> list[Found]:
    """Return what is said aside for days that stand in the sentence."""
    days = days_in(text, near, weekday)
    if days and (_is_open_ended(text, days) or patterns.RESUMES.search(text)):
        days = days_in(text, near)
    read = _what(text, days, near, weekday) if days else None
    if read is None:
        return []
    match, about, when = read
    said = Aside(field, text, about, **when)  # type: ignore[arg-type]  # its own names
    return [Found(min(days[0].start, match.start()), max(days[-1].end, match.end()), said)]


def _what(text: str, days: list[Days], near: date, weekday: int) -> _Read | None:
    """Return the words that say what is the matter, what that is, and when."""
    singles = tuple(day for one in days for day in one.singles)
    all_single = len(singles) == sum(len(one.stretches) for one in days)
    single = tuple(dict.fromkeys(singles)) if all_single else ()
    if match := patterns.ELSEWHERE.search(text):
        return match, About.ELSEWHERE, _when(text, days, single, near)
    if match := patterns.ONLINE.search(text):
        return match, About.ONLINE, _when(text, days, single, near)
    if resumed := _resumed(text, days, single, near):
        return resumed
    match = patterns.MOVED.search(text)
    is_moved = match and single and not patterns.SHUT.search(text)
    if match and is_moved and (to := _moved_to(text, days, weekday)):
        if _is_open_ended(text, days):
            to |= {"days": (), "first": single[0]}  # a standing time is for its group to change
        return match, About.MOVED, to
    no_meeting = patterns.NO_MEETING.search(text)
    match = no_meeting or patterns.PAUSED.search(text) or patterns.SHUT.search(text)
    if match is None:
        return _online_then(text, days, single, near)
    if single and not _is_open_ended(text, days):
        return match, About.NO_MEETING, {"days": single}
    when = _when(text, days, (), near)
    about = About.PAUSED if when.get("last") is None and not no_meeting else About.SHUT
    return match, about, when


def _online_then(text: str, days: list[Days], single: tuple[date, ...], near: date) -> _Read | None:
    """Return that it is online on days to come, as `9 december online via Zoom`."""
    match = patterns.ONLINE_THEN.match(text, days[-1].end)
    if patterns.SIGNING_UP.search(text) or match is None:
        return None
    if not single or _is_open_ended(text, days) or max(single) < near:
        return None
    return match, About.ONLINE, {"days": single}


def _resumed(text: str, days: list[Days], single: tuple[date, ...], near: date) -> _Read | None:
    """Return that it is shut until the day before it begins again."""
    match = patterns.RESUMES.search(text)
    if match is None:
        return None
    is_off = patterns.NO_MEETING.search(text.replace(match[0], "")) or patterns.SHUT.search(text)
    if len(days) == 1 and single and not patterns.NO_MEETING.search(text.replace(match[0], "")):
        return match, About.SHUT, _until(days[0].first - ONE_DAY, near)
    if len(days) > 1 and is_off:
        return match, About.SHUT, {"first": days[0].first, "last": days[-1].last - ONE_DAY}
    return None


def _when(text: str, days: list[Days], single: tuple[date, ...], near: date) -> dict[str, object]:
    """Return the days, or first and last; `tot 1 september` ends the day before."""
    before = text[: days[0].start]
    if len(days) == 1 and len(days[0].stretches) == 1 and days[0].first == days[0].last:
        if patterns.UNTIL.search(before) and not re.search(r"en met\s*$|t/m\s*$", before):
            return _until(days[0].first - ONE_DAY, near)
        if patterns.TO_END.search(before):
            return _until(days[0].first, near)
        if patterns.FROM.search(before):
            return {"first": days[0].first, "last": None}
    if single:
        return {"days": single}
    return {"first": days[0].first, "last": days[-1].last}


def _until(last: date, near: date) -> dict[str, object]:
    """Return from when to when, where only the end is said; it may have been before it was written."""
    return {"first": min(near, last), "last": last}


def _is_open_ended(text: str, days: list[Days]) -> bool:
    before = text[: days[0].start]
    return any(one.search(before) for one in (patterns.UNTIL, patterns.TO_END, patterns.FROM))


def _moved_to(text: str, days: list[Days], weekday: int) -> dict[str, object] | None:
    """Return the week, weekday and hour that a meeting is moved to, as far as it is said."""
    start, hour = None, _hour_in(text, days)
    if hour and int(hour[1]) < 24 and int(hour[2] or 0) < 60:
        late = (hour[3] or "").lower() == "pm" and int(hour[1]) < 12
        start = time(int(hour[1]) + (12 if late else 0), int(hour[2] or 0))
    singles = [one for days_of in days for one in days_of.singles]
    others = [day for day in singles if day.isoweekday() != weekday]
    if others and len(singles) == 2 and abs((singles[0] - singles[1]).days) < 7:
        return {"days": (others[0],), "weekday": others[0].isoweekday(), "start": start}
    named = patterns.TO_WEEKDAY.search(text)
    other = weekdays()[named["weekday"].casefold()] if named else None
    other = None if other == weekday else other
    if start is None and other is None:
        return None
    return {"days": tuple(singles), "weekday": other, "start": start}


def _hour_in(text: str, days: list[Days]) -> re.Match[str] | None:
    """Return the first hour that is no part of a day, as `vanaf 6 januari` has one."""
    return next(
        (
            hour
            for hour in patterns.CLOCK.finditer(text)
            if not any(one.start < hour.end() and hour.start() < one.end for one in days)
        ),
        None,
    )


def _lasting(text: str, field: str) -> list[Found]:
    """Return what stands until further notice, and closures in holidays that only a person can date."""
    for pattern, about in (
        (patterns.ONLINE, About.ONLINE), (patterns.PAUSED, About.PAUSED), (patterns.ELSEWHERE, About.ELSEWHERE)
    ):  # fmt: skip
        if match := pattern.search(text):
            if about is About.ELSEWHERE and not _is_for_now(text):
                continue
            return [Found(match.start(), match.end(), Aside(field, text, about))]
    holidays = patterns.HOLIDAYS.search(text)
    match = patterns.NO_MEETING.search(text) or patterns.SHUT.search(text)
    if holidays and match:
        span = min(match.start(), holidays.start()), max(match.end(), holidays.end())
        return [Found(*span, Aside(field, text, About.SHUT))]
    return []


def _is_for_now(text: str) -> bool:
    """Tell a place for a while from one that a text only speaks of, as `een andere zaal dan beneden`."""
    return bool(
        re.search(r"tijdelijk|voorlopig|order|deze week|temporar|until|this week|vorübergehend|weiteres|ausweich|ersatz|uitwijk|let op", text, re.IGNORECASE)
    )  # fmt: skip


def _capacity(text: str, field: str) -> list[Found]:
    for match in patterns.CAPACITY.finditer(text):
        number = int(match["number"])
        is_people = (
            match["of"]
            or match["noun"]
            or (match["max"] and not match["unit"] and _ends(text, match))
        )
        if is_people and LEAST <= number <= MOST:
            return [
                Found(
                    match.start(),
                    match.end(),
                    Aside(field, text, About.CAPACITY, number=number),
                )
            ]
    return []


def _ends(text: str, match: re.Match[str]) -> bool:
    """Tell whether nothing follows a bare number that could be what it counts."""
    return not text[match.end() :].strip(" .,;!)*")


def _widened(text: str, one: Found) -> tuple[int, int]:
    """Return where an aside in a name or address begins and ends, with what belongs to it."""
    start, end = one.start, one.end
    if lead := patterns.LEAD.search(text[:start]):
        start = lead.start()
    rest = text[end:]
    if reason := patterns.REASON.match(rest):
        end += reason.end()
    elif one.said.about in (About.ELSEWHERE, About.MOVED, About.ONLINE):
        stop = re.search(r"[,|;)!]|\s[-–]\s", rest)
        end += stop.start() if stop else len(rest)
    if trail := patterns.TRAIL.match(text[end:]):
        end += trail.end()
    return start, end


def _bare(words: str) -> str:
    return " ".join(words.split()).strip(" ,;|()[]*–-")


def _tidy(text: str) -> str:
    text = re.sub(r"\(\s*\)|\[\s*\]", "", text)
    text = re.sub(r"\s*,(?:\s*,)+", ",", text)
    text = re.sub(r"\s+(?=[,;])", "", " ".join(text.split()))
    return re.sub(r"^\W+(?=\w)|[\s,;:|*(\[–-]+$", "", text) if re.search(r"\w", text) else ""
