"""Verbs: share a moment or a question with somebody, take it back, answer."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock, queue
from vbg.consents import queries as consents
from vbg.families.models import Member
from vbg.films.models import Film
from vbg.hypotheses import actions as hypotheses
from vbg.hypotheses.forms import ReplyIn
from vbg.hypotheses.models import Asking
from vbg.moments.models import Moment
from vbg.reasons import NotFoundError, ReasonError
from vbg.sharing import queries, rules
from vbg.sharing.models import Answer, AskingShare, Share
from vbg.viewer import Viewer


def share(session: Session, viewer: Viewer, moment: Moment, person_id: uuid.UUID) -> Share:
    """One moment for one person of the family; the clip is made by a job. Sharing twice is one share.

    ReasonError not_in_family, no_take_home_consent, clip_too_long.
    """
    film = session.get_one(Film, moment.film_id)
    if person_id not in {member.person_id for member in queries.receivers(session, film.family_id)}:
        raise ReasonError("not_in_family", "people")
    if not consents.allows(session, film.family_id, "take_home"):
        raise ReasonError("no_take_home_consent", "people")
    start_ms, end_ms = rules.frozen_span(moment.start_ms, moment.end_ms, film.duration_ms or 0)
    if end_ms - start_ms > rules.CLIP_MAX_MS:
        raise ReasonError("clip_too_long", seconds=rules.CLIP_MAX_MS // 1000)
    before = select(Share).where(
        Share.moment_id == moment.id, Share.person_id == person_id,
        Share.start_ms == start_ms, Share.end_ms == end_ms)  # fmt: skip
    again = session.scalar(before.order_by(Share.from_at.desc()).limit(1))
    if again:
        return _renew(session, viewer, again, film.family_id)
    made = Share(moment_id=moment.id, person_id=person_id, start_ms=start_ms, end_ms=end_ms, by_id=viewer.person_id)
    session.add(made)
    session.flush()
    audit.record(session, viewer, "share.give", "share", made.id, film.family_id)
    queue.ask(session, "sharing.clip", made.id)
    return made


def _renew(session: Session, viewer: Viewer, again: Share, family_id: uuid.UUID) -> Share:
    """The same moment for the same person once more: what was answered is still there."""
    if again.retracted_at is None:
        return again
    again.retracted_at, again.by_id = None, viewer.person_id
    if again.clip_state != "ready":
        again.clip_state = "preparing"
        queue.ask(session, "sharing.clip", again.id)
    session.flush()
    audit.record(session, viewer, "share.give", "share", again.id, family_id)
    return again


def retract(session: Session, viewer: Viewer, found: Share) -> None:
    """Take it back: it is gone at the parent's next request."""
    found.retracted_at = found.retracted_at or clock.now()
    audit.record(session, viewer, "share.retract", "share", found.id, queries.family_id(session, found))


def answer(session: Session, viewer: Viewer, share_id: uuid.UUID, reactions: list[str], words: str) -> None:
    """A parent's reactions and words, byte for byte; the newest replaces the one before, nothing takes it back."""
    shared = queries.one(session, viewer, share_id)
    audit.record(session, viewer, "share.answer", "share", share_id, queries.family_id(session, shared))
    said = session.get(Answer, share_id)
    if not reactions and not words:
        if said:
            session.delete(said)
        return
    said = said or Answer(share_id=share_id)
    said.reactions = [one for one in rules.REACTIONS if one in reactions]
    said.words, said.at = words, clock.now()
    session.add(said)
    session.flush()


def share_asking(session: Session, viewer: Viewer, asking: Asking, person_id: uuid.UUID) -> AskingShare:
    """Let one person of the family read and answer a question at home. ReasonError not_in_family."""
    family_id = asking.hypothesis.family_id
    if person_id not in {member.person_id for member in queries.receivers(session, family_id)}:
        raise ReasonError("not_in_family", "people")
    found = session.get(AskingShare, (asking.id, person_id))
    if found is None:
        found = AskingShare(asking_id=asking.id, person_id=person_id, by_id=viewer.person_id, from_at=clock.now())
        session.add(found)
    found.retracted_at = None
    session.flush()
    audit.record(session, viewer, "share.give_asking", "asking", asking.id, family_id)
    return found


def retract_asking(session: Session, viewer: Viewer, asking: Asking, person_id: uuid.UUID) -> None:
    """Take a question back from one person: it is gone at the next request. NotFoundError."""
    found = session.get(AskingShare, (asking.id, person_id))
    if found is None:
        raise NotFoundError
    found.retracted_at = found.retracted_at or clock.now()
    session.flush()
    audit.record(session, viewer, "share.retract_asking", "asking", asking.id, asking.hypothesis.family_id)


def reply(session: Session, viewer: Viewer, asking_id: uuid.UUID, form: ReplyIn) -> None:
    """What a parent answers to a question at home. NotFoundError."""
    queries.asked(session, viewer, asking_id)
    found = session.get_one(Asking, asking_id)
    mine = select(Member).where(Member.family_id == found.hypothesis.family_id, Member.person_id == viewer.person_id)
    hypotheses.reply(
        session, viewer, found, session.scalars(mine.order_by(Member.created_at).limit(1)).one(), form, at_home=True
    )
