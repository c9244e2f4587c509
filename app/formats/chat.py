"""One sentence for the group chat: a calendar may lag a day, and a chat does not."""

from app.domain.listing import Listing
from app.domain.meeting import Difference, Meeting
from app.formats.text import large_first, one_line
from app.formats.who_sees import who_may_come
from app.formats.wording import day_in_words, gettext_in, hours, theme_name, where


def chat_text(meeting: Meeting, listing: Listing, page: str) -> str:
    """Return what to paste into the chat about one week, in the group's language, with the link.

    `listing` holds the public part of each place: chats are passed on.
    """
    _ = gettext_in(listing.language)
    language = listing.language
    day = day_in_words(meeting.day, language)
    said = {"group": listing.name, "day": day, "reason": meeting.reason}
    if not meeting.is_on:
        first = (
            _("%(group)s: %(day)s gaat niet door (%(reason)s).", **said)
            if meeting.reason
            else _("%(group)s: %(day)s gaat niet door.", **said)
        )
        sentences = [first]
    else:
        said |= {
            "hours": hours(meeting, language),
            "where": where(meeting.place, listing, language),
        }
        sentences = [
            _("%(group)s, let op: deze week op %(day)s, %(hours)s, %(where)s.", **said)
            if meeting.differences & {Difference.MOVED, Difference.ELSEWHERE}
            else _("%(group)s: %(day)s, %(hours)s, %(where)s.", **said)
        ]
        if theme := theme_name(meeting.theme, language):
            sentences.append(f"{theme}.")
        sentences += [f"{large_first(words)}." for words in who_may_come(meeting, language)]
    if meeting.note:
        sentences.append(meeting.note if meeting.note[-1] in ".!?" else f"{meeting.note}.")
    if page:
        sentences.append(_("Actueel: %(page)s", page=page))
    return one_line(" ".join(sentences))
