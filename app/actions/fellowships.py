"""What the installation does to fellowships: found one."""

from dataclasses import asdict, dataclass

from app import clock
from app.actions.transaction import note, transaction
from app.db import db
from app.domain.confirmation import CONFIRM_AFTER_WEEKS
from app.domain.listing import Audience, Subject
from app.domain.refusal import NameInUse
from app.records.accounts import Account
from app.records.fellowships import Fellowship, find_fellowship


@dataclass(frozen=True)
class NewFellowship:
    """What is known of a fellowship when it begins; each name is a column of Fellowship."""

    slug: str
    name: str
    website: str = ""
    identity: str = ""
    newcomers: str = ""
    language: str = "nl"
    zone: str = "Europe/Amsterdam"
    subject: str = Subject.OTHER
    audience: str = Audience.EVERYONE
    confirm_after: int = CONFIRM_AFTER_WEEKS


@transaction
def found_fellowship(new: NewFellowship, *, by: Account | None) -> Fellowship:
    """Write down a fellowship, without groups yet. Raises NameInUse."""
    if find_fellowship(new.slug) is not None:
        raise NameInUse(new.slug)
    fellowship = Fellowship(**asdict(new), created_at=clock.now())
    db.session.add(fellowship)
    db.session.flush()
    after = {"slug": new.slug, "name": new.name}
    note("found_fellowship", by=by, fellowship_id=fellowship.id, after=after)
    return fellowship
