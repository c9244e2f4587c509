"""Turns what the demo tells into rows: fellowships, groups, accounts and their roles."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.demo import names
from app.demo.calendar_rows import CalendarRows, MadeGroup
from app.demo.circle_rows import CircleRows
from app.demo.derived import Derived
from app.demo.fellowships import FELLOWSHIPS, DemoFellowship
from app.demo.groups import DemoGroup
from app.demo.newcomers import newcomers_text
from app.demo.people import WITHOUT_COORDINATOR, PreparedAccount, volunteers
from app.demo.requests import add_requests
from app.demo.store import Store
from app.domain.geography.netherlands import Spot, locate
from app.domain.geography.region import parts_in
from app.domain.meeting import Status
from app.domain.roles import Role
from app.domain.slug import slug_from
from app.domain.week import Week
from app.domain.zones import day_at_home
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import Fellowship, ThemeTitle
from app.records.groups import FormerSlug, Group
from app.records.regions import Region

IN_SERVICE = timedelta(days=200)
_BY_SLUG = {fellowship.slug: fellowship for fellowship in FELLOWSHIPS}


class RowMaker:
    """Makes the rows of one group after the other, and remembers what others refer to."""

    def __init__(self, store: Store, secrets: Derived, seed: int, now: datetime):
        self._store, self._secrets, self._seed, self._now = store, secrets, seed, now
        self._calendars = CalendarRows(store)
        self._circles = CircleRows(store, secrets, now)
        self._fellowship_ids: dict[str, int] = {}
        self._region_ids: dict[tuple[str, str], int] = {}
        """By the slug of the fellowship and the name."""
        self._featured_ids: dict[str, int] = {}
        self.group_ids: list[int] = []
        self._same_slug: Counter[str] = Counter()

    def fellowships(self) -> None:
        for fellowship in FELLOWSHIPS:
            self._fellowship_ids[fellowship.slug] = self._fellowship(fellowship)
        add_requests(self._store, self._secrets, self._fellowship_ids, self._now)

    def group(self, number: int, group: DemoGroup, *, featured: bool) -> None:
        """Add one group with all that belongs to it."""
        spot = locate(group.postcode) if group.postcode else None
        slug = self._slug(group.name)
        rng = random.Random(f"{self._seed}:rows:{number}")
        made = MadeGroup(
            group=group,
            featured=featured,
            id=self._listing(group, slug, spot, rng),
            fellowship_id=self._fellowship_ids[group.fellowship],
            slug=slug,
            spot=spot,
            week=Week.at(self._now, ZoneInfo(group.zone)),
            rng=rng,
        )
        self.group_ids.append(made.id)
        if featured:
            self._featured_ids[group.name] = made.id
        self._calendars.add(made)
        self._circles.add(made)

    def accounts(self, prepared: Iterable[PreparedAccount]) -> None:
        """Add the people who can log in, as far as their groups are there, and volunteers."""
        cared_for: set[int] = set()
        for account in prepared:
            person = account.person
            group_ids = [
                self._featured_ids[name] for name in person.groups if name in self._featured_ids
            ]
            if person.role is Role.COORDINATOR and not group_ids:
                continue
            account_id = self._account(person.email, person.name, person.language, account)
            until = None
            if person.ends_in_days is not None:
                until = self._day(-person.ends_in_days)
            for group_id in group_ids:
                self._role(
                    account_id, person.role, group_id=group_id, until=until, note=person.note
                )
            for slug in person.fellowships:
                self._role(account_id, person.role, fellowship_id=self._fellowship_ids[slug])
            for region in person.regions:
                self._role(account_id, person.role, region_id=self._region_ids[region])
            if person.role is Role.OVERSEER:
                self._role(account_id, person.role)
            cared_for.update(group_ids)
        cared_for.update(
            self._featured_ids[name] for name in WITHOUT_COORDINATOR if name in self._featured_ids
        )
        for number, few in volunteers([one for one in self.group_ids if one not in cared_for]):
            name = names.CONTACTS[number % len(names.CONTACTS)]
            account_id = self._account(f"vrijwilliger-{number}@example.org", name, "nl", None)
            for group_id in few:
                self._role(account_id, Role.COORDINATOR, group_id=group_id)

    def _fellowship(self, fellowship: DemoFellowship) -> int:
        fellowship_id = self._store.add_numbered(
            Fellowship,
            slug=fellowship.slug,
            name=fellowship.name,
            full_name=fellowship.full_name,
            closed_words=fellowship.closed_words,
            under_sixteen=fellowship.under_sixteen,
            identity=fellowship.identity,
            newcomers=newcomers_text(fellowship.slug),
            own_kinds=[
                {"code": code, "names": {"nl": in_dutch, "en": in_english}}
                for code, in_dutch, in_english in fellowship.kinds
            ],
            texts={"en": dict(fellowship.in_english)} if fellowship.in_english else {},
            website=f"https://{fellowship.slug}.example",
            phone=names.phone(9_000_000 + len(self._fellowship_ids)),
            colour=fellowship.colour,
            subject=fellowship.subject,
            audience=fellowship.audience,
            coordinator_word=fellowship.coordinator_word,
            sponsor_word=fellowship.sponsor_word,
            controller=f"Stichting {fellowship.name} (demo), post@{fellowship.slug}.example",
            created_at=self._now,
        )
        for step, (title, question) in enumerate(fellowship.titles, start=1):
            self._store.add(
                ThemeTitle,
                fellowship_id=fellowship_id,
                step=step,
                title=title,
                reading=f"Hoofdstuk {step}",
                question=question,
            )
        for name, drawn_of in fellowship.regions:
            parts = [[str(kind), value] for kind, value in parts_in(drawn_of)]
            self._region_ids[fellowship.slug, name] = self._store.add_numbered(
                Region, fellowship_id=fellowship_id, name=name, parts=parts
            )
        return fellowship_id

    def _listing(self, group: DemoGroup, slug: str, spot: Spot | None, rng: random.Random) -> int:
        fellowship = _BY_SLUG[group.fellowship]
        began = max(group.status_days, -7 * group.first_week, 30)
        program = "NA" if group.fellowship == "na" else "AA"
        group_id = self._store.add_numbered(
            Group,
            slug=slug,
            fellowship_id=self._fellowship_ids[group.fellowship],
            name=group.name,
            description=group.description or rng.choice(names.DESCRIPTIONS),
            audience=group.audience or fellowship.audience,
            subject=group.subject or fellowship.subject,
            language=group.language,
            is_open=group.is_open,
            features=sorted(group.features),
            status=group.status,
            status_since=self._day(
                began - 30 if group.status is Status.ACTIVE else group.status_days
            ),
            seating=group.seating,
            seating_said=not group.imported,
            capacity=group.capacity,
            zone=group.zone,
            town=spot.town if spot else "",
            province=spot.province if spot else "",
            listed=group.listed,
            may_be_indexed=group.may_be_indexed,
            counts_heads=bool(group.counts),
            shares_head_counts=bool(group.counts),
            confirmed_on=None if group.confirmed is None else self._day(group.confirmed),
            source_key=f"meeting-guide:{slug}#{group.weekday}" if group.imported else None,
            codes=[[program, "O"], [program, "X"]]
            if group.imported
            else [list(one) for one in group.codes],
            feed_key=self._secrets.key("feed", slug),
            discreet_key=self._secrets.key("discreet", slug),
            feed_uuid=self._secrets.uuid("feed", slug),
            discreet_uuid=self._secrets.uuid("discreet", slug),
            calendar_changed_at=self._now,
            created_at=self._now - timedelta(days=began),
        )
        if group.former:
            self._same_slug[group.former] += 1
            self._store.add(FormerSlug, slug=group.former, group_id=group_id)
        return group_id

    def _slug(self, name: str) -> str:
        # Counted, not looked for: free_slug would walk past every group of the same name.
        base = slug_from(name)
        slug = base
        while self._same_slug[slug]:
            self._same_slug[base] += 1
            slug = f"{base}-{self._same_slug[base]}"
        self._same_slug[slug] += 1
        return slug

    def _account(
        self, email: str, name: str, language: str, prepared: PreparedAccount | None
    ) -> int:
        has_second_factor = bool(prepared and prepared.sealed_totp)
        return self._store.add_numbered(
            Account,
            email=email,
            name=name,
            language=language,
            password=prepared.password_hash if prepared else None,
            fs_uniquifier=self._secrets.uuid("account", email).hex,
            tf_primary_method="authenticator" if has_second_factor else None,
            tf_totp_secret=prepared.sealed_totp if prepared else None,
            created_at=self._now,
        )

    def _role(
        self,
        account_id: int,
        role: Role,
        *,
        group_id: int | None = None,
        fellowship_id: int | None = None,
        region_id: int | None = None,
        until: date | None = None,
        note: str = "",
    ) -> None:
        self._store.add(
            RoleRecord,
            account_id=account_id,
            kind=role,
            group_id=group_id,
            fellowship_id=fellowship_id,
            region_id=region_id,
            since=day_at_home(self._now - IN_SERVICE),
            until=until,
            note=note,
        )

    def _day(self, days_ago: int) -> date:
        return day_at_home(self._now - timedelta(days=days_ago))
