"""The door list: what every address answers to every kind of person.

A new endpoint needs a row. `in` sends a visitor to log in, and refuses their POST (403); a number
is what a GET answers, and lets a POST through the door; `404` is a door that is not there.
"""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.addresses import PEOPLE, Grounds, csrf_token, lay_out, rules
from tests.people import World

DOORS = """
                                   visitor   kim  anna   ben  olaf  otto  vera  rita  roos

finder.show                            200   200   200   200   200   200   200   200   200
groups.show                            200   200   200   200   200   200   200   200   200
groups.contact                         200   200   200   200   200   200   200   200   200
fellowships.index                      200   200   200   200   200   200   200   200   200
fellowships.show                       200   200   200   200   200   200   200   200   200
printed.show_list                      200   200   200   200   200   200   200   200   200
printed.poster                         200   200   200   200   200   200   200   200   200
referrers.show                         200   200   200   200   200   200   200   200   200
referrers.selection                    200   200   200   200   200   200   200   200   200
feeds.show                             200   200   200   200   200   200   200   200   200
offline.worker                         200   200   200   200   200   200   200   200   200
offline.kept                           200   200   200   200   200   200   200   200   200
embed.index                            200   200   200   200   200   200   200   200   200
embed.show                             200   200   200   200   200   200   200   200   200
embed.script                           200   200   200   200   200   200   200   200   200
selections.feed                        200   200   200   200   200   200   200   200   200
selections.mine                        200   200   200   200   200   200   200   200   200
meetings.everything                    200   200   200   200   200   200   200   200   200
meetings.of_fellowship                 200   200   200   200   200   200   200   200   200
list_files.csv                         200   200   200   200   200   200   200   200   200
list_files.xlsx                        200   200   200   200   200   200   200   200   200
list_files.wordpress                   200   200   200   200   200   200   200   200   200
list_files.world_services              200   200   200   200   200   200   200   200   200
bmlt.semantic                          400   400   400   400   400   400   400   400   400
bmlt.script                            400   400   400   400   400   400   400   400   400
open_referral.index                    200   200   200   200   200   200   200   200   200
open_referral.services                 200   200   200   200   200   200   200   200   200
open_referral.service                  200   200   200   200   200   200   200   200   200
api.groups                             200   200   200   200   200   200   200   200   200
api.group                              200   200   200   200   200   200   200   200   200
api.meetings                           200   200   200   200   200   200   200   200   200
api.fellowships                        200   200   200   200   200   200   200   200   200
api.fellowship                         200   200   200   200   200   200   200   200   200
api.places                             200   200   200   200   200   200   200   200   200
api_changes.changes                    200   200   200   200   200   200   200   200   200
api_changes.description                200   200   200   200   200   200   200   200   200
api_changes.schema                     200   200   200   200   200   200   200   200   200
api_changes.show                       200   200   200   200   200   200   200   200   200

ask.seat                               200   200   200   200   200   200   200   200   200
ask.lost_link                          200   200   200   200   200   200   200   200   200
following.show                         200   200   200   200   200   200   200   200   200
following.device                        do    do    do    do    do    do    do    do    do
one_evening.calendar                   200   200   200   200   200   200   200   200   200
about.self_help                        200   200   200   200   200   200   200   200   200
about.under_sixteen                    200   200   200   200   200   200   200   200   200
about.accessibility                    200   200   200   200   200   200   200   200   200
own_following.worker                   200   200   200   200   200   200   200   200   200
own_following.show                     200   200   200   200   200   200   200   200   200
own_following.stop                     200   200   200   200   200   200   200   200   200
start.show                             200   200   200   200   200   200   200   200   200
start.sent                             200   200   200   200   200   200   200   200   200
own_request.show                       404   200   404   404   404   404   404   404   404
own_request.confirm                    404    do   404   404   404   404   404   404   404
own_request.answer                     404    do   404   404   404   404   404   404   404
own_request.invitation                 404    do   404   404   404   404   404   404   404
own_request.withdraw                   404   200   404   404   404   404   404   404   404
own_request.data                       404   200   404   404   404   404   404   404   404

claims.show                            200   200   200   200   200   200   200   200   200
seats.show                             404   200   404   404   404   404   404   404   404
seats.confirm                          404    do   404   404   404   404   404   404   404
seats.leave                            404   200   404   404   404   404   404   404   404
seats.name                             404   200   404   404   404   404   404   404   404
seats.letters                          404   200   404   404   404   404   404   404   404
seats.letters_off                      404   200   404   404   404   404   404   404   404
seats.replace_feed                     404    do   404   404   404   404   404   404   404
seats.data                             404   200   404   404   404   404   404   404   404
sponsors.marks                         404    do   404   404   404   404   404   404   404
sponsors.ask                           404    do   404   404   404   404   404   404   404
sponsors.agree                         404    do   404   404   404   404   404   404   404
sponsors.end                           404    do   404   404   404   404   404   404   404
sponsors.move                          404    do   404   404   404   404   404   404   404
sponsors.stay                          404    do   404   404   404   404   404   404   404
sponsors.object_to                     404    do   404   404   404   404   404   404   404

by_link_evenings.absence               404    do   404   404   404   404   404   404   404
by_link_evenings.task                  404    do   404   404   404   404   404   404   404

by_link_contacts.ask                   200   200   200   200   200   200   200   200   200
by_link_contacts.agree                  do    do    do    do    do    do    do    do    do
by_link_contacts.withdraw               do    do    do    do    do    do    do    do    do
by_link_confirmation.show              200   200   200   200   200   200   200   200   200
by_link_head_counts.count              200   200   200   200   200   200   200   200   200
by_link_holidays.answer                200   200   200   200   200   200   200   200   200
by_link_head_counts.thanks             200   200   200   200   200   200   200   200   200

pages.privacy                          200   200   200   200   200   200   200   200   200
pages.safe                             200   200   200   200   200   200   200   200   200
health.healthz                         200   200   200   200   200   200   200   200   200
health.readyz                          200   200   200   200   200   200   200   200   200
metrics.show                           200   200   200   200   200   200   200   200   200
reports.policy                          do    do    do    do    do    do    do    do    do
pages.robots                           200   200   200   200   200   200   200   200   200
pages.sitemap                          200   200   200   200   200   200   200   200   200
pages.security_txt                     200   200   200   200   200   200   200   200   200

desk.show                               in    in   200   200   404   404   404   404   404
desk.group                              in    in   200   404   404   404   404   404   404
desk.status                             in    in   200   404   404   404   404   404   404
desk.sister                             in    in   200   404   404   404   404   404   404
history.index                           in    in   200   404   404   404   404   404   404
history.file                            in    in   200   404   404   404   404   404   404
history.restore                         in    in   200   404   404   404   404   404   404
evenings.show                           in    in   200   404   404   404   404   404   404
evenings.guests                         in    in    do   404   404   404   404   404   404
evenings.task                           in    in   200   404   404   404   404   404   404
circle.show                             in    in   200   404   404   404   404   404   404
circle.chair                            in    in   200   404   404   404   404   404   404
circle.taken                            in    in   200   404   404   404   404   404   404
circle.seating                          in    in   200   404   404   404   404   404   404
circle.chairs                           in    in   200   404   404   404   404   404   404
circle.seat                             in    in   200   404   404   404   404   404   404
circle.greet                            in    in    do   404   404   404   404   404   404
circle.release                          in    in   200   404   404   404   404   404   404
circle.link                             in    in   200   404   404   404   404   404   404
circle.merge                            in    in   200   404   404   404   404   404   404
holidays.answer                         in    in    do   404   404   404   404   404   404
confirmation.mine                       in    in   200   404   404   404   404   404   404
head_counts.count                       in    in   200   404   404   404   404   404   404
head_counts.settings                    in    in   200   404   404   404   404   404   404
listing.list_again                      in    in    do   404   404   404   404   404   404
listing.edit                            in    in   200   404   404   404   404   404   404
slots.edit                              in    in   200   404   404   404   404   404   404
slots.withdraw                          in    in    do   404   404   404   404   404   404
weeks.cancel                            in    in    do   404   404   404   404   404   404
weeks.show                              in    in   200   404   404   404   404   404   404
weeks.usual                             in    in    do   404   404   404   404   404   404
undoing.put_back                        in    in    do   404   404   404   404   404   404
calendars.show                          in    in   200   404   404   404   404   404   404
places.index                            in    in   200   404   404   404   404   404   404
places.new                              in    in   200   404   404   404   404   404   404
places.edit                             in    in   200   404   404   404   404   404   404
places.put_back                         in    in    do   404   404   404   404   404   404
closures.index                          in    in   200   404   404   404   404   404   404
closures.new                            in    in   200   404   404   404   404   404   404
closures.edit                           in    in   200   404   404   404   404   404   404
closures.withdraw                       in    in    do   404   404   404   404   404   404
closures.undo                           in    in    do   404   404   404   404   404   404
closures.meet                           in    in    do   404   404   404   404   404   404
closures.follow                         in    in    do   404   404   404   404   404   404
sheets.show                             in    in   200   404   404   404   404   404   404
stand_ins.show                          in    in   200   404   404   404   404   404   404
handing_over.show                       in    in   200   404   404   404   404   404   404
keys_notes.show                         in    in   200   404   404   404   404   404   404
announcements.show                      in    in   200   404   404   404   404   404   404
announcements.take_back                 in    in    do   404   404   404   404   404   404
held_texts.index                        in    in   200   404   404   404   404   404   404
held_texts.decide                       in    in    do   404   404   404   404   404   404
held_texts.answer                       in    in    do   404   404   404   404   404   404
contacts.index                          in    in   200   404   404   404   404   404   404
contacts.new                            in    in   200   404   404   404   404   404   404
contacts.edit                           in    in   200   404   404   404   404   404   404
contacts.first                          in    in    do   404   404   404   404   404   404
contacts.remove                         in    in    do   404   404   404   404   404   404
people.index                            in    in   200   404   404   404   404   404   404
people.invite_coordinator               in    in    do   404   404   404   404   404   404
people.leave                            in    in    do   404   404   404   404   404   404
people.revoke_invitation                in    in    do   404   404   404   404   404   404
people.undo                             in    in    do   404   404   404   404   404   404
people.let_in                           in    in    do   404   404   404   404   404   404
people.service                          in    in    do   404   404   404   404   404   404

national.show                           in    in   404   404   200   200   200   200   200
national.fellowship                     in    in   404   404   200   404   200   404   404
group_lists.index                       in    in   404   404   200   404   404   200   200
group_lists.file                        in    in   404   404   200   404   404   200   200
group_lists.keep                        in    in   404   404    do   404   404   404   404
group_lists.forget                      in    in   404   404   404   404   404   404   404
many_groups.act                         in    in   404   404    do   404   404    do    do
figures.province_of_fellowship          in    in   404   404   200   404   200   404   404
figures.file_of_fellowship              in    in   404   404   200   404   200   404   404
figures.province_of_all                 in    in   404   404   404   404   200   404   404
figures.file_of_all                     in    in   404   404   404   404   200   404   404
periods.of_fellowship                   in    in   404   404   200   404   200   404   404
periods.file_of_fellowship              in    in   404   404   200   404   200   404   404
periods.of_all                          in    in   404   404   404   404   200   404   404
periods.file_of_all                     in    in   404   404   404   404   200   404   404
national_regions.index                  in    in   404   404   200   404   404   404   404
national_regions.show                   in    in   404   404   200   404   200   200   404
national_regions.new                    in    in   404   404   200   404   404   404   404
national_regions.edit                   in    in   404   404   200   404   404   404   404
national_regions.erase                  in    in   404   404    do   404   404   404   404
national_kinds.index                    in    in   404   404   200   404   404   404   404
national_kinds.new                      in    in   404   404   200   404   404   404   404
national_kinds.edit                     in    in   404   404   200   404   404   404   404
national_kinds.forget                   in    in   404   404    do   404   404   404   404
national_requests.index                 in    in   404   404   200   404   404   404   404
national_requests.show                  in    in   404   404   200   404   404   404   404
national_requests.found                 in    in   404   404   200   404   404   404   404
national_requests.ask                   in    in   404   404   200   404   404   404   404
national_requests.not_yet               in    in   404   404   200   404   404   404   404
national_closures.index                 in    in   404   404   200   404   404   404   404
national_closures.new                   in    in   404   404   200   404   404   404   404
national_closures.edit                  in    in   404   404   200   404   404   404   404
national_closures.undo                  in    in   404   404    do   404   404   404   404
national_closures.withdraw              in    in   404   404    do   404   404   404   404
national_groups.show                    in    in   404   404   200   404   404   200   404
national_groups.unlist                  in    in   404   404    do   404   404    do   404
national_groups.zone                    in    in   404   404    do   404   404    do   404
national_groups.put_in_list             in    in   404   404    do   404   404    do   404
national_groups.hand                    in    in   404   404    do   404   404    do   404
national_groups.revoke_invitation       in    in   404   404    do   404   404    do   404
national_groups.send_again              in    in   404   404    do   404   404    do   404
silence.end                             in    in   404   404   200   404   404   200   404
silence.stay                            in    in    do   404   404   404   404   404   404
national_lists.index                    in    in   404   404   200   404   404   404   404
national_lists.draft                    in    in   404   404   200   404   404   404   404
list_runs.show                          in    in   404   404   200   404   404   404   404
list_runs.again                         in    in   404   404    do   404   404   404   404
national_lists.undo                     in    in   404   404    do   404   404   404   404
national_lists.feed                     in    in   404   404    do   404   404   404   404
national_lists.address                  in    in   404   404    do   404   404   404   404
national_lists.take_off                 in    in   404   404    do   404   404   404   404
national_lists.decide                   in    in   404   404    do   404   404   404   404
national_archives.index          in    in   404   404   200   404   404   404   404
national_asides.index            in    in   404   404   200   404   404   404   404
national_asides.answer           in    in   404   404    do   404   404   404   404
national_houses.index                   in    in   404   404   200   404   404   404   404
national_houses.say                     in    in   404   404    do   404   404   404   404
national_officers.index                 in    in   404   404   200   404   200   404   404
national_officers.end                   in    in   404   404    do   404    do   404   404
national_officers.other_region          in    in   404   404    do   404    do   404   404
national_officers.end_regional          in    in   404   404    do   404    do   404   404
national_officers.step_down             in    in   404   404   404   404   404    do   404
national_officers.revoke_invitation     in    in   404   404    do   404    do   404   404
national_officers.send_again            in    in   404   404    do   404    do   404   404
national_fellowships.new                in    in   404   404   404   404   200   404   404
national_fellowships.end                in    in   404   404   404   404   200   404   404
national_fellowships.reopen             in    in   404   404   404   404    do   404   404
national_fellowships.delete             in    in   404   404   404   404    do   404   404
public_proposals.wrong                 200   200   200   200   200   200   200   200   200
proposals.index                         in    in   200   404   404   404   404   404   404
proposals.accept                        in    in    do   404   404   404   404   404   404
proposals.decline                       in    in    do   404   404   404   404   404   404
national_proposals.index                in    in   404   404   200   404   404   404   404
national_proposals.accept               in    in   404   404    do   404   404   404   404
national_proposals.decline              in    in   404   404    do   404   404   404   404
national_history.index                  in    in   404   404   200   404   404   404   404
national_history.file                   in    in   404   404   200   404   404   404   404
national_history.restore                in    in   404   404   200   404   404   404   404
national_work.index                     in    in   404   404   200   404   404   200   200
national_work.calls                     in    in   404   404   200   404   404   200   200
national_work.mark                      in    in   404   404    do   404   404    do    do
national_work.letter                    in    in   404   404   200   404   404   200   200
national_settings.edit                  in    in   404   404   200   404   404   404   404
mending.show                            in    in   404   404   200   404   404   200   404
mending.listing                         in    in   404   404    do   404   404    do   404
mending.standing_time                   in    in   404   404    do   404   404    do   404
mending.week                            in    in   404   404    do   404   404    do   404
national_groups.found                   in    in   404   404   200   404   404   404   404
national_groups.invite_coordinator      in    in   404   404   200   404   404   200   404
national_officers.invite_officer        in    in   404   404   200   404   200   404   404

accounts.show                           in    in   200   200   200   200   200   200   200
own_data.show                           in    in   200   200   200   200   200   200   200
own_data.file                           in    in   200   200   200   200   200   200   200
own_data.erase                          in    in   200   200   200   200   200   200   200
own_data.erased                        200   200   200   200   200   200   200   200   200
accounts.end_device                     in    in    do    do    do    do    do    do    do
accounts.end_other_devices              in    in    do    do    do    do    do    do    do
passkeys.make                           in    in   200   200   200   200   200   200   200
passkeys.remove                         in    in    do    do    do    do    do    do    do
passkeys.verify                         in    in    do    do    do    do    do    do    do
passkeys.log_in                         do    do    do    do    do    do    do    do    do
accounts.invitation                    200   200   404   404   404   404   404   404   404

security.login                         200   200   303   303   303   303   303   303   303
security.logout                         in    in    do    do    do    do    do    do    do
security.verify                         in    in   200   200   200   200   200   200   200
security.forgot_password               200   200   200   200   200   200   200   200   200
security.reset_password                302   302   302   302   302   302   302   302   302
security.change_password                in    in   200   200   200   200   200   200   200
security.mf_recovery                   302   302   303   303   303   303   303   303   303
security.mf_recovery_codes              in    in   200   200   200   200   200   200   200
security.two_factor_setup              302   302   200   200   200   200   200   200   200
security.two_factor_token_validation   302   302   303   303   303   303   303   303   303
security.us_signin                     200   200   303   303   303   303   303   303   303
security.us_signin_send_code            do    do    do    do    do    do    do    do    do
security.us_verify                      in    in   200   200   200   200   200   200   200
security.us_verify_send_code            in    in    do    do    do    do    do    do    do
"""
ROWS = {
    endpoint: dict(zip(PEOPLE, cells, strict=True))
    for endpoint, *cells in map(str.split, filter(None, DOORS.splitlines()[2:]))
}
REFUSED = {"in": 403, "404": 404}


