"""A parent sees exactly what is shared with them: the words, the agreed goal, the clip. Nothing beside it."""

import html
from uuid import uuid4

import pytest

from tests.architecture.reading import address_of
from tests.sharing.conftest import SECRETS, WORDS
from vbg.moments.models import Moment
from vbg.web import access


def pages(client, share):
    return [client.get("/portal/").text, client.get(f"/portal/moments/{share.id}").text]


def test_the_words_and_the_agreed_goal(give, world, dilan):
    share = give(world.people["dilan"])
    home, page = pages(dilan, share)
    assert WORDS in html.unescape(page)
    assert "<b>& dan" not in page
    assert "We lachen samen." in page
    assert "We lachen samen." in home
    for secret in SECRETS:
        assert secret not in home + page, secret


def test_the_photo_of_the_moment_is_what_shows_before_the_clip_plays(give, world, dilan, told, house):
    share = give(world.people["dilan"])
    assert f"{share.id}/media#t=0.1" in pages(dilan, share)[0]
    for kept, shown in ((share.start_ms + 1500, "1.501"), (share.end_ms + 1, "0.1")):
        with house.database.unit() as session:
            moment = session.get_one(Moment, told.moment.id)
            moment.photo_ms, moment.end_ms = kept, share.end_ms + 5000
        assert f"{share.id}/media#t={shown}" in pages(dilan, share)[0], "never more than the clip that was given"


def test_when_what_and_what_for_stand_under_the_counselors_words(give, world, dilan, told, house, ann):
    with house.database.unit() as session:
        moment = session.get_one(Moment, told.moment.id)
        moment.when_words, moment.for_words, moment.child_says = "Als Pip <wijst>", "Pip is gezien", "kijk eens hier"
    page = html.unescape(pages(dilan, give(world.people["dilan"]))[1])
    places = [
        page.index(one) for one in ("Wat zie jij?", 'name="reactions"', WORDS, "Als Pip <wijst>", "Pip is gezien")
    ]
    assert places == sorted(places)
    assert '<details class="wrote card">' in page, "folded before there is an answer"
    assert "Wat doe ik" not in page, "what is empty is not drawn"
    assert "kijk eens hier" not in page, "parents find it themselves first"
    shown = html.unescape(ann.get(f"/moments/{told.moment.id}/shares/new").text)
    assert "Als Pip <wijst>" in shown
    assert "kijk eens hier" not in shown
    with house.database.unit() as session:
        session.get_one(Moment, told.moment.id).child_says_by = "Dilan"
    page = html.unescape(pages(dilan, give(world.people["dilan"]))[1])
    after = page.index("kijk eens hier")
    assert page.index("Pip is gezien") < after
    assert "“" not in page[after - 60 : after], "nobody said it"
    assert "kijk eens hier" in html.unescape(ann.get(f"/moments/{told.moment.id}/shares/new").text)


def test_the_clip_and_nothing_else_plays(give, world, dilan, told):
    share = give(world.people["dilan"])
    clip = dilan.get(f"/portal/moments/{share.id}/media")
    assert (clip.status_code, clip.headers["Cache-Control"]) == (206, "private, no-store")
    assert clip.data.startswith(b"clip of ")
    for film in (f"/api/v1/films/{told.film.id}/media", f"/films/{told.film.id}"):
        assert dilan.get(film).status_code == 404


def test_a_clip_whose_key_is_gone_is_not_there(give, world, dilan, told, house):
    share = give(world.people["dilan"])
    house.store.erase(told.film.id)
    assert dilan.get(f"/portal/moments/{share.id}/media").status_code == 404


def test_every_page_and_every_json_of_staff_is_gone(give, world, dilan, told, app):
    share = give(world.people["dilan"])
    things = {"family_id": str(world.families["merel"].id), "film_id": str(told.film.id), "share_id": str(share.id),
              "moment_id": str(told.moment.id), "goal_id": str(told.goal.id),
              "member_id": str(world.members["dilan"].id)}  # fmt: skip
    found = []
    for rule in app.url_map.iter_rules():
        opens = access.audiences_of(app, rule.endpoint)
        if not opens or "parent" in opens:
            continue
        address = address_of(rule.rule, things, str(uuid4()))
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            sent = {"json": {"start_ms": 0}} if "/api/" in address else {"data": {"code": "x"}}
            status = dilan.open(address, method=method, headers={"If-Match": '"1"'}, **sent).status_code
            if status not in (401, 404):
                found.append(f"{method} {address} {status}")
    assert found == []


@pytest.mark.parametrize("who", ["eve", "ann", "cas", ""])
def test_nobody_else_has_this_page(give, world, client_for, who):
    share = give(world.people["dilan"])
    client = client_for(who)
    for place in ("", "/media"):
        assert client.get(f"/portal/moments/{share.id}{place}").status_code == (404 if who else 302)
    assert client.post(f"/portal/moments/{share.id}/answer", data={"words": "x"}).status_code == (404 if who else 302)
    assert WORDS[:9] not in client.get("/portal/").text


def test_a_clip_that_is_not_ready_is_not_there(ann, world, dilan, told, shares):
    ann.post(f"/moments/{told.moment.id}/shares", data={"people": world.people["dilan"].id})
    share = shares()[0]
    home = dilan.get("/portal/").text
    assert str(share.id) not in home
    assert dilan.get(f"/portal/moments/{share.id}").status_code == 404


def test_numbers_about_a_person_are_not_on_the_page(give, world, dilan):
    import re

    share = give(world.people["dilan"])
    for page in pages(dilan, share):
        main = re.sub(r"<[^>]+>", " ", page[page.index("<main") :].partition("</main>")[0])
        assert not re.search(r"\d+\s*(?:x|%|keer|times)", main)
