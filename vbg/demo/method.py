"""What the counselor of the demo thinks may be so, and the plan of approach, through the verbs a counselor uses."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import clock
from vbg.demo.cast import DemoFamily, Thought, Way, days_before
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films.models import Film
from vbg.goals.models import Goal
from vbg.hypotheses import actions as hypotheses
from vbg.hypotheses.forms import AskIn, HypothesisIn, ReplyIn, TurnIn
from vbg.hypotheses.models import Hypothesis
from vbg.moments.models import Moment
from vbg.people import queries as people
from vbg.people.models import Person
from vbg.plans import actions as plans
from vbg.plans.forms import DoneIn, StepIn, StrategyIn
from vbg.sharing import actions as sharing
from vbg.viewer import Viewer


def think(
    session: Session, viewer: Viewer, family: Family, told: DemoFamily, made: Mapping[str, Moment],
    films: Mapping[str, Film],
) -> None:  # fmt: skip
    """Keep the family's thoughts and its plan: `made` are its moments by key, `films` its films by drawing."""
    thoughts = [_thought(session, viewer, family, thought, made, films) for thought in told.thoughts]
    wishes = goals_of(session, family, told)
    for way in told.ways:
        _way(session, viewer, wishes[way.goal], way, thoughts, films)


def goals_of(session: Session, family: Family, told: DemoFamily) -> dict[str, Goal]:
    """The family's goals by their keys in the story."""
    rows = {goal.text: goal for goal in session.scalars(select(Goal).where(Goal.family_id == family.id))}
    return {goal.key: rows[goal.text] for goal in told.goals if goal.text in rows}


def _way(
    session: Session, viewer: Viewer, goal: Goal, told: Way, thoughts: Sequence[Hypothesis],
    films: Mapping[str, Film],
) -> None:  # fmt: skip
    rests_on = thoughts[told.thought].id if told.thought is not None else None
    film = films[told.film].id if told.film else None
    way, _fresh = plans.add(session, viewer, goal, StrategyIn(text=told.text, hypothesis=rests_on, film=film))
    for one in told.steps:
        form = StepIn(text=one.text, who=one.who, when_words=one.when_words)
        step, _fresh = plans.add_step(session, viewer, way, form)
        if one.done_days_ago is not None:
            plans.finish(session, viewer, step, DoneIn(on=days_before(clock.today(), one.done_days_ago)))


def _thought(
    session: Session, viewer: Viewer, family: Family, told: Thought, made: Mapping[str, Moment],
    films: Mapping[str, Film],
) -> Hypothesis:  # fmt: skip
    today = clock.today()
    tested_by = [films[drawing].id for drawing in told.tested_by]
    on = days_before(today, told.days_ago)
    form = HypothesisIn(statement=told.statement, source=told.source, source_on=on, films=tested_by)
    kept, _fresh = hypotheses.add(session, viewer, family.id, form)
    for key in told.speak_for:
        hypotheses.put(session, viewer, kept, made[key], "for")
    for key in told.against:
        hypotheses.put(session, viewer, kept, made[key], "against")
    if told.status != "new":
        turn = TurnIn(status=told.status, reason=told.reason, on=days_before(today, told.turned_days_ago))
        hypotheses.judge(session, viewer, kept, turn)
    if told.asked:
        _ask(session, viewer, family, kept, told)
    return kept


def _ask(session: Session, viewer: Viewer, family: Family, thought: Hypothesis, told: Thought) -> None:
    """The question, with every adult who can sign in; their answers are given at home."""
    asking, _fresh = hypotheses.ask(session, viewer, thought, AskIn(text=told.asked))
    answers = {who: (answer, words) for who, answer, words in told.answers}
    for member in families.parents_with_account(session, family):
        assert member.person_id is not None
        sharing.share_asking(session, viewer, asking, member.person_id)
        if member.call_name in answers:
            answer, words = answers[member.call_name]
            reader = people.viewer_of(session.get_one(Person, member.person_id))
            sharing.reply(session, reader, asking.id, ReplyIn(answer=answer, words=words))
