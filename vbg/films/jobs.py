"""Slow work on films: prepare, lighten, stills, erase. What was left undone is found by `sweep`.

Each may be done twice, or be cut off at any step: what is to be done is read from the films' own rows.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from vbg import audit, clock, log, queue, timecode
from vbg.films import intake, queries, rules
from vbg.films.models import Film, Rendition
from vbg.films.rules import Kind, Proxy, State
from vbg.house import House
from vbg.reasons import NotFoundError
from vbg.store import Sealed, StoreError
from vbg.video import limits, run, stills
from vbg.video import prepare as preparing
from vbg.video.errors import ToolError, UnreadableError
from vbg.video.footage import Footage
from vbg.video.prepare import Dressing, Playable, Told
from vbg.video.probe import Measured
from vbg.video.source import Source

Cancel = Callable[[], bool]
TELL_SECONDS = 1.0
LOOK_SECONDS = 1.0
VERSION = 1
MEDIA_TYPES = {
    Kind.PLAY: "video/mp4", Kind.FRAMES: "application/json", Kind.POSTER: "image/jpeg",
    Kind.FILMSTRIP: "image/jpeg", Kind.WAVEFORM: "application/json", Kind.HINTS: "application/json",
}  # fmt: skip
NOTHING = Told("", 0.0)
NO_SOUND = '{"per_second":20,"peaks":[]}'


@lru_cache(maxsize=1)
def tools(ffmpeg: str = "") -> run.Tools:
    """This machine's tools, found once. ToolError('missing')."""
    return run.find(ffmpeg or None)


def prepare(house: House, film_id: uuid.UUID, cancel: Cancel = run.never) -> None:
    """Measure a film, make it playable, then poster, filmstrip, hints, waveform. Its state says how it went."""
    film = _claim(house, film_id)
    if film is None:
        return
    work = _Work(house, film, cancel)
    try:
        if film.state == State.READY:
            work.redress()
        else:
            work.do()
    except UnreadableError as error:
        _fail(house, film_id, f"film_{error.code}")
    except ToolError as error:
        log.line("tool", film=film_id, code=error.code, exit=error.values.get("exit"))
        if error.code != "cancelled":
            _fail(house, film_id, "film_tool_missing" if error.code == "missing" else "film_broke")
    except NotFoundError:
        log.line("film", film=film_id, state="gone")
    except (StoreError, OSError) as error:
        if reason := _trouble(film_id, error):
            _fail(house, film_id, reason)


def footage_of(play: intake.PlayFile) -> Footage:
    """The prepared film as the cutting tools want it."""
    size = play.width, play.height
    return Footage(Source(play.path, play.key), play.times_us, play.offset_us, play.duration_ms, *size, play.sound)


def lighten(house: House, film_id: uuid.UUID, cancel: Cancel = run.never) -> None:
    """Give a heavy film its lighter twin, which takes over as a new version of what plays: same frames, same times.

    The twin's decoding saw every frame, so its hints take the place of those that were drawn from key frames.
    """
    with house.database.unit(write=False) as session:
        film = session.get(Film, film_id)
        if not queries.wants_twin(film):
            return
    try:
        _lighten(house, film, cancel)
    except NotFoundError:
        log.line("film", film=film_id, state="gone")
    except ToolError as error:
        log.line("tool", film=film_id, code=error.code, exit=error.values.get("exit"))
        if error.code != "cancelled":
            _settle(house, film_id, Proxy.KEPT)
    except (StoreError, OSError) as error:
        if reason := _trouble(film_id, error):
            raise queue.SetbackError(reason) from None


def _lighten(house: House, film: Film, cancel: Cancel) -> None:
    version, work = film.play_version + 1, _Work(house, film, cancel)
    room = house.store.scratch(preparing.most_bytes(film.duration_ms or 0))
    with intake.play_file(house, film.id) as play, room as out:
        found = tools(house.settings.ffmpeg)
        aac = film.record.get("sound") in limits.SOME_HEAR
        twin = preparing.proxy(footage_of(play), out, found, work.stopped, aac=aac)
        if twin is None:
            _settle(house, film.id, Proxy.KEPT)
            return
        sealed = house.store.put(film.id, Kind.PLAY, version, twin.play)
        work.seal(Kind.HINTS, twin.hints)
    with house.database.unit() as session:
        now = session.get(Film, film.id)
        if now is None or now.proxy != Proxy.WANTED or now.play_version != film.play_version:
            return
        media_type = MEDIA_TYPES[Kind.PLAY]
        made = Rendition(film_id=film.id, kind=Kind.PLAY, version=version, media_type=media_type)
        made.size_bytes, made.sealed_sha256 = sealed.size, sealed.sealed_sha256
        session.add(made)
        now.proxy, now.play_version = Proxy.MADE, version
    work.step("lightened")


def _settle(house: House, film_id: uuid.UUID, proxy: Proxy) -> None:
    """The copy stays what plays: it is not tried again."""
    log.line("film", film=film_id, proxy=proxy)
    with house.database.unit() as session:
        session.execute(update(Film).where(Film.id == film_id).values(proxy=proxy))


