"""A film's situations one after another: "from here: eating". Times are whole ms of film time.

Before its first band a film is in the one situation of its own; a film with one situation has no band at all.
"""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from vbg.films.models import Film
from vbg.moments.models import Moment, SituationBand
from vbg.reasons import ReasonError

MOST: Final = 100


def of_film(session: Session, film_id: UUID) -> list[dict[str, Any]]:
    """The bands of a film the caller has seen, in film order, as `{at_ms, situation}`."""
    mine = select(SituationBand).where(SituationBand.film_id == film_id).order_by(SituationBand.at_ms)
    return [{"at_ms": one.at_ms, "situation": one.situation} for one in session.scalars(mine)]


def at_begin() -> ColumnElement[str]:
    """The situation in which a moment begins, where moments are asked for with their film."""
    band = (
        select(SituationBand.situation)
        .where(SituationBand.film_id == Moment.film_id, SituationBand.at_ms <= Moment.start_ms)
        .order_by(SituationBand.at_ms.desc()).limit(1).correlate(Moment).scalar_subquery()
    )  # fmt: skip
    return func.coalesce(band, Film.situation)


def stands(session: Session, film_id: UUID, at_ms: int) -> dict[str, Any]:
    """The band that begins just there as an act keeps it; `situation` None where none does."""
    found = session.get(SituationBand, (film_id, at_ms), populate_existing=True)
    return {"at_ms": at_ms, "situation": found.situation if found else None}


def check(session: Session, film_id: UUID, band: dict[str, Any], duration_ms: int) -> None:
    """Refuse a band that no frame shows, and more than a film can bear. Codes: outside_film, too_many_situations."""
    if not 0 <= band["at_ms"] < duration_ms:
        raise ReasonError("outside_film", "at_ms", duration_ms=duration_ms)
    if band["situation"] is not None and len(of_film(session, film_id)) >= MOST:
        raise ReasonError("too_many_situations", "situation", most=MOST)


def put(session: Session, film_id: UUID, band: dict[str, Any]) -> None:
    """Let a band begin there, change it, or take it away, as `band` says."""
    found = session.get(SituationBand, (film_id, band["at_ms"]))
    if band["situation"] is None:
        if found is not None:
            session.delete(found)
    elif found is None:
        session.add(SituationBand(film_id=film_id, **band))
    else:
        found.situation = band["situation"]
    session.flush()
