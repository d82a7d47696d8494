"""Which films a viewer may know of, and which may be looked at now."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeGuard

from sqlalchemy import Select, exists, false, func, select, tuple_
from sqlalchemy.orm import Session, aliased, joinedload

from vbg.consents import queries as consents
from vbg.families import queries as families
from vbg.families.models import Family
from vbg.films.models import Film, Rendition, Upload, Wiping
from vbg.films.rules import DRESSING, WAITING, Kind, Proxy, State, Wiped
from vbg.reasons import NotFoundError
from vbg.viewer import Audience, Viewer


def no(_made: Rendition) -> bool:
    """For who has not begun with any version."""
    return False


def visible_to(viewer: Viewer) -> Select[Film]:
    """The films of the viewer's families; none for who is not staff. Knowing of a film is not seeing it."""
    if viewer.audience is not Audience.STAFF:
        return select(Film).where(false())
    mine = families.visible_to(viewer).with_only_columns(Family.id)
    return select(Film).where(Film.family_id.in_(mine), Film.removed_at.is_(None))


def one(session: Session, viewer: Viewer, film_id: uuid.UUID) -> Film:
    """The film, or NotFoundError. Its family comes along: whoever opens a film asks for its yes."""
    mine = visible_to(viewer).where(Film.id == film_id).options(joinedload(Film.family))
    film = session.scalar(mine)
    if film is None:
        raise NotFoundError
    return film


def watched(session: Session, viewer: Viewer, film_id: uuid.UUID) -> Film:
    """The film when its picture may be shown to this viewer now, else NotFoundError."""
    film = one(session, viewer, film_id)
    if not playable(session, film):
        raise NotFoundError
    return film


def newest_of(session: Session, viewer: Viewer, family_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, Film]]:
    """By family: how many films it has, and the one that came last."""
    if not family_ids:
        return {}
    seen = visible_to(viewer).where(Film.family_id.in_(family_ids))
    counted = seen.with_only_columns(Film.family_id, func.count(), func.max(Film.number)).group_by(Film.family_id)
    many = {family_id: (count, number) for family_id, count, number in session.execute(counted)}
    last = seen.where(tuple_(Film.family_id, Film.number).in_([(one, number) for one, (_, number) in many.items()]))
    return {film.family_id: (many[film.family_id][0], film) for film in session.scalars(last)}


def of_family(session: Session, viewer: Viewer, family_id: uuid.UUID) -> list[Film]:
    """The family's films, newest first."""
    mine = visible_to(viewer).where(Film.family_id == family_id)
    return list(session.scalars(mine.order_by(Film.number.desc())))


def page_of_family(
    session: Session, viewer: Viewer, family_id: uuid.UUID, before: int | None, limit: int
) -> tuple[list[Film], int | None]:
    """At most `limit` films with a number under `before`, newest first, and the next `before` or None."""
    mine = visible_to(viewer).where(Film.family_id == family_id).order_by(Film.number.desc())
    if before is not None:
        mine = mine.where(Film.number < before)
    found = list(session.scalars(mine.limit(limit + 1)))
    return found[:limit], found[limit - 1].number if len(found) > limit else None


def allowed(session: Session, family_id: uuid.UUID) -> bool:
    """Whether this family's films may be opened: the practice room's always, others with a yes to filming."""
    family = session.get(Family, family_id)
    if family is None:
        return False
    return family.is_practice_room or consents.allows(session, family_id, "filming")


def playable(session: Session, film: Film) -> bool:
    """Whether the picture may be shown now: prepared, not removed, and the yes still stands."""
    ready = film.state == State.READY and film.removed_at is None
    return ready and allowed(session, film.family_id)


def rendition(session: Session, film_id: uuid.UUID, kind: str, begun: Callable[[Rendition], bool] = no) -> Rendition:
    """The rendition of a kind that somebody has `begun` with, else the newest; NotFoundError when none is made."""
    mine = select(Rendition).where(Rendition.film_id == film_id, Rendition.kind == kind)
    found = list(session.scalars(mine.order_by(Rendition.version.desc())))
    if not found:
        raise NotFoundError
    return next(filter(begun, found), found[0])


