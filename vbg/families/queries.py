"""Families as a viewer may see them: staff by care team, everybody else not at all."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from vbg import clock
from vbg.families import rules
from vbg.families.models import Care, Family, Household, Member, Question, Saying, Supporter
from vbg.people.models import Person
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer

NEAR = 12
"""So many families stand at the side of every page."""
PAGE = 50


def visible_to(viewer: Viewer) -> Select[Family]:
    """The families whose care team names this counselor today. For a parent every noun below sharing is empty."""
    return _cared_for(viewer) if viewer.audience is Audience.STAFF else select(Family).where(false())


def receiving_from(viewer: Viewer) -> Select[Family]:
    """The families that films may come in for: a counselor's own, and for a phone the one it was let in for."""
    if viewer.audience is Audience.PHONE:
        return _cared_for(viewer).where(Family.id == viewer.family_id)
    return visible_to(viewer)


def _cared_for(viewer: Viewer) -> Select[Family]:
    today = clock.today()
    in_team = exists().where(
        Care.family_id == Family.id, Care.person_id == viewer.person_id, Care.from_on <= today,
        or_(Care.until_on.is_(None), Care.until_on > today),
    )  # fmt: skip
    return select(Family).where(in_team)


def one(session: Session, viewer: Viewer, family_id: uuid.UUID) -> Family:
    """This family, or NotFoundError."""
    family = session.scalar(visible_to(viewer).where(Family.id == family_id))
    if family is None:
        raise NotFoundError
    return family


def by_code(session: Session, viewer: Viewer, code: str) -> Family:
    """The family with this code name, or NotFoundError."""
    family = session.scalar(visible_to(viewer).where(Family.code == code))
    if family is None:
        raise NotFoundError
    return family


def near(session: Session, viewer: Viewer, at_most: int = NEAR) -> tuple[list[Family], bool]:
    """The families on their way that began last, by code name, and whether there are more.

    The practice room is not one of them.
    """
    mine = _on_their_way(viewer).order_by(Family.id.desc()).limit(at_most + 1)
    found = list(session.scalars(mine))
    return sorted(found[:at_most], key=lambda one: one.code), len(found) > at_most


def listed(
    session: Session, viewer: Viewer, text: str = "", after: str = "", *, away: bool = False, limit: int = PAGE
) -> tuple[list[Family], str]:
    """Families by code name, a page at a time, and the code name after which the next page begins (empty: no more).

    `text`: only those whose code name holds it, whatever its case. `away`: those that were put away.
    """
    mine = visible_to(viewer).where(Family.is_practice_room.is_(False), Family.code > after)
    mine = mine.where(Family.ended_at.is_not(None) if away else Family.ended_at.is_(None))
    if wanted := text.strip():
        # the database lowers ASCII alone: a code name as it was typed is found too
        low = func.lower(Family.code).contains(wanted.lower(), autoescape=True)
        mine = mine.where(or_(low, Family.code.contains(wanted, autoescape=True)))
    found = list(session.scalars(mine.order_by(Family.code).limit(limit + 1)))
    return found[:limit], found[limit - 1].code if len(found) > limit else ""


def _on_their_way(viewer: Viewer) -> Select[Family]:
    return visible_to(viewer).where(Family.ended_at.is_(None), Family.is_practice_room.is_(False))


def practice_room(session: Session, viewer: Viewer) -> Family | None:
    """The viewer's own practice room, where a film lives for a day."""
    return session.scalar(visible_to(viewer).where(Family.is_practice_room))


def members(session: Session, family: Family) -> list[Member]:
    """Children first, then adults, in the order they were named."""
    found = select(Member).where(Member.family_id == family.id).options(joinedload(Member.household))
    return list(session.scalars(found.order_by(Member.kind.desc(), Member.created_at, Member.id)))


def member(session: Session, viewer: Viewer, member_id: uuid.UUID) -> Member:
    """This member of a family the viewer may see, or NotFoundError."""
    family_ids = visible_to(viewer).with_only_columns(Family.id)
    found = session.scalar(select(Member).where(Member.id == member_id, Member.family_id.in_(family_ids)))
    if found is None:
        raise NotFoundError
    return found


def households(session: Session, family: Family) -> list[Household]:
    """The family's homes."""
    return list(session.scalars(select(Household).where(Household.family_id == family.id).order_by(Household.id)))


def load_homes(session: Session, families: Iterable[Family]) -> None:
    """Fetch the homes of all these families at once, for a page that shows the question of each."""
    named = {one.id for one in families}
    if named:
        session.scalars(select(Family).where(Family.id.in_(named)).options(selectinload(Family.households))).all()


def questions(session: Session, family: Family) -> list[Question]:
    """The question's wordings and the days it was asked again, newest first, of every home."""
    found = select(Question).where(Question.family_id == family.id, Question.removed.is_(False))
    return list(session.scalars(found.order_by(Question.at.desc(), Question.id.desc())))


def team(session: Session, family: Family) -> list[Person]:
    """The professionals around the family today, by name."""
    today = clock.today()
    now = Care.from_on <= today, or_(Care.until_on.is_(None), Care.until_on > today)
    named = select(Person).join(Care, Care.person_id == Person.id).where(Care.family_id == family.id, *now)
    return list(session.scalars(named.order_by(Person.name)))


def parents_with_account(session: Session, family: Family) -> list[Member]:
    """Adults of the family who can sign in."""
    return [one for one in members(session, family) if one.kind == "adult" and one.person_id]


