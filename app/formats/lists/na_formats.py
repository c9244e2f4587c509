"""What NA's formats mean: by their world id, which is the same on every server."""

from collections.abc import Iterable

OF_WORLD = {
    "OPEN": "O", "CLOSED": "C", "WCHR": "X", "GL": "LGBTQ", "TC": "", "VM": "", "HYBR": "", "LANG": "",
}  # fmt: skip
"""Where the specification has another code that means the same; empty: said elsewhere."""
_OF_KEY = {
    "O": "OPEN", "C": "CLOSED", "WC": "WCHR", "BG": "BEG", "ST": "STEP", "SP": "SPK", "TR": "TRAD",
    "VM": "VM", "HY": "HYBR", "TC": "TC", "CH": "CLOSED", "ME": "MED", "MED": "MED", "BT": "BT",
    "JT": "JFT", "JF": "JFT", "D": "DISC", "LIT": "LIT", "W": "W", "M": "M", "GL": "GL", "YP": "Y",
    "RF": "RF", "TOP": "TOP", "OF": "OPEN", "GF": "CLOSED",
}  # fmt: skip
"""Of the keys that most servers use, where a list does not bring its formats along."""


def codes_of_world(ids: Iterable[str]) -> list[str]:
    """Return type codes for world ids; one that has no other stays itself."""
    plain = (one.strip().upper() for one in ids)
    codes = [OF_WORLD.get(one, one) for one in plain if one]
    return [one for one in dict.fromkeys(codes) if one]


def world_of_key(key: str) -> str:
    """Return the world id of a format's key on most servers, or the key."""
    return _OF_KEY.get(key.upper(), key)
