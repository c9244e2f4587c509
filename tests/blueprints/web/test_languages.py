"""The reader's language is remembered in a cookie that holds nothing else."""

import re

import pytest
from babel import Locale
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_babel import ngettext

from app import create_app
from app.blueprints.web.languages import OWN_NAMES
from app.formats.text import large_first
from app.formats.wording import LANGUAGES
from tests.conftest import settings
from tests.people import World

OVER_HTTPS = {"base_url": "https://groepen.example"}


def test_over_https_no_other_host_sets_the_language(sqlite_url: str):
    client = create_app(
        settings(sqlite_url, TWAALF_PUBLIC_URL=OVER_HTTPS["base_url"])
    ).test_client()

    cookie = client.get("/login?lang=en", **OVER_HTTPS).headers["Set-Cookie"]

    assert cookie.startswith("__Host-lang=en; ")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert '<html lang="en">' in client.get("/login", **OVER_HTTPS).text


@pytest.mark.parametrize(("language", "written"), [("nl", "1.500 groepen"), ("en", "1,500 groups")])
def test_a_sentence_that_counts_writes_thousands_as_the_reader_does(
    app: Flask, language: str, written: str
):
    template = "{{ ngettext('%(num)s groep', '%(num)s groepen', 1500) }}"

    with app.test_request_context(f"/?lang={language}"):
        assert ngettext("%(num)s groep", "%(num)s groepen", 1500) == written
        assert render_template_string(template) == written


@pytest.mark.parametrize(
    ("template", "written"),
    [
        ("{{ _('Week') }}", {"nl": "Week", "ar": "أسبوع"}),
        ("{{ _('%(number)s km', number='<b>') }}", {"nl": "&lt;b&gt; km"}),
        (
            "{{ _('100%% en <b>meer</b>') }}",
            {"nl": "100% en <b>meer</b>", "en": "100% en <b>meer</b>"},
        ),
    ],
)
def test_a_template_says_its_sentences_as_they_are_and_its_values_escaped(
    app: Flask, template: str, written: dict[str, str]
):
    for language, words in (*written.items(), *written.items()):
        with app.test_request_context(f"/?lang={language}"):
            assert render_template_string(template) == words


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en;q=0.4,de;q=0.9", "de"),
        ("xx,de;q=0.1", "de"),
        ("ja", "nl"),
        ("", "nl"),
        ("*", "nl"),
        ("de;q=0", "nl"),
        ("nonsense;q=,,;", "nl"),
    ],
)
def test_a_browser_says_what_its_reader_prefers(client: FlaskClient, asked: str, given: str):
    assert f'<html lang="{given}"' in client.get("/", headers={"Accept-Language": asked}).text


def test_desks_are_worded_in_dutch_and_english_alone(client: FlaskClient):
    german = {"Accept-Language": "de,en;q=0.5"}

    assert '<html lang="de"' in client.get("/privacy", headers=german).text
    assert '<html lang="en"' in client.get("/login", headers=german).text
    answer = client.get("/login?lang=de")
    assert '<html lang="nl"' in answer.text
    assert 'hreflang="de"' not in answer.text
    assert not any(one.startswith("lang=") for one in answer.headers.getlist("Set-Cookie"))


def test_each_language_is_offered_by_its_own_name(client: FlaskClient):
    page = client.get("/?q=x&lang=en").text

    for language in LANGUAGES:
        assert f'lang="{language}"' in page
        assert f">{OWN_NAMES[language]}</a>" in page
    assert 'href="/?q=x&amp;lang=de" hreflang="de"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_called_what_its_speakers_call_it(language: str):
    assert OWN_NAMES[language] == large_first(Locale(language).get_display_name(language) or "")


def test_who_chose_a_language_finds_it_again(client: FlaskClient):
    client.get("/?lang=de")

    assert '<html lang="de"' in client.get("/privacy", headers={"Accept-Language": "fr"}).text
    assert '<html lang="nl"' in client.get("/login", headers={"Accept-Language": "nl"}).text


def test_names_in_our_letters_keep_their_order_on_a_page_from_right_to_left(
    client: FlaskClient, world: World
):
    mark = "\N{RIGHT-TO-LEFT MARK}"

    assert f"·{mark} Amsterdam" in client.get("/groups/oost?lang=ar").text
    assert f"·{mark} " in client.get("/?near=1093&lang=ar").text
    assert mark not in client.get("/?near=1093&lang=nl").text


def test_arabic_has_a_comma_of_its_own(client: FlaskClient, world: World):
    found = re.search(r'<p class="words">(.*?)</p>', client.get("/groups/oost?lang=ar").text)

    assert found
    assert "، " in found[1]
    assert ", " not in found[1]
