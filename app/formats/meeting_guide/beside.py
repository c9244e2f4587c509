"""What a row of Meeting Guide JSON says beside its entry, and nobody reads back as one."""

from datetime import datetime

from app.domain.listing import Listing
from app.domain.seating import Availability
from app.formats.plain_text import one_line


def confirmation(listing: Listing, now: datetime) -> dict[str, str]:
    """Return when its people last said that all this is right, and how that stands today.

    The specification has no keys for it; readers take the keys that they know, and the sheets
    behind real lists bring a hundred others. `updated` says only that a row was written.
    """
    today = now.astimezone(listing.schedule.zone).date()
    row = {"confirmation": str(listing.freshness(today))}
    if listing.confirmed_on:
        row["confirmed_on"] = listing.confirmed_on.isoformat()
    return row


def places(listing: Listing) -> dict[str, str]:
    """Return whether there is a seat: free, full, preparing or walk_in. Never how many.

    Nothing of a group that said nothing itself.
    """
    seen = listing.availability
    return {} if seen is Availability.UNSAID else {"places": str(seen)}


def contacts(listing: Listing) -> dict[str, str]:
    """Return contact persons who said yes to a number or an address being public."""
    shown = [contact for contact in listing.contacts if contact.phone or contact.email]
    row: dict[str, str] = {}
    for number, contact in enumerate(shown, start=1):
        row |= {
            f"contact_{number}_name": one_line(contact.name),
            f"contact_{number}_phone": one_line(contact.phone),
            f"contact_{number}_email": one_line(contact.email),
        }
    return {key: value for key, value in row.items() if value}
