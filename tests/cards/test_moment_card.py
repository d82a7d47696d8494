"""The card of a moment: picture, sentence, when - what - what for, step; whose it is; a second language beside it."""

import pytest

from vbg.consents import actions as consents
from vbg.families import actions as families
from vbg.families import told_actions
from vbg.families.forms import Wish
from vbg.families.models import Family
from vbg.families.queries import households
from vbg.films.models import Film, Rendition
from vbg.moments.models import Moment
from vbg.reviews.models import Review, ReviewMoment
from vbg.sharing.models import Answer, Share

LINES = {"when_words": "Als Pip iets geeft", "what_words": "Ik wacht <even>", "for_words": "Pip voelt: gezien"}


@pytest.fixture
def moment(house, world):
    with house.database.unit() as session:
        ann, family = world.people["ann"].id, world.families["merel"].id
        film = Film(family_id=family, number=1, by_id=ann, state="ready", duration_ms=60_000)
        session.add(film)
        session.flush()
        for kind in ("play", "frames"):
            session.add(Rendition(film_id=film.id, kind=kind, media_type="video/mp4", size_bytes=1))
        moment = Moment(film_id=film.id, start_ms=1000, end_ms=9000, words="Pip geeft. Jij wacht.", **LINES)
        review = Review(family_id=family, by_id=ann, theme="Wachten")
        session.add_all([moment, review])
        session.flush()
        session.add(ReviewMoment(review_id=review.id, moment_id=moment.id, position=0))
        consents.answer(session, world.viewer("ann"), world.members["dilan"], "take_home", "yes", "spoken")
        return moment


@pytest.fixture
def ann(client_for):
    return client_for("ann")


def test_one_press_gives_the_card(ann, moment):
    page = ann.get(f"/moments/{moment.id}/card").text
    assert "leaf-picture" in page
    for words in ("Pip geeft. Jij wacht.", "Als Pip iets geeft", "Ik wacht &lt;even&gt;", "Pip voelt: gezien"):
        assert words in page, words
    assert page.index("Wanneer") < page.index("Wat doe ik") < page.index("Waarvoor")
    assert "Onze stap" not in page
    assert "<bdi>Dilan</bdi>" in page


def test_wrapping_up_ends_on_the_card_with_the_step(ann, moment, house):
    with house.database.unit(write=False) as session:
        review = session.query(Review).one().id
    assert 'value="card"' in ann.get(f"/reviews/{review}/closing").text
    sent = {"next_step": "Eerst tot drie tellen.", "then": "card"}
    answer = ann.post(f"/reviews/{review}/closure", data=sent)
    assert answer.headers["Location"] == f"/moments/{moment.id}/card"
    page = ann.get(answer.headers["Location"]).text
    assert "Onze stap deze week" in page
    assert "Eerst tot drie tellen." in page


def test_without_a_yes_to_take_home_there_is_no_picture_and_a_way_to_ask(ann, moment, house, world):
    with house.database.unit() as session:
        consents.answer(session, world.viewer("ann"), world.members["dilan"], "take_home", "no", "spoken")
    page = ann.get(f"/moments/{moment.id}/card").text
    assert "leaf-picture" not in page
    assert "zei ja om een foto" in page
    assert f"/families/{world.families['merel'].id}/consent?back=family" in page
    assert "Als Pip iets geeft" in page


def test_what_a_parent_wrote_back_is_quoted_and_named(ann, moment, house, world):
    with house.database.unit() as session:
        share = Share(moment_id=moment.id, person_id=world.people["dilan"].id, start_ms=0, end_ms=9,
                      by_id=world.people["ann"].id)  # fmt: skip
        session.add(share)
        session.flush()
        session.add(Answer(share_id=share.id, words="Ik wacht  en Pip komt"))
    page = ann.get(f"/moments/{moment.id}/card").text
    assert "“<bdi>Ik wacht  en Pip komt</bdi>”" in page
    assert "Woorden van Dilan" in page
    assert "Pip geeft. Jij wacht." not in page
    with house.database.unit() as session:
        family = session.get_one(Family, world.families["merel"].id)
        families.add_member(session, world.viewer("ann"), family, "Marek", "adult")
    page = ann.get(f"/moments/{moment.id}/card").text
    assert "Ik wacht  en Pip komt" not in page, "a card of two never tells what one of them answered"


def test_it_says_what_the_child_wants_and_shows_the_photo_that_was_kept(ann, moment, house, world):
    with house.database.unit() as session:
        family = session.get_one(Family, world.families["merel"].id)
        pip = families.add_member(session, world.viewer("ann"), family, "Pip", "child")
        told_actions.wish(session, world.viewer("ann"), family, pip, Wish(text="Zelf  roeren!"))
        session.get_one(Moment, moment.id).photo_ms = 4200
    page = ann.get(f"/moments/{moment.id}/card").text
    assert "Wat wil Pip?" in page
    assert "“<bdi>Zelf  roeren!</bdi>”" in page
    assert "at_ms=4200" in page


def test_two_homes_have_a_card_each(ann, moment, house, world):
    with house.database.unit() as session:
        family, viewer = session.get_one(Family, world.families["merel"].id), world.viewer("ann")
        families.add_member(session, viewer, family, "Samira", "adult", "Kerkstraat")
        families.add_member(session, viewer, family, "Marek", "adult", "Zeedijk")
        families.add_member(session, viewer, family, "Noor", "child", "Kerkstraat")
        families.ask_question(session, viewer, family, "Samen?", "")
        kerk = next(one for one in households(session, family) if one.name == "Kerkstraat")
        families.ask_question(session, viewer, family, "Hoe gaat Noor slapen?", "Samira", kerk)
        homes = {one.name: one.id for one in households(session, family)}
    nobody = ann.get(f"/moments/{moment.id}/card").text
    assert "<bdi>Noor</bdi>" in nobody
    assert "<bdi>Samira</bdi>" not in nobody
    samira = ann.get(f"/moments/{moment.id}/card?home={homes['Kerkstraat']}").text
    assert "<bdi>Samira</bdi>" in samira
    assert "<bdi>Marek</bdi>" not in samira
    assert "Hoe gaat Noor slapen?" in samira
    assert "Hoe gaat Noor slapen?" not in ann.get(f"/moments/{moment.id}/card?home={homes['Zeedijk']}").text


def test_a_second_language_is_printed_and_not_kept(ann, moment):
    address = f"/moments/{moment.id}/card"
    page = ann.post(address, data={"beside": "ar", "when": "عندما", "words": "انتظر"}).text
    assert page.count('lang="ar" dir="rtl"><bdi>') >= 2
    assert "<bdi>متى</bdi>" in page
    assert "عندما" not in ann.get(address).text
    for wrong, field in (({"beside": "xx"}, "beside"), ({"beside": "fr", "when": "x" * 301}, "when")):
        answer = ann.post(address, data=wrong)
        assert answer.status_code == 422
        assert f'id="f-{field}-error"' in answer.text


def test_it_is_the_teams_alone(client_for, moment):
    for who in ("cas", "dilan", ""):
        answer = client_for(who).get(f"/moments/{moment.id}/card")
        assert answer.status_code in (302, 404), who
    assert client_for("cas").post(f"/moments/{moment.id}/card").status_code == 404
