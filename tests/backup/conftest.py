"""A practice with a film that plays, an upload half-way, and a place for its backup."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.films import numbered
from tests.people import World
from vbg import worker
from vbg.films import intake
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.house import House

SQLITE = pytest.mark.parametrize("house", ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return numbered(tmp_path_factory.mktemp("film") / "second.mp4", frames=25, sound=(0, 1))


@pytest.fixture
def take(house: House, world: World) -> Callable[[Path], Film]:
    def run(path: Path) -> Film:
        form = NewUpload(family=str(world.families["merel"].id), length=path.stat().st_size, filename=path.name)
        return intake.take(house, world.viewer("ann"), path, form)

    return run


@pytest.fixture
def film(house: House, take: Callable[[Path], Film], second: Path) -> Film:
    """A prepared film of Merel."""
    made = take(second)
    worker.work_off(house)
    return made


@pytest.fixture
def half(house: House, world: World):
    """An upload of which the first 100,000 bytes are safe."""
    form = NewUpload(family=str(world.families["merel"].id), length=200_000, filename="half.mp4")
    upload = intake.begin(house, world.viewer("ann"), form)
    house.store.append(upload.id, 0, io.BytesIO(bytes(100_000)), 100_000)
    return upload


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def key(house: House) -> Path:
    """The key file, as somebody keeps it elsewhere."""
    return house.settings.data / "keys" / "master.key"
