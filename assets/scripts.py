"""Makes the fonts for paper of four scripts, and of each only what is its own: app/fonts/noto-sans-*.

Run by `make vendor`, after npm: `.venv/bin/python -m assets.scripts`. Ethiopic, Devanagari and Gurmukhi
come whole, with the rules that join their letters. Chinese is the 6,722 characters that two standards
call common, of mainland China (GB 2312, first level) and of Taiwan and Hong Kong (Big5, first level):
all that its font has would be 10.6 MB.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules" / "@expo-google-fonts"
FONTS = ROOT / "app" / "fonts"

_SIGNS = [0x25CC]
"""The circle under a sign that has lost its letter."""
_DANDA = [0x0964, 0x0965]
SCRIPTS = {
    "ethiopic": [
        *range(0x1200, 0x13A0),
        *range(0x2D80, 0x2DE0),
        *range(0xAB00, 0xAB30),
        *range(0x1E7E0, 0x1E800),
    ],
    "devanagari": [*range(0x0900, 0x0980), *range(0xA8E0, 0xA900), *_SIGNS],
    "gurmukhi": [*range(0x0A00, 0x0A80), *_DANDA, *_SIGNS],
}


def chinese() -> set[int]:
    """Return the common characters, and the signs and wide letters that stand among them."""
    common = _encoded("gb2312", 0xB0A1, 0xD7F9) | _encoded("big5", 0xA440, 0xC67E)
    return common | {*range(0x3001, 0x3020), 0x30FB, *range(0xFF01, 0xFF61)}


def _encoded(standard: str, first: int, last: int) -> set[int]:
    found = set()
    for code in range(first, last + 1):
        try:
            found.add(ord(code.to_bytes(2, "big").decode(standard)))
        except (UnicodeDecodeError, TypeError):
            continue
    return found


def shelve(script: str, codes: Iterable[int], features: list[str]) -> int:
    """Write one font with its licence and checksums, and return its bytes."""
    source = MODULES / f"noto-sans-{script}"
    version = json.loads((source / "package.json").read_text("utf-8"))["version"]
    folder = FONTS / f"noto-sans-{script}-{version}"
    for old in FONTS.glob(f"noto-sans-{script}-*"):
        shutil.rmtree(old)
    folder.mkdir(parents=True)
    [whole] = (source / "400Regular").glob("*.ttf")
    options = subset.Options(layout_features=features, hinting=False)
    font = subset.load_font(str(whole), options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=codes)
    cut.subset(font)
    font.save(folder / "400Regular.ttf")
    shutil.copyfile(source / "LICENSE_FONT", folder / "LICENSE")
    names = sorted(path.name for path in folder.iterdir())
    sums = [f"{hashlib.sha256((folder / one).read_bytes()).hexdigest()}  {one}\n" for one in names]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="ascii")
    return (folder / "400Regular.ttf").stat().st_size


if __name__ == "__main__":
    made = {script: shelve(script, codes, ["*"]) for script, codes in SCRIPTS.items()}
    made["sc"] = shelve("sc", chinese(), [])
    for script, size in made.items():
        print(f"noto-sans-{script}: {size:,} bytes")
