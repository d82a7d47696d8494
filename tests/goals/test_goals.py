from datetime import timedelta

import pytest
from sqlalchemy import select

from vbg import audit, clock, ids
from vbg.goals import actions, queries
from vbg.goals.forms import AgreementIn, GoalEdit, GoalIn
from vbg.moments.models import Act
from vbg.reasons import NotFoundError, ReasonError

WORDS = "  Wij willen dat Pip “ja” kan zeggen.\n En nee. "


@pytest.fixture
def goal(session, world):
    return actions.add(session, world.viewer("ann"), world.families["merel"].id, GoalIn(text=WORDS))[0]


def test_words_alone_are_a_draft_kept_byte_for_byte(session, world, goal):
    found = queries.one(session, world.viewer("bea"), goal.id)
    assert (found.text, found.agreed_on, found.authors) == (WORDS, None, "")
    line = session.scalars(select(audit.AuditLine).where(audit.AuditLine.object_id == goal.id)).one()
    assert line.event == "goals.add"
    assert session.scalars(select(Act)).all() == []


def test_agreeing_is_a_name_and_a_day(session, world, goal):
    viewer = world.viewer("ann")
    actions.agree(session, viewer, goal, AgreementIn(agreed_by="Samira"))
    assert (goal.agreed_by, goal.agreed_on) == ("Samira", clock.today())
    with pytest.raises(ReasonError, match="agreed_in_future"):
        actions.agree(session, viewer, goal, AgreementIn(agreed_on=clock.today() + timedelta(days=2)))


def test_other_words(session, world, goal):
    actions.reword(session, world.viewer("ann"), goal, GoalEdit(text="Anders", authors="Opa"))
    assert (goal.text, goal.authors, goal.agreed_on) == ("Anders", "Opa", None)


def test_laid_aside_and_taken_up(session, world, goal):
    viewer, family = world.viewer("ann"), world.families["merel"].id
    actions.close(session, viewer, goal)
    assert queries.of_family(session, viewer, family) == []
    assert queries.of_family(session, viewer, family, closed=True) == [goal]
    actions.reopen(session, viewer, goal)
    assert queries.of_family(session, viewer, family) == [goal]


def test_the_same_again_makes_no_twin(session, world):
    viewer, family = world.viewer("ann"), world.families["merel"].id
    form = GoalIn(text="a", id=ids.new())
    assert [actions.add(session, viewer, family, form)[1] for _ in range(2)] == [True, False]
    with pytest.raises(ReasonError, match="id_taken"):
        actions.add(session, viewer, family, GoalIn(text="b", id=form.id))


def test_strangers_and_parents_see_none(session, world, goal):
    for who in ("cas", "dilan", "eve"):
        with pytest.raises(NotFoundError):
            queries.one(session, world.viewer(who), goal.id)
        with pytest.raises(NotFoundError):
            actions.add(session, world.viewer(who), goal.family_id, GoalIn(text="a"))
