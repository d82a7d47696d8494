"""Reviews: staff see those of their families, a room sees its own one and nothing else."""

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from vbg.consents import queries as consents
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.moments.models import Moment, MomentTag
from vbg.reasons import NotFoundError
from vbg.reviews.models import Review, ReviewGoal, ReviewMoment
from vbg.tagsets.basisset import FUN
from vbg.viewer import Audience, Viewer


def visible_to(viewer: Viewer) -> Select[Review]:
    """Staff: by care team. Room: this one, while it is open. Everybody else: none."""
    if viewer.audience is Audience.STAFF:
        return select(Review).where(Review.family_id.in_(families.visible_to(viewer).with_only_columns(Family.id)))
    if viewer.audience is Audience.ROOM:
        return select(Review).where(Review.id == viewer.review_id, Review.closed_at.is_(None))
    return select(Review).where(false())


def one(session: Session, viewer: Viewer, review_id: uuid.UUID) -> Review:
    """This review, or NotFoundError."""
    found = session.scalar(visible_to(viewer).where(Review.id == review_id).options(joinedload(Review.family)))
    if found is None:
        raise NotFoundError
    return found


def of_family(session: Session, viewer: Viewer, family: Family) -> list[Review]:
    """The family's reviews, newest first."""
    mine = visible_to(viewer).where(Review.family_id == family.id)
    return list(session.scalars(mine.order_by(Review.created_at.desc(), Review.id.desc())))


def newest_step(session: Session, viewer: Viewer, family_id: uuid.UUID) -> str:
    """The step that was agreed last, in their words, or ""."""
    agreed = visible_to(viewer).where(Review.family_id == family_id, Review.next_step != "")
    newest = agreed.with_only_columns(Review.next_step).order_by(Review.created_at.desc(), Review.id.desc())
    return session.scalar(newest.limit(1)) or ""


def goal_of(session: Session, review: Review) -> uuid.UUID | None:
    """The goal to which its step belongs. The caller has seen the review."""
    return session.scalar(select(ReviewGoal.goal_id).where(ReviewGoal.review_id == review.id))


def with_step(session: Session, viewer: Viewer, family: Family) -> list[tuple[Review, uuid.UUID | None]]:
    """The family's closed reviews in which a step was agreed, oldest first, each with the step's goal."""
    seen = visible_to(viewer).where(Review.family_id == family.id).with_only_columns(Review.id)
    query = select(Review, ReviewGoal.goal_id).outerjoin(ReviewGoal, ReviewGoal.review_id == Review.id)
    query = query.where(Review.id.in_(seen), Review.closed_at.is_not(None), func.trim(Review.next_step) != "")
    return [(review, goal_id) for review, goal_id in session.execute(query.order_by(Review.closed_at, Review.id))]


def under_way(session: Session, viewer: Viewer, at_most: int = 24) -> list[Review]:
    """The reviews of all the viewer's families that are not closed, newest first, each with its family."""
    mine = visible_to(viewer).join(Review.family).where(Review.closed_at.is_(None), Family.ended_at.is_(None))
    mine = mine.options(contains_eager(Review.family)).order_by(Review.created_at.desc(), Review.id.desc())
    return list(session.scalars(mine.limit(at_most)))


def being_prepared(session: Session, viewer: Viewer, family_id: uuid.UUID) -> list[Review]:
    """The family's reviews of chosen moments that did not start yet, newest first."""
    mine = _prepared(viewer).where(Review.family_id == family_id)
    return list(session.scalars(mine.order_by(Review.created_at.desc(), Review.id.desc())))


