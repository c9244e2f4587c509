"""The CSS3 colour name nearest to a fellowship's colour: RFC 7986 5.9 takes names only."""

import re

_NAMES = {
    "brown": 0xA52A2A, "chocolate": 0xD2691E, "coral": 0xFF7F50, "crimson": 0xDC143C,
    "darkcyan": 0x008B8B, "darkgreen": 0x006400, "darkorange": 0xFF8C00, "darkslateblue": 0x483D8B,
    "dodgerblue": 0x1E90FF, "firebrick": 0xB22222, "forestgreen": 0x228B22,
    "goldenrod": 0xDAA520, "indigo": 0x4B0082, "mediumpurple": 0x9370DB, "mediumseagreen": 0x3CB371,
    "mediumvioletred": 0xC71585, "olive": 0x808000, "olivedrab": 0x6B8E23,
    "orchid": 0xDA70D6, "purple": 0x800080, "royalblue": 0x4169E1, "saddlebrown": 0x8B4513,
    "seagreen": 0x2E8B57, "sienna": 0xA0522D, "slategray": 0x708090, "steelblue": 0x4682B4,
    "teal": 0x008080, "tomato": 0xFF6347,
}  # fmt: skip


def colour_name(colour: str) -> str:
    """Return the nearest name for `#rrggbb`; empty for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return ""
    wanted = int(colour[1:], 16)
    return min(_NAMES, key=lambda name: _distance(_NAMES[name], wanted))


def _distance(one: int, other: int) -> int:
    return sum(((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16))
