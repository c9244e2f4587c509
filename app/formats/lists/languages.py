"""Languages as lists write them: `nl`, `nl-NL`, `Nederlands`, `Dutch`."""

from functools import cache

from babel import Locale

_SPOKEN_IN = ("nl", "en", "de", "fr", "es")


def language_of(word: str) -> str | None:
    """Return the ISO 639 code of a language's code or name; None when it says none."""
    plain = word.strip().casefold()
    return _known().get(plain) or _known().get(plain.replace("_", "-").partition("-")[0])


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for spoken in _SPOKEN_IN:
        for code, name in Locale(spoken).languages.items():
            if len(code) == 2:
                found[str(name).casefold()] = code
                found[code] = code
    for code in ("pl", "pt", "ru", "tr", "uk", "ar", "fa", "it", "sv", "da"):
        found[(Locale(code).get_language_name(code) or code).casefold()] = code
    return found | {
        "farsi": "fa",
        "dut": "nl",
        "eng": "en",
        "ger": "de",
        "vlaams": "nl",
        "frysk": "fy",
    }
