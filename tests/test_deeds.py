"""Who may do what to which group, seat, link, invitation, place, proposal, in which state.

A new action needs its rows. Each cell is what the action itself answers, no page before it: `does`,
`no` (NotTheirs), `over` (LinkIsOver), or the name of another refusal. What is not in the table is
refused, so a row that should answer otherwise begins here.

Anna coordinates Oost and reads its circle; Sanne coordinates it too and was brought in by the
office; Ben coordinates West; Olaf is officer of their fellowship, Otto of another; Vera oversees;
Rita is officer of the region that both groups lie in, Roos of another region of that fellowship.
"""

import importlib
import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.db import db, writing
from app.domain.meeting import Schedule
from app.domain.refusal import LinkIsOver, NotTheirs, Refusal
from app.domain.standstill import WEEKS_READ
from app.domain.week import Week
from app.domain.work import NothingPicked
from app.domain.zones import HOME
from app.formats.meeting_guide import writing as writing_lists
from app.records.groups import Group
from app.records.listed import stands_of_listed
from app.records.listings import listings_of, schedules_of, stand_of
from tests.addresses import Grounds, lay_out
from tests.deeds import BY_ACCOUNTS, BY_ANYBODY, BY_LINK, STATES
from tests.people import NOON, World
from tests.scene import Scene
from tests.source import modules
from tests.test_architecture import ACTIONS, public_functions

ACTORS = ("anna", "sanne", "ben", "olaf", "otto", "vera", "rita", "roos")

