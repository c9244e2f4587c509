"""What a care professional gets: an explanation, and lists that are always true."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.domain.search import Search
from app.formats.search import read_search
from app.records.fellowships import find_fellowship
from app.records.groups import find_group
from tests.people import World


@pytest.mark.parametrize(
    ("language", "title", "sentence"),
    [
        ("nl", "Voor hulpverleners", "Iedereen mag bellen, schrijven of langskomen."),
        ("en", "For care professionals", "Anyone may call, write or come along."),
    ],
)
def test_the_page_says_what_the_groups_are_in_both_languages(
    client: FlaskClient, world: World, language: str, title: str, sentence: str
):
    page = client.get(f"/referrers?lang={language}").text

    assert f"<h1>{title}</h1>" in page
    assert sentence in page


def test_the_page_says_whom_to_call(app: Flask, client: FlaskClient, world: World):
    with app.app_context():
        fellowship = find_fellowship("stay-clean")
        fellowship.phone, fellowship.website = "+31201234567", "https://stayclean.example"
        db.session.commit()

    page = client.get("/referrers").text

    assert '<a href="tel:+31201234567">020 123 4567</a>' in page
    assert 'href="https://stayclean.example"' in page


def test_only_open_groups_are_offered_for_a_visit(app: Flask, client: FlaskClient, world: World):
    before = client.get("/referrers").text
    with app.app_context():
        find_group("oost").is_open = True
        db.session.commit()

    after = client.get("/referrers").text

    assert 'href="/groups/oost"' not in before
    assert 'href="/groups/oost"' in after
    assert 'href="/groups/west"' not in after


def test_a_selection_is_its_address_and_stays_the_same_when_it_is_asked_again(
    client: FlaskClient, world: World
):
    sent = client.get("/referrers/list?near=&subject=&for=&language=nl&lang=en")

    assert sent.status_code == 302
    assert sent.headers["Location"] == "/referrers/list?language=nl&lang=en"
    page = client.get("/referrers/list?language=nl").text
    assert 'value="http://127.0.0.1:5000/referrers/list?language=nl"' in page
    assert 'href="/groups/oost"' in page


def test_every_sheet_of_a_selection_asks_what_the_page_asks(client: FlaskClient, world: World):
    page = client.get("/referrers/list?language=nl&wheelchair=0").text

    sheets = re.findall(r'href="/list\.pdf\?([^"]*)"', page)

    assert [re.search(r"form=(\w+)", one)[1] for one in sheets] == ["a4", "a5", "booklet"]
    for query in sheets:
        args = dict(pair.split("=") for pair in query.replace("&amp;", "&").split("&"))
        assert read_search(args).search == Search(language="nl")


@pytest.mark.parametrize(
    "query",
    ["near=1000", "near=D-10115", "near=%F0%9F%99%82", "day=9", "subject=x", "q=" + "x" * 500],
)
def test_what_is_not_understood_still_gives_a_page(client: FlaskClient, world: World, query: str):
    assert client.get(f"/referrers/list?{query}").status_code == 200
    assert client.get(f"/referrers?{query}").status_code == 200


def test_a_selection_without_groups_leads_back_to_the_choice(client: FlaskClient, world: World):
    page = client.get("/referrers/list?q=nergens").text

    assert "Hier vonden we geen groep" in page
    assert 'href="/referrers?q=nergens"' in page


def test_nothing_of_the_reader_is_kept(client: FlaskClient, world: World):
    answer = client.get("/referrers/list?near=1015")

    assert "Set-Cookie" not in answer.headers
