"""Keep where somebody is. Written every few seconds, so the log gets a line for the first time alone."""

from typing import Any

from sqlalchemy.orm import Session

from vbg import audit
from vbg.films.models import Film
from vbg.places import rules
from vbg.places.models import Habit, Place
from vbg.viewer import Viewer


def keep(session: Session, viewer: Viewer, film: Film, sent: dict[str, Any]) -> None:
    """Keep what was `sent` of at_ms, seen, whole, hints, tag_set and stand. The caller has seen the film."""
    if "stand" in sent:
        _habit(session, viewer, sent["stand"])
    place = session.get(Place, (viewer.person_id, film.id))
    if place is None:
        place = Place(
            person_id=viewer.person_id, film_id=film.id, at_ms=0, seen=False, whole=False, hints=False, tag_set=""
        )
        session.add(place)
        audit.record(session, viewer, "places.keep", "film", film.id, film.family_id)
    if "at_ms" in sent:
        place.at_ms = rules.inside(sent["at_ms"], film.duration_ms or 0)
    place.seen = sent.get("seen", place.seen)
    place.whole = sent.get("whole", place.whole)
    place.hints = sent.get("hints", place.hints)
    place.tag_set = sent.get("tag_set", place.tag_set)
    session.flush()


def _habit(session: Session, viewer: Viewer, stand: str) -> None:
    habit = session.get(Habit, viewer.person_id)
    if habit is None:
        session.add(Habit(person_id=viewer.person_id, stand=stand))
    else:
        habit.stand = stand