OF_ACCOUNTS = """
                                              anna   sanne  ben    olaf   otto   vera   rita   roos

chairs.greet                    asked         does   no     no     no     no     no no no
chairs.greet                    offered       does   no     no     no     no     no no no
chairs.greet                    greeted       does   no     no     no     no     no no no
chairs.greet                    settled       does   no     no     no     no     no no no
chairs.greet                    elsewhere     no     no     no     no     no     no no no
chairs.release_seat             asked         does   no     no     no     no     no no no
chairs.release_seat             offered       does   no     no     no     no     no no no
chairs.release_seat             greeted       NobodyIsRefused no no no    no     no no no
chairs.release_seat             settled       does   no     no     no     no     no no no
chairs.release_seat             nameless      does   no     no     no     no     no no no
chairs.release_seat             in_line       does   no     no     no     no     no no no
chairs.release_seat             elsewhere     no     no     no     no     no     no no no
chairs.offer_claim              nameless      does   no     no     no     no     no no no
chairs.offer_claim              settled       no     no     no     no     no     no no no
chairs.offer_claim              asked         no     no     no     no     no     no no no
chairs.offer_claim              elsewhere     no     no     no     no     no     no no no
chairs.merge_double             settled       does   no     no     no     no     no no no
chairs.merge_double             elsewhere     no     no     no     no     no     no no no
chairs.take_chair               nobody_waits  does   no     no     no     no     no no no
chairs.take_chair               settled       does   no     no     no     no     no no no
chairs.take_chair               full          PeopleWait no no     no     no     no no no
chairs.set_chairs_taken         nobody_waits  does   no     no     no     no     no no no
chairs.offer_chairs             settled       does   no     no     no     no     no no no
chairs.set_seating              settled       does   no     no     no     no     no no no
inside.stand_ins.invite_stand_in settled      does   no     no     no     no     no no no
inside.handing_over.offer_group settled      does   no     no     no     no     no no no
inside.keys_notes.write_keys_note settled     does   no     no     no     no     no no no
inside.announcements.announce   settled       does   no     no     no     no     no no no
inside.announcements.take_back_announcement settled does no no     no     no     no no no
evenings.fill_task              settled       does   no     no     no     no     no no no
evenings.fill_task              asked         does   no     no     no     no     no no no
evenings.fill_task              elsewhere     no     no     no     no     no     no no no
evenings.open_task              settled       does   no     no     no     no     no no no
evenings.set_guests             settled       does   no     no     no     no     no no no
reading.let_read                waits         does   no     no     no     no     no no no
reading.let_read                settled       does   no     no     no     no     no no no
reading.let_read                reads         no     no     no     no     no     no no no
second_group.ask_the_line       of_both       does   no     no     no     no     no no no
second_group.ask_the_line       of_both_and_paused NotMeeting no no     no     no     no no no
second_group.ask_the_line       settled       no     no     no     no     no     no no no
contacts.write_contact          settled       does   no     no     no     no     no no no
contacts.remove_contact         settled       does   no     no     no     no     no no no
contacts.put_contact_first      settled       does   no     no     no     no     no no no

groups.edit_listing             settled       does   does   no     no     no     no no no
groups.edit_listing.office      settled       no     no     no     does   no     no does no
groups.set_status               settled       does   does   no     no     no     no no no
groups.set_status               closed        does   does   no     no     no     no no no
groups.set_status               all_ended     does   does   no     no     no     no no no
groups.found_group              settled       no     no     no     does   no     no no no
groups.found_group              all_ended     no     no     no     FellowshipIsClosed no no no no
second_group.found_sister             settled       does   does   no     no     no     no no no
second_group.found_sister             all_ended     FellowshipIsClosed FellowshipIsClosed FellowshipIsClosed FellowshipIsClosed FellowshipIsClosed FellowshipIsClosed FellowshipIsClosed FellowshipIsClosed
slots.set_slot                  settled       does   does   no     no     no     no no no
slots.set_slot.office           settled       no     no     no     does   no     no does no
slots.set_slot.place_of_west    settled       no     no     no     no     no     no no no
slots.set_slots                 settled       does   does   no     no     no     no no no
slots.set_slots.office          settled       no     no     no     does   no     no does no
slots.withdraw_slot             settled       does   does   no     no     no     no no no
weeks.change_week               settled       does   does   no     no     no     no no no
weeks.change_week.place_of_west settled       no     no     no     no     no     no no no
weeks.call_off                  settled       does   does   no     no     no     no no no
weeks.as_usual                  settled       does   does   no     no     no     no no no
undoing.undo                    another_group no     no     no     no     no     no no no
undoing.undo                    status_set    does   does   no     no     no     no no no
undoing.undo                    ended_since   does   does   no     no     no     no no no
restoring.restore_listing       settled       does   does   no     no     no     no no no
restoring.restore_listing.office settled      no     no     no     does   no     no no no
restoring.restore_listing       another_group TooLateToUndo TooLateToUndo no no no no no no
restoring.restore_slots         settled       TooLateToUndo TooLateToUndo no no no no no no
confirmation.confirm_listing    settled       does   does   no     no     no     no no no
head_counts.count_heads         settled       does   does   no     no     no     no no no
head_counts.set_counting        settled       does   does   no     no     no     no no no
holidays.answer_holiday         settled       does   does   no     no     no     no no no

places.add_place                settled       does   does   no     no     no     no no no
places.edit_place               settled       does   does   no     no     no     no no no
places.edit_place.of_west       settled       no     no     no     no     no     no no no
places.put_house_back           house_mended  does   does   no     no     no     no no no
places.put_house_back           settled       no     no     no     no     no     no no no
closures.close_group            settled       does   does   no     no     no     no no no
closures.close_place            settled       does   does   no     no     no     no no no
closures.close_place.of_west    settled       no     no     no     no     no     no no no
closures.close_fellowship       settled       no     no     no     does   no     no no no
closures.change_closure         settled       does   does   no     no     no     no no no
closures.change_closure.of_all  settled       no     no     no     does   no     no no no
closures.withdraw_closure       settled       does   does   no     no     no     no no no
closures.withdraw_closure.of_all settled      no     no     no     does   no     no no no
undoing_closures.undo_closing   closed_by_anna does  TooLateToUndo TooLateToUndo TooLateToUndo TooLateToUndo TooLateToUndo TooLateToUndo TooLateToUndo
undoing_closures.undo_closing   closed_by_olaf TooLateToUndo TooLateToUndo TooLateToUndo no TooLateToUndo TooLateToUndo TooLateToUndo TooLateToUndo
all_the_same.meet_all_the_same  settled       does   does   no     no     no     no no no
all_the_same.meet_all_the_same.own settled    no     no     no     no     no     no no no
all_the_same.follow_closure     settled       does   does   no     no     no     no no no

proposals.accept_proposal       settled       does   does   no     no     no     no no no
proposals.accept_proposal.office settled      no     no     no     does   no     no no no
proposals.accept_proposal       answered      TooLateToUndo TooLateToUndo no no no no no no
proposals.decline_proposal      settled       does   does   no     no     no     no no no
proposals.decline_proposal.office settled     no     no     no     does   no     no no no
proposals.decline_proposal      answered      TooLateToUndo TooLateToUndo no no no no no no

invitations.invite              settled       does   does   no     does   no     no does no
invitations.invite              all_ended     FellowshipIsClosed FellowshipIsClosed no FellowshipIsClosed no no FellowshipIsClosed no
invitations.invite.an_officer   settled       does   does   no     OnlyTheGroupInvitesOfficers no no OnlyTheGroupInvitesOfficers no
invitations.invite.to_office    settled       no     no     no     does   no     does no no
invitations.invite.to_office    all_ended     no     no     no     FellowshipIsClosed no FellowshipIsClosed no no
invitations.invite.to_oversee   settled       no     no     no     no     no     no no no
invitations.invite_again        settled       does   does   no     does   no     no does no
invitations.invite_again        accepted      over   over   no     over   no     no over no
invitations.invite_again        revoked       over   over   no     over   no     no over no
invitations.invite_again.to_office settled    no     no     no     does   no     does no no
invitations.revoke              settled       does   does   no     does   no     no does no
invitations.revoke              accepted      over   over   no     over   no     no over no
invitations.revoke.to_office    settled       no     no     no     does   no     does no no
invitations.accept              settled       over   over   over   over   over   over over over
invitations.accept              for_ben       over   over   does   over   over   over over over
invitations.accept              used_by_ben   over   over   over   over   over   over over over
invitations.accept              lapsed        over   over   over   over   over   over over over
coordinators.end_service        settled       does   does   no     no     no     no no no
calendars.replace_group_feed    settled       does   does   no     no     no     no no no
coordinators.leave_group        settled       does   does   no     no     no     no no no
coordinators.leave_group        only_anna     LastCoordinator no no no  no     no no no
coordinators.undo_joining       settled       does   no     no     no     no     no no no
coordinators.undo_joining       long_ago      no     no     no     no     no     no no no

national.officers.list_group    settled       no     no     no     does   no     no does no
national.officers.list_again    unlisted      does   does   no     no     no     no no no
national.officers.hand_on       settled       no     no     no     SomebodyCoordinates no no SomebodyCoordinates no
national.officers.hand_on       nobody_left   no     no     no     does   no     no does no
erasure.erase_account           settled       does   does   StillNeeded StillNeeded StillNeeded StillNeeded does does
erasure.erase_account           only_anna     StillNeeded does StillNeeded StillNeeded StillNeeded StillNeeded does does
national.mending.set_zone       settled       no     no     no     does   no     no does no
national.officers.end_officer   settled       no     no     no     LastOfficer no  LastOfficer no no
national.officers.end_officer   two_officers  no     no     no     does   no     does no no
national.officers.end_regional_officer settled no no no does no does does no
national.officers.give_other_region settled no no no does no does no no
national.officers.give_other_region with_two_regions no no no OfThatRegionAlready no OfThatRegionAlready no no
invitations.invite.to_region settled no no no does no does no no
invitations.invite.to_region all_ended no no no FellowshipIsClosed no FellowshipIsClosed no no
national.silence.end_silent_service settled   no     no     no     OthersCoordinate no no OthersCoordinate no
national.silence.end_silent_service only_anna no     no     no     does   no     no does no
national.silence.stay           settled       does   does   no     no     no     no no no
national.houses.say_one_house   two_houses    no     no     no     does   no     no no no
national.houses.say_two_houses  settled       no     no     no     does   no     no no no
national.kept_lists.keep_list   settled       no     no     no     does   no     no no no
national.kept_lists.forget_list settled       no     no     no     does   no     no no no
national.regions.draw_region    settled       no     no     no     does   no     no no no
national.regions.draw_region.again settled    no     no     no     RegionNameInUse no no no no
national.regions.draw_region.twice settled    no     no     no     PartIsElsewhere no no no no
national.regions.redraw_region  settled       no     no     no     does   no     no no no
national.regions.redraw_region.of_another settled no no     no     no     no     no no no
national.regions.erase_region   settled       no no no RegionHasOfficers no no no no
national.regions.erase_region   nobody_for_the_region no no no does no no no no
national.kinds.name_kind        settled       no     no     no     does   no     no no no
national.kinds.name_kind.twice  settled       no     no     no     CodeInUse no no no no
national.kinds.name_kind.wordless settled     no     no     no     NoName no no no no
national.kinds.rename_kind      settled       no     no     no     does   no     no no no
national.kinds.rename_kind.of_another settled no     no     no     no     no     no no no
national.kinds.forget_kind      settled       no     no     no     does   no     no no no
national.many_groups.list_groups settled no     no     no     does   no     no does no
national.many_groups.confirm_after_call settled no     no     no     does   no     no does no
national.many_groups.write_to_groups settled no     no     no     does   no     no does no
national.mending.mend_listing   settled       no     no     no     does   no     no does no
national.mending.mend_standing_time   settled       no     no     no     does   no     no does no
national.mending.mend_week   settled       no     no     no     does   no     no does no
national.mending.say_of_group   settled       no     no     no     does   no     no does no
national.work.give_work         settled       no     no     no     does   no     no no no
national.work.put_aside         settled       no     no     no     does   no     no does NothingPicked
national.work.put_back          settled       no     no     no     does   no     no does NothingPicked
national.work.write_coordinators settled      no     no     no     does   no     no does NothingPicked
national.many_groups.list_groups of_another   no     no     no     no     NotTheirs no no NotTheirs
national.fellowships.found_fellowship settled no     no     no     no     no     does no no
national.fellowships.edit_fellowship settled  no     no     no     does   no     no no no
national.fellowship_end.end_fellowship settled no    no     no     no     no     does no no
national.fellowship_end.reopen_fellowship all_ended no no   no     no     no     does no no
national.fellowship_end.reopen_fellowship settled no no     no     no     no     TooLateToUndo no no
national.fellowship_end.delete_fellowship settled no no     no     no     no     FellowshipHasGroups no no
national.fellowship_end.delete_fellowship.empty settled no no no no no does no no
national.answering_requests.found_as_asked settled no no    no     does   no     no no no
national.answering_requests.found_as_asked withdrawn no no  no     RequestIsOver no no no no
national.answering_requests.ask_back settled  no     no     no     does   no     no no no
national.answering_requests.ask_back withdrawn no    no     no     RequestIsOver no no no no
national.answering_requests.answer_not_yet settled no no    no     does   no     no no no
importing.import_meetings       settled       no     no     no     does   no     no no no
importing.import_meetings       all_ended     no     no     no     FellowshipIsClosed no no no no
held_texts.decide_text          settled       does   does   no     no     no     no no no
held_texts.decide_text.office   settled       no     no     no     does   no     no no no
held_texts.ask_to_be_contact    settled       does   no     no     no     no     no no no
exchange.archives.take_archive  settled       no     no     no     does   no     no no no
exchange.archives.take_archive.with_people settled no no no     no     no     no no no
exchange.sources.name_feed      settled       no     no     no     does   no     no no no
exchange.sources.set_address    settled       no     no     no     does   no     no no no
exchange.sources.take_off_gone  settled       no     no     no     NothingPicked no no no no
exchange.asides.answer_aside settled does does no no     no     no no no
exchange.asides.answer_aside.office settled no no no does no no no no
national.lists.keep_draft       settled       no     no     no     does   no     no no no
national.lists.drop_draft       settled       no     no     no     does   no     no no no
national.lists.accept_draft     settled       no     no     no     does   no     no no no
national.lists.undo_import      settled       no     no     no     does   no     no no no
national.long_lists.keep_long_list settled    no     no     no     does   no     no no no
national.long_lists.look_again  settled       no     no     no     does   no     no no no
national.long_lists.begin_accepting settled   no     no     no     does   no     no no no
national.long_lists.begin_undoing settled     no     no     no     does   no     no no no
national.long_lists.begin_again settled       no     no     no     does   no     no no no

accounts.end_login              of_anna       does   no     no     no     no     no no no
accounts.end_logins             settled       does   does   does   does   does   does does does
accounts.name_oneself           settled       does   does   does   does   does   does does does
accounts.keep_new_password      settled       does   does   does   does   does   does does does
accounts.keep_new_second_factor settled       does   does   does   does   does   does does does
passkeys.make_passkey           settled       does   does   does   does   does   does does does
passkeys.remove_passkey         passkeys      does   UnknownPasskey UnknownPasskey UnknownPasskey UnknownPasskey UnknownPasskey UnknownPasskey UnknownPasskey
passkeys.use_passkey            passkeys      does   UnknownPasskey UnknownPasskey UnknownPasskey UnknownPasskey UnknownPasskey UnknownPasskey UnknownPasskey
"""

