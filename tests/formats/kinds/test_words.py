"""Every kind of meeting has words, in each language."""

import pytest

from app.domain.kinds.of_meeting import KindOfMeeting
from app.formats.kinds.words import kind_in_words
from app.formats.wording import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_named_in_every_language(language: str):
    said = {kind: kind_in_words(kind, language) for kind in KindOfMeeting}
    assert all(said.values())
    assert len(set(said.values())) == len(said)
    if language != "nl":
        assert not {words for words in said.values() if words.startswith(("voor ", "over "))}
