"""Make the clip of a share: exactly its frames, re-encoded, nothing of the neighbouring seconds."""

import uuid

from vbg import queue
from vbg.films.intake import play_file
from vbg.films.models import Rendition
from vbg.house import House
from vbg.moments.models import Moment
from vbg.sharing import queries
from vbg.sharing.models import Share
from vbg.video import clip as clips
from vbg.video import run
from vbg.video.footage import Footage
from vbg.video.source import Source


def clip(house: House, share_id: uuid.UUID) -> None:
    """Cut, seal, and open the share. Doing it twice gives the same."""
    with house.database.unit(write=False) as session:
        share = session.get(Share, share_id)
        if share is None or share.clip_state == "ready" or share.retracted_at:
            return
        film_id = session.get_one(Moment, share.moment_id).film_id
        start_ms, end_ms = share.start_ms, share.end_ms
    kind = queries.clip_kind(share_id)
    with play_file(house, film_id) as play:
        footage = Footage(
            Source(play.path, play.key),
            play.times_us,
            play.offset_us,
            play.duration_ms,
            play.width,
            play.height,
            play.sound,
        )
        out = play.folder / "clip.mp4"
        clips.clip(footage, start_ms, end_ms, out, run.find(house.settings.ffmpeg or None))
        sealed = house.store.put(film_id, kind, 1, out)
    with house.database.unit() as session:
        share = session.get(Share, share_id)
        if share is None or share.clip_state == "ready":
            return
        made = Rendition(film_id=film_id, kind=kind, media_type="video/mp4", size_bytes=sealed.size)
        made.sealed_sha256 = sealed.sealed_sha256
        session.add(made)
        share.clip_state = "ready"


def sweep(house: House) -> None:
    """Ask again for clips that were lost by a kill."""
    with house.database.unit(write=False) as session:
        for share_id in queries.unmade(session):
            queue.remind(session, "sharing.clip", share_id)
