"""Who can see a thing now: everybody around the family is asked through the very query that decides their seeing."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg.consents import queries as consents
from vbg.families import queries as families
from vbg.families.models import Care, Family, Household, Member
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.goals import queries as goals
from vbg.goals.models import Goal
from vbg.hypotheses import queries as hypotheses
from vbg.hypotheses.models import Asking
from vbg.moments import queries as moments
from vbg.moments.models import Moment, MomentGoal
from vbg.people.models import Person
from vbg.people.queries import viewer_of
from vbg.reasons import NotFoundError
from vbg.reviews import queries as reviews
from vbg.reviews.models import Review
from vbg.sharing import queries
from vbg.sharing.models import Share
from vbg.viewer import Audience, Viewer


@dataclass(frozen=True, slots=True)
class Readers:
    """Names and nothing more: no time, no place, no device. `room`: whoever sits along in samen kijken."""

    team: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    room: bool = False


Sees = Callable[[Session, Viewer, uuid.UUID], object]


def of(session: Session, viewer: Viewer, noun: str, thing_id: uuid.UUID) -> Readers:
    """Who sees this thing of a kind in `NOUNS`. NotFoundError when the viewer does not see it either."""
    family_of, sees = NOUNS[noun]
    if not _sees(session, viewer, sees, thing_id):
        raise NotFoundError
    family = session.get_one(Family, family_of(session, thing_id))
    around = [(one, viewer_of(one)) for one in _around(session, family.id)]
    seen = [one for one, who in around if _sees(session, who, sees, thing_id)]
    return Readers(
        tuple(one.name for one in seen if one.is_staff),
        tuple(one.call_name or one.name for one in seen if not one.is_staff),
        any(_sees(session, room, sees, thing_id) for room in _rooms(session, viewer, family.id)),
    )


def _sees(session: Session, viewer: Viewer, sees: Sees, thing_id: uuid.UUID) -> bool:
    try:
        return bool(sees(session, viewer, thing_id))
    except NotFoundError:
        return False


def _around(session: Session, family_id: uuid.UUID) -> list[Person]:
    """All who could have a way to something of this family: ever in its team, or one of it with an account."""
    cared = select(Care.person_id).where(Care.family_id == family_id)
    belongs = select(Member.person_id).where(Member.family_id == family_id, Member.person_id.is_not(None))
    found = select(Person).where(Person.id.in_(cared) | Person.id.in_(belongs)).order_by(Person.name)
    return list(session.scalars(found))


def _rooms(session: Session, viewer: Viewer, family_id: uuid.UUID) -> list[Viewer]:
    """A room for each review of the family that was begun and not closed."""
    begun = select(Review).where(Review.family_id == family_id, Review.closed_at.is_(None))
    return [
        Viewer(viewer.person_id, viewer.practice_id, Audience.ROOM, review_id=one.id)
        for one in session.scalars(begun.where(Review.started_at.is_not(None)))
    ]


def _film(session: Session, viewer: Viewer, film_id: uuid.UUID) -> object:
    if viewer.audience is Audience.ROOM and viewer.review_id:
        return reviews.film_in_room(session, viewer, viewer.review_id, film_id)
    return films.watched(session, viewer, film_id)


def _words(session: Session, viewer: Viewer, moment_id: uuid.UUID) -> object:
    if viewer.audience is Audience.PARENT:
        return queries.seen_of(session, viewer, moment_id)
    return moments.one(session, viewer, moment_id)


def _note(session: Session, viewer: Viewer, moment_id: uuid.UUID) -> object:
    return moments.one(session, viewer, moment_id)


def _goal(session: Session, viewer: Viewer, goal_id: uuid.UUID) -> object:
    if viewer.audience is not Audience.PARENT:
        return goals.one(session, viewer, goal_id)
    shown = select(MomentGoal.moment_id).join(Goal, Goal.id == MomentGoal.goal_id)
    shown = shown.where(Goal.id == goal_id, Goal.agreed_on.is_not(None))
    return any(queries.seen_of(session, viewer, one) for one in session.scalars(shown))


def _question(session: Session, viewer: Viewer, family_id: uuid.UUID) -> object:
    if viewer.audience is Audience.PARENT:
        mine = [one for one in queries.of_parent(session, viewer) if one.family_id == family_id]
        return any(one.question and one.question_home is None for one in mine)
    if viewer.audience is Audience.ROOM and viewer.review_id:
        review = reviews.one(session, viewer, viewer.review_id)
        watched = consents.allows(session, family_id, "review")
        return review.family_id == family_id and watched and bool(review.family.question)
    return families.one(session, viewer, family_id)


def _home_question(session: Session, viewer: Viewer, home_id: uuid.UUID) -> object:
    """What one home asks: that home and the team; never the room, where others may sit."""
    if viewer.audience is Audience.PARENT:
        return any(one.question_home == home_id for one in queries.of_parent(session, viewer))
    return viewer.audience is Audience.STAFF and families.home(session, viewer, home_id)


def _share(session: Session, viewer: Viewer, share_id: uuid.UUID) -> object:
    """A clip at home: whoever got this very moment, and the team."""
    found = session.get(Share, share_id)
    return found and _words(session, viewer, found.moment_id)


def _answer(session: Session, viewer: Viewer, share_id: uuid.UUID) -> object:
    """An answer: who said it, and the team that shared. Before it is given, who will read it."""
    return queries.one(session, viewer, share_id)


def _asked(session: Session, viewer: Viewer, asking_id: uuid.UUID) -> object:
    """A question and its answers: who is asked it at home, and the team."""
    if viewer.audience is Audience.PARENT:
        return queries.asked(session, viewer, asking_id)
    return hypotheses.asking(session, viewer, asking_id)


def _family_of_asking(session: Session, asking_id: uuid.UUID) -> uuid.UUID:
    return session.get_one(Asking, asking_id).hypothesis.family_id


def _talk(session: Session, viewer: Viewer, review_id: uuid.UUID) -> object:
    """What was said and the next step: the page of staff; the room has the film alone."""
    return viewer.audience is Audience.STAFF and reviews.one(session, viewer, review_id)


def _of_team(session: Session, viewer: Viewer, family_id: uuid.UUID) -> object:
    """What is written of a family: its team alone, whatever was shared."""
    return families.one(session, viewer, family_id)


def _family_of_film(session: Session, film_id: uuid.UUID) -> uuid.UUID:
    return session.get_one(Film, film_id).family_id


def _family_of_moment(session: Session, moment_id: uuid.UUID) -> uuid.UUID:
    return _family_of_film(session, session.get_one(Moment, moment_id).film_id)


def _family_of_share(session: Session, share_id: uuid.UUID) -> uuid.UUID:
    return _family_of_moment(session, session.get_one(Share, share_id).moment_id)


NOUNS: dict[str, tuple[Callable[[Session, uuid.UUID], uuid.UUID], Sees]] = {
    "film": (_family_of_film, _film),
    "words": (_family_of_moment, _words),
    "note": (_family_of_moment, _note),
    "goal": (lambda session, one: session.get_one(Goal, one).family_id, _goal),
    "question": (lambda _, one: one, _question),
    "home_question": (lambda session, one: session.get_one(Household, one).family_id, _home_question),
    "clip": (_family_of_share, _share),
    "answer": (_family_of_share, _answer),
    "written": (lambda _, one: one, _of_team),
    "asked": (_family_of_asking, _asked),
    "talk": (lambda session, one: session.get_one(Review, one).family_id, _talk),
}
