"""Names that look the same and are written with other letters, as who wants to be mistaken does."""
# ruff: noqa: RUF001 - letters that look alike are what this file is about

import unicodedata
from collections import defaultdict
from collections.abc import Mapping

_TWINS = str.maketrans(
    # Cyrillic, Greek, and what is neither but drawn so; the Latin letter stands under each.
    "АВЕКМНОРСТУХІЈЅԚԜаеорсухіјѕԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικρυχıɑɡ01",
    "ABEKMHOPCTYXIJSQWaeopcyxijsdqwhlABEZHIKMNOPTYXovikpuxiagol",
)
"""The pairs that no reader tells apart in our typeface (after Unicode's confusables, UTS 39)."""
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")


def drawn(name: str) -> str:
    """Return a name as the eye takes it: two that look alike give the same."""
    return unicodedata.normalize("NFKC", name).translate(_TWINS).casefold()


def look_alike(one: str, other: str) -> bool:
    """Tell whether two names look the same and are not."""
    return _written(one) != _written(other) and drawn(one) == drawn(other)


def look_alikes(names: Mapping[int, str]) -> dict[int, list[int]]:
    """Return by number which others look the same and are written otherwise, where there are any."""
    drawn_so = defaultdict(list)
    for id, name in names.items():
        drawn_so[drawn(name)].append(id)
    found = {}
    for alike in drawn_so.values():
        for id in alike:
            others = [one for one in alike if _written(names[one]) != _written(names[id])]
            if others:
                found[id] = sorted(others)
    return found


def mixes_scripts(name: str) -> bool:
    """Tell whether a word of a name holds letters of two scripts that look alike."""
    return any(len(_scripts(word)) > 1 for word in name.split())


def _written(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _scripts(word: str) -> set[str]:
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    return names & set(_SCRIPTS)
