"""Makes the letters of pages lighter, and a zero for hours: app/static/vendor/atkinson-hyperlegible-*.

Run by `make vendor`, after npm: `.venv/bin/python -m assets.letters`. The hints, which only old screens of Windows
followed, are left out, and the letters that site.css asks of no file: 10 kB a weight, where it was 17. Marks that
combine stand in none of its ranges, so nothing here sets them. The zero of hours has no stroke, for "20.00" looked
like code: one glyph, 600 bytes. The licence of the font, OFL 1.1, allows all three.
"""

import hashlib
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program

ROOT = Path(__file__).resolve().parent.parent
[FOLDER] = (ROOT / "app" / "static" / "vendor").glob("atkinson-hyperlegible-*")
FILES = ROOT / "node_modules" / "@fontsource" / "atkinson-hyperlegible" / "files"
SOURCE = FILES / "atkinson-hyperlegible-latin-700-normal.woff2"
TARGET = FOLDER / "hours-700.woff2"
ZERO = 0x30
FEATURES = ["kern", "tnum"]
SMOOTH = {0xFFFF: 0x000A}
"""Of every size the edges are grey, across and along (table gasp)."""


def asked_of(name: str) -> set[int]:
    """Return the characters for which site.css fetches a file (its unicode-range)."""
    sheet = (ROOT / "app" / "static" / "site.css").read_text("utf-8")
    [ranges] = re.findall(rf"/{re.escape(name)}\"[^}}]+unicode-range: ([^;]+);", sheet)
    characters: set[int] = set()
    for one in ranges.replace("U+", "").split(", "):
        first, _, last = one.partition("-")
        characters.update(range(int(first, 16), int(last or first, 16) + 1))
    return characters


def without_hints(file: Path) -> None:
    """Write one of npm's files again, with the letters that are asked of it."""
    options = subset.Options(layout_features=FEATURES, hinting=False)
    options.flavor = "woff2"
    font = subset.load_font(str(file), options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=asked_of(file.name) & set(font.getBestCmap()))
    cut.subset(font)
    font["gasp"].gaspRange = SMOOTH
    subset.save_font(font, str(FOLDER / file.name), options)


def zero_alone() -> TTFont:
    """Return the font with nothing but the zero that is as wide as every other figure."""
    font = TTFont(SOURCE, recalcTimestamp=False)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap = {ZERO: "zero.tf"}
    options = subset.Options(
        layout_features=[],
        hinting=False,
        drop_tables=["GSUB", "GPOS", "GDEF", "STAT", "meta"],
    )
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[ZERO])
    cut.subset(font)
    return font


def without_stroke(font: TTFont) -> None:
    """Put one round hole, as large as both halves beside the stroke, in their place."""
    glyphs = font["glyf"]
    zero = glyphs[font.getBestCmap()[ZERO]]
    points, ends, flags = zero.getCoordinates(glyphs)
    rim, halves = list(points[: ends[0] + 1]), list(points[ends[0] + 1 :])

    def spread(some: list[tuple[int, int]], axis: int) -> int:
        return max(one[axis] for one in some) - min(one[axis] for one in some)

    wide, high = (spread(halves, axis) / spread(rim, axis) for axis in (0, 1))
    x0, y0 = (sum(f(one[axis] for one in rim) for f in (min, max)) / 2 for axis in (0, 1))
    hole = [(round(x0 + (x - x0) * wide), round(y0 + (y - y0) * high)) for x, y in rim][::-1]
    zero.coordinates = GlyphCoordinates(rim + hole)
    zero.flags = bytearray(list(flags[: ends[0] + 1]) + list(flags[: ends[0] + 1])[::-1])
    zero.endPtsOfContours = [len(rim) - 1, 2 * len(rim) - 1]
    zero.numberOfContours = 2
    zero.program = Program()
    zero.program.fromBytecode(b"")
    zero.recalcBounds(glyphs)


if __name__ == "__main__":
    for made in FOLDER.glob("atkinson-*.woff2"):
        without_hints(FILES / made.name)
    font = zero_alone()
    without_stroke(font)
    for name in font["name"].names:
        if name.nameID in (1, 4, 16):
            name.string = "Twaalf Hours"
    font.flavor = "woff2"
    font.save(TARGET)
    sums = FOLDER / "SHA256SUMS"
    files = [*sorted(FOLDER.glob("*.woff2")), FOLDER / "LICENSE"]
    said = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in files]
    sums.write_text("".join(said), encoding="ascii")
