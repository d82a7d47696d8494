"""The family file: one ZIP with all that is kept of a family, in formats that any program opens.

What a parent answered to what was shared is that parent's: it is in the file made for that parent only.
The notes beside moments are in none; what the counselor thought may be so is told, as a part of the help; what was
written of talks and observations only when that is chosen.
"""

import hashlib
import json
import os
import re
import uuid
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vbg import audit, clock
from vbg.consents.models import Consent
from vbg.exchange import csv_table, departure, vbg_json, webvtt
from vbg.exchange.rows import Row
from vbg.families import queries as families
from vbg.families.models import Care, Family, Member
from vbg.families.rules import Said
from vbg.films import queries as films
from vbg.films.models import Film
from vbg.films.rules import Kind, State
from vbg.goals.models import Goal
from vbg.goals.queries import ladders
from vbg.house import House
from vbg.hypotheses.models import Asking, Evidence, Hypothesis
from vbg.hypotheses.queries import askings, films_of, replies, turns
from vbg.moments import bands
from vbg.moments.models import Moment
from vbg.people import queries as people_queries
from vbg.people.models import Person
from vbg.plans.queries import of_goals, steps
from vbg.reasons import ReasonError
from vbg.retention import page, queries, written
from vbg.reviews.models import Proud, Review, ReviewMoment
from vbg.reviews.queries import goal_of
from vbg.sharing.models import Answer, Share
from vbg.store import StoreError, disk
from vbg.store.errors import full_disk_is_said
from vbg.supervision.models import Bag, BagAnswer
from vbg.tagsets.queries import Labels
from vbg.tagsets.shape import Tag
from vbg.visits.models import Visit

FORMAT = "vbg-family"
VERSION = 1
SUFFIX = re.compile(r"\.(?:mp4|mov|m4v|webm|mkv|avi|3gp|mts|m2ts|dv|wmv|mpg|mpeg|ogv)")
EARLIEST = (1980, 1, 1, 0, 0, 0)
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sayings:
    """What the labels of the family's moments mean, after the database was closed."""

    by_id: dict[str, Tag | None] = field(default_factory=dict)

    def find(self, tag_id: str, /) -> Tag | None:
        """The label with this id, or None."""
        return self.by_id.get(tag_id)


@dataclass
class FamilyFile:
    """All of it but the films' bytes: `told` is family.json, `rows` the moments by film number."""

    family: Family
    practice: str
    told: Plain
    films: list[Film]
    given: set[uuid.UUID]
    rows: dict[int, list[Row]] = field(default_factory=dict)
    child: str = ""
    labels: Sayings = field(default_factory=Sayings)


def write(
    house: House, name: str, target: Path, say: page.Say, language: str, with_films: bool = True, receiver: str = "",
    chosen: Collection[str] = (),
) -> Plain:  # fmt: skip
    """Write the family file; how much is in it. The log gets its line before the file gets its name.

    `name` is a code name or id, `receiver` the call name of the adult whose own answers go along; `chosen`: which of
    `written.CHOICES` go along too.
    NotFoundError (no such family), ReasonError: file_there, no_such_member, export_full, film_store. Then no
    file is left.
    """
    if target.exists():
        raise ReasonError("file_there", file=target)
    with house.database.unit(write=False) as session:
        file = gather(session, queries.named(session, name), with_films, receiver, chosen)
    try:
        with full_disk_is_said(), disk.private(target.absolute().parent) as (out, name_it):
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                _fill(house, archive, file, say, language)
            out.flush()
            os.fsync(out.fileno())
            size = out.tell()
            outcome = "_".join(["with_films" if with_films else "without_films", *sorted(chosen)])
            audit.keep(house.database, None, "retention.export", "family", file.family.id, file.family.id, outcome)
            name_it(target)
    except FileExistsError:
        raise ReasonError("file_there", file=target) from None
    except StoreError as error:
        raise ReasonError("export_full" if error.code == "full" else "film_store") from None
    disk.sync_folder(target.absolute().parent)
    counted = sum(len(rows) for rows in file.rows.values())
    return {"file": str(target), "bytes": size, "films": len(file.given), "moments": counted}


def _fill(house: House, archive: zipfile.ZipFile, file: FamilyFile, say: page.Say, language: str) -> None:
    _put(archive, "family.json", json.dumps(file.told, ensure_ascii=False, indent=1, default=str))
    _put(archive, "index.html", page.render(file, say, language))
    _put(archive, "style.css", page.style())
    for film in file.films:
        rows, stem = file.rows[film.number], _stem(film)
        _put(archive, f"{stem}.moments.json", vbg_json.write(rows, film.id))
        _put(archive, f"{stem}.vtt", webvtt.write(rows, f"{film.number}"))
        _put(archive, f"{stem}.csv", csv_table.write(rows))
    for film in file.films:
        if film.id in file.given:
            _put_film(house, archive, film)


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    archive.writestr(_entry(name), text.encode())


