"""The people of the tests: Anna coordinates, Ben elsewhere, Olaf is an officer, Vera an overseer."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password

from app import clock
from app.actions.accounts import begin_login
from app.db import db
from app.domain.meeting import Status
from app.domain.roles import Role
from app.domain.themes import Rotation
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import Fellowship, ThemeTitle
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.regions import Region
from app.records.slots import SlotRecord, write_themes

PASSWORD = "twaalf stoelen in een kring"
TOTP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""In the authenticator app of those who need a second factor."""
FOUNDED = date(2026, 1, 5)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""Of a Monday on which Oost meets in the evening."""


@dataclass
class Person:
    """An account, and how it logs in."""

    app: Flask
    email: str
    id: int

    def client(self) -> FlaskClient:
        """Return a client in which this person has just logged in, second factor and all."""
        client = self.app.test_client()
        with self.app.app_context():
            account = db.session.get_one(Account, self.id)
            key = begin_login(account, device="Firefox, Linux", remembered=False)
            uniquifier = account.fs_uniquifier
        with client.session_transaction() as session:
            session.update(
                _user_id=uniquifier,
                _fresh=True,
                login=key,
                seen=int(clock.now().timestamp()),
                fs_paa=clock.now().timestamp(),
            )
        return client


class World:
    """`oost` is Anna's, `west` is Ben's; both are of the fellowship `stay-clean`."""

    def __init__(self, app: Flask):
        self.app = app
        with app.app_context():
            fellowship = Fellowship(
                slug="stay-clean",
                name="Stay Clean",
                identity="Christelijk, met de twaalf stappen; iedereen die dat respecteert is welkom.",
                website="https://stayclean.example",
                colour="#0f5e59",
                created_at=clock.now(),
            )
            fellowship.titles = [ThemeTitle(step=4, title="Eerlijk kijken")]
            db.session.add(fellowship)
            db.session.flush()
            self.fellowship_id = fellowship.id
            oost = self.group(fellowship, "oost", "Oost", "Amsterdam", weekday=1)
            west = self.group(fellowship, "west", "West", "Haarlem", weekday=3)
            self.anna = self.person("anna@example.org", "Anna", Role.COORDINATOR, group=oost)
            self.ben = self.person("ben@example.org", "Ben", Role.COORDINATOR, group=west)
            self.olaf = self.person("olaf@example.org", "Olaf", Role.OFFICER, fellowship=fellowship)
            self.vera = self.person("vera@example.org", "Vera", Role.OVERSEER)
            db.session.commit()

    def group(
        self, fellowship: Fellowship, slug: str, name: str, town: str, *, weekday: int, **more: Any
    ) -> Group:
        place = PlaceRecord(
            kind="building",
            name="Buurthuis De Linde",
            street="Lindengracht 93",
            postcode="1015 KD",
            town=town,
            directions="De groene deur naast het café.",
        )
        group = Group(
            slug=slug,
            name=name,
            fellowship_id=fellowship.id,
            town=town,
            status_since=FOUNDED,
            created_at=clock.now(),
            calendar_changed_at=clock.now(),
            **({"status": Status.ACTIVE} | more),
        )
        since = Week.of(FOUNDED)
        group.slots = [
            SlotRecord(
                since=since,
                weekday=weekday,
                start=time(19, 30),
                minutes=120,
                place=place,
                themes=write_themes(Rotation(anchor=since, first=1)),
            )
        ]
        db.session.add(group)
        db.session.flush()
        place.owner_id = group.id
        return group

    def person(
        self,
        email: str,
        name: str,
        role: Role,
        *,
        group: Group | None = None,
        fellowship: Fellowship | None = None,
        region: Region | None = None,
    ) -> Person:
        account = Account(
            email=email,
            name=name,
            password=hash_password(PASSWORD),
            fs_uniquifier=f"uniquifier-of-{name.lower()}",
            created_at=clock.now(),
        )
        if role.needs_second_factor:
            account.tf_primary_method = "authenticator"
            account.tf_totp_secret = json.dumps({"v": 1, "type": "totp", "key": TOTP_KEY})
        account.roles_held = [
            RoleRecord(
                kind=role,
                group_id=group.id if group else None,
                fellowship_id=fellowship.id if fellowship else None,
                region_id=region.id if region else None,
                since=FOUNDED,
            )
        ]
        db.session.add(account)
        db.session.flush()
        return Person(self.app, email, account.id)
