"""Picture and sound in pieces: who gets them, how large, and what is written of it."""

import io
import json

import pytest
from sqlalchemy import func, select

from tests.films import images, read_number
from tests.films.conftest import SQLITE
from vbg import worker
from vbg.audit import AuditLine
from vbg.consents import actions as consents
from vbg.web.media import PIECE_BYTES

KINDS = ("media", "frames", "poster", "filmstrip", "filmstrip.json", "waveform", "hints", "still?at_ms=0")


def url(film, kind=""):
    return f"/api/v1/films/{film.id}/{kind}".rstrip("/")


def test_a_film_is_ready_and_says_what_it_is(ann, ready):
    said = ann.get(url(ready)).json
    assert (said["state"], said["progress"], said["reason"], said["incomplete"]) == ("ready", 1.0, None, False)
    assert (said["duration_ms"], said["frame_count"], said["width"], said["height"]) == (2000, 50, 320, 240)
    assert (said["number"], said["sound"], said["offset_us"] >= 0) == (1, True, True)
    listed = ann.get(f"/api/v1/families/{ready.family_id}/films").json
    (item,) = listed["items"]
    assert (item.items() <= said.items(), listed["next"]) == (True, None)


@SQLITE
def test_what_belongs_to_it(ann, ready, tmp_path):
    times = ann.get(url(ready, "frames")).json["times_us"]
    assert times == [number * 40_000 for number in range(50)]
    assert ann.get(url(ready, "poster")).data[:3] == b"\xff\xd8\xff"
    assert ann.get(url(ready, "filmstrip")).content_type == "image/jpeg"
    strip = ann.get(url(ready, "filmstrip.json")).json
    assert strip == {"tile_width": 160, "tile_height": 90, "count": 2, "step_ms": 1000}
    heard = ann.get(url(ready, "waveform")).json
    assert ann.head(url(ready, "waveform") + "?shape=coarse").status_code == 200
    coarse = ann.get(url(ready, "waveform") + "?shape=coarse").json
    assert coarse["per_second"] == heard["per_second"] / 4
    assert coarse["peaks"] == [max(heard["peaks"][at : at + 4]) for at in range(0, len(heard["peaks"]), 4)]
    assert (heard["per_second"], len(heard["peaks"])) == (20, 40)
    assert max(heard["peaks"]) > 10
    assert ann.get(url(ready, "hints")).json == {"spans": []}
    play = tmp_path / "play.mp4"
    play.write_bytes(ann.get(url(ready, "media")).data)
    assert [read_number(image) for image in images(play)] == list(range(50))


@SQLITE
def test_a_still_is_the_frame_of_its_moment(ann, ready, house, tmp_path):
    asked = ann.get(url(ready, "still?at_ms=1201"))
    assert (asked.status_code, asked.headers["Retry-After"]) == (202, "1")
    assert ann.get(url(ready, "still?at_ms=1201")).status_code == 202
    worker.work_off(house)
    still = ann.get(url(ready, "still?at_ms=1201"))
    (tmp_path / "still.jpg").write_bytes(still.data)
    assert read_number(images(tmp_path / "still.jpg")[0]) == 31
    assert ann.get(url(ready, "still?at_ms=-1")).status_code == 422
    assert ann.get(url(ready, "still")).json["errors"]["at_ms"]


@SQLITE
def test_ranges(ann, ready):
    whole = ann.get(url(ready, "media"))
    size = len(whole.data)
    assert size < PIECE_BYTES
    assert (whole.status_code, whole.headers["Content-Range"]) == (206, f"bytes 0-{size - 1}/{size}")
    assert whole.headers["Cache-Control"] == "private, no-store"
    assert whole.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.content_type == "video/mp4"

    def get(span, **headers):
        return ann.get(url(ready, "media"), headers={"Range": span} | headers)

    assert get("bytes=10-19").data == whole.data[10:20]
    assert get("bytes=-7").data == whole.data[-7:]
    assert get(f"bytes={size - 3}-{size + 99}").data == whole.data[-3:]
    assert get("bytes=5-9,20-29").data == whole.data[5:10]
    beyond = get(f"bytes={size}-")
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    assert get("bytes=10-19", **{"If-Range": whole.headers["ETag"]}).data == whole.data[10:20]
    assert get("bytes=10-19", **{"If-Range": '"older"'}).data == whole.data
    head = ann.head(url(ready, "media"))
    assert (head.status_code, head.headers["Content-Length"], head.data) == (206, str(size), b"")
    assert ann.post(url(ready, "media")).status_code == 405


@SQLITE
def test_what_is_small_comes_whole_and_each_answer_is_closed(ann, ready, house):
    ann.get(url(ready, "still?at_ms=0"))
    worker.work_off(house)
    for kind in KINDS:
        if kind == "filmstrip.json":
            continue  # a few numbers, no part of the film
        answer = ann.get(url(ready, kind), headers={"Range": "bytes=0-9"})
        assert answer.status_code == (206 if kind == "media" else 200), kind
        assert ("Accept-Ranges" in answer.headers) == (kind == "media"), kind
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Content-Disposition"] == "inline"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox;")
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        if kind == "frames":
            continue  # a list goes out squeezed, without a tag
        told = {"If-None-Match": answer.headers["ETag"]}
        assert ann.get(url(ready, kind), headers=told).status_code == 304, kind


@SQLITE
def test_a_piece_is_at_most_two_mebibytes(ann, ready, house):
    house.store.put(ready.id, "play", 1, io.BytesIO(bytes(3 * 1024**2)))
    for header in ({}, {"Range": "bytes=0-"}):
        piece = ann.get(url(ready, "media"), headers=header)
        assert (piece.status_code, len(piece.data)) == (206, PIECE_BYTES)
        assert piece.headers["Content-Range"] == f"bytes 0-{PIECE_BYTES - 1}/{3 * 1024**2}"


@SQLITE
@pytest.mark.parametrize(("who", "status"), [("bea", 206), ("cas", 404), ("dilan", 404), ("eve", 404), ("", 401)])
def test_who_gets_the_film(client_for, ready, who, status):
    client = client_for(who)
    assert client.get(url(ready, "media")).status_code == status
    for kind in ("", *KINDS):
        assert (client.get(url(ready, kind)).status_code < 300) == (status == 206), kind


@SQLITE
def test_a_withdrawn_yes_closes_it_at_the_next_request(ann, ready, house, world):
    assert ann.get(url(ready, "media"), headers={"Range": "bytes=0-9"}).status_code == 206
    with house.database.unit() as session:
        consents.withdraw(session, world.viewer("ann"), world.members["dilan"], "filming")
    for kind in KINDS:
        assert ann.get(url(ready, kind)).status_code == 404, kind
    assert ann.get(url(ready)).status_code == 200


@SQLITE
def test_watching_is_one_line_for_ten_minutes(ann, ready, house, client_for):
    for _ in range(5):
        ann.get(url(ready, "media"), headers={"Range": "bytes=0-9"})
    client_for("bea").get(url(ready, "media"))
    with house.database.unit(write=False) as session:
        lines = select(func.count()).where(AuditLine.event == "films.watch", AuditLine.object_id == ready.id)
        assert session.scalar(lines) == 2


@SQLITE
def test_bytes_that_were_tampered_with_are_refused(ann, ready, house):
    (sealed,) = house.settings.data.glob("store/films/*/*/play.1.sealed")
    broken = bytearray(sealed.read_bytes())
    broken[-20] ^= 1
    sealed.write_bytes(broken)
    answer = ann.get(url(ready, "media"))
    assert (answer.status_code, json.loads(answer.data)["code"]) == (503, "film_store")
