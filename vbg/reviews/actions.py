"""Verbs around a review: prepare, choose, place, move, start, be proud, find, close."""

import uuid

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.consents import queries as consents
from vbg.families.models import Family
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.goals import queries as goals
from vbg.moments import actions as moments
from vbg.moments.forms import MomentPatch
from vbg.moments.models import Moment
from vbg.reasons import NotFoundError, ReasonError
from vbg.reviews import queries
from vbg.reviews.models import Proud, Review, ReviewGoal, ReviewMoment
from vbg.viewer import Viewer


def prepare(session: Session, viewer: Viewer, film: Film) -> Review:
    """The family's open, not yet started review with all starred moments of this film; made when none is."""
    review = _open_one(session, viewer, film.family_id)
    for moment in queries.unplaced(session, review):
        if moment.film_id == film.id:
            put(session, viewer, review, moment)
    return review


def choose(session: Session, viewer: Viewer, moment: Moment, wanted: bool) -> Review | None:
    """Star a moment and put it in its family's review that is being prepared (begun when none is), which is given back.

    Not wanted: take the star away, and the moment out of what is being prepared; nothing is given back.
    """
    moments.change(session, viewer, moment, MomentPatch(chosen=wanted), None)
    if not wanted:
        _take_out(session, viewer, moment)
        return None
    review = _open_one(session, viewer, moment.film.family_id)
    put(session, viewer, review, moment)
    return review


def _take_out(session: Session, viewer: Viewer, moment: Moment) -> None:
    """Out of each review being prepared; one that is left empty and has no theme goes too."""
    for review in queries.being_prepared(session, viewer, moment.film.family_id):
        kept = session.scalars(select(ReviewMoment).where(ReviewMoment.review_id == review.id)).all()
        for placed in kept:
            if placed.moment_id == moment.id:
                take(session, viewer, review, placed)
        if [one.moment_id for one in kept] == [moment.id] and not review.theme:
            drop(session, viewer, review)


def _open_one(session: Session, viewer: Viewer, family_id: uuid.UUID) -> Review:
    """What is being prepared for this family, begun when nothing is; two who press at once prepare the same one."""
    session.execute(select(Family.id).where(Family.id == family_id).with_for_update(key_share=True))
    open_ones = queries.being_prepared(session, viewer, family_id)
    return open_ones[0] if open_ones else begin(session, viewer, family_id)


def begin(session: Session, viewer: Viewer, family_id: uuid.UUID, film: Film | None = None) -> Review:
    """An empty review; with `film` it shows that whole film at once."""
    review = Review(family_id=family_id, by_id=viewer.person_id, film_id=film.id if film else None)
    session.add(review)
    session.flush()
    audit.record(session, viewer, "review.begin", "review", review.id, family_id)
    return review


def describe(session: Session, viewer: Viewer, review: Review, theme: str) -> None:
    """One theme, or none."""
    review.theme = theme
    audit.record(session, viewer, "review.describe", "review", review.id, review.family_id)


def show_child(session: Session, viewer: Viewer, review: Review, shows: bool) -> None:
    """Whether the film says what the child would say, from the second look and as far as a parent approved it."""
    review.shows_child = shows
    audit.record(session, viewer, "review.show_child", "review", review.id, review.family_id, "yes" if shows else "no")


def drop(session: Session, viewer: Viewer, review: Review) -> None:
    """Let a review go that was not closed; its moments stay. ReasonError review_closed."""
    if review.closed_at:
        raise ReasonError("review_closed")
    audit.record(session, viewer, "review.drop", "review", review.id, review.family_id)
    session.delete(review)
    session.flush()


def put(
    session: Session, viewer: Viewer, review: Review, moment: Moment, prompt: str = "", at: int | None = None
) -> ReviewMoment:
    """Place a moment at `at`, else at the end; a moment stands in a review once. ReasonError other_family."""
    if moment.film.family_id != review.family_id:
        raise ReasonError("other_family", "moment")
    have = session.scalar(select(ReviewMoment).where(
        ReviewMoment.review_id == review.id, ReviewMoment.moment_id == moment.id))  # fmt: skip
    if have:
        return have
    last = session.scalar(select(func.max(ReviewMoment.position)).where(ReviewMoment.review_id == review.id))
    end = 0 if last is None else last + 1
    place = end if at is None else min(at, end)
    after = ReviewMoment.review_id == review.id, ReviewMoment.position >= place
    session.execute(update(ReviewMoment).where(*after).values(position=ReviewMoment.position + 1))
    placed = ReviewMoment(review_id=review.id, moment_id=moment.id, position=place, prompt=prompt)
    session.add(placed)
    session.flush()
    audit.record(session, viewer, "review.put", "moment", moment.id, review.family_id)
    return placed


