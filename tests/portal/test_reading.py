"""How somebody reads: four settings that are seen to act, chosen by the parent or together, and no reason kept."""

import html
import re

import pytest
from pydantic import BaseModel
from sqlalchemy import select

from tests.sharing.conftest import WORDS
from vbg.db import Base
from vbg.families import forms as families
from vbg.families import rules
from vbg.goals.models import Goal
from vbg.people import forms as people
from vbg.people.models import Person
from vbg.sharing.models import Answer

PEOPLE = re.compile(
    r"migra|ethni|nation|religi|disab|handicap|\blvb\b|literate|letterd|foster|pleeg|adopt|refugee|gevlucht|asylum"
    r"|diagnos|income|poor|gender|\bsex\b|profile|profiel|target|doelgroep|audience_of|newcomer|single_parent"
)


@pytest.fixture
def share(give, world):
    return give(world.people["dilan"])


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.text)


def choose(client, **settings):
    assert client.post("/reading", data={"language": "nl", **settings}).status_code == 302


def test_one_thing_on_a_screen_shows_the_moment_in_steps(dilan, share, house):
    moment = f"/portal/moments/{share.id}"
    whole = page(dilan, moment)
    assert all(part in whole for part in ("<video", "<textarea", "Trots" if "Trots" in whole else "trots"))
    choose(dilan, one_at_a_time="yes")
    film = page(dilan, moment)
    assert "<video" in film
    assert "<textarea" not in film
    words = page(dilan, f"{moment}?step=words")
    assert "<video" not in words
    assert "<textarea" in words
    assert 'type="checkbox"' not in words
    sent = dilan.post(f"{moment}/answer", data={"step": "words", "words": " Kijk!\nzo <3"})
    assert sent.headers["Location"].endswith("?step=feel")
    feel = page(dilan, sent.headers["Location"])
    assert "<textarea" not in feel
    assert 'type="checkbox"' in feel
    kept = re.search(r'name="words" value="([^"]*)"', dilan.get(f"{moment}?step=feel").text)
    assert kept
    sent = dilan.post(
        f"{moment}/answer", data={"step": "feel", "words": html.unescape(kept[1]), "reactions": ["proud"]}
    )
    assert sent.headers["Location"].endswith("?step=saw")
    assert WORDS in page(dilan, sent.headers["Location"])
    with house.database.unit(write=False) as session:
        said = session.get_one(Answer, share.id)
        assert (said.words, said.reactions) == (" Kijk!\nzo <3", ["proud"])
    dilan.post(f"{moment}/answer", data={"step": "words", "words": "Anders.", "reactions": ["proud"]})
    assert 'name="reactions" value="proud"' in dilan.get(f"{moment}?step=words").text, "reactions go along"


def test_nothing_to_say_is_a_step_too(dilan, share, house):
    choose(dilan, one_at_a_time="yes")
    sent = dilan.post(f"/portal/moments/{share.id}/answer", data={"step": "words", "words": ""})
    assert sent.headers["Location"].endswith("?step=feel")
    with house.database.unit(write=False) as session:
        assert session.get(Answer, share.id) is None


def test_a_shorter_text_leaves_out_hints_and_says_the_short_word_of_a_goal(dilan, share, told, house):
    with house.database.unit() as session:
        session.get_one(Goal, told.goal.id).short_word = "Lachen"
    long = page(dilan, f"/portal/moments/{share.id}")
    assert "Eén woord is genoeg" in long
    assert "“<bdi>We lachen samen.</bdi>”" in long
    choose(dilan, short_text="yes")
    short = page(dilan, f"/portal/moments/{share.id}")
    assert "Eén woord is genoeg" not in short
    assert "“<bdi>Lachen</bdi>”" in short
    assert len(short) < len(long)


def test_reading_aloud_is_offered_only_to_who_wants_it(dilan, share):
    assert "<read-aloud" not in page(dilan, "/portal/")
    choose(dilan, read_aloud="yes")
    for address in ("/portal/", f"/portal/moments/{share.id}"):
        seen = page(dilan, address)
        assert "<read-aloud hidden>" in seen
        assert "data-aloud" in seen


def test_the_counselor_sets_it_together_and_the_parent_sees_it(ann, dilan, world, share, client_for):
    dilan_id = world.members["dilan"].id
    data = {"language": "en", "short_text": "no", "read_aloud": "no", "one_at_a_time": "yes"}
    assert ann.post(f"/members/{dilan_id}/reading", data=data).status_code == 302
    seen = page(dilan, f"/portal/moments/{share.id}")
    assert '<html lang="en"' in seen
    assert "<textarea" not in seen
    assert client_for("cas").post(f"/members/{dilan_id}/reading", data=data).status_code == 404
    assert dilan.post(f"/members/{dilan_id}/reading", data=data).status_code in (403, 404)


def test_who_has_no_way_in_has_no_settings(ann, world, house):
    with house.database.unit(write=False) as session:
        child = session.scalar(select(Base.metadata.tables["member"].c.id).where(
            Base.metadata.tables["member"].c.call_name == "Pip"))  # fmt: skip
    assert ann.post(f"/members/{child}/reading", data={"language": "nl"}).status_code == 404


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"language": "nl", "short_text": "misschien"}])
def test_what_is_no_setting_changes_nothing(dilan, world, house, wrong):
    assert dilan.post("/reading", data=wrong).status_code == 422
    with house.database.unit(write=False) as session:
        me = session.get_one(Person, world.people["dilan"].id)
        assert (me.language, me.short_text) == ("nl", False)


def literals(form: type[BaseModel]) -> set[str]:
    """The fixed values that a form takes."""
    return set(re.findall(r"'([^']*)'", str([one.annotation for one in form.model_fields.values()])))


def test_no_column_and_no_value_names_a_group_of_people():
    columns = {f"{table.name}.{one.name}" for table in Base.metadata.sorted_tables for one in table.columns}
    taken = [one for place in (families, people) for one in vars(place).values()
             if isinstance(one, type) and issubclass(one, BaseModel) and one is not BaseModel]  # fmt: skip
    values = {value for form in taken for value in literals(form)}
    values |= {str(value) for kind in (rules.Kind, rules.OnFilm, rules.Said, rules.Phase) for value in kind}
    assert "person.short_text" in columns
    assert {"seen", "unknown", "kleuter"} <= values
    assert [one for one in sorted(columns | values) if PEOPLE.search(one)] == []
    assert PEOPLE.search("member.profile")
    assert PEOPLE.search("foster")
