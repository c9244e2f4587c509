"""The finder's page: three questions, then groups; nothing that is typed breaks it, and no dead end."""

import gzip
import re
from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from app.db import db
from app.domain.week import Week
from app.records.groups import find_group
from app.records.weeks import DeviationRecord
from tests.browsing import words_of
from tests.people import Person, World
from tests.queries import statements

MONDAY = datetime(2026, 11, 23, 17, tzinfo=UTC)
"""Six in the evening in Amsterdam."""
HTML_BYTES = 14_000
"""Of the first view, compressed: the files beside it take 46 kB of the 60."""


@pytest.fixture(autouse=True)
def _that_evening(request: pytest.FixtureRequest):
    with time_machine.travel(MONDAY, tick=False):
        request.getfixturevalue("world")
        yield


def change(world: World, slug: str, **columns: object) -> None:
    with world.app.app_context():
        group = find_group(slug)
        for name, value in columns.items():
            setattr(group, name, value)
        db.session.commit()


def test_the_first_screen_asks_little_and_shows_what_is_on(client: FlaskClient):
    page = client.get("/").text

    for question in ("Waar ben je?", "Voor wie zoek je?", "voor iemand om wie ik geef", "vanavond"):
        assert question in page
    assert " checked" not in page
    assert page.index("Vandaag, maandag 23 november") < page.index(">Oost</a>")


def test_what_was_chosen_stays_chosen_and_the_rest_goes_along(client: FlaskClient):
    page = client.get("/?near=Amsterdam&for=self&subject=alcohol&day=today&free=1").text

    for name, value in (("for", "self"), ("subject", "alcohol"), ("day", "today")):
        assert f'name="{name}" value="{value}" checked' in page
    assert '<input type="hidden" name="free" value="1">' in page
    assert 'value="Amsterdam"' in page


def test_a_line_says_what_about_and_for_whom_and_names_no_step(client: FlaskClient):
    page = words_of(client.get("/").text)

    assert "voor jezelf" in page
    assert not re.search(r"\bstap \d", page)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Łódź aan Zee", "lodz"),
        ("Łódź aan Zee", "Łódź"),
        ("Smørrebrød", "smorre"),
        ("Straße", "strasse"),
        ("Група Надія", "адія"),
        ("Група Надія", "НАДІЯ"),
        ("希望小组", "小组"),
        ("مجموعة الأمل", "أمل"),
        ("ተስፋ", "ተስፋ"),
        ("Ελπίδα", "ελπιδα".replace("ι", "ί")),
    ],
)
def test_a_name_in_any_script_is_found_by_a_part_of_it(
    client: FlaskClient, world: World, name: str, words: str
):
    change(world, "west", name=name)

    page = client.get("/", query_string={"q": words}).text

    assert f">{name}</a>" in page
    assert ">Oost</a>" not in page


def test_where_nothing_is_near_the_nearest_is_shown_however_far(client: FlaskClient):
    page = client.get("/?near=Maastricht").text

    assert "Het dichtst bij" in page
    assert ">Oost</a>" in page
    assert 'href="/start?town=Maastricht"' in page


def test_a_group_for_any_addiction_answers_to_each(client: FlaskClient, world: World):
    change(world, "west", subject="addiction")

    page = client.get("/?subject=gambling").text

    assert ">West</a>" in page
    assert "elke verslaving" in page


def test_skipping_everything_shows_every_group_at_a_short_address(client: FlaskClient):
    answer = client.get("/?near=&for=&subject=&online=&day=&time=")

    assert (answer.status_code, answer.location) == (302, "/?sort=soonest")
    assert {">Oost</a>", ">West</a>"} <= set(
        re.findall(r">\w+</a>", client.get(answer.location).text)
    )


def test_what_a_form_leaves_empty_is_not_in_the_address_one_passes_on(client: FlaskClient):
    answer = client.get("/?near=3512&day=today&for=&subject=&day=&view=map&lang=en")

    assert answer.location == "/?near=3512&day=today&view=map&lang=en"


def test_tonight_is_first_and_says_so(client: FlaskClient):
    page = words_of(client.get("/?near=Amsterdam").text)

    assert "vanavond" in page
    assert page.index("Oost") < page.index("West")


