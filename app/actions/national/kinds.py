"""A fellowship names kinds of meeting: its own, and what codes of its lists mean."""

from collections.abc import Mapping

from app.actions.parts.revision import listings_changed
from app.actions.parts.transaction import hold_fellowship, note, transaction
from app.domain.kinds.naming import NoName, check_code
from app.domain.kinds.own import OwnKind
from app.domain.refusal import NotTheirs
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.kept_codes import codes_kept


@transaction
def name_kind(fellowship: Fellowship, code: str, names: Mapping[str, str], *, by: Account) -> None:
    """Name a code, new or of its lists, by language. Raises CodeInUse, NotACode, NoName, TooManyKinds, NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    kinds = fellowship.own_kinds
    check_code(code, kinds, {one for _, one in codes_kept(fellowship.id)})
    kind = _named(code, names)
    _write(fellowship, [*kinds, kind])
    note("name_kind", by=by, fellowship_id=fellowship.id, after=_told(kind))


@transaction
def rename_kind(
    fellowship: Fellowship, code: str, names: Mapping[str, str], *, by: Account
) -> None:
    """Give a kind other names. Raises NoName, NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    before = _known(fellowship, code)
    kind = _named(code, names)
    _write(fellowship, [kind if one.code == code else one for one in fellowship.own_kinds])
    note("rename_kind", by=by, fellowship_id=fellowship.id, before=_told(before), after=_told(kind))


@transaction
def forget_kind(fellowship: Fellowship, code: str, *, by: Account) -> None:
    """Take a name away; groups keep the code, and no page says it. Raises NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    before = _known(fellowship, code)
    _write(fellowship, [one for one in fellowship.own_kinds if one.code != code])
    note("forget_kind", by=by, fellowship_id=fellowship.id, before=_told(before))


def _named(code: str, names: Mapping[str, str]) -> OwnKind:
    said = {language: name for language, name in names.items() if name}
    if not said:
        raise NoName
    return OwnKind(code, said)


def _known(fellowship: Fellowship, code: str) -> OwnKind:
    found = next((one for one in fellowship.own_kinds if one.code == code), None)
    if found is None:
        raise NotTheirs
    return found


def _write(fellowship: Fellowship, kinds: list[OwnKind]) -> None:
    fellowship.kept_kinds = [kind.kept() for kind in kinds]
    listings_changed(fellowship.id)


def _told(kind: OwnKind) -> dict[str, str]:
    return {"kind_of_meeting": f"{kind.code}: {', '.join(kind.names.values())}"}
