"""Pack style sheets and scripts without their comments, for who takes gzip or brotli: `python -m assets.pack`.

Run after `python -m whitenoise.compress`. The files themselves stay as they are, to be read.
"""

import gzip
import re
from pathlib import Path

import brotli

STATIC = Path(__file__).resolve().parent.parent / "app" / "static"


COMMENTS = {
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
    ".js": re.compile(r"^\s*//.*$", re.MULTILINE),
}
"""In a script only those that have a line of their own: an address holds two strokes too."""


def main() -> None:
    for file in (*STATIC.glob("*.css"), *STATIC.glob("*.js")):
        text = COMMENTS[file.suffix].sub("", file.read_text("utf-8"))
        words = re.sub(r"\n\s*", "\n", text).strip().encode()
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(words, 9, mtime=0))
        file.with_name(f"{file.name}.br").write_bytes(brotli.compress(words, quality=11))


if __name__ == "__main__":
    main()
