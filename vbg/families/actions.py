"""Verbs around a family: begin, ask the question, name members and team, give a parent an account."""

import uuid
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock
from vbg.families import queries, rules
from vbg.families.forms import MemberEdit
from vbg.families.models import Care, Family, Household, Member, Question
from vbg.people import actions as people
from vbg.people import queries as people_queries
from vbg.people.models import Person
from vbg.reasons import ReasonError
from vbg.viewer import Viewer


def begin(session: Session, viewer: Viewer, code: str, country: str, is_practice_room: bool = False) -> Family:
    """A new family with its maker in the care team. ReasonError code_taken."""
    if session.scalar(select(Family.id).where(Family.code == code)):
        raise ReasonError("code_taken", "code")
    family = Family(practice_id=viewer.practice_id, code=code, country=country, is_practice_room=is_practice_room)
    session.add(family)
    session.flush()
    session.add(Care(family_id=family.id, person_id=viewer.person_id, from_on=clock.today()))
    audit.record(session, viewer, "family.begin", "family", family.id, family.id)
    return family


def open_practice_room(session: Session, viewer: Viewer) -> Family:
    """The viewer's own practice room: made once, no consent asked, erased a day after each film."""
    room = queries.practice_room(session, viewer)
    if room is None:
        country = people_queries.practice(session).country
        room = begin(session, viewer, f"~{viewer.person_id.hex[-12:]}", country, is_practice_room=True)
    return room


def ask_question(
    session: Session, viewer: Viewer, family: Family, text: str, authors: str, home: Household | None = None
) -> None:
    """Keep a new wording of the question of one home or of all together, unchanged; the older ones stay."""
    asks = home or family
    if text == asks.question and authors == asks.question_authors:
        return
    asks.question, asks.question_authors, asks.question_on = text, authors, clock.today()
    row = Question(family_id=family.id, text=text, authors=authors, by_id=viewer.person_id)
    row.household_id = home.id if home else None
    session.add(row)
    audit.record(session, viewer, "family.ask_question", "family", family.id, family.id)


def add_member(
    session: Session, viewer: Viewer, family: Family, call_name: str, kind: str, household: str = "",
    born_on: date | None = None, authority: str = "unknown",
) -> Member:  # fmt: skip
    """A child or adult of the family, by call name; a named household is made when it is new."""
    home = _household(session, family, household.strip())
    member = Member(
        family_id=family.id,
        call_name=call_name,
        kind=kind,
        born_on=born_on,
        authority=authority,
        household_id=home,
    )
    if authority != "unknown":
        member.authority_on = clock.today()
    session.add(member)
    session.flush()
    audit.record(session, viewer, "family.add_member", "member", member.id, family.id)
    return member


def update_member(session: Session, viewer: Viewer, family: Family, member: Member, form: MemberEdit) -> None:
    """What is known of somebody now. A new answer on authority gets its day. ReasonError day_in_future."""
    on = rules.not_ahead(form.authority_on, clock.today(), "authority_on")
    if form.authority == "unknown":
        member.authority_on = None
    elif form.authority_on or form.authority != member.authority:
        member.authority_on = on
    member.household_id = _household(session, family, form.household.strip())
    for name in ("call_name", "born_on", "authority", "cares", "on_film"):
        setattr(member, name, getattr(form, name))
    session.flush()
    audit.record(session, viewer, "family.update_member", "member", member.id, family.id)


def rename_home(session: Session, viewer: Viewer, home: Household, name: str) -> None:
    """Another name for a home."""
    home.name = name
    session.flush()
    audit.record(session, viewer, "family.rename_home", "household", home.id, home.family_id)


def _household(session: Session, family: Family, name: str) -> uuid.UUID | None:
    if not name:
        return None
    for one in queries.households(session, family):
        if one.name == name:
            return one.id
    home = Household(family_id=family.id, name=name)
    session.add(home)
    session.flush()
    return home.id


def remove_member(session: Session, viewer: Viewer, member: Member) -> None:
    """Take somebody out of the family again. ReasonError member_has_account."""
    if member.person_id:
        raise ReasonError("member_has_account")
    audit.record(session, viewer, "family.remove_member", "member", member.id, member.family_id)
    session.delete(member)
    session.flush()


def give_account(session: Session, viewer: Viewer, member: Member, email: str) -> str:
    """A parent's account with a one-use code, shown once. A parent who has one gets a new code."""
    if member.kind != "adult":
        raise ReasonError("only_adults")
    if member.person_id:
        person = session.get_one(Person, member.person_id)
    else:
        person = people.add_person(
            session, viewer, viewer.practice_id, member.call_name, email, "parent", call_name=member.call_name
        )
        member.person_id = person.id
    audit.record(session, viewer, "family.give_account", "member", member.id, member.family_id)
    return people.make_code(session, viewer, person)


def join_team(session: Session, viewer: Viewer, family: Family, person: Person) -> None:
    """Name a colleague in the care team, from today."""
    if person.id in {one.id for one in queries.team(session, family)}:
        return
    if not person.is_staff:
        raise ReasonError("only_colleagues", "person_id")
    session.add(Care(family_id=family.id, person_id=person.id, from_on=clock.today()))
    audit.record(session, viewer, "family.join_team", "person", person.id, family.id)


def leave_team(session: Session, viewer: Viewer, family: Family, person: Person) -> None:
    """A colleague leaves the care team, from now on. ReasonError ask_colleague: nobody shuts themself out."""
    if person.id == viewer.person_id:
        raise ReasonError("ask_colleague", "person_id")
    for care in queries.care_now(session, family, person.id):
        care.until_on = clock.today()
    session.flush()
    audit.record(session, viewer, "family.leave_team", "person", person.id, family.id)


def close_account(session: Session, viewer: Viewer, member: Member) -> None:
    """Shut a parent's way in: sign-ins end, password and codes stop. A new code opens it. ReasonError no_account."""
    if member.person_id is None:
        raise ReasonError("no_account")
    people.shut(session, viewer, session.get_one(Person, member.person_id))
    audit.record(session, viewer, "family.close_account", "member", member.id, member.family_id)


def close(session: Session, viewer: Viewer, family: Family) -> None:
    """Put a family away: it leaves the lists, nothing of it goes."""
    family.ended_at = family.ended_at or clock.now()
    session.flush()
    audit.record(session, viewer, "family.close", "family", family.id, family.id)


def reopen(session: Session, viewer: Viewer, family: Family) -> None:
    """Take a family up again."""
    family.ended_at = None
    session.flush()
    audit.record(session, viewer, "family.reopen", "family", family.id, family.id)