def take(session: Session, viewer: Viewer, review: Review, placed: ReviewMoment) -> None:
    """Take a moment out of the review; the moment itself stays."""
    session.delete(placed)
    session.delete(placed)
    audit.record(session, viewer, "review.take", "moment", placed.moment_id, review.family_id)


def move(session: Session, viewer: Viewer, review: Review, placed: ReviewMoment, by: int) -> None:
    """One place earlier (-1) or later (1); at an end nothing happens."""
    order = queries.places(session, review)
    at = next(index for index, one in enumerate(order) if one.id == placed.id)
    to = min(max(at + by, 0), len(order) - 1)
    order.insert(to, order.pop(at))
    for position, one in enumerate(order):
        one.position = position
    audit.record(session, viewer, "review.move", "moment", placed.moment_id, review.family_id)


def prompt(session: Session, viewer: Viewer, review: Review, placed: ReviewMoment, words: str) -> None:
    """The counselor's prompt at this moment."""
    placed.prompt = words
    audit.record(session, viewer, "review.prompt", "moment", placed.moment_id, review.family_id)


def start(session: Session, viewer: Viewer, review: Review) -> None:
    """Begin to watch together. ReasonError no_review_consent, nothing_to_watch, review_closed."""
    if review.closed_at:
        raise ReasonError("review_closed")
    if not consents.allows(session, review.family_id, "review"):
        raise ReasonError("no_review_consent")
    if review.film_id is None and not queries.places(session, review):
        raise ReasonError("nothing_to_watch")
    review.started_at = review.started_at or clock.now()
    audit.record(session, viewer, "review.start", "review", review.id, review.family_id)


def start_film(session: Session, viewer: Viewer, film_id: uuid.UUID) -> Review:
    """'Meteen samen kijken': the whole film, no preparation (craft A12)."""
    film = films.one(session, viewer, film_id)
    if film.state != "ready":
        raise ReasonError("film_not_ready")
    review = begin(session, viewer, film.family_id, film)
    start(session, viewer, review)
    return review


def be_proud(
    session: Session, viewer: Viewer, review: Review, film: Film, at_ms: int, proud_id: uuid.UUID | None = None
) -> Proud:
    """Keep a press on 'trots': this film, this time (ms). The same press sent twice is one. ReasonError id_taken."""
    if not 0 <= at_ms <= (film.duration_ms or 0):
        raise ReasonError("outside_film", "at_ms")
    again = session.get(Proud, proud_id) if proud_id else None
    if again is not None:
        if (again.review_id, again.film_id, again.at_ms) != (review.id, film.id, at_ms):
            raise ReasonError("id_taken", "id")
        return again
    proud = Proud(id=proud_id or ids.new(), review_id=review.id, film_id=film.id, at_ms=at_ms)
    session.add(proud)
    session.flush()
    audit.record(session, viewer, "review.be_proud", "film", film.id, review.family_id)
    return proud


def unproud(session: Session, viewer: Viewer, review: Review, proud_id: uuid.UUID) -> None:
    """Take such a press back; once is enough."""
    found = session.get(Proud, proud_id)
    if found is None or found.review_id != review.id:
        raise NotFoundError
    audit.record(session, viewer, "review.unproud", "film", found.film_id, review.family_id)
    session.delete(found)
    session.flush()


def close(
    session: Session, viewer: Viewer, review: Review, notes: str, next_step: str, next_filming: str,
    goal_id: uuid.UUID | None = None,
) -> None:  # fmt: skip
    """Keep what came out of it, and close; the room ends with it. `goal_id`: of the step. ReasonError unknown_goal."""
    if goal_id and not goals.ids_of(session, review.family_id, [goal_id]):
        raise ReasonError("unknown_goal", "goal")
    session.execute(delete(ReviewGoal).where(ReviewGoal.review_id == review.id))
    if goal_id:
        session.add(ReviewGoal(review_id=review.id, goal_id=goal_id))
    review.notes, review.next_step, review.next_filming = notes, next_step, next_filming
    review.closed_at = clock.now()
    audit.record(session, viewer, "review.close", "review", review.id, review.family_id)


def correct_step(session: Session, viewer: Viewer, review: Review, next_step: str) -> None:
    """The step in other words, or another one."""
    review.next_step = next_step
    audit.record(session, viewer, "review.correct_step", "review", review.id, review.family_id)


def reopen(session: Session, viewer: Viewer, review: Review) -> None:
    """Open a closed review again: nothing of it was lost."""
    review.closed_at = None
    audit.record(session, viewer, "review.reopen", "review", review.id, review.family_id)
