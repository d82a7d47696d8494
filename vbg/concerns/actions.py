"""The verbs on concerns: write a fact, take a step, take either away, put it back."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock, ids
from vbg.concerns.forms import ConcernStepIn, FactIn
from vbg.concerns.models import ConcernFact, ConcernStep
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.goals.rules import check_day
from vbg.reasons import ReasonError
from vbg.viewer import Viewer


def write_fact(session: Session, viewer: Viewer, family_id: UUID, form: FactIn) -> ConcernFact:
    """Keep what was seen or heard; without a day it is of today.

    Raises NotFoundError, ReasonError (id_taken, day_in_future).
    """
    family = families.one(session, viewer, family_id)
    session.execute(select(Family.id).where(Family.id == family.id).with_for_update(key_share=True))
    again = session.get(ConcernFact, form.id) if form.id else None
    if again is not None:
        if again.family_id != family.id or again.fact != form.fact:
            raise ReasonError("id_taken")
        return again
    kept = ConcernFact(
        id=form.id or ids.new(), family_id=family.id, on=check_day(form.on, clock.today(), "on"), seen_by=form.seen_by,
        fact=form.fact, meaning=form.meaning, by_id=viewer.person_id, created_at=clock.now(),
    )  # fmt: skip
    session.add(kept)
    _keep(session, viewer, "write_fact", kept)
    return kept


def take_step(session: Session, viewer: Viewer, family_id: UUID, form: ConcernStepIn) -> ConcernStep:
    """Keep a step that was taken. Raises NotFoundError, ReasonError day_in_future."""
    family = families.one(session, viewer, family_id)
    on = check_day(form.on, clock.today(), "on")
    kept = ConcernStep(id=ids.new(), family_id=family.id, code=form.code, on=on, words=form.words)
    kept.by_id, kept.created_at = viewer.person_id, clock.now()
    session.add(kept)
    _keep(session, viewer, "take_step", kept)
    return kept


def hide(session: Session, viewer: Viewer, kept: ConcernFact | ConcernStep) -> None:
    """Take a fact or a step away; it can be put back."""
    kept.removed = True
    _keep(session, viewer, "hide", kept)


def put_back(session: Session, viewer: Viewer, kept: ConcernFact | ConcernStep) -> None:
    """Show a fact or a step again."""
    kept.removed = False
    _keep(session, viewer, "put_back", kept)


def _keep(session: Session, viewer: Viewer, verb: str, kept: ConcernFact | ConcernStep) -> None:
    session.flush()
    audit.record(session, viewer, f"concerns.{verb}", kept.__tablename__, kept.id, kept.family_id)
