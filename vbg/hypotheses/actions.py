"""The verbs on working hypotheses: add, reword, judge, put and take evidence, lay aside; ask the family, answer."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.families import queries as families
from vbg.families.models import Family, Member
from vbg.films import queries as films
from vbg.goals.rules import check_day
from vbg.hypotheses import rules
from vbg.hypotheses.forms import AskIn, HypothesisEdit, HypothesisIn, ReplyIn, TurnIn
from vbg.hypotheses.models import Asking, Evidence, Hypothesis, HypothesisTurn, Reply, TestedBy
from vbg.moments import queries as moments
from vbg.moments.models import Moment
from vbg.reasons import NotFoundError, ReasonError
from vbg.viewer import Viewer


def add(session: Session, viewer: Viewer, family_id: UUID, form: HypothesisIn) -> tuple[Hypothesis, bool]:
    """Keep a hypothesis of the family; the second value is False when this very one was here before.

    Raises NotFoundError, ReasonError (id_taken, day_in_future, unknown_film, other_family).
    """
    family = families.one(session, viewer, family_id)
    session.execute(select(Family.id).where(Family.id == family.id).with_for_update(key_share=True))
    again = session.get(Hypothesis, form.id) if form.id else None
    if again is not None:
        if (again.family_id, again.statement, again.source) != (family.id, form.statement, form.source):
            raise ReasonError("id_taken", "id")
        return again, False
    made = Hypothesis(id=form.id or ids.new(), family_id=family.id, by_id=viewer.person_id, created_at=clock.now())
    made.status, made.removed = "new", False
    _write(session, viewer, made, form)
    _keep(session, viewer, "add", made)
    if form.moment:
        put(session, viewer, made, moments.one(session, viewer, form.moment), "for")
    return made, True


def reword(session: Session, viewer: Viewer, hypothesis: Hypothesis, form: HypothesisEdit) -> None:
    """Other words, another source, other films that test it. Raises ReasonError day_in_future, unknown_film."""
    _write(session, viewer, hypothesis, form)
    _keep(session, viewer, "reword", hypothesis)


def judge(session: Session, viewer: Viewer, hypothesis: Hypothesis, form: TurnIn) -> HypothesisTurn:
    """Say how it stands from now on, and why. Raises ReasonError same_status, reason_needed, day_in_future."""
    rules.check_turn(form.status, hypothesis.status, form.reason)
    turn = HypothesisTurn(id=ids.new(), hypothesis_id=hypothesis.id, status=form.status, reason=form.reason)
    turn.on, turn.by_id, turn.created_at = check_day(form.on, clock.today(), "on"), viewer.person_id, clock.now()
    hypothesis.status = form.status
    session.add(turn)
    _keep(session, viewer, "judge", hypothesis)
    return turn


def put(session: Session, viewer: Viewer, hypothesis: Hypothesis, moment: Moment, side: rules.Side) -> Evidence:
    """A moment speaks for or against it: once, on the side named last. Raises ReasonError other_family."""
    if moment.film.family_id != hypothesis.family_id:
        raise ReasonError("other_family", "moment")
    session.execute(select(Hypothesis.id).where(Hypothesis.id == hypothesis.id).with_for_update(key_share=True))
    found = session.get(Evidence, (hypothesis.id, moment.id))
    if found is None:
        found = Evidence(hypothesis_id=hypothesis.id, moment_id=moment.id, side=side)
        session.add(found)
    found.side = side
    session.flush()
    audit.record(session, viewer, "hypotheses.put", "moment", moment.id, hypothesis.family_id)
    return found


def take(session: Session, viewer: Viewer, hypothesis: Hypothesis, moment: Moment) -> None:
    """The moment speaks for neither side; it stays itself. Once is enough."""
    found = session.get(Evidence, (hypothesis.id, moment.id))
    if found is None:
        return
    session.delete(found)
    session.flush()
    audit.record(session, viewer, "hypotheses.take", "moment", moment.id, hypothesis.family_id)


def hide(session: Session, viewer: Viewer, hypothesis: Hypothesis) -> None:
    """Lay it aside: it leaves the lists, nothing of it is lost."""
    hypothesis.removed = True
    _keep(session, viewer, "hide", hypothesis)


def put_back(session: Session, viewer: Viewer, hypothesis: Hypothesis) -> None:
    """Take it up again."""
    hypothesis.removed = False
    _keep(session, viewer, "put_back", hypothesis)


def ask(session: Session, viewer: Viewer, hypothesis: Hypothesis, form: AskIn) -> tuple[Asking, bool]:
    """Turn it into a question for the family; the second value is False when this very one was here before.

    Nobody at home sees it before it is shared. Raises ReasonError id_taken.
    """
    again = session.get(Asking, form.id) if form.id else None
    if again is not None:
        if (again.hypothesis_id, again.text) != (hypothesis.id, form.text):
            raise ReasonError("id_taken", "id")
        return again, False
    made = Asking(id=form.id or ids.new(), hypothesis=hypothesis, text=form.text, by_id=viewer.person_id)
    made.removed, made.created_at = False, clock.now()
    session.add(made)
    _keep_asking(session, viewer, "ask", made)
    return made, True


def unask(session: Session, viewer: Viewer, asking: Asking) -> None:
    """Take the question back: it is gone at home at the next request. What was answered stays."""
    asking.removed = True
    _keep_asking(session, viewer, "unask", asking)


def ask_again(session: Session, viewer: Viewer, asking: Asking) -> None:
    """Ask it again, of the same people."""
    asking.removed = False
    _keep_asking(session, viewer, "ask_again", asking)


def reply(
    session: Session, viewer: Viewer, asking: Asking, member: Member, form: ReplyIn, *, at_home: bool = False
) -> None:
    """Keep what this member answers, byte for byte; the newest replaces the one before, nothing takes it back.

    What was written at home and what is said at the table replace only their own kind. The caller has proved that the
    viewer may speak for this member: as a counselor at the table, or as that person at home.
    Raises ReasonError not_in_family.
    """
    if member.family_id != asking.hypothesis.family_id or member.kind != "adult":
        raise ReasonError("not_in_family", "member")
    session.execute(select(Asking.id).where(Asking.id == asking.id).with_for_update(key_share=True))
    same = Reply.asking_id == asking.id, Reply.member_id == member.id, Reply.at_home.is_(at_home)
    said = session.scalar(select(Reply).where(*same))
    if not form.answer and not form.words.strip():
        if said:
            session.delete(said)
    else:
        said = said or Reply(id=ids.new(), asking_id=asking.id, member_id=member.id, at_home=at_home)
        said.answer, said.words, said.by_id, said.created_at = form.answer, form.words, viewer.person_id, clock.now()
        session.add(said)
    _keep_asking(session, viewer, "reply", asking)


def _keep_asking(session: Session, viewer: Viewer, verb: str, asking: Asking) -> None:
    session.flush()
    audit.record(session, viewer, f"hypotheses.{verb}", "asking", asking.id, asking.hypothesis.family_id)


def _write(session: Session, viewer: Viewer, hypothesis: Hypothesis, form: HypothesisEdit) -> None:
    on = check_day(form.source_on, clock.today(), "source_on")
    _check_films(session, viewer, hypothesis.family_id, form.films)
    hypothesis.statement, hypothesis.source, hypothesis.source_on = form.statement, form.source, on
    session.add(hypothesis)
    session.flush()
    session.execute(delete(TestedBy).where(TestedBy.hypothesis_id == hypothesis.id))
    session.add_all(TestedBy(hypothesis_id=hypothesis.id, film_id=one) for one in dict.fromkeys(form.films))


def _check_films(session: Session, viewer: Viewer, family_id: UUID, wanted: Sequence[UUID]) -> None:
    for film_id in wanted:
        try:
            film = films.one(session, viewer, film_id)
        except NotFoundError:
            raise ReasonError("unknown_film", "films") from None
        if film.family_id != family_id:
            raise ReasonError("unknown_film", "films")


def _keep(session: Session, viewer: Viewer, verb: str, hypothesis: Hypothesis) -> None:
    session.flush()
    audit.record(session, viewer, f"hypotheses.{verb}", "hypothesis", hypothesis.id, hypothesis.family_id)
