"""Shares: what a parent may see now; what staff of the family have shared."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session, joinedload

from vbg import clock
from vbg.consents import queries as consents
from vbg.families import queries as families
from vbg.families.models import Family, Member
from vbg.films.models import Film, Rendition
from vbg.goals.models import Goal
from vbg.hypotheses.models import Asking, Hypothesis, Reply
from vbg.moments import queries as moments
from vbg.moments import rules as moments_rules
from vbg.moments.models import Moment, MomentGoal
from vbg.people.models import Person
from vbg.reasons import NotFoundError
from vbg.sharing import rules
from vbg.sharing.models import Answer, AskingShare, Share
from vbg.viewer import Audience, Viewer


def visible_to(viewer: Viewer) -> Select[Share]:
    """A parent: what is shared with them now and still to be seen. Staff: the shares of moments they may see."""
    if viewer.audience is Audience.STAFF:
        mine = moments.visible_to(viewer).with_only_columns(Moment.id)
        return select(Share).where(Share.moment_id.in_(mine))
    if viewer.audience is not Audience.PARENT:
        return select(Share).where(false())
    now = clock.now()
    return (
        select(Share).join(Moment, Moment.id == Share.moment_id).join(Film, Film.id == Moment.film_id)
        .where(Share.person_id == viewer.person_id, Share.retracted_at.is_(None), Share.from_at <= now)
        .where(or_(Share.until_at.is_(None), Share.until_at > now), Share.clip_state == "ready")
        .where(Moment.removed.is_(False), Film.removed_at.is_(None), Film.state == "ready")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AgreedGoal:
    """A goal in the parents' words, whose words they are (call names, or empty), and its short word, or empty."""

    text: str
    authors: str
    short_word: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """What a parent gets to see of one share: no film, no marks, no notes.

    `child_says`: what the child would say, once somebody of the family said or approved it; `child`: whose it is.
    `still_s`: where in the clip the picture stands that is shown before it plays, in seconds.
    """

    id: uuid.UUID
    family_id: uuid.UUID
    words: str
    when_words: str
    what_words: str
    for_words: str
    child_says: str
    child: str
    goals: tuple[AgreedGoal, ...]
    question: str
    question_authors: str
    question_home: uuid.UUID | None
    counselor: str
    length_ms: int
    still_s: float
    at: datetime
    reactions: tuple[str, ...]
    own_words: str
    answered_at: datetime | None


def of_parent(session: Session, viewer: Viewer) -> list[Shared]:
    """All that is shared with this parent now, newest first."""
    found = session.scalars(visible_to(viewer).order_by(Share.from_at.desc(), Share.id.desc()))
    return [_seen(session, share) for share in found if _allowed(session, share)]


def for_parent(session: Session, viewer: Viewer, share_id: uuid.UUID) -> Shared:
    """One of them, or NotFoundError."""
    return _seen(session, one(session, viewer, share_id))


def one(session: Session, viewer: Viewer, share_id: uuid.UUID) -> Share:
    """This share, or NotFoundError."""
    share = session.scalar(visible_to(viewer).where(Share.id == share_id))
    if share is None or not _allowed(session, share):
        raise NotFoundError
    return share


def family_id(session: Session, share: Share) -> uuid.UUID:
    """Whose family this share is of."""
    return session.get_one(Film, session.get_one(Moment, share.moment_id).film_id).family_id


def _allowed(session: Session, share: Share) -> bool:
    family = family_id(session, share)
    return consents.allows(session, family, "take_home") and consents.allows(session, family, "filming")


def _seen(session: Session, share: Share) -> Shared:
    moment = session.get_one(Moment, share.moment_id)
    family = session.get_one(Family, family_id(session, share))
    answer = session.get(Answer, share.id)
    by = session.get_one(Person, share.by_id)
    asked = families.question_of(session, family, share.person_id)
    photo = moments_rules.photo_shown(moment.photo_ms, moment.start_ms, moment.end_ms)
    return Shared(
        id=share.id, family_id=family.id, words=moment.words, when_words=moment.when_words,
        what_words=moment.what_words, for_words=moment.for_words, child_says=moment.child_says_shown,
        child=moments.child_of(session, family.id), goals=agreed_goals(session, moment),
        question=asked.text, question_authors=asked.authors,
        question_home=asked.home.id if asked.home else None, counselor=by.call_name or by.name,
        length_ms=share.end_ms - share.start_ms, still_s=rules.still_s(photo, share.start_ms, share.end_ms),
        at=share.from_at, reactions=tuple(answer.reactions) if answer else (),
        own_words=answer.words if answer else "", answered_at=answer.at if answer else None,
    )  # fmt: skip


def seen_of(session: Session, viewer: Viewer, moment_id: uuid.UUID) -> list[Share]:
    """The shares by which this parent sees this moment now."""
    found = session.scalars(visible_to(viewer).where(Share.moment_id == moment_id))
    return [share for share in found if _allowed(session, share)]


def agreed_goals(session: Session, moment: Moment) -> tuple[AgreedGoal, ...]:
    """The agreed goals that a moment shows: drafts stay on the desk."""
    linked = (
        select(Goal.text, Goal.authors, Goal.short_word)
        .join(MomentGoal, MomentGoal.goal_id == Goal.id)
        .where(MomentGoal.moment_id == moment.id)
    )
    found = session.execute(linked.where(Goal.agreed_on.is_not(None)).order_by(Goal.created_at))
    return tuple(AgreedGoal(*row) for row in found)