def _entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, max(clock.now().timetuple()[:6], EARLIEST))
    entry.compress_type, entry.external_attr = compression, 0o600 << 16
    return entry


def _put_film(house: House, archive: zipfile.ZipFile, film: Film) -> None:
    """The film as it came in, opened piece by piece. StoreError tampered when it is no longer that film."""
    whole = hashlib.sha256()
    with (
        house.store.open(film.id, Kind.ORIGINAL, 1) as reader,
        archive.open(_entry(film_name(film), zipfile.ZIP_STORED), "w", force_zip64=True) as out,
    ):
        for chunk in reader.chunks():
            whole.update(chunk)
            out.write(chunk)
    if whole.hexdigest() != film.sha256:
        raise StoreError("tampered")


def _stem(film: Film) -> str:
    return f"films/film-{film.number:02}"


def film_name(film: Film) -> str:
    """The film's place in the ZIP: our own name, and only an ending we know."""
    found = SUFFIX.fullmatch(Path(film.declared_name).suffix.lower())
    return _stem(film) + (found.group() if found else ".film")


def gather(
    session: Session, family: Family, with_films: bool, receiver: str, chosen: Collection[str] = ()
) -> FamilyFile:
    """Everything of the family that may go along. ReasonError no_such_member."""
    mine = [film for film in queries.films(session, family.id) if film.removed_at is None]
    # What is on hold nobody sees: no picture and no moment of it.
    shown = [film for film in mine if film.state != State.HELD and films.allowed(session, family.id)]
    people = {one.id: one.call_name or one.name for one in session.scalars(select(Person))}
    members = families.members(session, family)
    children = [one.call_name for one in members if one.kind == "child"]
    given = {film.id for film in shown} if with_films else set()
    told = {"format": FORMAT, "version": VERSION, "made_at": clock.now()} | _family(session, family, people)
    told["films"] = [_film(session, film, film.id in given, film in shown) for film in mine]
    told["hypotheses"] = list(_hypotheses(session, family, shown, receiver))
    told["reviews"] = list(_reviews(session, family, people))
    told["shared"] = list(_shared(session, family, members, receiver))
    told |= {name: list(written.CHOICES[name](session, family.id, people)) for name in chosen}
    practice = people_queries.practice(session).name
    rows = {film.number: departure.rows(session, film.id) for film in shown}
    child = children[0] if len(children) == 1 else ""
    labels = Labels(session)
    sayings = {tag: labels.find(tag) for some in rows.values() for row in some for tag, _at in row.marks}
    told["practice"] = practice
    return FamilyFile(family, practice, told, shown, given, rows, child, Sayings(sayings))


def _family(session: Session, family: Family, people: dict[uuid.UUID, str]) -> Plain:
    goals = select(Goal).where(Goal.family_id == family.id).order_by(Goal.created_at, Goal.id)
    consents = select(Consent).where(Consent.family_id == family.id).order_by(Consent.at, Consent.id)
    visits = select(Visit).where(Visit.family_id == family.id).order_by(Visit.on, Visit.id)
    care = select(Care).where(Care.family_id == family.id).order_by(Care.from_on)
    return {
        "family": _columns(family, "id code country question question_authors question_on created_at ended_at"),
        "questions": [
            _columns(one, "text authors at household_id still_right")
            for one in reversed(families.questions(session, family))
        ],
        "households": [
            _columns(one, "id name question question_authors question_on")
            for one in families.households(session, family)
        ],
        "members": [_member(family, one) for one in families.members(session, family)],
        "said": [
            _columns(one, "kind text authors how written_by on member_id")
            for one in families.sayings(session, family, *Said)
        ],
        "around": [
            _columns(one, "call_name relation may_watch said_by until_on")
            for one in families.supporters(session, family)
        ],
        "team": [_columns(one, "from_on until_on") | {"name": people[one.person_id]} for one in session.scalars(care)],
        "consents": [
            _columns(one, "member_id purpose answer way at withdrawn_at") | {"by": people[one.by_id]}
            for one in session.scalars(consents)
        ]
        + list(_to_supervision(session, family, people)),
        "goals": [_goal(session, one) for one in session.scalars(goals)],
        "visits": [
            _columns(one, "id kind on at place what roles done_at called_off_at") | {"by": people[one.by_id]}
            for one in session.scalars(visits)
        ],
    }


def _member(family: Family, member: Member) -> Plain:
    """What is known of somebody. Of a child that is old enough only what it wrote along."""
    told = _columns(member, "id call_name kind born_on authority authority_on cares on_film household_id")
    if families.facts(family, member).along and not member.written_together:
        return told
    return told | _columns(member, "likes tempo signals senses portrait_authors portrait_on written_together")


