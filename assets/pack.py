"""Pack the style sheets without their comments, for who takes gzip or brotli: `python -m assets.pack`.

Run after `python -m whitenoise.compress`. The files themselves stay as they are, to be read.
"""

import gzip
import re
from pathlib import Path

import brotli

STATIC = Path(__file__).resolve().parent.parent / "app" / "static"


def main() -> None:
    for sheet in STATIC.glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        words = re.sub(r"\n\s*", "\n", text).strip().encode()
        sheet.with_name(f"{sheet.name}.gz").write_bytes(gzip.compress(words, 9, mtime=0))
        sheet.with_name(f"{sheet.name}.br").write_bytes(brotli.compress(words, quality=11))


if __name__ == "__main__":
    main()