def make_stills(house: House, film_id: uuid.UUID, cancel: Cancel = run.never) -> None:
    """Make the stills that were asked for, each the first frame at or after its time."""
    with house.database.unit(write=False) as session:
        film = session.get(Film, film_id)
        if film is None or film.state != State.READY:
            return
        wanted = [one.kind for one in queries.wanted_stills(session, film_id)]
    if not wanted:
        return
    with intake.play_file(house, film_id) as play:
        footage = footage_of(play)
        for kind in wanted:
            out = play.folder / "still.jpg"
            stills.still(footage, rules.still_ms(kind) or 0, out, tools(house.settings.ffmpeg), cancel=cancel)
            sealed = house.store.put(film_id, kind, VERSION, out)
            with house.database.unit() as session:
                _keep(session, film_id, kind, "image/jpeg", sealed)


def erase(house: House, film_id: uuid.UUID) -> None:
    """Destroy a film that was removed or whose day has come: key, bytes, rows. One line stays as proof."""
    with house.database.unit(write=False) as session:
        film = session.get(Film, film_id)
        if film is None or film_id not in queries.due(session, clock.now()):
            return
        family_id = film.family_id
    intake.erase(house, film_id, family_id)


def _claim(house: House, film_id: uuid.UUID) -> Film | None:
    """The film, now being prepared; None when there is nothing (more) to do for it."""
    with house.database.unit() as session:
        film = session.get(Film, film_id)
        if film is None or film.removed_at:
            return None
        if film.state in rules.WAITING or rules.may_pass(film.state, film.reason):
            film.state, film.reason, film.reason_values = State.PREPARING, "", {}
            return film
        return film if film_id in queries.undressed(session) else None


def _fail(house: House, film_id: uuid.UUID, reason: str) -> None:
    """Say so on the film. SetbackError when trying again later may help."""
    with house.database.unit() as session:
        film = session.get(Film, film_id)
        if film is not None and film.state in rules.WAITING:
            film.state, film.reason, film.reason_values = State.FAILED, reason, {}
            audit.record(session, None, "films.prepare", "film", film_id, film.family_id, reason)
            log.line("film", film=film_id, state="failed", reason=reason)
    if not rules.is_hard(reason):
        raise queue.SetbackError(reason)


def _trouble(film_id: uuid.UUID, error: StoreError | OSError) -> str:
    """The reason code of what the store or the disk said; empty when the film just went, or only the line to it."""
    code = error.code if isinstance(error, StoreError) else "full" if error.errno in {28, 122, 27} else "io"
    log.line("store", film=film_id, code=code)
    # a store elsewhere comes back, and the sweep asks again
    return "" if code in ("gone", "unreachable") else "film_no_room" if code == "full" else "film_broke"


