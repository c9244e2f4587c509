"""The accounts of the demo: one for each role, and volunteers for all other groups."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask_security import hash_password

from app.demo.derived import Derived
from app.domain.roles import Role

GROUPS_OF_A_VOLUNTEER = 3


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can log in; `groups` by name, `fellowships` by slug, `regions` with theirs."""

    email: str
    name: str
    role: Role
    groups: tuple[str, ...] = ()
    fellowships: tuple[str, ...] = ()
    regions: tuple[tuple[str, str], ...] = ()
    language: str = "nl"
    ends_in_days: int | None = None
    note: str = ""


@dataclass(frozen=True)
class PreparedAccount:
    """A person with what took time to make: the password's hash, the sealed second factor."""

    person: DemoPerson
    password_hash: str
    sealed_totp: str | None


P = DemoPerson
PEOPLE = (
    P("anna@example.org", "Anna", Role.COORDINATOR, ("Maandagavond Oost", "Donderdagavond Oost")),
    P("ben@example.org", "Ben", Role.COORDINATOR, ("Stap voor Stap",)),
    P("carla@example.org", "Carla", Role.COORDINATOR, ("De Drempel",), ends_in_days=28,
      note="De sleutel hangt in het kastje bij de achterdeur; de huur loopt per kwartaal."),
    P("dirk@example.org", "Dirk", Role.COORDINATOR, ("De Drempel", "Lunch online")),
    P("sara@example.org", "Sara", Role.COORDINATOR,
      ("Morgenrood Assen", "De Ark Middelburg", "Nieuw Begin Urk")),
    P("jack@example.org", "Jack", Role.COORDINATOR,
      ("Avond in Toronto", "English Speaking Sunday"), language="en", ends_in_days=35),
    P("olaf@example.org", "Olaf", Role.OFFICER, fellowships=("aa", "al-anon", "na")),
    P("petra@example.org", "Petra", Role.OFFICER, fellowships=("stay-clean",)),
    P("rita@example.org", "Rita", Role.REGIONAL, regions=(("aa", "Noord"),)),
    P("vera@example.org", "Vera", Role.OVERSEER),
)  # fmt: skip


def prepare_accounts(secrets: Derived, seal_totp: Callable[[str], str]) -> list[PreparedAccount]:
    """Hash passwords and seal second factors, outside any transaction: each hash takes a while.

    `seal_totp` turns a base32 secret into what the column of an account keeps.
    """
    return [
        PreparedAccount(
            person,
            hash_password(secrets.password(person.email)),
            seal_totp(secrets.totp_secret(person.email))
            if person.role.needs_second_factor
            else None,
        )
        for person in PEOPLE
    ]


WITHOUT_COORDINATOR = ("Gorinchem", "Vlieland")
"""Groups that nobody coordinates, for the work list of their fellowship's office."""


def volunteers(group_ids: list[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield a number and the few groups that one more volunteer coordinates.

    They have no password: they log in by a code sent by mail.
    """
    for first in range(0, len(group_ids), GROUPS_OF_A_VOLUNTEER):
        yield first // GROUPS_OF_A_VOLUNTEER + 1, group_ids[first : first + GROUPS_OF_A_VOLUNTEER]