def care_now(session: Session, family: Family, person_id: uuid.UUID) -> list[Care]:
    """This professional's places in the family's team that hold today."""
    today = clock.today()
    now = Care.from_on <= today, or_(Care.until_on.is_(None), Care.until_on > today)
    return list(session.scalars(select(Care).where(Care.family_id == family.id, Care.person_id == person_id, *now)))


def any_away(session: Session, viewer: Viewer) -> bool:
    """Whether a family of the viewer was put away."""
    away = visible_to(viewer).where(Family.ended_at.is_not(None), Family.is_practice_room.is_(False))
    return session.scalar(away.with_only_columns(Family.id).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands: of one home, or of all together; `checked_on` when it was asked again since."""

    text: str
    authors: str
    on: date | None
    home: Household | None = None
    checked_on: date | None = None


def asked(session: Session, family: Family) -> list[Asked]:
    """The questions that stand: the one of all together (also when none stands), then each home's own."""
    past = questions(session, family)
    homes = [home for home in households(session, family) if home.question]
    together = Asked(family.question, family.question_authors, family.question_on, None, _checked(past, None))
    own = [Asked(one.question, one.question_authors, one.question_on, one, _checked(past, one.id)) for one in homes]
    return [together, *own] if family.question or not own else own


def _checked(past: list[Question], home_id: uuid.UUID | None) -> date | None:
    """The day on which the newest wording of this home was asked again last."""
    newest = next((one for one in past if one.household_id == home_id), None)
    return newest.at.date() if newest and newest.still_right else None


def question_of(session: Session, family: Family, person_id: uuid.UUID) -> Asked:
    """The question as this person of the family reads it: their home's own, or else the one of all together."""
    mine = select(Household).join(Member, Member.household_id == Household.id)
    mine = mine.where(Member.family_id == family.id, Member.person_id == person_id, Household.question != "")
    home = session.scalar(mine.order_by(Household.id))
    if home is None:
        return Asked(family.question, family.question_authors, family.question_on)
    return Asked(home.question, home.question_authors, home.question_on, home)


def home(session: Session, viewer: Viewer, home_id: uuid.UUID) -> Household:
    """This home of a family the viewer may see, or NotFoundError."""
    found = session.get(Household, home_id)
    if found is None:
        raise NotFoundError
    one(session, viewer, found.family_id)
    return found


def home_of(session: Session, family: Family, home_id: uuid.UUID | None) -> Household | None:
    """The family's home with this id; NotFoundError when it is another family's."""
    if home_id is None:
        return None
    found = session.get(Household, home_id)
    if found is None or found.family_id != family.id:
        raise NotFoundError
    return found


def sayings(session: Session, family: Family, *kinds: str) -> list[Saying]:
    """What was said of these kinds and not taken away, oldest first."""
    found = select(Saying).where(Saying.family_id == family.id, Saying.kind.in_(kinds), Saying.removed.is_(False))
    return list(session.scalars(found.order_by(Saying.on, Saying.created_at, Saying.id)))


def wishes(session: Session, family: Family) -> dict[uuid.UUID, Saying]:
    """By child: what it wants, as it was said last."""
    return {one.member_id: one for one in sayings(session, family, "wish") if one.member_id}


def supporters(session: Session, family: Family) -> list[Supporter]:
    """Who stands around the family, in the order they were named."""
    found = select(Supporter).where(Supporter.family_id == family.id, Supporter.removed.is_(False))
    return list(session.scalars(found.order_by(Supporter.created_at, Supporter.id)))


def writers(session: Session, rows: list[Question] | list[Saying]) -> dict[uuid.UUID, str]:
    """By id: the names of who wrote these down. The caller has seen the rows."""
    found = select(Person).where(Person.id.in_({one.by_id for one in rows}))
    return {one.id: one.call_name or one.name for one in session.scalars(found)}


Kept = Saying | Supporter | Question
KEPT: dict[str, type[Kept]] = {"saying": Saying, "supporter": Supporter, "asking": Question}


def kept(session: Session, viewer: Viewer, kind: str, kept_id: uuid.UUID) -> Kept:
    """A line of a kind in `KEPT` of a family the viewer may see, taken away or not; or NotFoundError.

    Of the question only an asking can go: its wordings stay.
    """
    found: Kept | None = session.get(KEPT[kind], kept_id)  # type: ignore[assignment]
    if found is None or (isinstance(found, Question) and not found.still_right):
        raise NotFoundError
    one(session, viewer, found.family_id)
    return found


def supporter(session: Session, viewer: Viewer, supporter_id: uuid.UUID) -> Supporter:
    """Somebody around a family the viewer may see, not taken away; or NotFoundError."""
    found = kept(session, viewer, "supporter", supporter_id)
    if not isinstance(found, Supporter) or found.removed:
        raise NotFoundError
    return found


def names(session: Session, family: Family) -> list[str]:
    """The children's call names, or those of the adults, or the code name: whom one speaks about."""
    known = members(session, family)
    children = [one.call_name for one in known if one.kind == "child"]
    return children or [one.call_name for one in known] or [family.code]


@dataclass(frozen=True, slots=True)
class Facts:
    """What follows from a child's day of birth, today: `months` None without one. `along`: writes along (12+)."""

    months: int | None = None
    phase: str | None = None
    along: bool = False


def facts(family: Family, member: Member) -> Facts:
    """A child's age and phase in its own country; nothing of an adult."""
    if member.born_on is None or member.kind != "child":
        return Facts()
    today = clock.today()
    months = rules.months_between(member.born_on, today)
    found = rules.phase(family.country, member.born_on, today)
    return Facts(months if months >= 0 else None, found, rules.writes_along(family.country, member.born_on, today))
