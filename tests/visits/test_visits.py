"""An appointment: planned with a day alone, changed, called off and on again; it leads to the film and the review."""

import re
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from tests.people import meet
from vbg import audit, clock
from vbg.families import actions as families
from vbg.films.models import Film, Upload
from vbg.reviews.models import Review
from vbg.visits import queries
from vbg.visits.models import Visit

TODAY = clock.today()
TOMORROW = (TODAY + timedelta(days=1)).isoformat()


@pytest.fixture
def ann(client_for):
    client = client_for("ann")
    client.post("/language", data={"lang": "en"})
    return client


@pytest.fixture
def merel(world):
    return f"/families/{world.families['merel'].id}"


def plan(client, family, **told):
    answer = client.post(f"{family}/visits", data={"on": TOMORROW} | told)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def kept(house, at=0):
    with house.database.unit(write=False) as session:
        return session.scalars(select(Visit).order_by(Visit.id)).all()[at]


def test_a_day_is_enough_and_all_the_rest_is_kept_too(ann, house, world, merel):
    plan(ann, merel)
    found = kept(house)
    assert (found.on.isoformat(), found.at, found.kind, found.place, found.roles) == (TOMORROW, None, "filming", "", {})
    dilan = world.members["dilan"].id
    page = plan(
        ann, merel, at="10:30", kind="review", place=" Keuken ", what="Eten", roles=["", f"{dilan} hands"]
    )  # fmt: skip
    found = kept(house, 1)
    assert (found.at, found.kind, found.place, found.what) == (time(10, 30), "review", "Keuken", "Eten")
    assert found.roles == {str(dilan): "hands"}
    shown = ann.get(page).text
    assert f'value="{dilan} hands" selected' in shown
    listed = ann.get(f"{merel}/visits").text
    assert "only hands and voice" in listed
    assert listed.index("10:30") < listed.index(f"/visits/{kept(house).id}"), "a time comes before none"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"on": ""}, "This is needed."),
        ({"on": "31-02-2026"}, "This day does not exist."),
        ({"on": TOMORROW, "at": "half drie"}, "Write a time such as 14:30."),
        ({"on": TOMORROW, "kind": "party"}, "Choose one of the possibilities."),
        ({"on": TOMORROW, "roles": "x asleep"}, "Choose one of the possibilities."),
        ({"on": TOMORROW, "what": "x" * 201}, "at most 200 characters"),
        ({"on": TOMORROW, "place": "\0"}, "There is a sign in this text that we cannot keep."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(ann, house, merel, sent, sentence):
    answer = ann.post(f"{merel}/visits", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    with house.database.unit(write=False) as session:
        assert session.scalars(select(Visit)).all() == []


def test_somebody_of_another_family_is_not_written_down(ann, house, world, merel):
    plan(ann, merel, roles=[f"{world.members['eve'].id} seen", "nobody seen"])
    assert kept(house).roles == {}


def test_it_is_changed_and_put_back_where_it_was(ann, house, merel):
    page = plan(ann, merel, what="Eten")
    assert f'data-back="{page}"' in ann.get(page).text
    assert ann.post(page, data={"on": "2027-01-04", "at": "9:00"}).status_code == 302
    assert (kept(house).on, kept(house).at, kept(house).what) == (date(2027, 1, 4), time(9), "")


def test_called_off_it_leaves_the_next_ones_and_comes_back_by_one_press(ann, house, merel):
    page = plan(ann, merel, what="Eten")
    assert page in ann.get(merel).text
    ann.post(f"{page}/calling-off")
    assert page not in ann.get(merel).text
    assert "Called off" in ann.get(f"{merel}/visits").text
    shown = ann.get(page).text
    assert "Put it back on" in shown
    assert "Add a film" not in re.sub(r"<nav.*?</nav>", "", shown, flags=re.DOTALL)
    ann.post(f"{page}/calling-off/end")
    assert page in ann.get(merel).text


def test_it_took_place_or_not_after_all(ann, house, merel):
    page = plan(ann, merel)
    ann.post(f"{page}/closure")
    assert kept(house).done_at
    assert "Took place" in ann.get(page).text
    ann.post(f"{page}/closure/end")
    assert kept(house).done_at is None


def test_a_past_day_without_a_word_asks(ann, merel):
    page = plan(ann, merel, on=(TODAY - timedelta(days=1)).isoformat())
    assert "Did it take place?" in ann.get(page).text


def test_the_film_of_a_visit_gets_its_day_and_its_name(ann, house, world, merel):
    page = plan(ann, merel, on=TODAY.isoformat(), what='Eten & "spelen"')
    link = re.search(r'href="(/families/[^"]+/films/new\?visit=[^"]+)"', ann.get(page).text)[1]
    shown = ann.get(link).text
    assert f'data-recorded-on="{TODAY.isoformat()}"' in shown
    assert 'data-name="Eten &amp; &#34;spelen&#34;"' in shown
    assert "For this visit." in shown
    other = ann.get(f"{merel}/films/new?visit={world.families['merel'].id}")
    assert (other.status_code, "For this visit." in other.text) == (200, False)
    ahead = plan(ann, merel).rsplit("/", 1)[-1]
    assert "data-recorded-on" not in ann.get(f"{merel}/films/new?visit={ahead}").text


def test_a_film_is_called_what_its_sender_says(house, world):
    from io import BytesIO

    from vbg.films import intake
    from vbg.films.forms import NewUpload

    form = NewUpload(family=str(world.families["merel"].id), length=4, title=" Eten \n en\0 spelen " + "x" * 200)
    upload = intake.begin(house, world.viewer("ann"), form)
    intake.append(house, world.viewer("ann"), intake.arrival(house, world.viewer("ann"), upload.id), BytesIO(b"film"))
    with house.database.unit(write=False) as session:
        title = session.get_one(Upload, upload.id).title
        assert title.startswith("Eten en spelen x")
        assert len(title) == 120
        assert [one.title for one in session.scalars(select(Film))] == [title]


def test_preparing_leads_to_the_review_or_to_the_film_that_is_missing(ann, house, world, merel):
    page = plan(ann, merel, kind="review")
    assert ann.post(f"{page}/review").headers["Location"] == f"{merel}/films/new"
    with house.database.unit() as session:
        session.add(Film(family_id=world.families["merel"].id, number=1, by_id=world.people["ann"].id, state="ready"))
    first = ann.post(f"{page}/review").headers["Location"]
    assert ann.get(first).status_code == 200
    assert ann.post(f"{page}/review").headers["Location"] == first, "the one that is being prepared, not a second"
    with house.database.unit(write=False) as session:
        assert len(session.scalars(select(Review)).all()) == 1


@pytest.mark.parametrize(("who", "status"), [("bea", 200), ("cas", 404), ("dilan", 404), ("", 302)])
def test_the_team_alone_sees_it(ann, client_for, merel, who, status):
    page = plan(ann, merel)
    for address in (page, f"{merel}/visits", f"{merel}/visits/new"):
        assert client_for(who).get(address).status_code == status


def test_what_is_written_is_text_and_no_word_of_it_is_in_the_log(ann, house, merel):
    page = plan(ann, merel, place="<b>Keuken</b>", what="<i>Eten</i>")
    ann.post(f"{page}/note", data={"note": "<u>Moe</u>"})
    shown = ann.get(merel).text + ann.get(page).text
    assert "<b>Keuken" not in shown
    assert "&lt;b&gt;Keuken" in shown
    assert "&lt;u&gt;Moe" in shown
    with house.database.unit(write=False) as session:
        lines = session.scalars(select(audit.AuditLine).where(audit.AuditLine.event.startswith("visit."))).all()
        assert [one.event for one in lines] == ["visit.plan", "visit.write_note"]


def test_nothing_is_locked_by_an_open_question(ann, house, merel):
    shown = ann.get(merel).text
    assert "We are still looking for the question together." in shown
    assert "Round 1" in shown
    assert "Next: make a film." in shown
    assert ann.get(plan(ann, merel, kind="closing")).status_code == 200


def test_the_path_says_where_they_are_and_what_is_next(ann, house, world, merel):
    film = Film(family_id=world.families["merel"].id, number=1, by_id=world.people["ann"].id, state="ready")
    film.recorded_on = TODAY - timedelta(days=3)
    with house.database.unit() as session:
        session.add(film)
    page = plan(ann, merel, kind="review", at="14:00")
    shown = ann.get(merel).text
    assert "Next: look at the film, and prepare." in shown
    assert shown.count('aria-current="step"') == 1
    way = re.search(r'<ol class="card steps3">.*?</ol>', shown, re.DOTALL)[0]
    assert f'href="{page}"' in way
    assert "14:00" in way
    assert not re.search(r"Round \d+ (of|van) ", shown)


def test_today_has_those_of_the_week_of_this_counselor_alone(house, world):
    with house.database.unit() as session:
        people, viewer = meet(session), world.viewer("ann")
        merel, kievit = (people.families[name] for name in ("merel", "kievit"))
        for family, days in ((merel, 0), (merel, 7), (merel, 8), (merel, -1), (merel, -20), (kievit, 1)):
            session.add(Visit(family_id=family.id, on=TODAY + timedelta(days=days), by_id=viewer.person_id))
        session.flush()
        assert [(one.on - TODAY).days for one in queries.near(session, viewer)] == [0, 7]
        assert [(one.on - TODAY).days for one in queries.behind(session, viewer)] == [-1]
        families.close(session, viewer, merel)
        assert queries.near(session, viewer) == []