def kinds(session: Session, film_id: uuid.UUID) -> set[str]:
    """Which kinds of rendition are there."""
    return set(session.scalars(select(Rendition.kind).where(Rendition.film_id == film_id)))


def next_number(session: Session, family_id: uuid.UUID) -> int:
    """The number of the family's next film; locks the family's row where the database can."""
    session.execute(select(Family.id).where(Family.id == family_id).with_for_update())
    return (session.scalar(select(func.max(Film.number)).where(Film.family_id == family_id)) or 0) + 1


def upload(session: Session, viewer: Viewer, upload_id: uuid.UUID) -> Upload:
    """The viewer's own upload, or NotFoundError. A phone's own are those that it began itself."""
    mine = families.receiving_from(viewer).with_only_columns(Family.id)
    own = select(Upload).where(Upload.id == upload_id, Upload.by_id == viewer.person_id, Upload.family_id.in_(mine))
    if viewer.audience is Audience.PHONE:
        own = own.where(Upload.session_id == viewer.session_id)
    found = session.scalar(own)
    if found is None:
        raise NotFoundError
    return found


def received(session: Session, upload_id: uuid.UUID) -> Film | None:
    """The film that an upload became, once its last byte is safe."""
    found = session.get(Upload, upload_id)
    return session.get(Film, found.film_id) if found and found.film_id else None


def same_as(session: Session, viewer: Viewer, film: Film) -> Film | None:
    """The earliest other film, among those this viewer may know of, that is the same byte for byte."""
    alike = visible_to(viewer).where(Film.sha256 == film.sha256, Film.size_bytes == film.size_bytes)
    earlier = alike.where(Film.id != film.id, Film.sha256 != "", Film.created_at <= film.created_at)
    return session.scalar(earlier.order_by(Film.created_at, Film.id).options(joinedload(Film.family)).limit(1))


def wiping(session: Session, viewer: Viewer, film_id: uuid.UUID) -> Wiping | None:
    """The viewer's own reminder to wipe this film where it came from; None when there is none to give."""
    return session.scalar(_my_wipings(viewer).where(Wiping.film_id == film_id))


def open_wipings(session: Session, viewer: Viewer) -> list[Wiping]:
    """What the viewer still has to wipe, longest waiting first; not while the film may have to be copied once more."""
    copied = select(Film.id).where(Film.state.not_in((State.READY, State.HELD)), Film.removed_at.is_(None))
    mine = _my_wipings(viewer).where(Wiping.answer == Wiped.OPEN, Wiping.film_id.not_in(copied))
    return list(session.scalars(mine.order_by(Wiping.asked_at).options(joinedload(Wiping.family))))


def _my_wipings(viewer: Viewer) -> Select[Wiping]:
    if viewer.audience is not Audience.STAFF:
        return select(Wiping).where(false())
    mine = families.visible_to(viewer).with_only_columns(Family.id)
    return select(Wiping).where(Wiping.family_id.in_(mine), Wiping.by_id == viewer.person_id)


def kept_bytes(session: Session) -> int:
    """The bytes that films take by what they are, those still on their way counted whole."""
    sealed = session.scalar(select(func.sum(Rendition.size_bytes)))
    coming = session.scalar(select(func.sum(Upload.length)).where(Upload.film_id.not_in(select(Film.id))))
    return int(sealed or 0) + int(coming or 0)


def unprepared(session: Session) -> list[uuid.UUID]:
    """Films that wait to be made playable."""
    waiting = select(Film.id).where(Film.state.in_(WAITING), Film.removed_at.is_(None))
    return list(session.scalars(waiting.order_by(Film.created_at)))


def undressed(session: Session) -> list[uuid.UUID]:
    """Films that play, but miss their last picture band or sound curve."""
    last = select(Rendition.film_id).where(Rendition.kind == DRESSING[-1])
    bare = select(Film.id).where(Film.state == State.READY, Film.removed_at.is_(None), Film.id.not_in(last))
    return list(session.scalars(bare))


