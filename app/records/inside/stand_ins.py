"""Who coordinates a group for a while."""

from app.records.accounts import Account


def stands_in(account: Account, group_id: int) -> bool:
    """Tell whether an account coordinates a group for a while: it brings in nobody who stays."""
    return any(one.group_id == group_id and one.stands_in for one in account.roles_held)
