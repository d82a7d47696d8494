"""Make the clip of a share: exactly its frames, re-encoded, nothing of the neighbouring seconds."""

import uuid

from vbg.films.models import Film, Rendition
from vbg.films.queries import rendition
from vbg.house import House
from vbg.moments.models import Moment
from vbg.sharing.models import Share
from vbg.video import clip as clips


def clip(house: House, share_id: uuid.UUID) -> None:
    """Cut, seal and open the share. Doing it twice gives the same."""
    with house.database.unit(write=False) as session:
        share = session.get(Share, share_id)
        if share is None or share.clip_state == "ready" or share.retracted_at:
            return
        film_id = session.get_one(Moment, share.moment_id).film_id
        play = rendition(session, film_id, "play")
        offset_us = session.get_one(Film, film_id).offset_us
        start_ms, end_ms = share.start_ms, share.end_ms
    kind = f"clip-{share_id.hex}"
    with house.store.scratch() as folder:
        source, out = folder / "play.mp4", folder / "clip.mp4"
        house.store.export_to(film_id, "play", play.version, source)
        clips.clip(source, start_ms, end_ms, out, offset_us=offset_us)
        sealed = house.store.put(film_id, kind, 1, out)
    with house.database.unit() as session:
        share = session.get(Share, share_id)
        if share is None or share.clip_state == "ready":
            return
        session.add(Rendition(film_id=film_id, kind=kind, media_type="video/mp4", size_bytes=sealed.size))
        share.clip_state = "ready"
