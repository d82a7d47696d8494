"""What a parent gets at home of a film: the frames of one moment, its words and its goal; all else is not there."""

import io
import time
from typing import Any

from tests.browser.original import Original, shows
from tests.browser.steps import GOAL, NOTE, QUESTION, SAID, WORDS
from tests.browser.walk import Walk
from tests.films import frames

_VIDEO = "document.querySelector('video')"


def see_only_this(dilan: Walk, original: Original, moment: dict[str, Any]) -> None:
    """One moment: its page holds what was shared and no note; the clip its frames, from the first to the last."""
    clips = dilan.page.locator('a[href*="/portal/moments/"]')
    assert clips.count() == 1
    nothing_private(dilan)
    with dilan.page.expect_navigation():
        clips.first.click()
    dilan.look("moment, at home")
    nothing_private(dilan)
    text = dilan.page.content()
    assert WORDS in text
    assert GOAL in text
    assert QUESTION in text
    first, last = original.first(moment["start_ms"]), original.last(moment["start_ms"], moment["end_ms"])
    the_clip_plays(dilan, original, first, last)
    the_clip_holds(dilan, original, first, last)


def nothing_private(dilan: Walk) -> None:
    assert not [word for word in (NOTE, SAID) if word in dilan.page.content()]


def the_clip_plays(dilan: Walk, original: Original, first: int, last: int) -> None:
    """Begins on the moment's first frame, plays, and rests on its last one."""
    shows(dilan, original, first, "the clip, before it plays")
    dilan.page.evaluate(f"{_VIDEO}.play()")
    wait(dilan, f"{_VIDEO}.currentTime > 0.5", "the clip does not play")
    dilan.page.evaluate(f"{_VIDEO}.currentTime = Math.max(0, {_VIDEO}.duration - 1)")
    wait(dilan, f"{_VIDEO}.ended", "the clip does not end")
    shows(dilan, original, last, "the clip, when it ended")


def wait(dilan: Walk, condition: str, otherwise: str) -> None:
    limit = time.monotonic() + 30
    while not dilan.page.evaluate(condition):
        assert time.monotonic() < limit, otherwise
        time.sleep(0.1)


def the_clip_holds(dilan: Walk, original: Original, first: int, last: int) -> None:
    """All its bytes hold exactly the moment's frames, each at its own time."""
    inside = list(frames(io.BytesIO(clip_bytes(dilan))))
    assert len(inside) == last - first + 1
    begin_us = original.times_us[first]
    for at, (at_us, image) in enumerate(inside, first):
        assert abs(at_us + begin_us - original.times_us[at]) <= 2000
        if at in (first, last) or original.burnt_in:
            assert original.seen(image, at) == {at}


def clip_bytes(dilan: Walk) -> bytes:
    """The clip, piece by piece, as this parent's browser gets it."""
    address = dilan.page.evaluate(f"{_VIDEO}.src")
    got, size = b"", 1
    while len(got) < size:
        answer = dilan.page.request.get(address, headers={"Range": f"bytes={len(got)}-"})
        assert answer.status == 206
        size = int(answer.headers["content-range"].split("/")[1])
        got += answer.body()
    return got


def the_rest_is_not_there(dilan: Walk, ine: Walk, film: str, moments: list[dict[str, Any]], review: str) -> None:
    """What opens to the counselor is 404 to the parent: film, frames in and outside the moment, moments, notes."""
    closed = [
        f"/api/v1/films/{film}", f"/api/v1/films/{film}/media", f"/api/v1/films/{film}/frames",
        f"/api/v1/films/{film}/moments", f"/api/v1/films/{film}/acts", f"/api/v1/films/{film}/poster",
        f"/api/v1/films/{film}/filmstrip", f"/api/v1/films/{film}/waveform", f"/films/{film}", "/today",
        f"/films/{film}/workspace", f"/reviews/{review}",
    ]  # fmt: skip
    for one in moments:
        closed += [
            f"/api/v1/moments/{one['id']}", f"/api/v1/moments/{one['id']}/note", f"/moments/{one['id']}/shares/new",
        ]  # fmt: skip
        closed += [f"/api/v1/films/{film}/still?at_ms={at}" for at in (0, one["start_ms"], one["end_ms"] - 1)]
    assert [path for path in closed if ine.status(path) not in (200, 202, 206)] == []
    closed += [f"/reviews/{review}/watch"]
    for one in moments:
        closed += [f"/portal/moments/{one['id']}", f"/portal/moments/{one['id']}/media"]
    assert {path: dilan.status(path) for path in closed} == dict.fromkeys(closed, 404)
