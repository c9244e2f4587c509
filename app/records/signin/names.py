"""What whoever knows somebody would try as a password first."""

from app.records.accounts import Account


def names_about(account: Account) -> list[str]:
    """Return what whoever knows an account would try first: its names, groups and fellowships."""
    names = [account.name, account.email]
    for role in account.roles_held:
        if role.group is not None:
            names += [role.group.name, role.group.town or "", role.group.fellowship.name]
        if role.fellowship is not None:
            names.append(role.fellowship.name)
        if role.region is not None:
            names += [role.region.name, role.region.fellowship.name]
    return names
