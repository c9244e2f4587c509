"""What an account is in some groups, asked of the table itself."""

from collections.abc import Collection

from sqlalchemy import bindparam, select

from app.records.accounts import Account, RoleRecord
from app.records.asked.once import rows_once

_IN_GROUPS = (
    select(RoleRecord)
    .where(
        RoleRecord.account_id == bindparam("account"),
        RoleRecord.group_id.in_(bindparam("groups", expanding=True)),
    )
    .execution_options(populate_existing=True)
)


def roles_in(account: Account, group_ids: Collection[int]) -> list[RoleRecord]:
    """Return what an account is in some groups, also what is over. One query."""
    asked = {"account": account.id, "groups": [*group_ids]}
    return [role for (role,) in rows_once(_IN_GROUPS, asked, RoleRecord)]
