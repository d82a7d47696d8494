"""Uploads by tus 1.0.0: core, creation (with upload; of what is being filmed), expiration, termination, checksum.

Sealed as they arrive. Beyond tus: metadata `sha256` or the header `Vbg-Sha256` (hex) announces the whole film. The
last answer says `Vbg-Film`, the `Vbg-Sha256` that came in, and `Vbg-Same-As` when the sender knows the very same film
already.
"""

import base64
import binascii
import re
import uuid
from collections.abc import Callable, Iterable
from email.utils import format_datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from flask import Blueprint, Flask, Response, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from pydantic import ValidationError

from vbg.films import intake, queries
from vbg.films.forms import NewUpload
from vbg.films.intake import Arrival
from vbg.films.models import Film
from vbg.reasons import ReasonError
from vbg.viewer import Audience
from vbg.web.access import opens_to
from vbg.web.api import Problem, errors_of, problem
from vbg.web.request import house, viewer
from vbg.web.words import say

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,creation-defer-length,expiration,termination,checksum"
CHECKSUMS = "sha1,sha256"
BODY_TYPE = "application/offset+octet-stream"
STATUS = {
    "film_too_large": 413, "film_quota": 507, "film_needs_room": 507, "film_no_room": 507, "film_empty": 422,
    "unknown_family": 422, "film_store": 503, "film_checksum": 422, "upload_offset": 409, "upload_checksum": 460,
    "upload_length": 409,
}  # fmt: skip
METHODS = ("POST", "PATCH", "HEAD", "DELETE", "OPTIONS")
TOLD_MAX = 4096

tus = Blueprint("tus", __name__, url_prefix="/api/v1")
View = Callable[..., Response]


class _Override:
    """`X-HTTP-Method-Override` is the method, as tus wants it, for whoever can send no PATCH or DELETE."""

    def __init__(self, inner: "WSGIApplication") -> None:
        self._inner = inner

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        meant = environ.get("HTTP_X_HTTP_METHOD_OVERRIDE", "").upper()
        if meant in METHODS and environ.get("PATH_INFO", "").startswith("/api/v1/uploads"):
            environ["REQUEST_METHOD"] = meant
        return self._inner(environ, start_response)


@tus.record_once
def _meant(state: BlueprintSetupState) -> None:
    app = cast("Flask", state.app)
    app.wsgi_app = _Override(app.wsgi_app)  # type: ignore[method-assign]


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
@opens_to(Audience.STAFF, Audience.PHONE)
@_speaks_tus
def create() -> Response:
    """Make room for `Upload-Length` bytes, or for what is being filmed now (`Upload-Defer-Length: 1`).

    `Upload-Metadata`: family, filename, title, recorded_on, situation, sha256, device. A body of the type of PATCH
    is the first piece.
    """
    checksum, first = _checksum(), request.mimetype == BODY_TYPE
    form = _new()
    if first and not form.growing and (request.content_length or 0) > form.length:
        raise Problem(413, "upload_too_long")
    at = Arrival(intake.begin(house(), viewer(), form), 0, None)
    if first and request.content_length:
        try:
            at = intake.append(house(), viewer(), at, request.stream, checksum, _sum())
        except ReasonError:  # without an answer that says where it is nobody can go on with it
            intake.drop(house(), viewer(), at.upload)
            raise
    return _standing(201, at, Location=url_for("tus.show", upload_id=at.upload.id))


@tus.route("/uploads/<uuid:upload_id>", methods=["HEAD"], provide_automatic_options=False)
@opens_to(Audience.STAFF, Audience.PHONE)
@_speaks_tus
def show(upload_id: uuid.UUID) -> Response:
    """How many bytes are safe; when all are, which film it is."""
    at = intake.arrival(house(), viewer(), upload_id)
    if at.complete and at.film_id is None:
        at = Arrival(at.upload, at.offset, intake.finish(house(), viewer(), at.upload).id)
    told = {"Upload_Metadata": at.upload.told} if at.upload.told else {}
    length = {"Upload_Length": at.upload.length} if at.upload.length else {"Upload_Defer_Length": 1}
    return _standing(200, at, **length, **told)


@tus.patch("/uploads/<uuid:upload_id>", provide_automatic_options=False)
@opens_to(Audience.STAFF, Audience.PHONE)
@_speaks_tus
def update(upload_id: uuid.UUID) -> Response:
    """More bytes, from `Upload-Offset` on."""
    if request.mimetype != BODY_TYPE:
        raise Problem(415, "wrong_type")
    offset, checksum, sha256 = _number("Upload-Offset"), _checksum(), _sum()
    at = intake.arrival(house(), viewer(), upload_id)
    if offset != at.offset:
        raise Problem(409, "upload_offset", offset=at.offset)
    if "Upload-Length" in request.headers and at.film_id is None:
        at = intake.end(house(), viewer(), at, _number("Upload-Length"))
    if (request.content_length or 0) > intake.left(house(), at):
        raise Problem(413, "upload_too_long")
    if at.film_id is None:
        at = intake.append(house(), viewer(), at, request.stream, checksum, sha256)
    return _standing(204, at)


@tus.delete("/uploads/<uuid:upload_id>", provide_automatic_options=False)
@opens_to(Audience.STAFF, Audience.PHONE)
@_speaks_tus
def erase(upload_id: uuid.UUID) -> Response:
    """Forget an upload. A film that it became already stays."""
    at = intake.arrival(house(), viewer(), upload_id)
    intake.drop(house(), viewer(), at.upload)
    return _said(204)


def _new() -> NewUpload:
    told = request.headers.get("Upload-Metadata", "")
    whole = {"sha256": _sum()} if _sum() else {}
    growing = request.headers.get("Upload-Defer-Length") == "1"
    length = {"length": 0 if growing else _number("Upload-Length"), "growing": growing}
    return NewUpload.model_validate(_metadata(told) | whole | length | {"told": told})


def _metadata(header: str) -> dict[str, str]:
    """`key base64, key base64` as a dict; Problem 400 when it is not that, or a key comes twice."""
    told: dict[str, str] = {}
    if len(header) > TOLD_MAX or not header.isprintable():
        raise Problem(400, "upload_metadata")
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        if key in told:
            raise Problem(400, "upload_metadata")
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


def _sum() -> str:
    """What the sender says the whole film is: hex of its sha256, '' when it says nothing."""
    told = request.headers.get("Vbg-Sha256", "").lower()
    if told and not re.fullmatch(r"[0-9a-f]{64}", told):
        raise Problem(400, "upload_checksum")
    return told


def _standing(status: int, at: Arrival, **headers: object) -> Response:
    expires = format_datetime(at.upload.expires_at, usegmt=True)
    return _said(status, Upload_Offset=at.offset, Upload_Expires=expires, **_became(at), **headers)


def _became(at: Arrival) -> dict[str, object]:
    """The film that an upload is now; nothing while it is none.

    A phone has no business with the film any more: it is told that all is safe, not where.
    """
    if at.film_id is None or viewer().audience is Audience.PHONE:
        return {}
    with house().database.unit(write=False) as unit:
        film = unit.get(Film, at.film_id)
        same = queries.same_as(unit, viewer(), film) if film else None
    known: dict[str, object] = {"Vbg_Film": at.film_id}
    if film:
        known["Vbg_Sha256"] = film.sha256
    if same:
        known["Vbg_Same_As"] = same.id
    return known


def _said(status: int, **headers: object) -> Response:
    response = Response(status=status)
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = str(value)
    return response