def test_a_meeting_that_is_off_tonight_says_so_where_tonight_is_asked(
    client: FlaskClient, world: World
):
    with world.app.app_context():
        week = Week.of(MONDAY.date())
        oost = find_group("oost")
        db.session.add(DeviationRecord(group_id=oost.id, week=week, cancelled=True, reason="griep"))
        db.session.commit()

    assert "gaat niet door: griep" in client.get("/?day=today").text


@pytest.mark.parametrize("view", ["", "&view=week", "&view=map"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "query",
    [
        "near=3512&within=5", "near=Utrecht", "near=Amerfoort", "near=Drenthe", "province=drenthe",
        "near=52.09,5.12", "near=B-2000", "near=10115", "near=48.8,2.3", "near=xyzzy", "near=%25",
        "near=%F0%9F%8C%B7", "day=1", "day=today", "day=tomorrow", "day=99", "time=evening",
        "time=tea", "for=self", "for=relatives", "for=cats", "subject=alcohol", "subject=x",
        "fellowship=stay-clean", "fellowship=..", "language=pl", "language=%3Cb%3E", "online=1",
        "online=0", "online=2", "free=1", "free=maybe", "wheelchair=1", "open=1", "confirmed=1",
        "within=7&near=3512", "sort=nearest&near=3512", "q=oost", "q=%27%22%3Cscript%3E",
        "page=0&q=o", "page=x&q=o", "q=3512", "near=1&near=2",
    ],
)  # fmt: skip
def test_nothing_that_is_asked_breaks_a_page(
    client: FlaskClient, query: str, language: str, view: str
):
    answer = client.get(f"/?{query}{view}&lang={language}", follow_redirects=True)

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("near=B-6600", "Belgische postcode"),
        ("near=10115", "Duitse postcode"),
        ("near=1001", "De postcode 1001 kennen we niet"),
        ("near=48.8,2.3", "Daar kennen we geen groepen"),
        ("near=xyzzy", "De plaats “xyzzy” kennen we niet"),
        ("near=bij%20mij%20in%20de%20buurt", "Waar je bent, weten we niet."),
        ("day=99", "“99” begrepen we niet"),
        ("near=3512&online=1", "Online maakt het niet uit waar je bent"),
        ("near=Amerfoort", "“Amerfoort” kennen we niet. Bedoelde je:"),
        ("near=Bergen", "Meer dan één plaats heet “Bergen”. Welke bedoel je?"),
        ("near=Bergen%20Limburg", "Groepen in de buurt van Bergen"),
        ("near=Utrecht", "Bedoelde je iets anders?"),
        ("near=B-2382", "Groepen in de buurt van Poppel"),
        ("province=fryslan", "Groepen in Friesland"),
        ("near=52.09,5.12", "Groepen bij jou in de buurt"),
    ],
)
def test_a_sentence_says_what_was_understood(client: FlaskClient, query: str, sentence: str):
    assert sentence in words_of(client.get(f"/?{query}").text)


@pytest.mark.parametrize(
    ("near", "day"),
    [("vanavond in Utrecht", "today"), ("Utrecht maandag", "1"), ("morgen Utrecht", "tomorrow")],
)
def test_a_day_that_was_written_beside_the_place_goes_along(
    client: FlaskClient, near: str, day: str
):
    page = client.get("/", query_string={"near": near}).text

    assert f'href="/?near=Utrecht,+Utrecht&amp;day={day}"' in page


@pytest.mark.parametrize("query", ["near=B-6600", "near=xyzzy", "day=99"])
def test_what_was_not_understood_leaves_the_rest_of_the_search(client: FlaskClient, query: str):
    page = client.get(f"/?{query}&q=oost").text

    assert ">Oost</a>" in page
    assert ">West</a>" not in page


def test_each_thing_that_is_asked_can_be_taken_off(client: FlaskClient):
    page = client.get("/?near=Amsterdam&day=1&free=1&wheelchair=1").text
    chips = re.search(r'<ul class="chips".*?</ul>', page, re.DOTALL)

    assert chips
    assert re.findall(r'href="([^"]+)"', chips[0].replace("&amp;", "&")) == [
        "/?near=Amsterdam&day=1&wheelchair=1&page=1",
        "/?near=Amsterdam&day=1&free=1&page=1",
    ]


def test_a_choice_says_how_many_groups_it_would_give(client: FlaskClient):
    page = client.get("/?sort=soonest").text

    assert '<option value="1">maandag (1)</option>' in page
    assert '<option value="2">dinsdag (0)</option>' in page


