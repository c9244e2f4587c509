"""Static files: served by WhiteNoise under addresses that hold a hash of their content."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

FOLDER = Path(__file__).resolve().parents[2] / "static"
PREFIX = "/static/"
HOUR = 3600
"""How long to keep what has no hash in its address."""
_COMPRESSED = {".br", ".gz"}


@cache
def address(name: str) -> str:
    """Return the address of a file in static/: it changes with every byte of the file.

    The hash stands in the path's first part, so that relative addresses inside style sheets
    keep working.
    """
    return f"{PREFIX}{_folder_hash()}/{name}"


def attach(app: Flask) -> None:
    app.jinja_env.globals["static"] = address
    served = WhiteNoise(
        app.wsgi_app,
        max_age=HOUR,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: url.startswith(PREFIX),
    )
    served.add_files(str(FOLDER), prefix=f"{PREFIX}{_folder_hash()}/")
    for name in ("favicon.ico", "icon-192.png"):
        if (FOLDER / name).exists():
            served.add_file_to_dictionary(f"/{name}", str(FOLDER / name))
    app.wsgi_app = served  # type: ignore[method-assign]  # Flask's own way


@cache
def _folder_hash() -> str:
    digest = hashlib.sha256()
    for file in sorted(FOLDER.rglob("*")):
        if file.is_file() and file.suffix not in _COMPRESSED:
            digest.update(file.relative_to(FOLDER).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
