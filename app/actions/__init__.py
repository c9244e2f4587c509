"""DOES: the only writers; one function per verb, one transaction each, one change each.

What verbs are made of is in `parts`; every public function here is an action.
"""

from app.actions.parts.derived import in_step
from app.actions.parts.erasing import notes as erasures


def attach() -> None:
    """Keep what is derived in step with its cause, and note what is erased, in every session."""
    in_step.attach()
    erasures.attach()
