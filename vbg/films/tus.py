"""Uploads by tus 1.0.0: core, creation, expiration, termination, checksum; sealed as they arrive."""

import base64
import binascii
import uuid
from collections.abc import Callable
from email.utils import format_datetime
from functools import wraps
from typing import Any

from flask import Blueprint, Response, request, url_for
from pydantic import ValidationError

from vbg.films import intake
from vbg.films.forms import NewUpload
from vbg.films.intake import Arrival
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import Problem, errors_of, problem
from vbg.web.request import house, viewer
from vbg.web.words import say

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination,checksum"
CHECKSUMS = "sha1,sha256"
BODY_TYPE = "application/offset+octet-stream"
STATUS = {
    "film_too_large": 413, "film_no_room": 507, "film_empty": 422, "unknown_family": 422, "film_store": 503,
    "upload_offset": 409, "upload_checksum": 460,
}  # fmt: skip

tus = Blueprint("tus", __name__, url_prefix="/api/v1")
View = Callable[..., Response]


def _speaks_tus(view: View) -> View:
    """412 to another version of the protocol; refusals of the intake as the protocol's own statuses."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Response:
        if request.headers.get("Tus-Resumable") != VERSION:
            raise Problem(412, "tus_version")
        try:
            return view(*args, **kwargs)
        except ValidationError as error:
            return problem(422, "check_fields", errors_of(error))
        except ReasonError as reason:
            if reason.code not in STATUS:
                raise
            errors = {reason.field: say(reason.code, **reason.values)} if reason.field else {}
            return problem(STATUS[reason.code], reason.code, errors, None, **reason.values)

    return wrapped


@tus.after_request
def _sign(response: Response) -> Response:
    response.headers["Tus-Resumable"] = VERSION
    if response.status_code == 412:
        response.headers["Tus-Version"] = VERSION
    return response


@tus.route("/uploads", methods=["OPTIONS"])
@opens_to()
def abilities() -> Response:
    """What this server can do."""
    return _said(
        204, Tus_Version=VERSION, Tus_Extension=EXTENSIONS, Tus_Checksum_Algorithm=CHECKSUMS,
        Tus_Max_Size=house().settings.upload_max_bytes,
    )  # fmt: skip


@tus.post("/uploads", provide_automatic_options=False)
@opens_to(Audience.STAFF)
@_speaks_tus
def create() -> Response:
    """Make room for `Upload-Length` bytes; `Upload-Metadata`: family, filename, recorded_on, situation."""
    upload = intake.begin(house(), viewer(), _new())
    where = url_for("tus.show", upload_id=upload.id)
    return _said(201, Location=where, Upload_Offset=0, Upload_Expires=format_datetime(upload.expires_at, usegmt=True))


@tus.route("/uploads/<uuid:upload_id>", methods=["HEAD"], provide_automatic_options=False)
@opens_to(Audience.STAFF)
@_speaks_tus
def show(upload_id: uuid.UUID) -> Response:
    """How many bytes are safe; when all are, which film it is."""
    at = intake.arrival(house(), viewer(), upload_id)
    if at.complete and at.film_id is None:
        at = Arrival(at.upload, at.offset, intake.finish(house(), viewer(), at.upload).id)
    return _standing(200, at, Upload_Length=at.upload.length)


@tus.patch("/uploads/<uuid:upload_id>", provide_automatic_options=False)
@opens_to(Audience.STAFF)
@_speaks_tus
def update(upload_id: uuid.UUID) -> Response:
    """More bytes, from `Upload-Offset` on."""
    if request.mimetype != BODY_TYPE:
        raise Problem(415, "wrong_type")
    offset, checksum = _number("Upload-Offset"), _checksum()
    at = intake.arrival(house(), viewer(), upload_id)
    if offset != at.offset:
        raise Problem(409, "upload_offset", offset=at.offset)
    if (request.content_length or 0) > at.upload.length - at.offset:
        raise Problem(413, "upload_too_long")
    if at.film_id is None:
        at = intake.append(house(), viewer(), at, request.stream, checksum)
    return _standing(204, at)


@tus.delete("/uploads/<uuid:upload_id>", provide_automatic_options=False)
@opens_to(Audience.STAFF)
@_speaks_tus
def erase(upload_id: uuid.UUID) -> Response:
    """Forget an upload. A film that it became already stays."""
    at = intake.arrival(house(), viewer(), upload_id)
    intake.drop(house(), viewer(), at.upload)
    return _said(204)


def _new() -> NewUpload:
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    return NewUpload.model_validate(told | {"length": _number("Upload-Length")})


def _metadata(header: str) -> dict[str, str]:
    """`key base64, key base64` as a dict; Problem 400 when it is not that."""
    told: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            told[key] = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise Problem(400, "upload_metadata") from None
    return told


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Problem(400, "upload_number", header=header)
    return int(text)


def _checksum() -> tuple[str, bytes] | None:
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _, value = header.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error:
        raise Problem(400, "upload_checksum") from None
    if algorithm not in CHECKSUMS.split(","):
        raise Problem(400, "upload_checksum")
    return algorithm, digest


def _standing(status: int, at: Arrival, **headers: object) -> Response:
    film = {} if at.film_id is None else {"Vbg_Film": at.film_id}
    expires = format_datetime(at.upload.expires_at, usegmt=True)
    return _said(status, Upload_Offset=at.offset, Upload_Expires=expires, **film, **headers)


def _said(status: int, **headers: object) -> Response:
    response = Response(status=status)
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = str(value)
    return response
