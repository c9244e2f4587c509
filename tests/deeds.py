"""How the table of deeds (test_deeds.py) brings about its states, and does each of its deeds."""

from collections.abc import Callable
from datetime import time

from app.actions import (
    accounts,
    all_the_same,
    calendars,
    chairs,
    closures,
    confirmation,
    contacts,
    coordinators,
    erasure,
    evenings,
    founding_requests,
    groups,
    head_counts,
    held_texts,
    holidays,
    importing,
    invitations,
    passkeys,
    places,
    proposals,
    reading,
    restoring,
    seats,
    second_group,
    slots,
    sponsorships,
    undoing,
    undoing_closures,
    weeks,
)
from app.actions.exchange import archives, asides, sources
from app.actions.following import deeds as following
from app.actions.inside import announcements, handing_over, keys_notes, stand_ins
from app.actions.national import (
    answering_requests,
    fellowship_end,
    fellowships,
    houses,
    kept_lists,
    kinds,
    lists,
    long_lists,
    many_groups,
    mending,
    officers,
    regions,
    silence,
    work,
)
from app.domain.evening import Task
from app.domain.exchange.archive import Reach
from app.domain.exchange.asides import Answer
from app.domain.exchange.held_texts import Decision
from app.domain.feeds.feed import FeedKind
from app.domain.founding import RequestStatus
from app.domain.geography.region import parts_in
from app.domain.inside.handing_over import Afterwards
from app.domain.meeting import Status
from app.domain.proposal import State
from app.domain.roles import Reading, Role
from app.domain.seating import Hold, Seating
from app.records.accounts import Account
from tests.addresses import (
    ANNOUNCED,
    CHANGE,
    CLAIM_KEY,
    CONFIRM_KEY,
    CONTACT_KEY,
    COUNT_KEY,
    EDIT,
    ELSEWHERE,
    FOLLOW_KEY,
    HOLIDAY_KEY,
    INVITATION_KEY,
    KIM,
    OF_ALL,
    OF_OOST,
    REGION,
    REQUEST_KEY,
    SEAT_KEY,
    WAITING_KEY,
    WILLING_ID,
)
from tests.people import FOUNDED
from tests.scene import (
    ASK,
    ASKER,
    CONTACT,
    GONE,
    MADE,
    NEW_FELLOWSHIP,
    OFF,
    PLACE,
    PLAN,
    WISH,
    Scene,
    a_second_officer,
    closed_by,
    ended_after_all,
    fellowship_ended,
    for_ben,
    hold,
    house_mended,
    in_line,
    kim_asked_noor,
    left,
    link_of,
    log_in_of_anna,
    moved_away,
    nameless,
    nobody_for_the_region,
    nobody_left,
    nobody_waits,
    noor_elsewhere,
    nothing,
    of_both,
    of_noor,
    only_anna,
    pair_of_others,
    passkeys_of_anna,
    paused_lately,
    redrawn,
    sanne,
    second_stands,
    sets,
    stands,
    two_houses,
    with_two_regions,
)

