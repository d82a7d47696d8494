"""The personas: who they are and which families they belong to."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg.consents import actions as consents
from vbg.families import actions as families
from vbg.families.models import Family, Member
from vbg.house import House
from vbg.people import actions as people
from vbg.people import queries
from vbg.people.models import Person
from vbg.viewer import Viewer

PASSWORD = "een lange zin is goed"


@dataclass
class World:
    """Ann and Bea share a team, Cas is in another; Dilan is a parent in Merel, Eve in Kievit."""

    people: dict[str, Person] = field(default_factory=dict)
    families: dict[str, Family] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    def viewer(self, name: str) -> Viewer:
        """This persona as a viewer."""
        return queries.viewer_of(self.people[name])


def settle(house: House, session: Session) -> None:
    """Bring everybody in. Merel said yes to everything; nobody was asked in Kievit."""
    practice = people.found_practice(session, house.practice_id, "Praktijk", "BE", "Europe/Brussels")
    world = World()
    for name, role in (("ann", "counselor"), ("bea", "counselor"), ("cas", "counselor")):
        person = people.add_person(session, None, practice.id, name.title(), f"{name}@praktijk.test", role)
        people.set_password(session, None, person, PASSWORD)
        world.people[name] = person
    for code, counselor, parent, email in (("merel", "ann", "Dilan", "dilan"), ("kievit", "cas", "Eve", "eve")):
        viewer = world.viewer(counselor)
        family = families.begin(session, viewer, f"Gezin {code.title()}", "BE")
        member = families.add_member(session, viewer, family, parent, "adult", authority="yes")
        families.add_member(session, viewer, family, "Pip" if code == "merel" else "Noor", "child")
        account = families.give_account(session, viewer, member, f"{email}@thuis.test")
        world.people[email] = people.redeem(session, account, PASSWORD)
        world.families[code], world.members[email] = family, member
    families.join_team(session, world.viewer("ann"), world.families["merel"], world.people["bea"])
    for purpose in ("filming", "review", "take_home"):
        consents.answer(session, world.viewer("ann"), world.members["dilan"], purpose, "yes", "spoken")


def meet(session: Session) -> World:
    """The personas as they stand in the database."""
    people = {one.email.split("@")[0]: one for one in session.scalars(select(Person)) if one.email}
    families = {one.code.removeprefix("Gezin ").lower(): one for one in session.scalars(select(Family))}
    owner = {one.id: name for name, one in people.items()}
    members = {owner[one.person_id]: one for one in session.scalars(select(Member)) if one.person_id}
    return World(people, families, members)
