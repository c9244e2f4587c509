"""An office takes everything of its fellowship along: a page, a file, and nobody of a group in it."""

from flask import Flask

from app.db import db
from app.domain.exchange.archive import Reach
from app.formats.upkeep.archive import read_archive
from app.records.changes import Change
from tests.addresses import lay_out
from tests.browsing import submit, words_of
from tests.people import Person, World

PAGE = "/national/stay-clean/archive"
PHRASE = "twaalf stoelen in een kring"


def test_an_officer_takes_the_file_along_and_that_is_written_down(
    app: Flask, world: World, olaf: Person
):
    lay_out(app, world)
    client = olaf.client()
    assert PAGE in client.get("/national/stay-clean/import").text

    answer = submit(client, PAGE, passphrase=PHRASE, again=PHRASE)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=stay-clean.zip"
    archive = read_archive(answer.data, PHRASE)
    assert archive.reach is Reach.OFFICE
    assert {one["slug"] for one in archive.rows["groups"]} == {"oost", "west"}
    assert not archive.rows["participant"]
    with app.app_context():
        last = db.session.query(Change).order_by(Change.id.desc()).first()
        assert last
        assert (last.deed, last.account_id) == ("take_archive", olaf.id)


def test_a_short_sentence_or_two_different_ones_make_no_file(world: World, olaf: Person):
    client = olaf.client()

    short = submit(client, PAGE, passphrase="kort", again="kort")
    other = submit(client, PAGE, passphrase=PHRASE, again=PHRASE + "!")

    assert (short.status_code, other.status_code) == (422, 422)
    assert "Kies minstens 12 tekens." in words_of(short.text)
    assert "Dit is niet hetzelfde als hierboven." in words_of(other.text)
    assert PHRASE not in other.text
