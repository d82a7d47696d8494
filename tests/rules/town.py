"""Five families that are not alike, a sixth of which nothing is known yet, and all that can be kept of them.

No stored word here is a word for an adult: whatever a page says of that kind was assumed by the page.
"""

import re
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from tests.people import PASSWORD, World
from vbg import clock, ids, queue
from vbg.cards import actions as cards
from vbg.cards.forms import CardIn
from vbg.concerns import actions as concerns
from vbg.concerns.forms import ConcernStepIn, FactIn
from vbg.consents import actions as consents
from vbg.families import actions as families
from vbg.families import forms, told_actions
from vbg.families import queries as family_queries
from vbg.families.models import Family, Member
from vbg.films.models import Film, Rendition, Wiping
from vbg.goals import actions as goals
from vbg.goals.forms import GoalIn
from vbg.goals.models import Goal
from vbg.house import House
from vbg.hypotheses import actions as hypotheses
from vbg.hypotheses.forms import AskIn, HypothesisIn, ReplyIn, TurnIn
from vbg.hypotheses.models import Asking
from vbg.moments.models import Moment, MomentGoal, Note
from vbg.notes import actions as notes
from vbg.notes.forms import NoteEdit, NoteIn
from vbg.notes.rules import Kind as NoteKind
from vbg.people import actions as people
from vbg.people import queries as people_queries
from vbg.people.forms import Reading
from vbg.people.models import Person
from vbg.plans import actions as plans
from vbg.plans.forms import DoneIn, StepIn, StrategyIn
from vbg.reviews import actions as reviews
from vbg.sharing import actions as sharing
from vbg.sharing import queries as shares
from vbg.sharing.models import Share
from vbg.supervision import actions as bags
from vbg.supervision.forms import AnswerIn, BagIn
from vbg.supervision.models import Bag
from vbg.tagsets import actions as tagsets
from vbg.tagsets.forms import Label, NewSet
from vbg.viewer import Viewer
from vbg.visits import actions as visits
from vbg.visits.forms import VisitIn
from vbg.visits.rules import Role

Ids = dict[str, list[uuid.UUID]]
NOTE = "Samen gepraat aan tafel"
"""What the team wrote of a talk; no parent may read it."""
ASKED = "Als je wacht, begint het spel"
PURPOSES = ("filming", "review", "take_home")


@dataclass(frozen=True)
class Adult:
    """By call name, and the home (empty: the family has one)."""

    name: str
    home: str = ""
    authority: str = "yes"


@dataclass(frozen=True)
class Shape:
    """A family as it is: who lives where, whose words are whose."""

    bird: str
    child: str
    adults: tuple[Adult, ...]
    asker: str


SHAPES = (
    Shape("Merel", "Pip", (Adult("Dilan"),), "Dilan"),
    Shape("Spreeuw", "Fien", (Adult("Lieve"), Adult("Hanne")), "Lieve en Hanne"),
    Shape("Zwaan", "Noor", (Adult("Samira", "Kerkstraat"), Adult("Marek", "Stationsstraat")), "Samira"),
    Shape("Uil", "Lina", (Adult("Greet", "Molenweg", "no"), Adult("Tania", "Zeedijk")), "Tania"),
    Shape("Specht", "Bas", (Adult("Karel"),), "Karel"),
)
"""One alone, two in one home, two homes, foster and birth, another alone."""
BARE = (Shape("Mus", "Olaf", (Adult("Olga"), Adult("Piet")), ""), Shape("Koet", "", (), ""))
"""Just begun: two adults who were asked nothing yet, and nobody named at all."""


