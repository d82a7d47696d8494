"""Working hypotheses a viewer may see: staff, of their families. Nobody else, in no view."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from vbg.families import queries as families
from vbg.families.models import Family, Member
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.hypotheses.models import Asking, Evidence, Hypothesis, HypothesisTurn, Reply, TestedBy
from vbg.moments import queries as moments
from vbg.moments.models import Moment
from vbg.moments.rules import heading
from vbg.reasons import NotFoundError
from vbg.tagsets.queries import Labels
from vbg.viewer import Audience, Viewer


@dataclass(frozen=True, slots=True)
class Sides:
    """The moments for and against one hypothesis, oldest film first."""

    speaks_for: tuple[Moment, ...] = ()
    against: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """A moment as a page shows it. `heading` None: nothing was said of it yet."""

    moment: Moment
    heading: str | None


def visible_to(viewer: Viewer) -> Select[Hypothesis]:
    """The hypotheses of the families this member of staff may see, those laid aside too."""
    if viewer.audience is not Audience.STAFF:
        return select(Hypothesis).where(false())
    return select(Hypothesis).where(Hypothesis.family_id.in_(families.visible_to(viewer).with_only_columns(Family.id)))


def one(session: Session, viewer: Viewer, hypothesis_id: UUID) -> Hypothesis:
    """One hypothesis, or NotFoundError."""
    found = session.scalar(visible_to(viewer).where(Hypothesis.id == hypothesis_id))
    if found is None:
        raise NotFoundError
    return found


def of_family(session: Session, viewer: Viewer, family_id: UUID, removed: bool = False) -> Sequence[Hypothesis]:
    """The family's hypotheses, newest first: those that stand, or those laid aside."""
    query = visible_to(viewer).where(Hypothesis.family_id == family_id, Hypothesis.removed.is_(removed))
    return session.scalars(query.order_by(Hypothesis.created_at.desc(), Hypothesis.id.desc())).all()


def sides(session: Session, viewer: Viewer, hypotheses: Sequence[Hypothesis]) -> dict[UUID, Sides]:
    """By hypothesis: the moments that may be looked at now. The hypotheses are one family's, seen by the caller."""
    found = {one.id: Sides() for one in hypotheses}
    if not hypotheses or not films.allowed(session, hypotheses[0].family_id):
        return found
    seen = moments.visible_to(viewer).with_only_columns(Moment.id)
    query = select(Evidence).join(Evidence.moment).join(Moment.film).where(Moment.id.in_(seen))
    query = query.where(Evidence.hypothesis_id.in_(found)).order_by(Film.number, Moment.start_ms, Moment.id)
    for row in session.scalars(query.options(contains_eager(Evidence.moment).contains_eager(Moment.film))):
        had = found[row.hypothesis_id]
        if row.side == "for":
            found[row.hypothesis_id] = Sides((*had.speaks_for, row.moment), had.against)
        else:
            found[row.hypothesis_id] = Sides(had.speaks_for, (*had.against, row.moment))
    return found


def proofs(session: Session, shown: Sequence[Moment], family_id: UUID, language: str) -> list[Proof]:
    """Moments of one family, seen by the caller, each with what stands above it."""
    child, labels = moments.child_of(session, family_id), Labels(session)
    return [Proof(one, heading(one.words, one.marks, labels, child, language)) for one in shown]


def of_moment(session: Session, moment_id: UUID) -> dict[UUID, str]:
    """By hypothesis: the side on which this moment speaks. The caller has seen the moment."""
    rows = session.scalars(select(Evidence).where(Evidence.moment_id == moment_id))
    return {row.hypothesis_id: row.side for row in rows}


def turns(session: Session, hypothesis: Hypothesis) -> Sequence[HypothesisTurn]:
    """How it stood, the newest change first. The caller has seen the hypothesis."""
    query = select(HypothesisTurn).where(HypothesisTurn.hypothesis_id == hypothesis.id)
    return session.scalars(query.order_by(HypothesisTurn.created_at.desc(), HypothesisTurn.id.desc())).all()


def turns_of(session: Session, hypotheses: Sequence[Hypothesis]) -> dict[UUID, list[HypothesisTurn]]:
    """By hypothesis: each change of how it stood, the oldest first. The caller has seen the hypotheses."""
    found: dict[UUID, list[HypothesisTurn]] = {one.id: [] for one in hypotheses}
    query = select(HypothesisTurn).where(HypothesisTurn.hypothesis_id.in_(found))
    for turn in session.scalars(query.order_by(HypothesisTurn.on, HypothesisTurn.created_at, HypothesisTurn.id)):
        found[turn.hypothesis_id].append(turn)
    return found


def films_of(session: Session, hypothesis: Hypothesis) -> list[Film]:
    """The films that test it, oldest first. The caller has seen the hypothesis."""
    query = select(Film).join(TestedBy, TestedBy.film_id == Film.id).where(TestedBy.hypothesis_id == hypothesis.id)
    return list(session.scalars(query.where(Film.removed_at.is_(None)).order_by(Film.number)))


def asking(session: Session, viewer: Viewer, asking_id: UUID) -> Asking:
    """One question to the family, also one that was taken back, or NotFoundError."""
    found = session.get(Asking, asking_id)
    if found is None:
        raise NotFoundError
    one(session, viewer, found.hypothesis_id)
    return found


def askings(session: Session, hypothesis: Hypothesis) -> Sequence[Asking]:
    """What the family is asked of it, newest first. The caller has seen the hypothesis."""
    query = select(Asking).where(Asking.hypothesis_id == hypothesis.id, Asking.removed.is_(False))
    return session.scalars(query.order_by(Asking.created_at.desc(), Asking.id.desc())).all()


def asked_of_family(session: Session, viewer: Viewer, family_id: UUID) -> Sequence[Asking]:
    """All that this family is asked now, newest first."""
    mine = visible_to(viewer).where(Hypothesis.family_id == family_id, Hypothesis.removed.is_(False))
    query = select(Asking).where(Asking.hypothesis_id.in_(mine.with_only_columns(Hypothesis.id)))
    return session.scalars(query.where(Asking.removed.is_(False)).order_by(Asking.created_at.desc(), Asking.id)).all()


def replies(session: Session, asked: Sequence[Asking]) -> dict[UUID, list[Reply]]:
    """By question: what was answered, in the order in which people were named. The caller has seen the questions."""
    found: dict[UUID, list[Reply]] = {one.id: [] for one in asked}
    query = select(Reply).join(Reply.member).where(Reply.asking_id.in_(found)).options(joinedload(Reply.member))
    for reply in session.scalars(query.order_by(Member.created_at, Member.id)):
        found[reply.asking_id].append(reply)
    return found


def heard(session: Session, viewer: Viewer, limit: int = 5) -> Sequence[Reply]:
    """What was answered at home to questions of the viewer's families that are still asked, newest first."""
    mine = visible_to(viewer).where(Hypothesis.removed.is_(False)).with_only_columns(Hypothesis.id)
    query = select(Reply).join(Asking, Asking.id == Reply.asking_id).where(Asking.hypothesis_id.in_(mine))
    query = query.where(Reply.at_home, Asking.removed.is_(False))
    query = query.options(joinedload(Reply.member).joinedload(Member.family))
    return session.scalars(query.order_by(Reply.created_at.desc(), Reply.id.desc()).limit(limit)).all()
