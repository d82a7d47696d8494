"""The verbs of supervision: pack a bag, keep an answer, take a yes back, empty the bag, note that one was had."""

import uuid

from sqlalchemy.orm import Session

from vbg import audit, clock
from vbg.families.models import Family, Member
from vbg.reasons import ReasonError
from vbg.supervision import queries, rules
from vbg.supervision.forms import AnswerIn, BagIn, HeldIn
from vbg.supervision.models import Bag, BagAnswer, BagMoment, Supervision
from vbg.viewer import Viewer


def pack(session: Session, viewer: Viewer, family: Family, form: BagIn) -> Bag:
    """A new bag with those of the chosen moments that can go along. ReasonError day_gone, bag_too_long, no_moments."""
    until_on = form.until_on or rules.last_day(clock.today())
    fault = rules.fault_of(until_on, clock.today())
    if fault:
        raise ReasonError(fault, "until_on", days=rules.MOST_DAYS)
    wanted = [one for one in queries.to_choose(session, family) if one.id in set(form.moments)]
    if not wanted:
        raise ReasonError("no_moments", "moments")
    bag = Bag(family_id=family.id, by_id=viewer.person_id, question=form.question, until_on=until_on)
    session.add(bag)
    session.flush()
    session.add_all(BagMoment(bag_id=bag.id, moment_id=one.id) for one in wanted)
    session.flush()
    audit.record(session, viewer, "supervision.pack", "supervision_bag", bag.id, family.id)
    return bag


def answer(session: Session, viewer: Viewer, bag: Bag, member: Member, form: AnswerIn) -> None:
    """Keep what this adult said about this bag. ReasonError only_adults."""
    if member.kind != "adult":
        raise ReasonError("only_adults", "member_id")
    said = BagAnswer(
        bag_id=bag.id, member_id=member.id, answer=form.said, way=form.way, by_id=viewer.person_id, at=clock.now()
    )
    session.add(said)
    session.flush()
    audit.record(session, viewer, f"supervision.{form.said}", "supervision_bag", bag.id, bag.family_id)


def withdraw(session: Session, viewer: Viewer, bag: Bag, member: Member) -> None:
    """Take a yes to this bag back: it closes at once. ReasonError no_yes_to_withdraw."""
    last = queries.answers(session, bag).get(member.id)
    if last is None or last.answer != "yes" or last.withdrawn_at:
        raise ReasonError("no_yes_to_withdraw", "member_id")
    last.withdrawn_at = clock.now()
    session.flush()
    audit.record(session, viewer, "supervision.withdraw", "supervision_bag", bag.id, bag.family_id)


def empty(session: Session, viewer: Viewer, bag: Bag) -> None:
    """The bag goes, with its question and answers; the moments stay."""
    bag_id, family_id = bag.id, bag.family_id
    session.delete(bag)
    session.flush()
    audit.record(session, viewer, "supervision.empty", "supervision_bag", bag_id, family_id)


def note(session: Session, viewer: Viewer, form: HeldIn) -> Supervision:
    """One more supervision that the viewer had. ReasonError day_to_come."""
    held_on = form.held_on or clock.today()
    if held_on > clock.today():
        raise ReasonError("day_to_come", "held_on")
    had = Supervision(person_id=viewer.person_id, held_on=held_on)
    session.add(had)
    session.flush()
    audit.record(session, viewer, "supervision.note", "supervision", had.id)
    return had


def count(session: Session, viewer: Viewer, supervision_id: uuid.UUID, *, counts: bool) -> None:
    """Whether one of the viewer's own supervisions counts: a wrong press is taken back, and put back."""
    had = queries.held(session, viewer, supervision_id)
    had.removed = not counts
    session.flush()
    audit.record(session, viewer, "supervision.count" if counts else "supervision.uncount", "supervision", had.id)
