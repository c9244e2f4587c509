"""Numbers in words, where a language writes the small ones so."""

from babel.numbers import format_decimal

from app.formats.wording import known

ORDINALS = {
    "nl": (
        "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende",
        "tiende", "elfde", "twaalfde",
    ),
    "en": (
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ),
}  # fmt: skip

CARDINALS = {
    "nl": (
        "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
        "elf", "twaalf",
    ),
    "en": (
        "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ),
}  # fmt: skip


def ordinal(number: int, language: str) -> str:
    """Return `derde` for 3, beyond the twelfth `13e`; in English `third` and `13th`.

    A language whose ordinals bend with their noun gets the number, and its sentence the rest.
    """
    names = ORDINALS.get(known(language))
    if names is None:
        return format_decimal(number, locale=known(language))
    if number <= len(names):
        return names[number - 1]
    if known(language) == "nl":
        return f"{number}e"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 > 13 else "th"
    return f"{number}{ending}"


def cardinal(number: int, language: str) -> str:
    """Return `negen` for 9, beyond twelve the digits; in English `nine`, elsewhere digits."""
    names = CARDINALS.get(known(language), ())
    return names[number] if number < len(names) else str(number)