@dataclass
class Household:
    """A family in the town: its shape, its ids by the name they have in an address, its words and whose they are."""

    shape: Shape
    ids: Ids = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)
    shared: dict[str, list[uuid.UUID]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    prepared: uuid.UUID | None = None
    at_once: uuid.UUID | None = None


@dataclass
class Town:
    """Ann's families, and everything in them."""

    house: House
    world: World
    households: list[Household]
    bare: list[Household]

    def said(self) -> dict[str, str]:
        """Each text of a parent there is, and whose words they are."""
        return {text: who for one in self.households for text, who in one.said.items()}

    def adults(self) -> set[str]:
        """Every adult's call name."""
        return {adult.name for one in [*self.households, *self.bare] for adult in one.shape.adults}

    def data(self) -> list[str]:
        """Every stored word that can stand in a sentence of a page, longest first."""
        found = set(self.said()) | self.adults()
        for one in [*self.households, *self.bare]:
            shape = one.shape
            found |= {f"Wachten helpt {shape.child}", "Koken helpt", "Zingen helpt", "Twee keer gezien"}
            found |= {"Eerst wachten", "Tel tot drie", "Samen koken", ASKED, "Helpt zingen?"}
            found |= {shape.child, shape.asker, f"Gezin {shape.bird}", f"Film van {shape.child}", _words(shape)}
            found |= {_agreed(shape), *(adult.home for adult in shape.adults)}
        return sorted(found - {""}, key=len, reverse=True)

    @cached_property
    def _data(self) -> re.Pattern[str]:
        both = [form for text in self.data() for form in (text, re.sub(r"\s+", " ", text).strip())]
        return re.compile("|".join(map(re.escape, both)))

    def without_data(self, piece: str, instead: str) -> str:
        """A piece of a page with each stored word replaced."""
        return self._data.sub(instead, piece)


def build(house: House, world: World) -> Town:
    """Everything, kept by the verbs a counselor and a parent use."""
    with house.database.unit() as session:
        ann = world.viewer("ann")
        households = [_family(house, session, world, ann, shape) for shape in SHAPES]
        _cards(session, ann, households)
        bare = [_bare(session, ann, shape) for shape in BARE]
        karel = people_queries.by_email(session, households[-1].logins["Karel"])
        assert karel
        told = Reading(short_text="yes", read_aloud="yes", one_at_a_time="yes")
        people.choose_reading(session, ann, karel, told)
        people.set_password(session, None, _gus(session, world), PASSWORD)
        _setbacks(session, households[0].ids["film_id"][0])
    return Town(house, world, households, bare)


def _setbacks(session: Session, film_id: object) -> None:
    """Work that waits for a person, and work that is tried again by itself."""
    for _ in range(len(queue.WAITS_S) + 1):
        queue.set_back(session, "films.lighten", [str(film_id)], "film_broke")
    queue.set_back(session, "sharing.clip", [str(film_id)], "job_database")


def _gus(session: Session, world: World) -> Person:
    ann = world.people["ann"]
    return people.add_person(session, None, ann.practice_id, "Gus", "gus@praktijk.test", "counselor")


def _bare(session: Session, ann: Viewer, shape: Shape) -> Household:
    family = families.begin(session, ann, f"Gezin {shape.bird}", "NL")
    made = Household(shape, {"family_id": [family.id]})
    for adult in shape.adults:
        member = families.add_member(session, ann, family, adult.name, "adult")
        made.logins[adult.name] = f"{adult.name.lower()}@thuis.test"
        people.redeem(session, families.give_account(session, ann, member, made.logins[adult.name]), PASSWORD)
    return made


def _family(house: House, session: Session, world: World, ann: Viewer, shape: Shape) -> Household:
    made = Household(shape)
    if shape.bird == "Merel":
        family = session.get_one(Family, world.families["merel"].id)
        members = {"Dilan": session.get_one(Member, world.members["dilan"].id)}
        made.logins["Dilan"] = "dilan@thuis.test"
    else:
        family = families.begin(session, ann, f"Gezin {shape.bird}", "BE")
        families.add_member(session, ann, family, shape.child, "child", shape.adults[0].home)
        members = {one.name: _adult(session, ann, family, made, one) for one in shape.adults}
    _ask(session, ann, family, made)
    _tell(session, ann, family, made)
    film = _films(house, session, ann, family, made)
    _moments(session, ann, film, made)
    _thoughts(session, ann, family, film, made)
    _reviews(session, ann, family, film, made)
    _notes(session, ann, family, made)
    _visits(session, ann, family, made)
    _bag(session, ann, family, made)
    for member in members.values():
        _share(house, session, ann, film, made, member)
    made.ids["family_id"] = [family.id]
    return made


def _bag(session: Session, ann: Viewer, family: Family, made: Household) -> None:
    """A bag nobody was asked about, and one with a yes."""
    chosen = BagIn(moments=[one.id for one in bags.queries.to_choose(session, family)], question="Wat doe ik hier?")
    made.ids["bag_id"] = [bags.pack(session, ann, family, chosen).id for _ in range(2)]
    bag = session.get_one(Bag, made.ids["bag_id"][1])
    for member in family_queries.members(session, family):
        if member.kind == "adult":
            bags.answer(session, ann, bag, member, AnswerIn(member_id=member.id, said="yes"))


def _adult(session: Session, ann: Viewer, family: Family, made: Household, adult: Adult) -> Member:
    member = families.add_member(session, ann, family, adult.name, "adult", adult.home, authority=adult.authority)
    made.logins[adult.name] = f"{adult.name.lower()}@thuis.test"
    code = families.give_account(session, ann, member, made.logins[adult.name])
    people.redeem(session, code, PASSWORD)
    for purpose in PURPOSES:
        consents.answer(session, ann, member, purpose, "yes", "spoken")
    return member


def _words(shape: Shape) -> str:
    """What the counselor wrote at the moment: one sentence of her own."""
    return f"{shape.child} kijkt op."


def _agreed(shape: Shape) -> str:
    return " en ".join(adult.name for adult in shape.adults)


def _ask(session: Session, ann: Viewer, family: Family, made: Household) -> None:
    """The question twice, an agreed goal and a draft: none of it may change by one byte on its way to a page."""
    shape = made.shape
    newest = f"Hoe  lachen we weer <samen> met {shape.child} & 'de rest'?  “Gewoon” zo 🙂"
    first = f"Waarom is {shape.child} ’s avonds zo\nstil"
    agreed, draft = f"{shape.child} eet mee;  <i>aan tafel</i>", f"Elke dag even buiten, {shape.child}"
    for text in (first, newest):
        families.ask_question(session, ann, family, text, shape.asker)
        made.said[text] = shape.asker
    own_set = tagsets.begin(session, ann, NewSet(nl="Onze set"))
    label = Label.model_validate({"nl": "Threes", "new_group": "Samen", "plain_nl": "{k} straalt."})
    made.ids |= {"set_id": [own_set.id], "key": [tagsets.put(session, ann, own_set, None, label)]}
    tagsets.publish(session, ann, own_set)
    made.ids["goal_id"] = []
    for text, day in ((agreed, clock.today()), (draft, None)):
        form = GoalIn(text=text, authors=shape.asker, agreed_by=_agreed(shape) if day else "", agreed_on=day)
        goal, _new = goals.add(session, ann, family.id, form)
        made.ids["goal_id"].append(goal.id)
        made.said[text] = shape.asker


def _cards(session: Session, ann: Viewer, households: list[Household]) -> None:
    """A card of the practice, one in the bin, and some of the house's: whoever goes by a family sees the same ones."""
    card, other = (cards.make(session, ann, CardIn(title=title, text="Kort.\n- Rust")) for title in ("Slapen", "Eten"))
    cards.throw_away(session, ann, other)
    for one in households:
        one.ids |= {"card_id": [card.id], "card_key": ["bad"]}
    households[0].ids |= {"card_id": [card.id, other.id], "card_key": ["peuter", "sturen", "bad"]}


def _tell(session: Session, ann: Viewer, family: Family, made: Household) -> None:
    """What they said at first, what matters, what the child wants and who it is, a home's own question, a neighbour."""
    shape, child = made.shape, next(one for one in family_queries.members(session, family) if one.kind == "child")
    child.born_on = clock.today().replace(year=clock.today().year - 3, day=1)
    made.ids["child_id"] = [child.id]
    told = {
        name: f"Zo  gaat het <met> {name}, {shape.child}; & «ja» {shape.bird}"
        for name in ("change", "keep", "text", "likes", "tempo", "signals", "senses")
    }
    made.said |= dict.fromkeys(told.values(), shape.asker)
    wish = f"Zelf  doen & <nu>! {shape.child}"
    made.said[wish] = shape.child
    first = forms.FirstWords(change=told["change"], keep=told["keep"], authors=shape.asker)
    told_actions.say_first(session, ann, family, first)
    told_actions.say_matters(session, ann, family, forms.Matters(text=told["text"], authors=shape.asker))
    told_actions.wish(session, ann, family, child, forms.Wish(text=wish, how="gewezen", written_by="Ann"))
    lines = {name: told[name] for name in ("likes", "tempo", "signals", "senses")}
    told_actions.portray(session, ann, child, forms.Portrait(**lines, portrait_authors=shape.asker))
    told_actions.ask_again(session, ann, family, forms.Asking())
    rita = forms.Supporter(call_name="Rita", relation="haalt van school", may_watch="yes", said_by=shape.asker)
    told_actions.name_supporter(session, ann, family, rita)
    for home in family_queries.households(session, family)[1:]:
        who = next(adult.name for adult in shape.adults if adult.home == home.name)
        own = f"Wanneer  wacht ik <beter>, {shape.child}?"
        families.ask_question(session, ann, family, own, who, home)
        made.said[own] = who


def _films(house: House, session: Session, ann: Viewer, family: Family, made: Household) -> Film:
    """One in each state a film can be in; the first is ready, its picture sealed."""
    states = {"ready": "", "received": "", "held": "", "failed": "not_a_film"}
    rows = [
        Film(family_id=family.id, number=at, by_id=ann.person_id, state=state, reason=reason, duration_ms=60_000)
        for at, (state, reason) in enumerate(states.items(), 1)
    ]
    rows[0].title = f"Film van {made.shape.child}"
    rows[0].sha256 = rows[3].sha256 = ids.new().hex * 2
    session.add_all(rows)
    session.flush()
    for film, answer in ((rows[0], ""), (rows[2], "done"), (rows[3], "theirs")):
        session.add(Wiping(film_id=film.id, family_id=family.id, by_id=ann.person_id, number=film.number,
                           sha256=film.sha256, answer=answer, answered_at=clock.now() if answer else None))  # fmt: skip
    for kind, media_type in (("play", "video/mp4"), ("frames", "application/json"), ("poster", "image/jpeg")):
        _seal(house, session, rows[0].id, kind, media_type)
    made.ids["film_id"] = [one.id for one in rows]
    return rows[0]


def _seal(house: House, session: Session, film_id: uuid.UUID, kind: str, media_type: str) -> None:
    source = house.settings.data / "some.bytes"
    source.write_bytes(kind.encode() * 100)
    sealed = house.store.put(film_id, kind, 1, source)
    session.add(Rendition(film_id=film_id, kind=kind, media_type=media_type, size_bytes=sealed.size))


def _moments(session: Session, ann: Viewer, film: Film, made: Household) -> None:
    """Three starred moments: with words, with a label and a note, found by a parent in the room."""
    shape = made.shape
    rows = [
        Moment(film_id=film.id, start_ms=start, end_ms=start + 8000, chosen=True, found_by=ann.person_id)
        for start in (1000, 20_000, 40_000)
    ]
    rows[0].words = _words(shape)
    rows[1].marks = [{"tag": "house/fun", "at_ms": 22_000}]
    rows[2].found_in_room = shape.adults[0].name
    session.add_all(rows)
    session.flush()
    session.add(Note(moment_id=rows[1].id, text="Alleen voor Ann", by_id=ann.person_id))
    for goal_id in made.ids["goal_id"]:
        session.add_all(MomentGoal(moment_id=one.id, goal_id=goal_id) for one in rows)
    session.flush()
    made.ids["moment_id"] = [one.id for one in rows]


def _thoughts(session: Session, ann: Viewer, family: Family, film: Film, made: Household) -> None:
    """One with a moment on each side, judged; one just written down; one laid aside."""
    one, bare, aside = (
        hypotheses.add(session, ann, family.id, HypothesisIn(statement=text, films=[film.id]))[0]
        for text in (f"Wachten helpt {made.shape.child}", "Koken helpt", "Zingen helpt")
    )
    for moment_id, side in zip(made.ids["moment_id"], ("for", "against"), strict=False):
        hypotheses.put(session, ann, one, session.get_one(Moment, moment_id), side)
    hypotheses.judge(session, ann, one, TurnIn(status="testing", reason="Twee keer gezien"))
    hypotheses.hide(session, ann, aside)
    made.ids["hypothesis_id"] = [one.id, bare.id, aside.id]
    asked, taken = (hypotheses.ask(session, ann, one, AskIn(text=text))[0] for text in (ASKED, "Helpt zingen?"))
    hypotheses.unask(session, ann, taken)
    made.ids["asking_id"] = [asked.id, taken.id]
    goal = session.get_one(Goal, made.ids["goal_id"][0])
    way, _new = plans.add(session, ann, goal, StrategyIn(text="Eerst wachten", hypothesis=one.id, film=film.id))
    step, _new = plans.add_step(session, ann, way, StepIn(text="Tel tot drie", who=made.shape.asker))
    plans.finish(session, ann, step, DoneIn())
    empty, _new = plans.add(session, ann, goal, StrategyIn(text="Samen koken"))
    made.ids |= {"strategy_id": [way.id, empty.id], "step_id": [step.id]}


def _reviews(session: Session, ann: Viewer, family: Family, film: Film, made: Household) -> None:
    """One closed, one whole film at once, one prepared, one not begun."""
    rows = [session.get_one(Moment, one) for one in made.ids["moment_id"]]
    closed, prepared = (reviews.begin(session, ann, family.id) for _ in range(2))
    for review in (closed, prepared):
        for moment in rows[:2]:
            reviews.put(session, ann, review, moment)
    reviews.describe(session, ann, prepared, "Rustig wachten")
    reviews.start(session, ann, closed)
    reviews.close(session, ann, closed, "Veel gelachen.", "Even wachten voor het eten.", "Buiten")
    whole = reviews.begin(session, ann, family.id, film)
    bare = reviews.begin(session, ann, family.id)
    made.prepared, made.at_once = prepared.id, whole.id
    made.ids["review_id"] = [prepared.id, closed.id, whole.id, bare.id]


def _notes(session: Session, ann: Viewer, family: Family, made: Household) -> None:
    """A talk that was corrected, and an observation in the trash."""
    talk, gone = (
        notes.write(session, ann, family.id, NoteIn(text=text, kind=kind, place="Thuis", present=made.shape.asker))
        for text, kind in ((NOTE, NoteKind.TALK), (f"{NOTE} 2", NoteKind.OBSERVATION))
    )
    notes.correct(session, ann, talk, NoteEdit(text=f"{NOTE} 3", present=made.shape.asker))
    notes.hide(session, ann, gone)
    made.ids["note_id"] = [talk.id, gone.id]
    concerns.write_fact(session, ann, family.id, FactIn(fact=f"{NOTE} 4", meaning=f"{NOTE} 5", seen_by="Ann"))
    concerns.take_step(session, ann, family.id, ConcernStepIn(code="map", words=f"{NOTE} 6"))
    concerns.hide(session, ann, concerns.take_step(session, ann, family.id, ConcernStepIn(words=f"{NOTE} 7")))


def _visits(session: Session, ann: Viewer, family: Family, made: Household) -> None:
    """One of each kind: done, today, to come; one that nobody spoke of, one called off."""
    today = clock.today()
    people = [f"{one.id} {role}" for one, role in zip(family_queries.members(session, family), Role, strict=False)]
    days = (("filming", -9), ("filming", 0), ("review", 3), ("closing", 6), ("filming", -2), ("filming", 1))
    told = [{"kind": kind, "on": today + timedelta(days=at), "what": "Buiten", "roles": people} for kind, at in days]
    rows = [visits.plan(session, ann, family, VisitIn.model_validate(one)) for one in told]
    visits.finish(session, ann, rows[0])
    visits.write_note(session, ann, rows[0], "Alleen voor Ann")
    visits.call_off(session, ann, rows[5])
    made.ids["visit_id"] = [one.id for one in rows]


def _share(house: House, session: Session, ann: Viewer, film: Film, made: Household, member: Member) -> None:
    """Every moment with this adult, the clips made; the first answered, so that a count would be seen."""
    assert member.person_id is not None
    reader = people_queries.viewer_of(session.get_one(Person, member.person_id))
    mine = made.shared.setdefault(member.call_name, [])
    for moment_id in made.ids["moment_id"]:
        found = sharing.share(session, ann, session.get_one(Moment, moment_id), member.person_id)
        session.flush()
        _seal(house, session, film.id, shares.clip_kind(found.id), "video/mp4")
        session.get_one(Share, found.id).clip_state = "ready"
        mine.append(found.id)
    session.flush()
    words = f"Ik  zag {made.shape.child} & mij, <echt>!  “Zo” 🙂 {member.call_name}"
    sharing.answer(session, reader, mine[0], ["recognise", "proud"], words)
    made.said[words] = member.call_name
    asking = session.get_one(Asking, made.ids["asking_id"][0])
    sharing.share_asking(session, ann, asking, member.person_id)
    words = f"Soms  wel, <soms> niet 🙂 {member.call_name}"
    sharing.reply(session, reader, asking.id, ReplyIn(answer="some", words=words))
    made.said[words] = member.call_name