STATES: dict[str, Callable[[Scene], None]] = {
    "settled": nothing,
    "asked": hold(Hold.ASKED),
    "offered": hold(Hold.OFFERED),
    "greeted": hold(Hold.GREETED),
    "nameless": nameless,
    "in_line": in_line,
    "elsewhere": moved_away,
    "nobody_waits": nobody_waits,
    "nobody_for_the_region": nobody_for_the_region,
    "with_two_regions": with_two_regions,
    "redrawn": redrawn,
    "full": sets("oost", capacity=3),
    "preparing": stands(Status.PREPARING),
    "paused": stands(Status.PAUSED),
    "closed": stands(Status.CLOSED),
    "unlisted": sets("oost", listed=False),
    "walk_in": sets("oost", seating=Seating.WALK_IN),
    "by_contact": sets("oost", seating=Seating.BY_CONTACT),
    "all_ended": fellowship_ended,
    "another_group": lambda scene: scene.change_is_of(scene.west),
    "status_set": paused_lately,
    "ended_since": ended_after_all,
    "house_mended": house_mended,
    "closed_by_anna": closed_by("anna"),
    "closed_by_olaf": closed_by("olaf"),
    "two_houses": two_houses,
    "waits": sanne(reading=Reading.WAITS),
    "reads": sanne(reading=Reading.OPEN),
    "long_ago": lambda scene: setattr(scene.role("sanne"), "since", scene.long_ago),
    "only_anna": only_anna,
    "nobody_left": nobody_left,
    "two_officers": a_second_officer,
    "of_both": of_both,
    "of_both_and_paused": second_stands(Status.PAUSED),
    "second_paused": sets("west", status=Status.PAUSED),
    "second_closed": sets("west", status=Status.CLOSED),
    "not_asked": sets("sam", invited_to=None),
    "answered": lambda scene: scene.answer(State.DECLINED),
    "accepted": lambda scene: setattr(scene.invitation, "accepted_at", scene.now),
    "revoked": lambda scene: setattr(scene.invitation, "revoked_at", scene.now),
    "lapsed": lambda scene: for_ben(scene, expires_at=scene.now),
    "for_ben": for_ben,
    "used_by_ben": lambda scene: for_ben(scene, accepted_at=scene.now),
    "withdrawn": lambda scene: scene.forget_asker(RequestStatus.WITHDRAWN),
    "asked_back": sets("request", status=RequestStatus.ASKED_BACK),
    "of_noor": of_noor,
    "unwilling": lambda scene: setattr(scene.noor, "is_willing", False),
    "noor_elsewhere": noor_elsewhere,
    "kim_asked_noor": kim_asked_noor,
    "pair_of_others": pair_of_others,
    "used_link": link_of(CONFIRM_KEY, used=True),
    "lapsed_link": link_of(CONFIRM_KEY, lapsed=True),
    "of_another": lambda scene: setattr(scene.oost, "fellowship_id", scene.elsewhere.id),
    "used_holiday": link_of(HOLIDAY_KEY, used=True),
    "used_count": link_of(COUNT_KEY, used=True),
    "left": left,
    "no_yes_yet": sets("contact", agreed_at=None),
    "no_messages": sets("contact", takes_messages=False),
    "of_anna": log_in_of_anna,
    "passkeys": passkeys_of_anna,
}

Deed = Callable[[Scene, Account], object]

