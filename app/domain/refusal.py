"""Refusals: each type is named after the rule it states, and holds values only.

Blueprints word them in the reader's language, at the field they belong to.
"""

from dataclasses import dataclass
from typing import Any


class Refusal(Exception):
    """A rule of the domain says no; nothing was changed."""


@dataclass(eq=False)
class ChangedMeanwhile(Refusal):
    """Someone else saved the same thing since this form was opened; nothing typed is lost."""

    by: str
    current: Any


class FellowshipIsClosed(Refusal):
    """A fellowship that has stopped takes no new groups and no new officers."""


class FellowshipHasGroups(Refusal):
    """A fellowship with groups is closed, never deleted: its people, feeds and log are kept."""


class NotTheirs(Refusal):
    """This person may not do this to this group (any more)."""


class LinkIsOver(Refusal):
    """A single-use link was used, withdrawn, replaced or is too old: one answer for all four."""


class NobodyCoachesHimself(Refusal):
    """A sponsor is somebody else of the group."""