OF_LINKS = """
seats.confirm_seat              asked         NotShownYet
seats.confirm_seat              offered       NotShownYet
seats.confirm_seat              greeted       NotShownYet
seats.confirm_seat              settled       does
seats.confirm_seat              in_line       does
seats.confirm_seat.by_mail      asked         does
seats.confirm_seat.by_mail      offered       does
seats.confirm_seat.by_mail      greeted       NotShownYet
seats.leave_seat                asked         does
seats.leave_seat                closed        does
seats.set_letters               greeted       does
seats.choose_alias              asked         does
seats.replace_personal_feed     settled       does
seats.claim_seat                settled       does
seats.claim_seat                closed        NotMeeting
evenings.say_absent             settled       does
evenings.say_absent             asked         no
evenings.say_absent             in_line       no
evenings.say_absent             closed        NotThisEvening
evenings.take_task              settled       does
evenings.take_task              greeted       no
evenings.take_task              of_noor       TaskIsTaken
evenings.drop_task              settled       does
evenings.drop_task              asked         no
sponsorships.set_sponsor_marks  settled       does
sponsorships.set_sponsor_marks  asked         over
sponsorships.ask_sponsor        settled       does
sponsorships.ask_sponsor        unwilling     no
sponsorships.ask_sponsor        noor_elsewhere no
sponsorships.ask_sponsor        asked         over
sponsorships.ask_sponsor.oneself settled      NobodyCoachesHimself
sponsorships.agree_to_sponsor   settled       does
sponsorships.agree_to_sponsor   kim_asked_noor no
sponsorships.agree_to_sponsor   pair_of_others no
sponsorships.end_sponsorship    settled       does
sponsorships.end_sponsorship    pair_of_others no
reading.object_to_reader        settled       does
reading.object_to_reader        asked         no
reading.object_to_reader        in_line       no
reading.object_to_reader        waits         over
second_group.move_to_second_group settled     does
second_group.move_to_second_group second_closed NoChairLeft
second_group.move_to_second_group second_paused NoChairLeft
second_group.move_to_second_group not_asked   over
second_group.stay_in_line       settled       does
second_group.stay_in_line       not_asked     over
contacts.agree_to_contact       settled       does
contacts.withdraw_contact       settled       does
confirmation.confirm_by_link    settled       does
confirmation.confirm_by_link    used_link     over
confirmation.confirm_by_link    lapsed_link   over
confirmation.confirm_by_link    left          over
confirmation.confirm_by_link.another_kind settled over
confirmation.confirm_by_link.group_not_in_it settled NothingTicked
holidays.answer_by_link         settled       does
holidays.answer_by_link         used_holiday  over
holidays.answer_by_link         left          over
head_counts.count_by_link       settled       does
head_counts.count_by_link       used_count    over
head_counts.count_by_link       left          over
invitations.accept_as_new       settled       does
invitations.accept_as_new       for_ben       AddressInUse
invitations.accept_as_new       accepted      over
invitations.accept_as_new       revoked       over
invitations.accept_as_new       lapsed        over
founding_requests.confirm_request settled     does
founding_requests.answer_question asked_back  does
founding_requests.answer_question settled     NotTheirTurn
founding_requests.renew_invitation settled    over
founding_requests.withdraw_request settled    does
following.deeds.confirm_follow  settled       does
following.deeds.stop_following  settled       does
"""