BY_ACCOUNTS: dict[str, Deed] = {
    "chairs.greet": lambda at, by: chairs.greet(at.oost, KIM, by=by),
    "chairs.release_seat": lambda at, by: chairs.release_seat(at.oost, KIM, by=by),
    "chairs.offer_claim": lambda at, by: chairs.offer_claim(at.oost, KIM, by=by),
    "chairs.merge_double": lambda at, by: chairs.merge_double(at.oost, WILLING_ID, KIM, by=by),
    "chairs.take_chair": lambda at, by: chairs.take_chair(at.oost, by=by),
    "chairs.set_chairs_taken": lambda at, by: chairs.set_chairs_taken(at.oost, 5, by=by),
    "chairs.offer_chairs": lambda at, by: chairs.offer_chairs(at.oost, 9, by=by),
    "chairs.set_seating": lambda at, by: chairs.set_seating(at.oost, Seating.WALK_IN, by=by),
    "inside.stand_ins.invite_stand_in": lambda at, by: stand_ins.invite_stand_in(
        at.oost, email="mees@example.org", first=at.today, last=at.today, by=by
    ),
    "inside.handing_over.offer_group": lambda at, by: handing_over.offer_group(
        at.oost,
        email="mees@example.org",
        afterwards=Afterwards.GONE,
        note_for_successor="",
        by=by,
    ),
    "inside.keys_notes.write_keys_note": lambda at, by: keys_notes.write_keys_note(
        at.oost, "De sleutel ligt onder de pot.", by=by
    ),
    "inside.announcements.announce": lambda at, by: announcements.announce(
        at.oost, "Er is soep.", for_line=True, by=by
    ),
    "inside.announcements.take_back_announcement": lambda at, by: (
        announcements.take_back_announcement(at.oost, ANNOUNCED, by=by)
    ),
    "evenings.fill_task": lambda at, by: evenings.fill_task(
        at.oost, at.week, Task.TEA, by=by, participant_id=KIM
    ),
    "evenings.open_task": lambda at, by: evenings.open_task(at.oost, at.week, Task.TEA, by=by),
    "evenings.set_guests": lambda at, by: evenings.set_guests(at.oost, at.week, 1, by=by),
    "reading.let_read": lambda at, by: reading.let_read(at.oost, at.account("sanne").id, by=by),
    "second_group.ask_the_line": lambda at, by: second_group.ask_the_line(at.oost, at.west, by=by),
    "contacts.write_contact": lambda at, by: contacts.write_contact(at.oost, CONTACT, by=by),
    "contacts.remove_contact": lambda at, by: contacts.remove_contact(at.oost, 1, by=by),
    "contacts.put_contact_first": lambda at, by: contacts.put_contact_first(at.oost, 1, by=by),
    "groups.edit_listing": lambda at, by: groups.edit_listing(at.oost, at.listing, by=by),
    "groups.edit_listing.office": lambda at, by: groups.edit_listing(
        at.oost, at.listing, by=by, as_officer=True
    ),
    "groups.set_status": lambda at, by: groups.set_status(at.oost, at.other_status, by=by),
    "groups.found_group": lambda at, by: groups.found_group(
        at.fellowship, name="Noord", town="Assen", by=by
    ),
    "second_group.found_sister": lambda at, by: second_group.found_sister(
        at.oost, name="Noord", weekday=1, start=time(20), by=by
    ),
    "slots.set_slot": lambda at, by: slots.set_slot(at.oost, at.slot(at.place), by=by),
    "slots.set_slot.office": lambda at, by: slots.set_slot(
        at.oost, at.slot(at.place), by=by, as_officer=True
    ),
    "slots.set_slot.place_of_west": lambda at, by: slots.set_slot(
        at.oost, at.slot(at.place_of_west), by=by
    ),
    "slots.set_slots": lambda at, by: slots.set_slots(
        at.oost, [at.slot(at.place)], at.week + 2, by=by
    ),
    "slots.set_slots.office": lambda at, by: slots.set_slots(
        at.oost, [at.slot(at.place)], at.week + 2, by=by, as_officer=True
    ),
    "slots.withdraw_slot": lambda at, by: slots.withdraw_slot(at.oost, at.week + 4, by=by),
    "weeks.change_week": lambda at, by: weeks.change_week(at.oost, at.week + 2, OFF, by=by),
    "weeks.change_week.place_of_west": lambda at, by: weeks.change_week(
        at.oost, at.week + 2, at.elsewhere_in(at.place_of_west), by=by
    ),
    "weeks.call_off": lambda at, by: weeks.call_off(at.oost, at.week + 2, by=by),
    "weeks.as_usual": lambda at, by: weeks.as_usual(at.oost, at.week + 1, by=by),
    "undoing.undo": lambda at, by: undoing.undo(at.oost, CHANGE, by=by),
    "restoring.restore_listing": lambda at, by: restoring.restore_listing(
        at.oost, EDIT, by=by, version=None
    ),
    "restoring.restore_listing.office": lambda at, by: restoring.restore_listing(
        at.oost, EDIT, by=by, version=None, as_officer=True
    ),
    "restoring.restore_slots": lambda at, by: restoring.restore_slots(
        at.oost, EDIT, at.week, by=by, version=None
    ),
    "confirmation.confirm_listing": lambda at, by: confirmation.confirm_listing(at.oost, by=by),
    "head_counts.count_heads": lambda at, by: head_counts.count_heads(
        at.oost, at.week + -1, 7, by=by
    ),
    "head_counts.set_counting": lambda at, by: head_counts.set_counting(
        at.oost, asks=True, shares=True, by=by
    ),
    "holidays.answer_holiday": lambda at, by: holidays.answer_holiday(
        at.oost, at.new_year, True, reason="", by=by
    ),
    "places.add_place": lambda at, by: places.add_place(at.oost, PLACE, position=None, by=by),
    "places.edit_place": lambda at, by: places.edit_place(
        at.oost, at.place, PLACE, position=None, by=by
    ),
    "places.edit_place.of_west": lambda at, by: places.edit_place(
        at.oost, at.place_of_west, PLACE, position=None, by=by
    ),
    "places.put_house_back": lambda at, by: places.put_house_back(at.oost, CHANGE, by=by),
    "closures.close_group": lambda at, by: closures.close_group(at.oost, *at.days, "", by=by),
    "closures.close_place": lambda at, by: closures.close_place(
        at.oost, at.place, *at.days, "", by=by
    ),
    "closures.close_place.of_west": lambda at, by: closures.close_place(
        at.oost, at.place_of_west, *at.days, "", by=by
    ),
    "closures.close_fellowship": lambda at, by: closures.close_fellowship(
        at.fellowship, *at.days, "", by=by
    ),
    "closures.change_closure": lambda at, by: closures.change_closure(OF_OOST, *at.days, "", by=by),
    "closures.change_closure.of_all": lambda at, by: closures.change_closure(
        OF_ALL, *at.days, "", by=by
    ),
    "closures.withdraw_closure": lambda at, by: closures.withdraw_closure(OF_OOST, by=by),
    "closures.withdraw_closure.of_all": lambda at, by: closures.withdraw_closure(OF_ALL, by=by),
    "undoing_closures.undo_closing": lambda at, by: undoing_closures.undo_closing(CHANGE, by=by),
    "all_the_same.meet_all_the_same": lambda at, by: all_the_same.meet_all_the_same(
        at.oost, OF_ALL, by=by
    ),
    "all_the_same.meet_all_the_same.own": lambda at, by: all_the_same.meet_all_the_same(
        at.oost, OF_OOST, by=by
    ),
    "all_the_same.follow_closure": lambda at, by: all_the_same.follow_closure(
        at.oost, OF_ALL, by=by
    ),
    "proposals.accept_proposal": lambda at, by: proposals.accept_proposal(
        at.proposal, at.week, by=by
    ),
    "proposals.accept_proposal.office": lambda at, by: proposals.accept_proposal(
        at.proposal, at.week, by=by, as_officer=True
    ),
    "proposals.decline_proposal": lambda at, by: proposals.decline_proposal(
        at.proposal, reason="", by=by
    ),
    "proposals.decline_proposal.office": lambda at, by: proposals.decline_proposal(
        at.proposal, reason="", by=by, as_officer=True
    ),
    "invitations.invite": lambda at, by: at.invite(by, Role.COORDINATOR, group=at.oost),
    "invitations.invite.an_officer": lambda at, by: at.invite(
        by, Role.COORDINATOR, group=at.oost, email="olaf@example.org"
    ),
    "invitations.invite.to_office": lambda at, by: at.invite(
        by, Role.OFFICER, fellowship=at.fellowship
    ),
    "invitations.invite.to_region": lambda at, by: at.invite(by, Role.REGIONAL, region=at.region),
    "invitations.invite.to_oversee": lambda at, by: at.invite(by, Role.OVERSEER),
    "invitations.invite_again": lambda at, by: invitations.invite_again(at.invitation, by=by),
    "invitations.invite_again.to_office": lambda at, by: invitations.invite_again(
        at.of_officer, by=by
    ),
    "invitations.revoke": lambda at, by: invitations.revoke(at.invitation, by=by),
    "invitations.revoke.to_office": lambda at, by: invitations.revoke(at.of_officer, by=by),
    "invitations.accept": lambda at, by: invitations.accept(INVITATION_KEY, by=by),
    "coordinators.end_service": lambda at, by: coordinators.end_service(
        at.oost, until=at.today, note_for_successor="", by=by
    ),
    "calendars.replace_group_feed": lambda at, by: calendars.replace_group_feed(
        at.oost, FeedKind.NAMED, by=by
    ),
    "coordinators.leave_group": lambda at, by: coordinators.leave_group(at.oost, by=by),
    "coordinators.undo_joining": lambda at, by: coordinators.undo_joining(
        at.oost, at.account("sanne").id, by=by
    ),
    "national.officers.list_group": lambda at, by: officers.list_group(
        at.oost, listed=False, reason="", by=by
    ),
    "national.officers.list_again": lambda at, by: officers.list_again(at.oost, by=by),
    "national.officers.hand_on": lambda at, by: officers.hand_on(
        at.oost, email="mees@example.org", by=by
    ),
    "erasure.erase_account": lambda _at, by: erasure.erase_account(by.id, keeps_contact=False),
    "national.mending.set_zone": lambda at, by: mending.set_zone(at.oost, "America/Toronto", by=by),
    "national.officers.end_officer": lambda at, by: officers.end_officer(
        at.fellowship, at.account("olaf").id, by=by
    ),
    "national.officers.end_regional_officer": lambda at, by: officers.end_regional_officer(
        at.fellowship, at.grounds.rita_id, by=by
    ),
    "national.officers.give_other_region": lambda at, by: officers.give_other_region(
        at.fellowship, at.grounds.rita_id, ELSEWHERE, by=by
    ),
    "national.silence.end_silent_service": lambda at, by: silence.end_silent_service(
        at.oost, reason="", by=by
    ),
    "national.silence.stay": lambda at, by: silence.stay(at.oost, by=by),
    "national.houses.say_one_house": lambda at, by: houses.say_one_house(
        at.fellowship, [at.place.id, at.place_of_west.id], by=by
    ),
    "national.houses.say_two_houses": lambda at, by: houses.say_two_houses(
        at.fellowship, at.place.id, by=by
    ),
    "national.kept_lists.keep_list": lambda at, by: kept_lists.keep_list(
        at.fellowship, "Mijn lijst", query="", by=by
    ),
    "national.kept_lists.forget_list": lambda at, by: kept_lists.forget_list(
        at.fellowship, 1, by=by
    ),
    "national.regions.draw_region": lambda at, by: regions.draw_region(
        at.fellowship, "Noord", parts_in("Drenthe"), by=by
    ),
    "national.regions.draw_region.again": lambda at, by: regions.draw_region(
        at.fellowship, "de randstad", parts_in("Drenthe"), by=by
    ),
    "national.regions.draw_region.twice": lambda at, by: regions.draw_region(
        at.fellowship, "Noord", parts_in("Noord-Holland"), by=by
    ),
    "national.regions.redraw_region": lambda at, by: regions.redraw_region(
        at.fellowship, REGION, "Noord", parts_in("Noord-Holland, Drenthe"), by=by
    ),
    "national.regions.redraw_region.of_another": lambda at, by: regions.redraw_region(
        at.elsewhere, REGION, "Noord", parts_in("Drenthe"), by=by
    ),
    "national.regions.erase_region": lambda at, by: regions.erase_region(
        at.fellowship, REGION, by=by
    ),
    "national.kinds.name_kind": lambda at, by: kinds.name_kind(
        at.fellowship, "OCHTEND", {"nl": "bij het ontbijt"}, by=by
    ),
    "national.kinds.name_kind.twice": lambda at, by: kinds.name_kind(
        at.fellowship, "MAANLICHT", {"nl": "bij maanlicht"}, by=by
    ),
    "national.kinds.name_kind.wordless": lambda at, by: kinds.name_kind(
        at.fellowship, "OCHTEND", {"nl": ""}, by=by
    ),
    "national.kinds.rename_kind": lambda at, by: kinds.rename_kind(
        at.fellowship, "MAANLICHT", {"nl": "onder de maan"}, by=by
    ),
    "national.kinds.rename_kind.of_another": lambda at, by: kinds.rename_kind(
        at.elsewhere, "MAANLICHT", {"nl": "onder de maan"}, by=by
    ),
    "national.kinds.forget_kind": lambda at, by: kinds.forget_kind(
        at.fellowship, "MAANLICHT", by=by
    ),
    "national.many_groups.list_groups": lambda at, by: many_groups.list_groups(
        at.fellowship, [at.oost.id], listed=False, reason="", by=by
    ),
    "national.many_groups.confirm_after_call": lambda at, by: many_groups.confirm_after_call(
        at.fellowship, [at.oost.id], by=by
    ),
    "national.many_groups.write_to_groups": lambda at, by: many_groups.write_to_groups(
        at.fellowship, [at.oost.id], words="Dag.", today=FOUNDED, by=by
    ),
    "national.mending.mend_listing": lambda at, by: mending.mend_listing(
        at.oost, at.listing, by=by, version=None
    ),
    "national.mending.mend_standing_time": lambda at, by: mending.mend_standing_time(
        at.oost,
        mending.StandingTime(at.slot(at.place).since, 2, time(20), 120, {}),
        by=by,
        version=None,
    ),
    "national.mending.mend_week": lambda at, by: mending.mend_week(
        at.oost, at.slot(at.place).since, cancelled=True, by=by
    ),
    "national.mending.say_of_group": lambda at, by: mending.say_of_group(
        at.oost, language="en", audience=None, by=by
    ),
    "national.work.give_work": lambda at, by: work.give_work(
        at.fellowship, at.points, to=None, by=by
    ),
    "national.work.put_aside": lambda at, by: work.put_aside(
        at.fellowship, at.points, weeks=None, by=by
    ),
    "national.work.put_back": lambda at, by: work.put_back(at.fellowship, at.points, by=by),
    "national.work.write_coordinators": lambda at, by: work.write_coordinators(
        at.fellowship, at.points, words="", by=by
    ),
    "national.fellowships.found_fellowship": lambda at, by: fellowships.found_fellowship(
        NEW_FELLOWSHIP, by=by
    ),
    "national.fellowships.edit_fellowship": lambda at, by: fellowships.edit_fellowship(
        at.fellowship, at.edit, by=by, version=None
    ),
    "national.fellowship_end.end_fellowship": lambda at, by: fellowship_end.end_fellowship(
        at.fellowship, by=by
    ),
    "national.fellowship_end.reopen_fellowship": lambda at, by: fellowship_end.reopen_fellowship(
        at.fellowship, by=by
    ),
    "national.fellowship_end.delete_fellowship": lambda at, by: fellowship_end.delete_fellowship(
        at.fellowship, by=by
    ),
    "national.answering_requests.found_as_asked": lambda at, by: answering_requests.found_as_asked(
        at.request, PLAN, by=by
    ),
    "national.answering_requests.ask_back": lambda at, by: answering_requests.ask_back(
        at.request, "Waar?", by=by
    ),
    "national.answering_requests.answer_not_yet": lambda at, by: answering_requests.answer_not_yet(
        at.request, "Nog niet.", by=by
    ),
    "national.fellowship_end.delete_fellowship.empty": lambda at, by: (
        fellowship_end.delete_fellowship(at.elsewhere, by=by)
    ),
    "importing.import_meetings": lambda at, by: importing.import_meetings([], at.fellowship, by=by),
    "held_texts.decide_text": lambda at, by: held_texts.decide_text(
        at.held, Decision.REMOVED, by=by
    ),
    "held_texts.decide_text.office": lambda at, by: held_texts.decide_text(
        at.held, Decision.REMOVED, by=by, as_officer=True
    ),
    "held_texts.ask_to_be_contact": lambda at, by: held_texts.ask_to_be_contact(
        at.held, contacts.ContactEdit("Wim", "wim@example.org"), by=by
    ),
    "exchange.archives.take_archive": lambda at, by: archives.take_archive(
        at.fellowship, Reach.OFFICE, by=by
    ),
    "exchange.archives.take_archive.with_people": lambda at, by: archives.take_archive(
        at.fellowship, Reach.PEOPLE, by=by
    ),
    "exchange.sources.name_feed": lambda at, by: sources.name_feed(
        at.fellowship, "https://example.org/list", name="Site", program="AA", by=by
    ),
    "exchange.sources.set_address": lambda at, by: sources.set_address(at.source, "", by=by),
    "exchange.sources.take_off_gone": lambda at, by: sources.take_off_gone(
        at.source, "Weg.", by=by
    ),
    "exchange.asides.answer_aside": lambda at, by: asides.answer_aside(
        at.aside, Answer.KEPT, by=by
    ),
    "exchange.asides.answer_aside.office": lambda at, by: asides.answer_aside(
        at.aside, Answer.KEPT, by=by, as_officer=True
    ),
    "national.lists.keep_draft": lambda at, by: lists.keep_draft(
        at.fellowship, lists.NewDraft("lijst", "AA", ""), by=by
    ),
    "national.lists.drop_draft": lambda at, by: lists.drop_draft(at.draft, by=by),
    "national.lists.accept_draft": lambda at, by: lists.accept_draft(
        at.draft, [], at.fellowship, by=by, is_all=True
    ),
    "national.lists.undo_import": lambda at, by: lists.undo_import(at.list_import, by=by),
    "national.long_lists.keep_long_list": lambda at, by: long_lists.keep_long_list(
        at.fellowship, lists.NewDraft("lijst", "AA", ""), by=by
    ),
    "national.long_lists.look_again": lambda at, by: long_lists.look_again(at.draft, {}, by=by),
    "national.long_lists.begin_accepting": lambda at, by: long_lists.begin_accepting(
        at.draft, by=by
    ),
    "national.long_lists.begin_undoing": lambda at, by: long_lists.begin_undoing(
        at.list_import, by=by
    ),
    "national.long_lists.begin_again": lambda at, by: long_lists.begin_again(
        at.list_run, at.now, by=by
    ),
    "accounts.end_login": lambda _at, by: accounts.end_login("annas", by=by),
    "accounts.end_logins": lambda _at, by: accounts.end_logins(by=by),
    "accounts.name_oneself": lambda _at, by: accounts.name_oneself(
        name="Iemand", language="nl", by=by
    ),
    "accounts.keep_new_password": lambda _at, by: accounts.keep_new_password(by=by, but=None),
    "accounts.keep_new_second_factor": lambda _at, by: accounts.keep_new_second_factor(
        by=by, but=None
    ),
    "passkeys.make_passkey": lambda at, by: passkeys.make_passkey(
        MADE, handle=b"h", device="", asked_at=at.now, by=by
    ),
    "passkeys.remove_passkey": lambda _at, by: passkeys.remove_passkey(1, by=by, here=None),
    "passkeys.use_passkey": lambda at, by: passkeys.use_passkey(
        "annas", count=1, asked_at=at.now, of=by
    ),
}

