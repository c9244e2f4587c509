"""An invitation is accepted and sent again at once: one of the two comes second and sees it."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions.invitations import accept_as_new, invite, invite_again, revoke
from app.db import db
from app.domain.refusal import LinkIsOver
from app.domain.roles import Role
from app.records.groups import find_group
from app.records.invitations import Invitation

ROUNDS = 12


@pytest.mark.parametrize("end", [revoke, invite_again])
def test_an_invitation_is_never_both_accepted_and_taken_back(both: Flask, end):
    for number in range(ROUNDS):
        with both.app_context():
            key = invite(
                email=f"k{number}@example.org",
                role=Role.COORDINATOR,
                group=find_group("oost"),
                by=None,
            )
            held = db.session.scalars(select(Invitation.id).order_by(Invitation.id.desc())).first()
        ready = threading.Barrier(2)
        told: list[str] = []

        def take(key=key, ready=ready, told=told):
            with both.app_context():
                ready.wait(30)
                try:
                    accept_as_new(key, name="K", password_hash="x", language="nl")
                    told.append("accepted")
                except LinkIsOver:
                    told.append("over")
                db.session.remove()

        def take_back(held=held, ready=ready, told=told):
            with both.app_context():
                invitation = db.session.get_one(Invitation, held)
                db.session.commit()
                ready.wait(30)
                try:
                    end(invitation, by=None)
                    told.append("ended")
                except LinkIsOver:
                    told.append("too late")
                db.session.remove()

        threads = [threading.Thread(target=one) for one in (take, take_back)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(told) in (["accepted", "too late"], ["ended", "over"])
        with both.app_context():
            one = db.session.get_one(Invitation, held)
            assert (one.accepted_at is None) != (one.revoked_at is None)