OF_ANYBODY = """
seats.ask_for_seat              settled       does
seats.ask_for_seat              preparing     does
seats.ask_for_seat              paused        NotMeeting
seats.ask_for_seat              closed        NotMeeting
seats.ask_for_seat              unlisted      no
seats.ask_for_seat              walk_in       AsksElsewhere
seats.ask_for_seat              by_contact    AsksElsewhere
seats.send_link_again           settled       does
seats.send_link_again           unlisted      no
contacts.send_message           settled       does
contacts.send_message           unlisted      no
contacts.send_message           no_yes_yet    nothing
contacts.send_message           no_messages   nothing
proposals.propose               settled       does
proposals.propose               closed        does
proposals.propose               unlisted      no
following.deeds.follow_by_mail  settled       does
following.deeds.follow_by_mail  unlisted      no
following.deeds.follow_on_device settled      does
following.deeds.follow_on_device unlisted     no
founding_requests.ask_for_group settled       does
founding_requests.ask_for_group all_ended     FellowshipIsClosed
"""

OF_THE_INSTALLATION = {
    "accounts": {"begin_login", "count_request", "note_failed_login"},
    "coming": {"recount_coming", "roll_on"},
    "confirmation": {"ask_whether_right"},
    "contacts": {"ask_contacts_again", "ask_whose_service_ended", "end_unanswered_yes"},
    "coordinators": {"ask_who_follows"},
    "exchange.archives": {"read_archive_back"},
    "exchange.sources": {"note_pull"},
    "figures": {
        "correct_sums",
        "derive_what_is_missing",
        "keep_month",
        "recount_figures",
        "recount_figures_of",
    },
    "head_counts": {"ask_how_many"},
    "holidays": {"ask_about_holidays"},
    "following.messages": {"push_message", "send_messages"},
    "inside.stand_ins": {"end_stand_ins"},
    "inside.weekly": {"write_weekly"},
    "letters": {"lease", "put_off", "send_letters", "set_fate", "take_back"},
    "national.long_lists": {"end_accepting", "end_look", "end_undoing"},
    "proposals": {"tell_officers_of_proposals"},
    "reading": {"ask_the_circles"},
    "replaying": {"replay_erasures"},
    "retention": {"forget"},
    "sealing": {"reseal"},
    "seats": {"settle_seats"},
}
"""Nobody's deeds: the timers' and the commands', and what signing in does by itself."""

