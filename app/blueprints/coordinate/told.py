"""Who is told of a change, as numbers: nobody is named."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.records.participants import Wanted


def told_words(wanted: Wanted) -> str:
    """Return how many of a group's people get a letter, and what the others do."""
    if not wanted.people:
        return _("Niemand krijgt een mail; op de pagina en in de agenda staat het meteen.")
    if not wanted.told:
        return _("Niemand wil mail; op de pagina en in de agenda staat het meteen.")
    told = ngettext(
        "%(num)s mens krijgt meteen een mail.",
        "%(num)s mensen krijgen meteen een mail.",
        wanted.told,
    )
    rest = wanted.people - wanted.told
    if not rest:
        return told
    others = ngettext(
        "%(num)s mens wil geen mail, en ziet het op de pagina of in de agenda.",
        "%(num)s mensen willen geen mail, en zien het op de pagina of in de agenda.",
        rest,
    )
    return f"{told} {others}"