def placed(session: Session, viewer: Viewer, moment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Of these moments those that stand in a review being prepared, each with the newest such review."""
    if not moment_ids:
        return {}
    query = select(ReviewMoment.moment_id, Review.id).join(Review, Review.id == ReviewMoment.review_id)
    query = query.where(Review.id.in_(_prepared(viewer).with_only_columns(Review.id)))
    query = query.where(ReviewMoment.moment_id.in_(moment_ids)).order_by(Review.created_at, Review.id)
    return {row.moment_id: row.id for row in session.execute(query)}


def _prepared(viewer: Viewer) -> Select[Review]:
    return visible_to(viewer).where(
        Review.closed_at.is_(None), Review.started_at.is_(None), Review.film_id.is_(None)
    )  # fmt: skip


def places(session: Session, review: Review) -> list[ReviewMoment]:
    """The review's moments in order, without what was removed or is no longer to be watched."""
    return places_of(session, [review]).get(review.id, [])


def places_of(session: Session, reviews: Sequence[Review]) -> dict[uuid.UUID, list[ReviewMoment]]:
    """The same by review, for all of them at once."""
    found = (
        select(ReviewMoment).join(Moment).join(Film, Film.id == Moment.film_id)
        .where(ReviewMoment.review_id.in_([one.id for one in reviews]), Moment.removed.is_(False))
        .where(Film.state == "ready", Film.removed_at.is_(None))
        .options(joinedload(ReviewMoment.moment).joinedload(Moment.film))
        .order_by(ReviewMoment.position)
    )  # fmt: skip
    placed: dict[uuid.UUID, list[ReviewMoment]] = {}
    for one in session.scalars(found):
        placed.setdefault(one.review_id, []).append(one)
    return placed


def films_shown(session: Session, reviews: Sequence[Review]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """By review: the films that it shows, whole or a moment of."""
    found = {one.id: {one.film_id} if one.film_id else set() for one in reviews}
    pairs = select(ReviewMoment.review_id, Moment.film_id).join(Moment).where(ReviewMoment.review_id.in_(found))
    for review_id, film_id in session.execute(pairs.distinct()):
        found[review_id].add(film_id)
    return found


def place(session: Session, viewer: Viewer, review_id: uuid.UUID, moment_id: uuid.UUID) -> ReviewMoment:
    """This moment's place in this review, or NotFoundError."""
    review = one(session, viewer, review_id)
    for found in places(session, review):
        if found.moment_id == moment_id:
            return found
    raise NotFoundError


def unplaced(session: Session, review: Review) -> list[Moment]:
    """Starred moments of the family that are not in this review, newest film first."""
    placed = select(ReviewMoment.moment_id).where(ReviewMoment.review_id == review.id)
    found = (
        select(Moment).join(Film, Film.id == Moment.film_id)
        .where(Film.family_id == review.family_id, Film.state == "ready", Film.removed_at.is_(None))
        .where(Moment.chosen, Moment.removed.is_(False), Moment.id.not_in(placed))
        .options(joinedload(Moment.film)).order_by(Film.number.desc(), Moment.start_ms)
    )  # fmt: skip
    return list(session.scalars(found))


def fun_of(session: Session, family_id: uuid.UUID) -> list[Moment]:
    """The moments of fun that a family may be shown, from the first film on: chosen, or once placed in a review.

    None without a yes to watching together. The caller has seen the family.
    """
    if not consents.allows(session, family_id, "review"):
        return []
    placed = select(ReviewMoment.moment_id).join(Review).where(Review.family_id == family_id)
    found = (
        select(Moment).join(Film, Film.id == Moment.film_id)
        .where(Film.family_id == family_id, Film.state == "ready", Film.removed_at.is_(None))
        .where(Moment.id.in_(select(MomentTag.moment_id).where(MomentTag.tag.in_(FUN))))
        .where(Moment.removed.is_(False), or_(Moment.chosen, Moment.id.in_(placed)))
        .options(joinedload(Moment.film)).order_by(Film.number, Moment.start_ms)
    )  # fmt: skip
    return [moment for moment in session.scalars(found) if films.playable(session, moment.film)]


def film_in_room(
    session: Session, viewer: Viewer, review_id: uuid.UUID, film_id: uuid.UUID, *, with_fun: bool = False
) -> Film:
    """A film that this open review shows, watchable by consent, or NotFoundError; `with_fun` also those of the fun."""
    review = one(session, viewer, review_id)
    shown = {kept.moment.film_id for kept in places(session, review)} | {review.film_id}
    if with_fun:
        shown |= {moment.film_id for moment in fun_of(session, review.family_id)}
    film = session.get(Film, film_id) if film_id in shown else None
    watchable = film and films.playable(session, film)
    if film is None or not watchable or not consents.allows(session, review.family_id, "review"):
        raise NotFoundError
    return film