BY_THEMSELVES = ("national.officers.end_regional_officer", "erasure.erase_account")
"""What officers of a region do to no group."""

WORDS = {"no": NotTheirs.__name__, "over": LinkIsOver.__name__}


def rows(table: str) -> Iterator[tuple[str, str, list[str]]]:
    for line in filter(str.strip, table.splitlines()):
        deed, state, *cells = line.split()
        if deed != "anna":
            yield deed, state, [WORDS.get(cell, cell) for cell in cells]


@pytest.fixture
def grounds(app: Flask, world: World) -> Iterator[Grounds]:
    with time_machine.travel(NOON, tick=False):
        grounds = lay_out(app, world)
        with app.app_context():
            yield grounds


def answer(grounds: Grounds, state: str, deed: Callable[[Scene], object]) -> str:
    """Return `does`, or the name of the refusal; all of it is taken back."""
    try:
        with writing():
            scene = Scene(grounds)
            STATES[state](scene)
            db.session.flush()
            done = deed(scene)
            db.session.flush()
            db.session.rollback()
    except Refusal as refused:
        return type(refused).__name__
    return "nothing" if done is False else "does"


def schedules_by_stand() -> dict[int, tuple[object, Schedule]]:
    """Return by group id how its row stands, and its schedule as the public sees it."""
    db.session.flush()
    db.session.expire_all()
    groups, week = db.session.scalars(select(Group)).all(), Week.of(clock.today())
    read = schedules_of(groups, (week, week + WEEKS_READ), public=True)
    return {group.id: (stand_of(group), read[group.id]) for group in groups}