def _to_supervision(session: Session, family: Family, people: dict[uuid.UUID, str]) -> Iterator[Plain]:
    """What was said about bags for supervision, each until its day; the counselor's own question is a working note."""
    said = select(BagAnswer, Bag.until_on).join(Bag, Bag.id == BagAnswer.bag_id).where(Bag.family_id == family.id)
    for one, until_on in session.execute(said.order_by(BagAnswer.at, BagAnswer.id)):
        yield _columns(one, "member_id answer way at withdrawn_at") | {
            "purpose": "supervision", "until_on": until_on, "by": people[one.by_id],
        }  # fmt: skip


def _goal(session: Session, goal: Goal) -> Plain:
    """With the rungs that were chosen, each in its people's words, and how it is gone about."""
    fields = "id text short_word when_where seen_as begins_at enough authors agreed_by agreed_on created_at closed_at"
    rungs = [rung for one in ladders(session, [goal]).get(goal.id, ()) for rung in one.rungs]
    return _columns(goal, fields) | {
        "rungs": [_columns(rung, "value on chosen_by words") for rung in rungs],
        "strategies": list(_strategies(session, goal)),
    }


def _strategies(session: Session, goal: Goal) -> Iterator[Plain]:
    """How the goal is gone about, with its steps."""
    mine = of_goals(session, [goal])[goal.id]
    by_strategy = steps(session, mine)
    for one in mine:
        kept = [_columns(step, "id text who when_words done_on") for step in by_strategy[one.id]]
        yield _columns(one, "id text hypothesis_id film_id created_at") | {"steps": kept}


def _hypotheses(session: Session, family: Family, shown: list[Film], receiver: str) -> Iterator[Plain]:
    """What was thought may be so, also what was laid aside; of films on hold no moment is named."""
    fields = "id statement source source_on status created_at removed"
    mine = select(Hypothesis).where(Hypothesis.family_id == family.id).order_by(Hypothesis.created_at, Hypothesis.id)
    for one in session.scalars(mine):
        proofs = select(Evidence).join(Evidence.moment).where(Evidence.hypothesis_id == one.id)
        proofs = proofs.where(Moment.removed.is_(False), Moment.film_id.in_([film.id for film in shown]))
        yield _columns(one, fields) | {
            "statuses": [_columns(turn, "status reason on") for turn in reversed(turns(session, one))],
            "moments": [_columns(proof, "moment_id side") for proof in session.scalars(proofs)],
            "films": [film.id for film in films_of(session, one)],
            "asked": [_asked(session, asking, receiver) for asking in askings(session, one)],
        }


def _asked(session: Session, asking: Asking, receiver: str) -> Plain:
    """A question with what the receiver answered to it; nothing of anybody else's."""
    said = [one for one in replies(session, [asking])[asking.id] if receiver and one.member.call_name == receiver]
    answers = [_columns(one, "answer words at_home created_at") for one in said]
    return _columns(asking, "text created_at") | {"answers": answers}


def _film(session: Session, film: Film, given: bool, shown: bool) -> Plain:
    fields = "id number title recorded_on situation state duration_ms width height sound incomplete size_bytes sha256"
    return _columns(film, fields) | {
        "received_at": film.created_at, "file": film_name(film) if given else None, "on_hold": not shown,
        "situations": bands.of_film(session, film.id),
    }  # fmt: skip


def _reviews(session: Session, family: Family, people: dict[uuid.UUID, str]) -> Iterator[Plain]:
    fields = "id film_id theme notes next_step next_filming planned_on created_at started_at closed_at"
    mine = select(Review).where(Review.family_id == family.id).order_by(Review.created_at, Review.id)
    for review in session.scalars(mine):
        placed = select(ReviewMoment).where(ReviewMoment.review_id == review.id).order_by(ReviewMoment.position)
        proud = select(Proud).where(Proud.review_id == review.id).order_by(Proud.at)
        yield _columns(review, fields) | {
            "by": people[review.by_id],
            "goal_id": goal_of(session, review),
            "moments": [_columns(one, "moment_id prompt") for one in session.scalars(placed)],
            "proud": [_columns(one, "film_id at_ms at") for one in session.scalars(proud)],
        }


def _shared(session: Session, family: Family, members: list[Member], receiver: str) -> Iterator[Plain]:
    """What was shared with the receiver, and what they answered; nothing of anybody else's."""
    if not receiver:
        return
    whose = [one for one in members if one.call_name == receiver and one.kind == "adult"]
    if len(whose) != 1:
        raise ReasonError("no_such_member", name=receiver)
    mine = (
        select(Share).join(Moment, Moment.id == Share.moment_id).join(Film, Film.id == Moment.film_id)
        .where(Film.family_id == family.id, Share.person_id == whose[0].person_id).order_by(Share.from_at, Share.id)
    )  # fmt: skip
    for share in session.scalars(mine):
        answer = session.get(Answer, share.id)
        said = _columns(answer, "reactions words at") if answer else None
        yield _columns(share, "moment_id start_ms end_ms from_at until_at retracted_at") | {"answer": said}


def _columns(row: Any, names: str) -> Plain:
    return {name: getattr(row, name) for name in names.split()}