def listed(app: Flask, method: str) -> list[Rule]:
    """Return the rules that have a row; one test says which have none."""
    return [rule for rule in rules(app, method) if rule.endpoint in ROWS]


@pytest.fixture
def grounds(app: Flask, world: World) -> Grounds:
    return lay_out(app, world)


def test_every_endpoint_has_a_row_and_every_row_an_endpoint(app: Flask):
    assert sorted(app.view_functions) == sorted(ROWS)


def test_the_doors_are_marked_as_the_list_has_them(app: Flask):
    """A row that lets a visitor in belongs to a view that says it is public."""
    public = {name for name, view in app.view_functions.items() if view.door == "public"}
    shut = {name for name, cells in ROWS.items() if set(cells.values()) == {"404"}}

    assert shut == {name for name, view in app.view_functions.items() if view.door == "closed"}
    assert public == {
        name for name, cells in ROWS.items() if cells["visitor"] != "in" and name not in shut
    }


def test_an_officer_of_a_region_comes_in_where_the_view_says_so_and_nowhere_else(app: Flask):
    """Of what is open to offices alone: a view that says nothing is closed to them."""
    says = {name for name, view in app.view_functions.items() if "regional" in view.door}
    enters = {
        name
        for name, cells in ROWS.items()
        if cells["rita"] not in REFUSED and cells["anna"] == "404"
    }
    # Of their own region: the address of the list names none.
    enters |= {"figures.file_of_fellowship", "periods.of_fellowship", "periods.file_of_fellowship"}

    assert enters == says