def each_that_is_done() -> Iterator[tuple[str, str, Callable[[Scene], object]]]:
    """Yield the rows of deeds that somebody may do, done by the first who may."""
    for deed, state, cells in rows(OF_ACCOUNTS):
        if "does" in cells:
            who = ACTORS[cells.index("does")]
            yield deed, state, lambda at, deed=deed, who=who: BY_ACCOUNTS[deed](at, at.account(who))
    for deed, state, [cell] in rows(OF_LINKS):
        if cell == "does":
            key, act = BY_LINK[deed]
            yield deed, state, lambda at, key=key, act=act: act(at, key)
    for deed, state, [cell] in rows(OF_ANYBODY):
        if cell == "does":
            yield deed, state, BY_ANYBODY[deed]


def changed_by_deeds(
    grounds: Grounds, by_stand: Callable[[], dict[int, tuple[object, object]]]
) -> tuple[int, list[tuple[str, str, int]]]:
    """Do every deed. Return how many values changed, and those of which how their group stands did not tell."""
    changed, untold = 0, []
    for deed, state, act in each_that_is_done():
        with writing():
            scene = Scene(grounds)
            STATES[state](scene)
            before = by_stand()
            act(scene)
            after = by_stand()
            db.session.rollback()
        for id in before.keys() & after.keys():
            (stood, was), (stands, is_now) = before[id], after[id]
            changed += was != is_now
            untold += [(deed, state, id)] if was != is_now and stood == stands else []
    return changed, untold


