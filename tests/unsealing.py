"""Noting what is unsealed: what nobody asks for is to stay sealed."""

import json

import pytest
from cryptography.fernet import Fernet, MultiFernet

from app.records import columns
from tests.conftest import SEALING_KEY


class _Noting(MultiFernet):
    """Sealing keys that note what they open."""

    opened: list[object]

    def decrypt(self, msg: bytes | str, ttl: int | None = None) -> bytes:
        found = super().decrypt(msg, ttl)
        self.opened.append(json.loads(found))
        return found


def noted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what is unsealed from now on, as it goes."""
    keys = _Noting([Fernet(SEALING_KEY)])
    keys.opened = []
    monkeypatch.setattr(columns, "_sealing_keys", [keys])
    return keys.opened
