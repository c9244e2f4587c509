"""The news of a group for all who want letters about it: who has a seat, and who follows it."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.actions.parts.news.followers import telling_followers
from app.actions.parts.news.seated import telling_the_seated
from app.records.groups import Group


@contextmanager
def telling_everybody(*groups: Group) -> Iterator[None]:
    """Write to each of them what a deed makes other than it was. Wrap it round the deed."""
    with telling_the_seated(*groups), telling_followers(*groups):
        yield