def heavy(session: Session, at_most: int) -> list[Film]:
    """Films that play and want a lighter twin, oldest first."""
    want = select(Film).where(Film.proxy == Proxy.WANTED, Film.state == State.READY, Film.removed_at.is_(None))
    return list(session.scalars(want.order_by(Film.created_at).limit(at_most)))


def wants_twin(film: Film | None) -> TypeGuard[Film]:
    """Whether it plays and wants a lighter twin, as `heavy` does."""
    return film is not None and film.proxy == Proxy.WANTED and film.state == State.READY and film.removed_at is None


def given_way(session: Session, before: datetime) -> list[Rendition]:
    """Versions of films that play which gave way to another one before that time."""
    newer = aliased(Rendition)
    follows = (newer.film_id == Rendition.film_id) & (newer.kind == Kind.PLAY) & (newer.version > Rendition.version)
    gave_way = exists().where(follows, newer.created_at <= before)
    return list(session.scalars(select(Rendition).where(Rendition.kind == Kind.PLAY, gave_way)))


def due(session: Session, at: datetime) -> list[uuid.UUID]:
    """Films to be erased now: removed ones, and held or practice ones past their day."""
    gone = Film.removed_at.is_not(None) | (Film.erase_at <= at)
    return list(session.scalars(select(Film.id).where(gone)))


def expired_uploads(session: Session, at: datetime) -> list[Upload]:
    """Uploads that nobody continued."""
    return list(session.scalars(select(Upload).where(Upload.expires_at <= at)))


def held(session: Session, family_id: uuid.UUID) -> list[Film]:
    """The family's films that nobody may see for want of a yes."""
    mine = select(Film).where(Film.family_id == family_id, Film.removed_at.is_(None))
    return list(session.scalars(mine.where(Film.state == State.HELD)))


def open_films(session: Session, family_id: uuid.UUID) -> list[Film]:
    """The family's films that can be seen, now or soon: not on hold, and not beyond reading."""
    shut = (State.HELD, State.FAILED)
    mine = select(Film).where(Film.family_id == family_id, Film.state.not_in(shut), Film.removed_at.is_(None))
    return list(session.scalars(mine))


def is_taggable(session: Session, film_id: uuid.UUID) -> bool:
    """Whether the film and the times of its frames are in the store."""
    return {Kind.PLAY.value, Kind.FRAMES.value} <= kinds(session, film_id)


def out_of_step(session: Session) -> list[uuid.UUID]:
    """Families with a film that is on hold though its yes stands, or open without one, whoever looks."""
    asked = consents.open_families(session, "filming")
    films = select(Film.family_id, Film.state).where(Film.removed_at.is_(None), Film.state != State.FAILED).distinct()
    rows = session.execute(films)
    return sorted({family_id for family_id, state in rows if (state == State.HELD) == (family_id in asked)})


def wanted_stills(session: Session, film_id: uuid.UUID) -> list[Rendition]:
    """Stills that were asked for and are not made yet."""
    mine = select(Rendition).where(Rendition.film_id == film_id, Rendition.kind.like("still-%"))
    return list(session.scalars(mine.where(Rendition.size_bytes == 0)))


def films_wanting_stills(session: Session) -> list[uuid.UUID]:
    """Films that play and miss a still."""
    wish = select(Rendition.film_id).where(Rendition.kind.like("still-%"), Rendition.size_bytes == 0)
    return list(session.scalars(select(Film.id).where(Film.id.in_(wish), Film.state == State.READY)))


def unfinished_uploads(session: Session) -> list[Upload]:
    """Uploads that did not become a film (yet)."""
    made = select(Film.id)
    return list(session.scalars(select(Upload).where(Upload.film_id.not_in(made))))


def upload_ids(session: Session) -> set[uuid.UUID]:
    """All uploads that have a row."""
    return set(session.scalars(select(Upload.id)))