ByLink = Callable[[Scene, str], object]

BY_LINK: dict[str, tuple[str, ByLink]] = {
    "seats.confirm_seat": (SEAT_KEY, lambda _at, key: seats.confirm_seat(key)),
    "seats.confirm_seat.by_mail": (
        SEAT_KEY,
        lambda _at, key: seats.confirm_seat(key, by_mail=True),
    ),
    "seats.leave_seat": (SEAT_KEY, lambda _at, key: seats.leave_seat(key)),
    "seats.set_letters": (SEAT_KEY, lambda _at, key: seats.set_letters(key, wanted=False)),
    "seats.choose_alias": (SEAT_KEY, lambda _at, key: seats.choose_alias(key, "Mees")),
    "seats.replace_personal_feed": (SEAT_KEY, lambda _at, key: seats.replace_personal_feed(key)),
    "seats.claim_seat": (CLAIM_KEY, lambda _at, key: seats.claim_seat(key, ASK)),
    "evenings.say_absent": (
        SEAT_KEY,
        lambda at, key: evenings.say_absent(key, at.week, away=True),
    ),
    "evenings.take_task": (
        SEAT_KEY,
        lambda at, key: evenings.take_task(key, at.week, Task.TEA),
    ),
    "evenings.drop_task": (
        SEAT_KEY,
        lambda at, key: evenings.drop_task(key, at.week, Task.TEA),
    ),
    "sponsorships.set_sponsor_marks": (
        SEAT_KEY,
        lambda _at, key: sponsorships.set_sponsor_marks(key, willing=True, looking=False),
    ),
    "sponsorships.ask_sponsor": (
        SEAT_KEY,
        lambda _at, key: sponsorships.ask_sponsor(key, WILLING_ID),
    ),
    "sponsorships.ask_sponsor.oneself": (
        SEAT_KEY,
        lambda _at, key: sponsorships.ask_sponsor(key, KIM),
    ),
    "sponsorships.agree_to_sponsor": (
        SEAT_KEY,
        lambda _at, key: sponsorships.agree_to_sponsor(key, 1),
    ),
    "sponsorships.end_sponsorship": (
        SEAT_KEY,
        lambda _at, key: sponsorships.end_sponsorship(key, 1),
    ),
    "reading.object_to_reader": (SEAT_KEY, lambda _at, key: reading.object_to_reader(key)),
    "second_group.move_to_second_group": (
        WAITING_KEY,
        lambda _at, key: second_group.move_to_second_group(key),
    ),
    "second_group.stay_in_line": (WAITING_KEY, lambda _at, key: second_group.stay_in_line(key)),
    "contacts.agree_to_contact": (CONTACT_KEY, lambda _at, key: contacts.agree_to_contact(key)),
    "contacts.withdraw_contact": (CONTACT_KEY, lambda _at, key: contacts.withdraw_contact(key)),
    "confirmation.confirm_by_link": (
        CONFIRM_KEY,
        lambda _at, key: confirmation.confirm_by_link(key, ["oost"]),
    ),
    "confirmation.confirm_by_link.another_kind": (
        COUNT_KEY,
        lambda _at, key: confirmation.confirm_by_link(key, ["oost"]),
    ),
    "confirmation.confirm_by_link.group_not_in_it": (
        CONFIRM_KEY,
        lambda _at, key: confirmation.confirm_by_link(key, ["west"]),
    ),
    "holidays.answer_by_link": (
        HOLIDAY_KEY,
        lambda _at, key: holidays.answer_by_link(key, True, reason=""),
    ),
    "head_counts.count_by_link": (COUNT_KEY, lambda _at, key: head_counts.count_by_link(key, 7)),
    "invitations.accept_as_new": (
        INVITATION_KEY,
        lambda _at, key: invitations.accept_as_new(
            key, name="Kim", password_hash="x", language="nl"
        ),
    ),
    "founding_requests.confirm_request": (
        REQUEST_KEY,
        lambda _at, key: founding_requests.confirm_request(key),
    ),
    "founding_requests.answer_question": (
        REQUEST_KEY,
        lambda _at, key: founding_requests.answer_question(key, "Hier."),
    ),
    "founding_requests.renew_invitation": (
        REQUEST_KEY,
        lambda _at, key: founding_requests.renew_invitation(key),
    ),
    "founding_requests.withdraw_request": (
        REQUEST_KEY,
        lambda _at, key: founding_requests.withdraw_request(key),
    ),
    "following.deeds.confirm_follow": (FOLLOW_KEY, lambda _at, key: following.confirm_follow(key)),
    "following.deeds.stop_following": (FOLLOW_KEY, lambda _at, key: following.stop_following(key)),
}
"""Each with the key that its letter or page holds."""

BY_ANYBODY: dict[str, Callable[[Scene], object]] = {
    "seats.ask_for_seat": lambda at: seats.ask_for_seat(at.oost, ASK, ask_key="a-form"),
    "seats.send_link_again": lambda at: seats.send_link_again(at.oost, "kim@example.org"),
    "contacts.send_message": lambda at: contacts.send_message(
        at.oost, 1, name="", reply_to="mees@example.org", message="Hoi"
    ),
    "proposals.propose": lambda at: proposals.propose(at.oost, GONE, language="nl"),
    "following.deeds.follow_by_mail": lambda at: following.follow_by_mail(
        at.oost, "mees@example.org", language="nl"
    ),
    "following.deeds.follow_on_device": lambda at: following.follow_on_device(
        at.oost, "[]", endpoint="https://push.example.org/1", language="nl"
    ),
    "founding_requests.ask_for_group": lambda at: founding_requests.ask_for_group(
        at.fellowship, WISH, ASKER, ask_key="a-form"
    ),
}