def films_shared_with(session: Session, person_id: uuid.UUID) -> set[uuid.UUID]:
    """The films of which a moment is shared with this person now. The caller has seen the family."""
    now = clock.now()
    found = select(Moment.film_id).join(Share, Share.moment_id == Moment.id).where(Share.person_id == person_id)
    found = found.where(Share.retracted_at.is_(None), Share.from_at <= now, Moment.removed.is_(False))
    return set(session.scalars(found.where(or_(Share.until_at.is_(None), Share.until_at > now))))


def of_moment(session: Session, moment: Moment) -> list[Share]:
    """Who this moment is shared with and was, newest first."""
    found = select(Share).where(Share.moment_id == moment.id).options(joinedload(Share.person))
    return list(session.scalars(found.order_by(Share.from_at.desc())))


def said_of(session: Session, viewer: Viewer, moment_id: uuid.UUID) -> list[tuple[Member, str]]:
    """What members of the family wrote back about this moment, newest first, for who may see its shares."""
    mine = visible_to(viewer).where(Share.moment_id == moment_id).with_only_columns(Share.id)
    found = (
        select(Member, Answer.words).join(Share, Share.person_id == Member.person_id)
        .join(Answer, Answer.share_id == Share.id).where(Share.id.in_(mine), Answer.words != "")
        .order_by(Answer.at.desc(), Share.id.desc())
    )  # fmt: skip
    return [(member, words) for member, words in session.execute(found)]


def unmade(session: Session) -> list[uuid.UUID]:
    """Shares whose clip still has to be made."""
    return list(session.scalars(select(Share.id).where(Share.clip_state == "preparing", Share.retracted_at.is_(None))))


def receivers(session: Session, family_id: uuid.UUID) -> list[Member]:
    """The family's adults who have an account, with their households."""
    found = select(Member).where(Member.family_id == family_id, Member.person_id.is_not(None))
    return list(session.scalars(found.options(joinedload(Member.household)).order_by(Member.created_at)))


@dataclass(frozen=True, slots=True)
class Heard:
    """A parent's answer as the counselor meets it on Today."""

    share: Share
    answer: Answer
    family: Family
    moment: Moment


def answers(session: Session, viewer: Viewer, limit: int = 10) -> list[Heard]:
    """The newest answers to what the viewer's team shared."""
    # as visible_to, but joined to the family: the newest are found without listing all moments of the viewer
    found = session.execute(
        families.visible_to(viewer).join(Film, Film.family_id == Family.id).join(Moment, Moment.film_id == Film.id)
        .join(Share, Share.moment_id == Moment.id).join(Answer, Answer.share_id == Share.id)
        .where(Moment.removed.is_(False), Film.removed_at.is_(None), Film.state == "ready")
        .with_only_columns(Share, Answer, Family, Moment)
        .options(joinedload(Share.person)).order_by(Answer.at.desc()).limit(limit)
    )  # fmt: skip
    return [Heard(*row) for row in found]


def clip_kind(share_id: uuid.UUID) -> str:
    """The name of a share's clip among its film's renditions."""
    return f"clip-{share_id.hex}"


def clip(session: Session, viewer: Viewer, share_id: uuid.UUID) -> Rendition:
    """The sealed clip of a share that this viewer may see now, or NotFoundError."""
    share = one(session, viewer, share_id)
    film_id = session.get_one(Moment, share.moment_id).film_id
    found = session.scalar(select(Rendition).where(Rendition.film_id == film_id, Rendition.kind == clip_kind(share_id)))
    if found is None:
        raise NotFoundError
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as somebody at home sees it: its words, who asks, and what this reader answered."""

    id: uuid.UUID
    text: str
    counselor: str
    at: datetime
    answer: str
    words: str
    answered_at: datetime | None


def asked_of(session: Session, viewer: Viewer) -> list[Asked]:
    """What this parent is asked now, newest first. Nothing else of what the counselor thinks comes along."""
    if viewer.audience is not Audience.PARENT:
        return []
    query = (
        select(Asking, AskingShare, Person, Reply.answer, Reply.words, Reply.created_at)
        .join(AskingShare, AskingShare.asking_id == Asking.id).join(Person, Person.id == Asking.by_id)
        .join(Hypothesis, Hypothesis.id == Asking.hypothesis_id)
        .join(Member, (Member.family_id == Hypothesis.family_id) & (Member.person_id == viewer.person_id))
        .outerjoin(Reply, (Reply.asking_id == Asking.id) & (Reply.member_id == Member.id) & Reply.at_home)
        .where(AskingShare.person_id == viewer.person_id, AskingShare.retracted_at.is_(None))
        .where(Asking.removed.is_(False), Hypothesis.removed.is_(False))
        .order_by(AskingShare.from_at.desc(), Asking.id)
    )  # fmt: skip
    return [
        Asked(one.id, one.text, by.call_name or by.name, share.from_at, answer or "", words or "", at)
        for one, share, by, answer, words, at in session.execute(query)
    ]


def asked(session: Session, viewer: Viewer, asking_id: uuid.UUID) -> Asked:
    """One of them, or NotFoundError."""
    for one in asked_of(session, viewer):
        if one.id == asking_id:
            return one
    raise NotFoundError


def asked_people(session: Session, asking: Asking) -> set[uuid.UUID]:
    """Who at home may read a question now. The caller has seen it."""
    query = select(AskingShare.person_id).where(AskingShare.asking_id == asking.id)
    return set(session.scalars(query.where(AskingShare.retracted_at.is_(None))))
