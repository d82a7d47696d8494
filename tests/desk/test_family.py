"""A family's page: the question first, in whose words; nothing private; nobody but the team."""

import pytest

from tests.desk.conftest import main_of


@pytest.fixture
def url(merel):
    return f"/families/{merel.id}"


@pytest.mark.parametrize("who", ["ann", "bea"])
def test_the_team_sees_all_of_it(client_for, url, who):
    page = main_of(client_for(who).get(url))
    for word in ("Gezin Merel", "Hoe spelen we samen?", "We lachen samen.", "Blokken", "Eten", "Dilan", "Pip", "Bea"):
        assert word in page


@pytest.mark.parametrize(("who", "status"), [("cas", 404), ("dilan", 404), ("eve", 404), ("", 302)])
def test_nobody_else_does(client_for, url, who, status):
    assert client_for(who).get(url).status_code == status


def test_no_note_stands_on_it(client_for, url):
    assert "Alleen voor Ann: wachten" not in client_for("ann").get(url).get_data(as_text=True)


def test_what_is_written_is_text(client_for, url):
    ann = client_for("ann")
    ann.post(f"{url}/question", data={"question": "<b>Hoe</b> & wat?", "authors": "<i>Dilan</i>"})
    page = ann.get(url).get_data(as_text=True)
    assert "&lt;b&gt;Hoe&lt;/b&gt; &amp; wat?" in page
    assert "<b>Hoe</b>" not in page


def test_a_new_family_says_what_can_come(client_for, world, said):
    page = main_of(client_for("cas").get(f"/families/{world.families['kievit'].id}"))
    for sentence in ("New goal", "The first film", "Watching together", "not asked yet", "Ask it now", "Write it down"):
        assert said(sentence) in page


def test_a_film_that_waits_says_why(client_for, url, said):
    page = main_of(client_for("ann").get(url))
    for sentence in ("Ready to watch", "On hold: no yes yet", "We cannot read it", "Not agreed together yet"):
        assert said(sentence) in page
