"""Sponsorships: asked by one, agreed to by the other, ended by either, and known to nobody else."""

import pytest

from app.actions.seats import Ask, Asked, ask_for_seat, confirm_seat, leave_seat
from app.actions.sponsorships import (
    agree_to_sponsor,
    ask_sponsor,
    end_sponsorship,
    set_sponsor_marks,
)
from app.db import db
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver, NobodyCoachesHimself, NotTheirs
from app.records.changes import ChangeOfGroup
from app.records.groups import Group
from app.records.letters import Letter
from app.records.participants import ParticipantRecord, find_participant
from app.records.seats.sponsorships import sponsorships_of, willing_sponsors
from tests.people import NOON


def seated(group: Group, alias: str) -> Asked:
    ask = Ask(alias=alias, consent_text="1", contact=f"{alias.lower()}@example.org")
    asked = ask_for_seat(group, ask, ask_key=f"form-of-{alias}")
    confirm_seat(asked.key, by_mail=True)
    return asked


def row(asked: Asked) -> ParticipantRecord:
    found = find_participant(hash_of(asked.key))
    assert found is not None
    return found


def kinds() -> list[str]:
    return [letter.kind for letter in db.session.query(Letter) if letter.kind.startswith("spons")]


def test_who_looks_asks_who_is_willing_and_both_say_yes(oost: Group) -> None:
    kim, sam = seated(oost, "Kim"), seated(oost, "Sam")
    set_sponsor_marks(sam.key, willing=True, looking=False)
    set_sponsor_marks(kim.key, willing=False, looking=True)

    assert [one.alias for one in willing_sponsors(row(kim))] == ["Sam"]
    ask_sponsor(kim.key, row(sam).id)
    ask_sponsor(kim.key, row(sam).id)
    [pair] = sponsorships_of(row(sam).id)
    assert pair.began_on is None
    agree_to_sponsor(sam.key, pair.id)

    assert sponsorships_of(row(kim).id)[0].began_on == NOON.date()
    assert not row(kim).is_looking
    assert willing_sponsors(row(kim)) == []
    assert kinds() == ["sponsor_asked", "sponsor_agreed"]


@pytest.mark.parametrize("who", ["Kim", "Sam"])
def test_either_ends_it_and_nothing_remains(oost: Group, who: str) -> None:
    people = {name: seated(oost, name) for name in ("Kim", "Sam")}
    set_sponsor_marks(people["Sam"].key, willing=True, looking=False)
    ask_sponsor(people["Kim"].key, row(people["Sam"]).id)
    [pair] = sponsorships_of(row(people["Sam"]).id)
    agree_to_sponsor(people["Sam"].key, pair.id)

    end_sponsorship(people[who].key, pair.id)

    assert sponsorships_of(row(people["Kim"]).id) == []
    assert kinds()[-1] == "sponsor_ended"


def test_who_only_asked_for_a_seat_sees_nobody_and_is_seen_by_nobody(oost: Group) -> None:
    kim = seated(oost, "Kim")
    just_asked = ask_for_seat(oost, Ask(alias="Stranger", consent_text="1"), ask_key="form")
    row(just_asked).is_willing = True
    db.session.commit()

    assert willing_sponsors(row(kim)) == []
    with pytest.raises(LinkIsOver):
        set_sponsor_marks(just_asked.key, willing=False, looking=True)


def test_nobody_is_asked_who_did_not_say_to_be_willing(oost: Group) -> None:
    kim, sam = seated(oost, "Kim"), seated(oost, "Sam")

    with pytest.raises(NotTheirs):
        ask_sponsor(kim.key, row(sam).id)


def test_nobody_coaches_himself(oost: Group) -> None:
    kim = seated(oost, "Kim")
    set_sponsor_marks(kim.key, willing=True, looking=True)

    with pytest.raises(NobodyCoachesHimself):
        ask_sponsor(kim.key, row(kim).id)


def test_a_pair_is_nobody_elses_to_agree_to_or_to_end(oost: Group) -> None:
    kim, sam, ali = (seated(oost, name) for name in ("Kim", "Sam", "Ali"))
    set_sponsor_marks(sam.key, willing=True, looking=False)
    ask_sponsor(kim.key, row(sam).id)
    [pair] = sponsorships_of(row(sam).id)

    for key, deed in ((ali.key, agree_to_sponsor), (ali.key, end_sponsorship)):
        with pytest.raises(NotTheirs):
            deed(key, pair.id)
    with pytest.raises(NotTheirs):
        agree_to_sponsor(kim.key, pair.id)


def test_the_log_of_the_group_says_nothing_of_a_pair(oost: Group) -> None:
    kim, sam = seated(oost, "Kim"), seated(oost, "Sam")
    set_sponsor_marks(sam.key, willing=True, looking=False)
    before = db.session.query(ChangeOfGroup).count()

    ask_sponsor(kim.key, row(sam).id)
    agree_to_sponsor(sam.key, sponsorships_of(row(sam).id)[0].id)

    assert db.session.query(ChangeOfGroup).count() == before


def test_who_leaves_takes_the_pair_along(oost: Group) -> None:
    kim, sam = seated(oost, "Kim"), seated(oost, "Sam")
    set_sponsor_marks(sam.key, willing=True, looking=False)
    ask_sponsor(kim.key, row(sam).id)

    leave_seat(kim.key)

    assert sponsorships_of(row(sam).id) == []
    with pytest.raises(LinkIsOver):
        ask_sponsor(kim.key, row(sam).id)
