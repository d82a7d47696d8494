"""Every verb has its way back, which is walked here, or its sentence before it, which is read here (craft G 11)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.verbs import Desk, has_sentence, settled, verbs_of
from tests.architecture.ways_back import STORIES
from vbg import house as houses
from vbg.config import Settings

SENTENCES = {
    "families.remove_member": (
        "families.edit", "It goes at once, with what was answered. This cannot be taken back."),
    "films.erase": (
        "films.show", "The film goes now, with its moments and what was shared of it. This cannot be taken back."),
    "films_api.erase": (
        "films.show", "The film goes now, with its moments and what was shared of it. This cannot be taken back."),
    "tagsets.drop": (
        "tagsets.show", "What was changed since the last version goes at once. This cannot be taken back."),
    "reviews.drop": (
        "reviews.show", "The row goes at once, with its questions. The moments stay. This cannot be taken back."),
    "desk_voice.erase": (
        "desk_after.show", "What you spoke is erased at once. This cannot be taken back."),
    "supervision.empty": (
        "supervision.show",
        "The bag goes at once, with its question and answers. The moments stay. This cannot be taken back."),
    "people.redeem": (
        "people.code", "The code works once. Other devices are signed out now."),
    "desk.practice_room": ("desk.today", "I may use this film. It is erased tomorrow."),
}  # fmt: skip
"""What cannot be undone: the page on which it is pressed, and the sentence that stands before it."""

HARMLESS = {
    "films.retry": "tries again what failed",
    "finding.search": "looks, and keeps nothing of it",
    "desk_families.search": "looks, and keeps nothing of it",
    "notes.search": "looks, and keeps nothing of it",
    "work.restart": "tries again what failed",
    "desk_cards.beside": "puts words on the sheet that is shown, and keeps nothing of them",
    "desk.practice_family": "has a drawn family made, which is put away like any other",
    "reviews.resume": "shows the film again; leaving is one press",
    "reviews.look_back": "shows the fun in a row; leaving is one press",
}

TYPED = {
    "families.ask": "families.edit", "films.update": "films.show", "goals.update": "goals.edit",
    "reviews.update": "reviews.show", "reviews.prompt": "reviews.show", "portal.answer": "portal.show",
    "reviews.take": "reviews.show", "notes.update": "notes.edit", "hypotheses.update": "hypotheses.edit",
    "portal.reply": "portal.question", "desk_askings.reply": "desk_askings.show",
    "plans.update": "plans.edit", "plans.update_step": "plans.edit_step",
    "visits.update": "visits.show", "visits.write_note": "visits.show", "desk_after.update": "desk_after.show",
}  # fmt: skip
"""Verbs whose page offers the press that puts back what stood before, by <take-back>."""


@pytest.fixture(scope="module")
def practice(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Desk]]:
    """One practice for all stories, which can be had as it was at first."""
    folder = tmp_path_factory.mktemp("verbs")
    shutil.copytree(template, folder / "data")
    house = houses.enter(Settings(folder / "data", secret_key="for tests only"))
    with settled(house, folder / "at-first.db") as anew:
        yield anew
    house.database.close()


@pytest.fixture
def desk(practice: Callable[[], Desk]) -> Desk:
    """The practice as no story has touched it: they pass in any order, and alone."""
    return practice()


def test_every_verb_is_listed(desk: Desk) -> None:
    assert verbs_of(desk.app) == set(STORIES) | set(SENTENCES) | set(HARMLESS)


def test_a_new_verb_is_seen(desk: Desk) -> None:
    desk.app._got_first_request = False
    desk.app.add_url_rule("/forgotten", "forgotten", lambda: "", methods=["POST"])
    try:
        assert verbs_of(desk.app) - set(STORIES) - set(SENTENCES) - set(HARMLESS) == {"forgotten"}
    finally:
        desk.app.view_functions.pop("forgotten")
        desk.app.url_map._rules_by_endpoint.pop("forgotten")
        desk.app.url_map._remap = True


@pytest.mark.parametrize("verb", sorted(STORIES))
def test_it_is_undone(desk: Desk, verb: str) -> None:
    back, look, story = STORIES[verb]
    walked = story(desk)
    next(walked)
    before = look(desk)
    desk.called.clear()
    next(walked)
    assert verb in desk.called, desk.called
    assert look(desk) != before, "nothing was done: this proves nothing"
    desk.called.clear()
    next(walked, None)
    assert back in desk.called, desk.called
    assert look(desk) == before


@pytest.mark.parametrize("verb", sorted(SENTENCES))
def test_it_is_said_before(desk: Desk, verb: str) -> None:
    page, sentence = SENTENCES[verb]
    if verb == "families.remove_member":
        desk.do("families.add_member", {"call_name": "Oom", "kind": "adult"})
    assert has_sentence(desk.page(page), sentence)
    assert not has_sentence(desk.page("families.new"), sentence)


@pytest.mark.parametrize("verb", sorted(TYPED))
def test_what_was_typed_over_comes_back_by_one_press(desk: Desk, verb: str) -> None:
    who = "dilan" if verb.startswith("portal") else "ann"
    back = desk.address("reviews.put" if verb == "reviews.take" else verb)
    page = desk.page(TYPED[verb], who)
    assert f'action="{desk.address(verb)}" data-back="{back}"' in page
    assert "<take-back" in page
