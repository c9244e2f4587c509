"""Inviting many: a line for each group and address, seen before it is sent, and mended after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_login import current_user
from flask_wtf.file import FileField
from wtforms import TextAreaField

from app.actions.invitations import invite
from app.blueprints.national.group_lists.asked import query_of, read_wanted
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, optional
from app.blueprints.web.refusals import refusal_in_words
from app.domain.geography.netherlands import folded
from app.domain.refusal import Refusal
from app.domain.roles import Role
from app.formats.mail_address import read_address
from app.formats.spreadsheet import MOST_CHARACTERS, InvitationLine, read_invitation_lines
from app.records.fellowships import Fellowship
from app.records.group_lists.lines import GroupLine
from app.records.groups import find_group

RATE = "20/hour"


class InviteManyForm(Form):
    lines = TextAreaField(
        lazy_gettext("Groep; mailadres, op elke regel één"), [optional(), at_most(MOST_CHARACTERS)]
    )
    file = FileField(lazy_gettext("Of een bestand (CSV)"), [optional()])


@dataclass(frozen=True)
class Row:
    """A line, the group it is about if it is known, and what is wrong with it."""

    line: InvitationLine
    group: GroupLine | None = None
    wrong: str = ""


def invite_page(
    fellowship: Fellowship, groups: list[GroupLine], *, is_all: bool, back: str
) -> ResponseReturnValue:
    """Return the page that invites to these groups, or what it did when it was sure."""
    then = request.form.get("then", "")
    form = InviteManyForm() if then else InviteManyForm(formdata=None)
    if not then:
        form.lines.data = "\n".join(f"{_written(one, groups)}; " for one in groups)
    rows: list[Row] = []
    if then and form.validate_on_submit():
        form.lines.data = "\n".join(filter(None, (form.lines.data, _text_of(form))))
        rows = _rows(form.lines.data or "", groups)
        if not rows:
            form.lines.errors = [_("Er staat nog geen mailadres bij een groep.")]
        elif then == "save":
            limits.count("invite_many", RATE, str(current_user.id))
            left = _invited(rows)
            if not left:
                return redirect(back, 303)
            form.lines.data = "\n".join(f"{one.line.group}; {one.line.address}" for one in left)
            rows = left
    page = render_template(
        "national/group_lists/invite.html",
        fellowship=fellowship,
        form=form,
        rows=rows,
        ready=sum(not row.wrong for row in rows),
        groups=groups,
        is_all=is_all,
        asked=query_of(read_wanted(request.args)),
        back=back,
    )
    return page, form.code


def _invited(rows: list[Row]) -> list[Row]:
    """Invite who can be, say how many that were, and return the lines that are left."""
    left, sent = [], 0
    for row in rows:
        if row.wrong or row.group is None:
            left.append(row)
            continue
        try:
            invite(
                email=row.line.address,
                role=Role.COORDINATOR,
                group=find_group(row.group.slug),
                by=current_user,
            )
        except Refusal as refused:
            left.append(replace(row, wrong=str(refusal_in_words(refused)[1])))
        else:
            sent += 1
    flash(
        ngettext("%(num)s uitnodiging is onderweg.", "%(num)s uitnodigingen zijn onderweg.", sent),
        "good",
    )
    return left


def _rows(text: str, groups: list[GroupLine]) -> list[Row]:
    known: dict[str, list[GroupLine]] = defaultdict(list)
    for one in groups:
        for name in {folded(one.name), folded(one.slug), folded(f"{one.name} {one.town}")}:
            known[name].append(one)
    seen: set[tuple[int, str]] = set()
    return [_row(line, known, groups, seen) for line in read_invitation_lines(text)]


def _row(
    line: InvitationLine,
    known: dict[str, list[GroupLine]],
    groups: list[GroupLine],
    seen: set[tuple[int, str]],
) -> Row:
    found = known.get(folded(line.group), []) if line.group else groups
    if len(found) != 1:
        wrong = (
            _("Meer groepen heten zo. Zet de plaats erachter, of neem het adres uit het bestand.")
            if len(found) > 1
            else _("Deze groep staat niet bij wat je koos.")
        )
        return Row(line, None, wrong if line.group else _("Zet ervoor welke groep het is."))
    address = read_address(line.address)
    if address is None:
        return Row(line, found[0], _("Dit is geen mailadres."))
    if (found[0].id, address) in seen:
        return Row(line, found[0], _("Dit staat er twee keer."))
    seen.add((found[0].id, address))
    return Row(replace(line, address=address), found[0])


def _written(group: GroupLine, groups: Iterable[GroupLine]) -> str:
    """Return a group's name as a line has it: its town behind it where another has the name too."""
    twin = any(one.id != group.id and folded(one.name) == folded(group.name) for one in groups)
    if not twin:
        return group.name
    same = any(
        one.id != group.id and (folded(one.name), one.town) == (folded(group.name), group.town)
        for one in groups
    )
    return group.slug if same or not group.town else f"{group.name} {group.town}"


def _text_of(form: InviteManyForm) -> str:
    """Return what stands in the file, as spreadsheets write it."""
    if not form.file.data:
        return ""
    content: bytes = form.file.data.read(MOST_CHARACTERS)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
