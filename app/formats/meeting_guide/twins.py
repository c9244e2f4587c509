"""Tells rows of one slug and day apart, the same way whatever their order, in linear time."""

import hashlib
from collections import Counter
from dataclasses import astuple, replace

from app.domain.imported import Entry, Finding, Problem

LONGEST_HEAD = 52
"""Of a slug, before what tells it apart."""


def told_apart(entries: list[Entry]) -> tuple[list[Entry], list[Finding], list[Finding]]:
    """Return the entries with one key each, those that repeat another, and remarks on twins.

    Twins get their hour behind the slug, and where that is the same a mark of where they meet, or
    of all they say: so which is which does not depend on their order.
    """
    if len({entry.key for entry in entries}) == len(entries):
        return entries, [], []
    first_of: dict[str, Entry] = {}
    for entry in entries:
        first_of.setdefault(entry.key, entry)
    different = set(entries)
    rows = Counter(entry.key for entry in different)
    at_hour = Counter((entry.key, entry.start) for entry in different)
    found, repeated, remarks = [], [], []
    known: dict[str, Entry] = {}
    for entry in entries:
        apart = entry
        if rows[entry.key] > 1:
            mark = _mark(entry, is_alone=at_hour[entry.key, entry.start] == 1)
            apart = replace(entry, slug=f"{entry.slug[:LONGEST_HEAD]}~{mark}")
        first = known.setdefault(apart.key, apart)
        if first is not apart:
            repeated.append(_said(entry, Problem.SAME_AS_ROW, first.row))
        else:
            found.append(apart)
            if entry is not first_of[entry.key]:
                remarks.append(_said(entry, Problem.SLUG_TWICE, first_of[entry.key].row))
    return found, repeated, remarks


def _mark(entry: Entry, *, is_alone: bool) -> str:
    hour = f"{entry.start:%H%M}"
    if is_alone:
        return hour
    everything = repr(astuple(replace(entry, row=0, held=(), weeks=())))
    return f"{hour}-{hashlib.sha256(everything.encode()).hexdigest()[:6]}"


def _said(entry: Entry, problem: Problem, row: int) -> Finding:
    return Finding(entry.row, entry.name, "slug", problem, str(row), entry.slug)
