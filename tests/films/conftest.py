"""A film file of our own, ways to send it, and the worker's work done in place."""

import base64
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.films import numbered
from tests.people import World
from vbg import worker
from vbg.films import intake
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.house import House

SQLITE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)
TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {"Content-Type": "application/offset+octet-stream"}


@pytest.fixture(scope="session")
def two_seconds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """50 numbered frames with sound, as a browser plays them."""
    return numbered(tmp_path_factory.mktemp("film") / "two.mp4", frames=50, sound=(0, 2))


@pytest.fixture
def take(house: House, world: World) -> Callable[..., Film]:
    """Bring a file in as Ann (or whoever)."""

    def run(path: Path, family: str = "merel", who: str = "ann") -> Film:
        form = NewUpload(family=str(world.families[family].id), length=path.stat().st_size, filename=path.name)
        return intake.take(house, world.viewer(who), path, form)

    return run


@pytest.fixture
def fresh(house: House) -> Callable[[Film], Film | None]:
    """The film as it stands now; None when it is gone."""

    def look(film: Film) -> Film | None:
        with house.database.unit(write=False) as session:
            return session.get(Film, film.id)

    return look


@pytest.fixture
def ready(house: House, take: Callable[..., Film], two_seconds: Path) -> Film:
    """A prepared film of Merel."""
    film = take(two_seconds)
    worker.work_off(house)
    return film


@pytest.fixture
def ann(client_for: Callable[[str], FlaskClient]) -> FlaskClient:
    """Ann's browser."""
    return client_for("ann")


def metadata(**told: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items())


def begin(client: FlaskClient, length: int, **told: str):
    headers = TUS | {"Upload-Length": str(length), "Upload-Metadata": metadata(**told)}
    return client.post("/api/v1/uploads", headers=headers)


def send(client: FlaskClient, where: str, offset: int, data: bytes, **headers: str):
    told = TUS | BYTES | {"Upload-Offset": str(offset)} | headers
    return client.patch(where, headers=told, input_stream=io.BytesIO(data), content_length=len(data))