@dataclass
class _Work:
    """One film under way. Transactions are short; none is open while a tool works."""

    house: House
    film: Film
    cancel: Cancel
    copy: Sealed | None = None
    told: Told = NOTHING
    told_at: float = 0.0
    first: Told = NOTHING
    first_at: float = 0.0
    looked_at: float = field(default_factory=time.monotonic)
    began: float = field(default_factory=time.monotonic)

    def do(self) -> None:
        found = tools(self.house.settings.ffmpeg)
        if found.sandbox.name == "none" and not self.house.settings.unsandboxed_uploads:
            raise ToolError("missing", tool="sandbox")
        store, size = self.house.store, self.film.size_bytes
        with store.scratch(size) as inside, store.scratch(3 * size + intake.AIR_BYTES) as out:
            key = store.lend_to(self.film.id, Kind.ORIGINAL, VERSION, inside / "in")
            original, plays = Source(inside / "in", key), self.film.plays.split(",")
            try:
                made = preparing.playable(original, out, found, self.tell, self.stopped, self.store_copy, plays)
            except BaseException:
                self.drop_copy()
                raise
            self.step("playable")
            self.note(Kind.PLAY, self.copy) if made.copied and self.copy else self.seal(Kind.PLAY, made.play)
            self.seal(Kind.FRAMES, made.frames)
            waited_for = self.open(made)
            self.step("ready")
            if waited_for:
                self.ask_lighter()
            self.keep(made.dressing, out) if made.dressing else self.dress(made.footage, out)
        if not waited_for:
            self.ask_lighter()

    def redress(self) -> None:
        """Only what is missing around a film that plays: it may be tagged meanwhile."""
        with intake.play_file(self.house, self.film.id) as play:
            self.dress(footage_of(play), play.folder)

    def dress(self, footage: Footage, folder: Path) -> None:
        """Make poster, filmstrip, hints and waveform of the film that plays."""
        self.keep(preparing.dress(footage, folder, tools(self.house.settings.ffmpeg), self.stopped), folder)

    def keep(self, made: Dressing, folder: Path) -> None:
        """Poster, filmstrip, hints and waveform. The waveform goes last: it says that the others are there."""
        self.seal(Kind.POSTER, made.poster)
        self.seal(Kind.FILMSTRIP, made.filmstrip, **asdict(made.strip))
        self.seal(Kind.HINTS, made.hints)
        self.seal(Kind.WAVEFORM, made.waveform or _written(folder / "silence.json", NO_SOUND))
        self.step("dressed")

    def ask_lighter(self) -> None:
        """A film that is heavy to play gets a lighter twin, once all that people wait for is there; one that not every
        browser plays at once, for its twin is waited for.
        """
        with self.house.database.unit() as session:
            film = session.get(Film, self.film.id)
            if queries.wants_twin(film):
                queue.ask(session, rules.lightening(film.play_codec), film.id)

    def store_copy(self, path: Path) -> None:
        """Seal a copy while its film is still being measured: bytes without a row, until it is known to stay."""
        self.copy = self.house.store.put(self.film.id, Kind.PLAY, VERSION, path)

    def drop_copy(self) -> None:
        if self.copy is not None:
            self.house.store.erase_rendition(self.film.id, Kind.PLAY, VERSION)

    def seal(self, kind: Kind, path: Path, **facts: int) -> None:
        self.note(kind, self.house.store.put(self.film.id, kind, VERSION, path), **facts)

    def note(self, kind: Kind, sealed: Sealed, **facts: int) -> None:
        with self.house.database.unit() as session:
            _keep(session, self.film.id, kind, MEDIA_TYPES[kind], sealed, **facts)

    def open(self, made: Playable) -> bool:
        """The film can be tagged from here on, unless it was put on hold or removed meanwhile.

        Whether its twin is waited for: not every browser plays it as it is.
        """
        measured = made.measured
        incomplete = measured.incomplete or not made.exact
        weight = self.film.size_bytes, measured.duration_ms
        heavy = made.copied and rules.wants_proxy((measured.width, measured.height), measured.key_ms, *weight)
        record = _record(measured, made)
        waited_for = bool(rules.play_codec(record, Proxy.NONE))
        with self.house.database.unit() as session:
            film = session.get(Film, self.film.id)
            if film is None:
                return False
            film.duration_ms, film.frame_count = made.duration_ms, made.frame_count
            film.width, film.height = made.footage.width, made.footage.height
            film.offset_us, film.sound, film.incomplete = made.offset_us, made.footage.sound, incomplete
            film.reason = "film_incomplete" if incomplete else ""
            film.reason_values = {"end": timecode.clock(made.duration_ms)} if incomplete else {}
            film.notes = [{"code": note.reason, "values": note.spoken} for note in measured.notes]
            film.record = record
            film.proxy, film.play_version = Proxy.WANTED if heavy or waited_for else Proxy.NONE, VERSION
            film.step, film.left_s = "", None
            if film.state in rules.WAITING:
                film.state, film.progress, film.ready_at = State.READY, 1.0, clock.now()
                audit.record(session, None, "films.prepare", "film", film.id, film.family_id)
        return waited_for

    def tell(self, told: Told) -> None:
        now = time.monotonic()
        if told.step == self.told.step and now - self.told_at < TELL_SECONDS:
            return
        if told.step != self.told.step:
            self.first, self.first_at = told, now
        self.told, self.told_at = told, now
        left = rules.left_s(now - self.first_at, told.share - self.first.share, 1.0 - told.share)
        mine = Film.id == self.film.id, Film.state == State.PREPARING
        values = {"progress": min(told.share, 0.99), "step": told.step, "left_s": left}
        with self.house.database.unit() as session:
            session.execute(update(Film).where(*mine).values(**values))

    def stopped(self) -> bool:
        """Whether to let go: asked by the worker, or the film is gone or on hold (looked up now and then)."""
        now = time.monotonic()
        if self.cancel():
            return True
        if now - self.looked_at < LOOK_SECONDS:
            return False
        self.looked_at = now
        with self.house.database.unit(write=False) as session:
            film = session.get(Film, self.film.id)
            return film is None or film.removed_at is not None or film.state == State.HELD

    def step(self, name: str) -> None:
        log.line("film", film=self.film.id, step=name, ms=round((time.monotonic() - self.began) * 1000))


def _record(measured: Measured, made: Playable) -> dict[str, Any]:
    """What was measured of the film as it came in; sizes as shown, in px."""
    return {
        "width": measured.width, "height": measured.height, "rotation": measured.rotation,
        "picture": measured.video_codec, "pixels": measured.pix_fmt, "hdr": measured.hdr,
        "interlaced": measured.interlaced, "sound": measured.audio_codec, "sounds": measured.sounds,
        "declared_ms": measured.declared_ms, "copied": made.copied,
    }  # fmt: skip


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "ascii")
    return path


def _keep(session: Session, film_id: uuid.UUID, kind: str, media_type: str, sealed: Sealed, **facts: int) -> None:
    """The row of what is in the store; an older one of the kind gives way."""
    if session.get(Film, film_id) is None:
        return
    session.execute(delete(Rendition).where(Rendition.film_id == film_id, Rendition.kind == kind))
    made = Rendition(film_id=film_id, kind=kind, version=VERSION, media_type=media_type, size_bytes=sealed.size)
    made.sealed_sha256, made.facts = sealed.sealed_sha256, facts
    session.add(made)
    session.flush()
