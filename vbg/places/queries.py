"""A person's own places: nobody reads another's."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from vbg.films.models import Film
from vbg.places import rules
from vbg.places.models import Habit, Place
from vbg.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Found:
    """Where the viewer was (ms of film time), whether her first look is over, whether she played the film to its end,
    whether she wants its hints shown, the stand she works in, and the set whose labels she had before her.
    """

    at_ms: int = 0
    seen: bool = False
    whole: bool = False
    hints: bool = False
    stand: str = rules.FIRST
    tag_set: str = ""


def visible_to(viewer: Viewer) -> Select[Place]:
    """The viewer's own places."""
    return select(Place).where(Place.person_id == viewer.person_id)


def of_film(session: Session, viewer: Viewer, film: Film) -> Found:
    """Where the viewer is in a film that she may see."""
    place = session.scalar(visible_to(viewer).where(Place.film_id == film.id))
    habit = session.get(Habit, viewer.person_id)
    stand = habit.stand if habit else rules.FIRST
    if place is None:
        return Found(stand=stand)
    return Found(place.at_ms, place.seen, place.whole, place.whole and place.hints, stand, place.tag_set)
