"""Reviews: staff see those of their families, a room sees its own one and nothing else."""

import uuid
from collections.abc import Collection

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from vbg.consents import queries as consents
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.moments.models import Moment
from vbg.reasons import NotFoundError
from vbg.reviews.models import Review, ReviewMoment
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
    found = (
        select(ReviewMoment).join(Moment).join(Film, Film.id == Moment.film_id)
        .where(ReviewMoment.review_id == review.id, Moment.removed.is_(False), Film.state == "ready")
        .where(Film.removed_at.is_(None))
        .options(joinedload(ReviewMoment.moment).joinedload(Moment.film))
        .order_by(ReviewMoment.position)
    )  # fmt: skip
    return list(session.scalars(found))


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


def film_in_room(session: Session, viewer: Viewer, review_id: uuid.UUID, film_id: uuid.UUID) -> Film:
    """A film that this open review shows, watchable by consent, or NotFoundError."""
    review = one(session, viewer, review_id)
    shown = {kept.moment.film_id for kept in places(session, review)} | {review.film_id}
    film = session.get(Film, film_id) if film_id in shown else None
    watchable = film and films.playable(session, film)
    if film is None or not watchable or not consents.allows(session, review.family_id, "review"):
        raise NotFoundError
    return film