@pytest.mark.long
def test_a_schedule_that_a_deed_changes_is_told_by_the_row_of_its_group(grounds: Grounds):
    """So pages may keep schedules, and read none again whose group stands as it stood."""
    changed, untold = changed_by_deeds(grounds, schedules_by_stand)

    assert untold == []
    assert changed > 10


def lines_by_stand() -> dict[int, tuple[object, bytes]]:
    """Return by group id what decides its line in a list, and the line."""
    db.session.flush()
    db.session.expire_all()
    now = clock.now()
    stands, week = dict(stands_of_listed(now)), Week.at(now, HOME)
    groups = db.session.scalars(select(Group).where(Group.id.in_(stands))).all()
    listings = listings_of(groups, (week + -1, week + 1))
    write = partial(writing_lists.line, page=lambda listing: listing.slug, now=now)
    written = {one.id: write(of) for one, of in zip(groups, listings, strict=True)}
    return {id: (stands[id], of) for id, of in written.items()}


@pytest.mark.long
def test_a_line_of_a_list_that_a_deed_changes_is_told_by_what_decides_it(grounds: Grounds):
    """So lists may keep lines, and write none again of a group that stands as it stood."""
    changed, untold = changed_by_deeds(grounds, lines_by_stand)

    assert untold == []
    assert changed > 10


