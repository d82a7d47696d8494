"""A bag is seen by who made it, while she cares for the family; what it may show follows from its answers."""

import uuid
from datetime import timedelta

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from vbg import clock
from vbg.consents.rules import Said, Voice, is_open
from vbg.families import queries as families
from vbg.families.models import Care, Family, Member
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.moments.models import Moment
from vbg.reasons import NotFoundError
from vbg.reviews.models import Review, ReviewMoment
from vbg.supervision.models import Bag, BagAnswer, BagMoment, Supervision
from vbg.supervision.rules import COUNTED_DAYS, Count, asked
from vbg.viewer import Audience, Viewer


def visible_to(viewer: Viewer) -> Select[Bag]:
    """A counselor: her own bags of families she cares for. Everybody else: none."""
    if viewer.audience is not Audience.STAFF:
        return select(Bag).where(false())
    mine = families.visible_to(viewer).with_only_columns(Family.id)
    return select(Bag).where(Bag.by_id == viewer.person_id, Bag.family_id.in_(mine))


def one(session: Session, viewer: Viewer, bag_id: uuid.UUID) -> Bag:
    """This bag, or NotFoundError."""
    found = session.scalar(visible_to(viewer).where(Bag.id == bag_id).options(joinedload(Bag.family)))
    if found is None:
        raise NotFoundError
    return found


def of_viewer(session: Session, viewer: Viewer) -> list[Bag]:
    """The viewer's bags, newest first."""
    mine = visible_to(viewer).options(joinedload(Bag.family)).order_by(Bag.id.desc())
    return list(session.scalars(mine))


def answers(session: Session, bag: Bag) -> dict[uuid.UUID, BagAnswer]:
    """The newest answer of each member."""
    found = select(BagAnswer).where(BagAnswer.bag_id == bag.id).order_by(BagAnswer.at, BagAnswer.id)
    return {one.member_id: one for one in session.scalars(found)}


def is_allowed(session: Session, bag: Bag) -> bool:
    """Whether this bag may be opened now: a yes, no no, and not past its day."""
    if clock.today() > bag.until_on:
        return False
    said = select(BagAnswer, Member.authority).join(Member, Member.id == BagAnswer.member_id)
    rows = session.execute(said.where(BagAnswer.bag_id == bag.id).order_by(BagAnswer.at, BagAnswer.id))
    last = {one.member_id: (one, authority) for one, authority in rows}
    return is_open(
        Voice(Said.NO if one.withdrawn_at else Said(one.answer), authority != "no") for one, authority in last.values()
    )


def moments_in(session: Session, bag: Bag) -> list[Moment]:
    """The bag's moments that may be looked at now, in the order of the films. Asked of an allowed bag alone."""
    found = (
        select(Moment).join(BagMoment, BagMoment.moment_id == Moment.id).join(Film, Film.id == Moment.film_id)
        .where(BagMoment.bag_id == bag.id, Moment.removed.is_(False))
        .options(joinedload(Moment.film)).order_by(Film.number, Moment.start_ms)
    )  # fmt: skip
    return [moment for moment in session.scalars(found) if films.playable(session, moment.film)]


def to_choose(session: Session, family: Family) -> list[Moment]:
    """What can go along: starred moments and those once placed in a review, newest film first."""
    placed = select(ReviewMoment.moment_id).join(Review).where(Review.family_id == family.id)
    found = (
        select(Moment).join(Film, Film.id == Moment.film_id)
        .where(Film.family_id == family.id, Film.state == "ready", Film.removed_at.is_(None))
        .where(Moment.removed.is_(False), or_(Moment.chosen, Moment.id.in_(placed)))
        .options(joinedload(Moment.film)).order_by(Film.number.desc(), Moment.start_ms)
    )  # fmt: skip
    return list(session.scalars(found))


def held(session: Session, viewer: Viewer, supervision_id: uuid.UUID) -> Supervision:
    """One of the viewer's own supervisions, or NotFoundError."""
    found = session.get(Supervision, supervision_id)
    if found is None or found.person_id != viewer.person_id or viewer.audience is not Audience.STAFF:
        raise NotFoundError
    return found


def all_held(session: Session, viewer: Viewer) -> list[Supervision]:
    """The viewer's supervisions, newest first; those taken back too."""
    mine = select(Supervision).where(Supervision.person_id == viewer.person_id)
    return list(session.scalars(mine.order_by(Supervision.held_on.desc(), Supervision.id.desc())))


def portfolio(session: Session, viewer: Viewer, country: str) -> tuple[Count, Count]:
    """The viewer's families walked with (watched together to the end at least once) and supervisions, in three years.

    Numbers only: nothing of a family is in them.
    """
    since = clock.now() - timedelta(days=COUNTED_DAYS)
    cared = select(Care.family_id).where(Care.person_id == viewer.person_id)
    closed = select(func.count(func.distinct(Review.family_id))).join(Family, Family.id == Review.family_id)
    closed = closed.where(Review.family_id.in_(cared), Review.closed_at >= since, Family.is_practice_room.is_(False))
    had = select(func.count()).select_from(Supervision).where(Supervision.person_id == viewer.person_id)
    had = had.where(Supervision.removed.is_(False), Supervision.held_on >= since.date())
    families_asked, supervisions_asked = asked(country)
    return (
        Count(session.scalar(closed) or 0, families_asked),
        Count(session.scalar(had) or 0, supervisions_asked),
    )
