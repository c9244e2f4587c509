"""An archive as a file: a zip of JSON, and what is sealed in it as age does (age-encryption.org)."""

import json
import re
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from app.domain.exchange.archive import (
    VERSION,
    Archive,
    BrokenArchive,
    Flaw,
    Reach,
    Rows,
    joined,
    split,
)
from app.formats.upkeep.passphrase import (
    SealedBytes,
    open_with_passphrase,
    seal_with_passphrase,
)
from app.formats.upkeep.sealed_file import CannotOpen

KIND = "twaalf archive"
MANIFEST, SEALED = "archive.json", "sealed.age"
MOST_BYTES = 256 * 1024 * 1024
"""Of all files in it together, unpacked: 900 groups with everybody in them come to 6 MB."""
MOST_FILES = 60
DEEPEST = 20
_NAME = re.compile(r"[a-z_]+\.json", re.ASCII)
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same rows make the same bytes."""


def write_archive(archive: Archive, passphrase: str) -> bytes:
    """Return an archive as a file; who has it without the passphrase reads what stands open."""
    open_rows, sealed_rows = split(archive.rows)
    sealed = seal_with_passphrase(_json(sealed_rows), passphrase)
    manifest = {
        "key": sealed.key,
        "kind": KIND,
        "version": VERSION,
        "fellowship": archive.fellowship,
        "reach": archive.reach,
        "rows": {table: len(rows) for table, rows in open_rows.items()},
    }
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        _put(packed, MANIFEST, _json(manifest))
        for table, rows in open_rows.items():
            _put(packed, f"{table}.json", _json(rows))
        _put(packed, SEALED, sealed.body, ZIP_STORED)
    return file.getvalue()


def read_archive(data: bytes, passphrase: str) -> Archive:
    """Read an archive. Raises BrokenArchive, also for a wrong passphrase: never half of one."""
    if not data.startswith(b"PK"):
        raise BrokenArchive(Flaw.NO_ARCHIVE)
    try:
        with ZipFile(BytesIO(data)) as packed:
            files = _unpacked(packed)
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BrokenArchive(Flaw.DAMAGED) from error
    except RuntimeError as error:  # a file in it is encrypted as zip does
        raise BrokenArchive(Flaw.NO_ARCHIVE) from error
    if MANIFEST not in files:
        raise BrokenArchive(Flaw.NO_ARCHIVE)
    manifest = _read(files.pop(MANIFEST), MANIFEST)
    _check(manifest)
    sealed = files.pop(SEALED, None)
    rows = {name.removesuffix(".json"): _rows(_read(part, name), name) for name, part in files.items()}  # fmt: skip
    if sealed is None or {table: len(all_) for table, all_ in rows.items()} != manifest["rows"]:
        raise BrokenArchive(Flaw.DAMAGED)
    try:
        opened = _read(
            open_with_passphrase(SealedBytes(manifest["key"], sealed), passphrase), SEALED
        )
    except CannotOpen as error:
        raise BrokenArchive(Flaw.PASSPHRASE) from error
    if not isinstance(opened, dict):
        raise BrokenArchive(Flaw.CONTENT, SEALED)
    hidden: Rows = {table: _rows(part, SEALED) for table, part in opened.items()}
    return Archive(manifest["fellowship"], Reach(manifest["reach"]), joined(rows, hidden))


def _put(packed: ZipFile, name: str, data: bytes, method: int = ZIP_DEFLATED) -> None:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = method
    info.external_attr = 0o600 << 16
    packed.writestr(info, data)


def _unpacked(packed: ZipFile) -> dict[str, bytes]:
    """Return the files by name; what a file says of its own size is not believed."""
    infos = packed.infolist()
    names = [info.filename for info in infos]
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
        raise BrokenArchive(Flaw.TOO_LARGE)
    for name in names:
        if (name != SEALED and not _NAME.fullmatch(name)) or names.count(name) > 1:
            raise BrokenArchive(Flaw.STRANGE_NAME, name[:80])
    files, left = {}, MOST_BYTES
    for info in infos:
        with packed.open(info) as part:
            files[info.filename] = part.read(left + 1)
            if len(files[info.filename]) > left:
                raise BrokenArchive(Flaw.TOO_LARGE)
            # To the end of the file: its checksum is only asked there.
        left -= len(files[info.filename])
    return files


def _check(manifest: Any) -> None:
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
        raise BrokenArchive(Flaw.NO_ARCHIVE)
    if manifest.get("version") != VERSION:
        raise BrokenArchive(Flaw.NEWER)
    texts = (manifest.get(name) for name in ("fellowship", "key", "reach"))
    if not all(isinstance(one, str) for one in texts) or manifest["reach"] not in set(Reach):
        raise BrokenArchive(Flaw.CONTENT, MANIFEST)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _read(data: bytes, name: str) -> Any:
    def no_number(_text: str) -> NoReturn:
        raise ValueError

    try:
        value = json.loads(data.decode(), parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        raise BrokenArchive(Flaw.CONTENT, name) from error
    if _is_too_deep([value]):
        raise BrokenArchive(Flaw.CONTENT, name)
    return value


def _is_too_deep(values: Iterable[Any]) -> bool:
    for _level in range(DEEPEST):
        inside: list[Any] = []
        for value in values:
            inside += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()  # fmt: skip
        if not inside:
            return False
        values = inside
    return True


def _rows(value: Any, name: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise BrokenArchive(Flaw.CONTENT, name)
    return value
