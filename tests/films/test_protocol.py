"""tus 1.0.0, each MUST of the core and of the extensions that the server says it has."""

import base64
import hashlib
import io
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.films.conftest import BYTES, SQLITE, TUS, begin, metadata, send
from vbg import clock

pytestmark = SQLITE


@pytest.fixture
def half(ann):
    """An upload of ten bytes of which four came in."""
    where = begin(ann, 10, family="Gezin Merel", filename="Pip.mp4").headers["Location"]
    send(ann, where, 0, b"abcd")
    return where


def test_options_say_what_there_is_without_a_version(ann, client_for):
    for headers in ({}, {"Tus-Resumable": "0.2.2"}):
        said = client_for("").open("/api/v1/uploads", method="OPTIONS", headers=headers)
        assert said.status_code == 204
        assert said.headers["Tus-Version"] == "1.0.0"
        assert said.headers["Tus-Checksum-Algorithm"].split(",")[0] == "sha1"
        assert said.headers["Tus-Extension"].split(",") == [
            "creation", "creation-with-upload", "creation-defer-length", "expiration", "termination", "checksum",
        ]  # fmt: skip


@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
def test_another_version_is_refused_and_nothing_is_done(ann, half, method):
    where = "/api/v1/uploads" if method == "POST" else half
    answer = ann.open(where, method=method, headers=BYTES | {"Tus-Resumable": "0.2.2", "Upload-Offset": "4"}, data=b"e")
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
    assert ann.head(half, headers=TUS).headers["Upload-Offset"] == "4"


def test_every_answer_bears_the_version(ann, half, client_for):
    for answer in (
        ann.head(half, headers=TUS), send(ann, half, 0, b"x"), send(ann, half, 4, b"x"), begin(ann, 0, family="x"),
        ann.head(f"{half[:-4]}0000", headers=TUS), client_for("").head(half, headers=TUS),
    ):  # fmt: skip
        assert answer.headers["Tus-Resumable"] == "1.0.0", answer.status_code


def test_head_says_all_there_is_to_know(ann, half):
    stands = ann.head(half, headers=TUS)
    assert (stands.status_code, stands.headers["Upload-Offset"], stands.headers["Upload-Length"]) == (200, "4", "10")
    assert "no-store" in stands.headers["Cache-Control"]
    assert stands.headers["Upload-Metadata"] == metadata(family="Gezin Merel", filename="Pip.mp4")
    empty = begin(ann, 10, family="Gezin Merel").headers["Location"]
    assert ann.head(empty, headers=TUS).headers["Upload-Offset"] == "0"


def test_nothing_there_is_404_without_an_offset(ann, half):
    gone = ann.head(f"{half[:-4]}0000", headers=TUS)
    assert gone.status_code == 404
    assert "Upload-Offset" not in gone.headers


def test_a_wrong_offset_changes_nothing(ann, half):
    for offset in (0, 3, 5, 10):
        assert send(ann, half, offset, b"zz").status_code == 409
    assert ann.head(half, headers=TUS).headers["Upload-Offset"] == "4"


def test_a_piece_of_another_type_is_refused(ann, half):
    assert send(ann, half, 4, b"e", **{"Content-Type": "application/octet-stream"}).status_code == 415


@pytest.mark.parametrize("method", ["PATCH", "HEAD", "DELETE"])
def test_the_method_may_stand_in_a_header(ann, half, method):
    meant = TUS | BYTES | {"X-HTTP-Method-Override": method, "Upload-Offset": "4"}
    answer = ann.post(half, headers=meant, input_stream=io.BytesIO(b"ef"), content_length=2)
    assert answer.status_code == {"PATCH": 204, "HEAD": 200, "DELETE": 204}[method]
    after = ann.head(half, headers=TUS)
    assert after.headers.get("Upload-Offset") == {"PATCH": "6", "HEAD": "4", "DELETE": None}[method]


def test_a_method_in_a_header_means_nothing_elsewhere(ann, world):
    family = f"/api/v1/families/{world.families['merel'].id}/films"
    assert ann.get(family, headers={"X-HTTP-Method-Override": "DELETE"}).status_code == 200


@pytest.mark.parametrize(
    "told", ["", "family", "family R2V6aW4gTWVyZWw=,family R2V6aW4gTWVyZWw=", "x" * 5000, "a\x00b YQ=="]
)
def test_metadata_that_is_none(ann, told):
    headers = TUS | {"Upload-Length": "9", "Upload-Metadata": told}
    assert ann.post("/api/v1/uploads", headers=headers).status_code in (400, 422)


def test_metadata_may_have_empty_values_and_keys_of_others(ann):
    headers = TUS | {"Upload-Length": "9", "Upload-Metadata": metadata(family="Gezin Merel") + ",is_private,relation "}
    assert ann.post("/api/v1/uploads", headers=headers).status_code == 201


def test_the_first_piece_may_come_with_the_beginning(ann, house, two_seconds):
    data = two_seconds.read_bytes()
    headers = TUS | BYTES | {"Upload-Metadata": metadata(family="Gezin Merel"), "Upload-Length": str(len(data))}

    def first(piece: bytes, **more: str):
        return ann.post("/api/v1/uploads", headers=headers | more, input_stream=io.BytesIO(piece),
                        content_length=len(piece))  # fmt: skip

    made = first(data[:100])
    assert (made.status_code, made.headers["Upload-Offset"]) == (201, "100")
    assert ann.head(made.headers["Location"], headers=TUS).headers["Upload-Offset"] == "100"
    whole = first(data)
    assert (whole.status_code, whole.headers["Upload-Offset"]) == (201, str(len(data)))
    assert ann.get(f"/api/v1/films/{whole.headers['Vbg-Film']}").status_code == 200
    assert first(data + b"x").status_code == 413
    wrong = "sha256 " + base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    waiting = house.store.upload_ids()
    assert first(data[:100], **{"Upload-Checksum": wrong}).status_code == 460
    assert house.store.upload_ids() == waiting, "nobody would ever go on with it"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_with_a_wrong_sum_is_thrown_away(ann, half, algorithm):
    def told(data: bytes) -> dict[str, str]:
        return {"Upload-Checksum": f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"}

    assert send(ann, half, 4, b"efg", **told(b"xyz")).status_code == 460
    assert ann.head(half, headers=TUS).headers["Upload-Offset"] == "4"
    assert send(ann, half, 4, b"efg", **told(b"efg")).headers["Upload-Offset"] == "7"


@pytest.mark.parametrize("told", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256", "sha256 ***", "sha256 MTIz"])
def test_a_sum_that_cannot_be_understood(ann, half, told):
    assert send(ann, half, 4, b"efg", **{"Upload-Checksum": told}).status_code in (400, 460)
    assert ann.head(half, headers=TUS).headers["Upload-Offset"] == "4"


def test_it_says_until_when_it_waits_and_each_piece_moves_that_on(ann, half):
    until = parsedate_to_datetime(send(ann, half, 4, b"e").headers["Upload-Expires"])
    assert until > clock.now()
    with clock.freeze(clock.now() + timedelta(minutes=20)):
        later = parsedate_to_datetime(send(ann, half, 5, b"f").headers["Upload-Expires"])
    assert later - until > timedelta(minutes=19)


def test_an_upload_that_was_ended_is_gone(ann, half):
    assert ann.delete(half, headers=TUS).status_code == 204
    assert ann.head(half, headers=TUS).status_code == 404
    assert send(ann, half, 4, b"e").status_code == 404
    assert ann.delete(half, headers=TUS).status_code == 404