@pytest.mark.long
def test_each_account_may_do_what_the_table_says_and_nothing_else(grounds: Grounds):
    wrong = {}
    for deed, state, cells in rows(OF_ACCOUNTS):
        assert len(cells) == len(ACTORS), (deed, state)
        for actor, cell in zip(ACTORS, cells, strict=True):
            found = answer(
                grounds,
                state,
                lambda at: BY_ACCOUNTS[deed](at, at.account(actor)),  # noqa: B023
            )
            if found != cell:
                wrong[deed, state, actor] = f"{found} instead of {cell}"

    assert not wrong, "\n".join(f"{one}: {said}" for one, said in wrong.items())


def test_what_an_officer_of_a_region_may_do_to_a_group_ends_where_it_lies_elsewhere(
    grounds: Grounds,
):
    of_groups = [
        (deed, cells)
        for deed, state, cells in rows(OF_ACCOUNTS)
        if state in ("settled", "nobody_left", "only_anna")
        and cells[ACTORS.index("rita")] == "does" != cells[ACTORS.index("otto")]
        and deed not in BY_THEMSELVES
    ]

    assert len(of_groups) > 15
    for deed, _cells in of_groups:
        found = answer(grounds, "redrawn", lambda at: BY_ACCOUNTS[deed](at, at.account("rita")))  # noqa: B023
        assert found in (NotTheirs.__name__, NothingPicked.__name__), deed


def test_a_link_does_what_the_table_says_and_nothing_else(grounds: Grounds):
    wrong = {}
    for deed, state, [cell] in rows(OF_LINKS):
        key, act = BY_LINK[deed]
        found = answer(grounds, state, lambda at: act(at, key))  # noqa: B023
        if found != cell:
            wrong[deed, state] = f"{found} instead of {cell}"

    assert not wrong, "\n".join(f"{one}: {said}" for one, said in wrong.items())


def test_a_key_that_nobody_has_does_nothing(grounds: Grounds):
    found = {
        deed: answer(grounds, "settled", lambda at: act(at, "a-key-that-nobody-has"))  # noqa: B023
        for deed, (_key, act) in BY_LINK.items()
    }

    assert {deed: said for deed, said in found.items() if said not in WORDS.values()} == {}


def test_anybody_may_do_what_the_table_says_and_nothing_else(grounds: Grounds):
    wrong = {}
    for deed, state, [cell] in rows(OF_ANYBODY):
        found = answer(grounds, state, BY_ANYBODY[deed])
        if found != cell:
            wrong[deed, state] = f"{found} instead of {cell}"

    assert not wrong, "\n".join(f"{one}: {said}" for one, said in wrong.items())


def action_of(deed: str) -> str:
    """Return the action that a deed of the table is: one more word says what it is done to."""
    return deed if deed in EVERY_ACTION else deed.rpartition(".")[0]


EVERY_ACTION = {
    f"{module.name.removeprefix('app.actions.')}.{name}"
    for module in ACTIONS
    for name in public_functions(importlib.import_module(module.name))
}
BY_ITSELF = {f"{module}.{name}" for module, names in OF_THE_INSTALLATION.items() for name in names}


def test_every_action_is_in_the_table_and_every_row_is_an_action():
    tables = (OF_ACCOUNTS, OF_LINKS, OF_ANYBODY)
    named = {action_of(deed) for table in tables for deed, _, _ in rows(table)}

    assert named | BY_ITSELF == EVERY_ACTION
    assert not named & BY_ITSELF


def test_nobody_does_by_a_page_what_the_installation_does_by_itself():
    """But signing in counts and begins log-ins for who is not known yet."""
    pages = [one for one in modules() if one.name.startswith("app.blueprints.")]
    imported = re.compile(r"from app\.actions\.(\w+) import (\([^)]*\)|.*)")

    found = {
        (page.name, name)
        for page in pages
        for module, names in imported.findall(page.text)
        for name in re.findall(r"\w+", names)
        if module != "accounts" and name in OF_THE_INSTALLATION.get(module, ())
    }

    assert found == set()
