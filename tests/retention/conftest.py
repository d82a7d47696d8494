"""Merel with everything a family can have, each word of it marked; Kievit beside it, which nothing may touch."""

import io
from types import SimpleNamespace

import pytest

from tests.films import numbered
from vbg import clock, worker
from vbg.concerns import actions as concerns
from vbg.concerns.forms import ConcernStepIn, FactIn
from vbg.consents import actions as consents
from vbg.families import actions as families
from vbg.families import told_actions
from vbg.families.forms import Matters, Supporter
from vbg.films import actions as films
from vbg.films import intake
from vbg.films.forms import Description, NewUpload
from vbg.films.models import Film
from vbg.goals import actions as goals
from vbg.goals.forms import GoalIn
from vbg.hypotheses import actions as hypotheses
from vbg.hypotheses.forms import AskIn, HypothesisIn, ReplyIn, TurnIn
from vbg.moments import actions as moments
from vbg.moments.forms import MomentIn
from vbg.notes import actions as notes
from vbg.notes.forms import NoteEdit, NoteIn
from vbg.people import actions as people
from vbg.phones import actions as phones
from vbg.plans import actions as plans
from vbg.plans.forms import StepIn, StrategyIn
from vbg.reviews.models import Proud, Review, ReviewMoment
from vbg.sharing import actions as sharing
from vbg.sharing.models import Answer, Share
from vbg.supervision import actions as bags
from vbg.supervision.forms import AnswerIn, BagIn
from vbg.visits import actions as visits
from vbg.visits.forms import VisitIn

MARK = "Zilvermeeuw"


@pytest.fixture(scope="session")
def second(tmp_path_factory):
    return numbered(tmp_path_factory.mktemp("film") / "second.mp4", frames=25)


def fill(house, world, code, counselor, parent, file, mark):
    """A family's whole file in which each text holds `mark`."""
    viewer, family = world.viewer(counselor), world.families[code]
    form = NewUpload(family=str(family.id), length=file.stat().st_size, filename=f"{mark} film.mp4")
    with house.database.unit() as session:
        consents.answer(session, viewer, world.members[parent], "filming", "yes", "spoken")
    film = intake.take(house, viewer, file, form)
    worker.work_off(house)
    with house.database.unit() as session:
        phones.redeem(session, phones.make_code(session, viewer, family), mark)
        phones.make_code(session, viewer, family)
    half = intake.begin(house, viewer, NewUpload(family=str(family.id), length=9, filename=f"{mark} half.mp4"))
    house.store.append(half.id, 0, io.BytesIO(b"1234"), 4)
    with house.database.unit() as session:
        film = session.get_one(Film, film.id)
        family = session.merge(family)
        families.ask_question(session, viewer, family, f"{mark} vraag", f"{mark} mama")
        families.add_member(session, viewer, family, f"{mark} oma", "adult", household=f"{mark} thuis")
        told_actions.say_matters(session, viewer, family, Matters(text=f"{mark} samen", authors=f"{mark} mama"))
        told_actions.name_supporter(session, viewer, family, Supporter(call_name=f"{mark} buur"))
        goal, _ = goals.add(session, viewer, family.id, GoalIn(text=f"{mark} doel", authors=f"{mark} papa"))
        films.describe(session, viewer, film, Description(title=f"{mark} titel"))
        told = {"start_ms": 100, "end_ms": 900, "words": f"{mark} kijkt.", "chosen": True, "goals": [goal.id],
                "marks": [{"tag": "house/looks", "at_ms": 200}]}  # fmt: skip
        moment, _ = moments.mark(session, viewer, film.id, MomentIn.model_validate(told))
        gone, _ = moments.mark(session, viewer, film.id, MomentIn(start_ms=5, words=f"{mark} weggegooid"))
        moments.remove(session, viewer, gone, None)
        moments.write_note(session, viewer, moment, f"{mark} werknotitie")
        note = notes.write(session, viewer, family.id, NoteIn(text=f"{mark} gepraat", present=f"{mark} buur"))
        notes.correct(session, viewer, note, NoteEdit(text=f"{mark} lang gepraat"))
        thought = HypothesisIn(statement=f"{mark} misschien", films=[film.id], moment=moment.id)
        thought, _ = hypotheses.add(session, viewer, family.id, thought)
        hypotheses.judge(session, viewer, thought, TurnIn(status="testing", reason=f"{mark} daarom"))
        asking, _ = hypotheses.ask(session, viewer, thought, AskIn(text=f"{mark} klopt dit"))
        sharing.share_asking(session, viewer, asking, world.people[parent].id)
        sharing.reply(session, world.viewer(parent), asking.id, ReplyIn(words=f"{mark} soms"))
        way, _ = plans.add(
            session, viewer, goal, StrategyIn(text=f"{mark} aanpak", hypothesis=thought.id, film=film.id)
        )
        plans.add_step(session, viewer, way, StepIn(text=f"{mark} stapje", who=f"{mark} papa"))
        concerns.write_fact(session, viewer, family.id, FactIn(fact=f"{mark} gezien", meaning=f"{mark} misschien"))
        concerns.take_step(session, viewer, family.id, ConcernStepIn(code="team", words=f"{mark} overlegd"))
        review = Review(
            family_id=family.id, film_id=film.id, theme=f"{mark} thema", notes=f"{mark} besproken",
            next_step=f"{mark} stap", next_filming=f"{mark} ontbijt", by_id=viewer.person_id,
            started_at=clock.now(), closed_at=clock.now(),
        )  # fmt: skip
        session.add(review)
        session.flush()
        appointment = VisitIn(on=clock.today(), place=f"{mark} plein", what=f"{mark} koken")
        visit = visits.plan(session, viewer, family, appointment)
        visits.write_note(session, viewer, visit, f"{mark} werknotitie van na het bezoek")
        session.add(ReviewMoment(review_id=review.id, moment_id=moment.id, position=0, prompt=f"{mark} vraagje"))
        session.add(Proud(review_id=review.id, film_id=film.id, at_ms=300))
        bag = bags.pack(session, viewer, family, BagIn(moments=[moment.id], question=f"{mark} supervisievraag"))
        bags.answer(
            session, viewer, bag, world.members[parent], AnswerIn(member_id=world.members[parent].id, said="yes")
        )
        share = Share(
            moment_id=moment.id, person_id=world.people[parent].id, start_ms=100, end_ms=900, by_id=viewer.person_id
        )
        share.clip_state = "ready"
        session.add(share)
        session.flush()
        session.add(Answer(share_id=share.id, reactions=["heart"], words=f"{mark} antwoord"))
        people.begin_session(session, world.people[parent])
        people.begin_session(session, world.people[counselor], review_id=review.id)
    worker.work_off(house)
    return SimpleNamespace(family=family, film=film, moment=moment, goal=goal, review=review, share=share, upload=half)


@pytest.fixture
def merel(house, world, second):
    return fill(house, world, "merel", "ann", "dilan", second, MARK)


@pytest.fixture
def kievit(house, world, second):
    return fill(house, world, "kievit", "cas", "eve", second, "Kievitsbloem")