@pytest.mark.parametrize("person", PEOPLE)
def test_a_get_answers_as_the_door_list_says(grounds: Grounds, person: str):
    client = grounds.client(person)

    wrong = {}
    for rule in listed(grounds.app, "GET"):
        expected, response = ROWS[rule.endpoint][person], client.get(grounds.address(rule, person))
        logs_in = response.status_code == 302 and response.location.startswith("/login?next=")
        answered = "in" if logs_in else str(response.status_code)
        if answered != expected:
            wrong[rule.rule] = f"{answered} instead of {expected}"

    assert wrong == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_a_post_is_refused_where_the_door_is_closed(grounds: Grounds, person: str):
    client = grounds.client(person)

    wrong = {}
    for rule in listed(grounds.app, "POST"):
        if (expected := ROWS[rule.endpoint][person]) in REFUSED:
            token = {"csrf_token": csrf_token(grounds.app, client)}
            status = client.post(grounds.address(rule, person), data=token).status_code
            if status != REFUSED[expected]:
                wrong[rule.rule] = f"{status} instead of {REFUSED[expected]}"

    assert wrong == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_a_post_gets_through_the_door_where_it_is_open(
    grounds: Grounds, put_back: Callable[[], None], person: str
):
    """Each on the same grounds: what one changes, another may need."""
    wrong = {}
    for rule in listed(grounds.app, "POST"):
        if ROWS[rule.endpoint][person] not in REFUSED:
            put_back()
            client = grounds.client(person)
            token = {"csrf_token": csrf_token(grounds.app, client)}
            status = client.post(grounds.address(rule, person), data=token).status_code
            # What a browser reports of a broken policy is no form: this one is refused as unread.
            meant = (400,) if rule.rule == "/csp-reports" else (200, 302, 303, 422)
            if status not in meant:
                wrong[rule.rule] = status

    assert wrong == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_a_post_without_a_token_is_refused_to_everyone(grounds: Grounds, person: str):
    client = grounds.client(person)
    csrf_token(grounds.app, client)

    wrong = {}
    for rule in listed(grounds.app, "POST"):
        status = client.post(grounds.address(rule, person)).status_code
        opens = ROWS[rule.endpoint][person] not in REFUSED
        if status not in ({400} if opens else {400, 403, 404}):
            wrong[rule.rule] = status

    assert wrong == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_what_does_not_exist_is_not_found_by_anyone(grounds: Grounds, person: str):
    client = grounds.client(person)

    assert client.get("/groups/nergens").status_code == 404
    assert client.get("/nergens").status_code == 404