def test_nothing_found_is_no_dead_end(client: FlaskClient, world: World):
    change(world, "west", status="preparing")

    page = client.get("/?near=Amsterdam&language=pl").text

    assert "Precies zo’n groep vonden we niet" in page
    assert ">Oost</a>" in page.partition('id="nearest"')[2]
    assert ">West</a>" in client.get("/?near=Amsterdam&day=7").text.partition('id="preparing"')[2]


@pytest.mark.parametrize(
    ("query", "heading"),
    [("near=Amsterdam&q=nergens", "Het dichtst bij"), ("q=nergens", "Binnenkort")],
)
def test_nothing_is_called_near_when_nobody_said_where(
    client: FlaskClient, query: str, heading: str
):
    assert f'<h2 id="nearest">{heading}</h2>' in client.get(f"/?{query}").text


def test_every_page_of_results_names_the_nearest_groups_for_relatives(
    client: FlaskClient, world: World
):
    change(world, "west", audience="relatives")

    for view in ("", "&view=week", "&view=map"):
        page = words_of(client.get(f"/?near=Amsterdam&for=self{view}").text)
        assert "Voor familie en vrienden:" in page
        assert "Naast elkaar genoemd, niet aan elkaar verbonden." in page


def test_the_map_of_the_country_leads_to_each_province_with_its_number(
    client: FlaskClient, world: World
):
    change(world, "oost", province="Drenthe")

    page = client.get("/?view=map").text

    assert 'href="/?province=drenthe&amp;view=map" aria-label="Drenthe: 1 groep"' in page
    assert page.count('class="land"') == 12


def test_the_dots_on_a_map_have_the_numbers_of_the_list(client: FlaskClient):
    page = client.get("/?near=Amsterdam&within=50&view=map").text

    # Both are in the middle of their town: one spot, one mark, and it leads to the list.
    assert 'href="#n1" aria-label="1·2: Oost, West"' in page
    assert ">1·2</text>" in page
    assert 'id="n1"' in page
    assert ">1. Oost</a>" in page


def test_a_map_of_a_town_has_water_names_rings_and_a_scale(client: FlaskClient):
    page = client.get("/?near=Amsterdam&within=10&view=map").text

    assert 'class="water" d="M' in page
    assert ">Amsterdam</text>" in page
    assert page.count('class="ring"') == 3
    assert ">jij bent hier</text>" in page
    assert 'class="scale"' in page
    assert len(gzip.compress(page.encode())) < 20_000


def test_the_week_has_seven_days_from_today(client: FlaskClient):
    page = client.get("/?view=week").text

    assert re.findall(r"<li><h2>(\w+) ", page) == ["ma", "di", "wo", "do", "vr", "za", "zo"]


def test_a_page_of_results_takes_as_many_queries_with_a_hundred_groups_more(
    client: FlaskClient, world: World
):
    def cost() -> int:
        with statements(world.app) as sent:
            assert client.get("/?near=Amsterdam").status_code == 200
        return len(sent)

    few = cost()
    with world.app.app_context():
        fellowship = find_group("oost").fellowship
        for number in range(100):
            world.group(fellowship, f"more-{number}", f"Meer {number}", "Amsterdam", weekday=2)
        db.session.commit()

    # With few there is one more question: what lies further off.
    assert cost() <= few


@pytest.mark.parametrize("view", ["week", "map"])
def test_groups_in_preparation_are_read_together_with_the_others(
    client: FlaskClient, world: World, view: str
):
    change(world, "west", status="preparing")

    with statements(world.app) as sent:
        assert "West" in client.get(f"/?view={view}&near=Amsterdam&within=50").text

    # Once, whatever stands on the page; neighbours for family and friends only have a name there.
    assert sum("FROM slot" in one for one in sent) == 1


def test_the_first_view_goes_compressed_and_small(client: FlaskClient):
    for path in ("/", "/?near=Amsterdam"):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})

        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert len(answer.data) < HTML_BYTES
        assert gzip.decompress(answer.data) == client.get(path).data


def test_a_page_with_a_secret_in_it_is_never_compressed(client: FlaskClient, anna: Person):
    gzipped = {"Accept-Encoding": "gzip"}

    assert "Content-Encoding" not in client.get("/login", headers=gzipped).headers
    assert "Content-Encoding" not in client.get("/groups/oost/ask", headers=gzipped).headers
    assert "Content-Encoding" not in anna.client().get("/", headers=gzipped).headers
