"""Marks are planted in a film and in all that is said; after a journey with kills the disk is searched for them.

Of a film's bytes nothing may stand in plain anywhere; names and words stand in the database file alone, which is
their place; passwords, codes and tokens stand nowhere.
"""

import random
from pathlib import Path

import pytest

from tests.trust import journey, planted
from tests.trust.journey import Practice

UNDER_WAY = ("preparing", "ready")


@pytest.fixture
def practice(tmp_path: Path):
    made = Practice(tmp_path)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def marks() -> dict[str, str]:
    return {name: planted.mark(name) for name in ("title", "comment", "picture", "box")}


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory, marks) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("from_the_phone")
    return planted.phone_film(folder / "phone.mp4", marks), planted.camera_film(folder / "camera.avi")


def test_nothing_is_left_in_plain(practice: Practice, films, marks):
    walk(practice, films, marks, rounds=1)


@pytest.mark.full
def test_nothing_is_left_in_plain_after_many_kills(practice: Practice, films, marks):
    walk(practice, films, marks, rounds=12)


def walk(practice: Practice, films: tuple[Path, Path], marks: dict[str, str], rounds: int) -> None:
    phone, camera = films
    ine, dilan, family = journey.settle(practice)
    cut_out = planted.slices(phone.read_bytes()) + planted.slices(camera.read_bytes())
    plain = [word.encode() for word in marks.values()] + cut_out
    assert all(planted.bearing(films, [one]) for one in plain)  # who looks for them finds them where they stand
    needles = cut_out + [shape for word in marks.values() for shape in planted.shapes(word)]
    for _ in range(rounds):
        film = journey.upload(practice, family, planted.another(phone), kill_at=random.uniform(0.1, 0.9))
        heavy = journey.upload(practice, family, planted.another(camera))
        practice.until(lambda heavy=heavy: journey.state(practice, heavy) in UNDER_WAY, "nobody prepares it")
        practice.kill_worker()
        practice.kill_all()
        in_plain(practice, needles, at_work=True)
        practice.serve()
        for one in (film, heavy):
            practice.until(lambda one=one: journey.state(practice, one) == "ready", "a film is not ready")
    for made in journey.bytes_of(practice, film) + journey.bytes_of(practice, heavy):
        needles += planted.slices(made)
    journey.work(practice, ine, film, family)
    journey.answer(practice, dilan)
    practice.vbg("backup", str(practice.folder / "backup"))
    practice.vbg("export", str(practice.folder / "taken.zip"), "--family", practice.names["code"])
    in_plain(practice, needles)
    practice.stop()
    in_plain(practice, needles)
    words(practice)


def in_plain(practice: Practice, needles: list[bytes], at_work: bool = False) -> None:
    """No byte of a film: not in the data folder, the backup, the logs, temporary files or on any tool's command line.

    `at_work`: all was just killed, and the next start clears the work folder, in which alone plain bytes may stand.
    """
    ours = [practice.data, practice.log.parent, practice.temporary, practice.folder / "backup"]
    searched = [path for path in planted.files(*(one for one in ours if one.exists())) if not of_work(practice, path)]
    assert planted.bearing(searched, needles) == []
    everywhere = [path for path in planted.left_about(practice.began) if not (at_work and of_work(practice, path))]
    assert planted.bearing(everywhere, needles) == []
    if not at_work:
        assert list(planted.files(practice.data / "scratch")) == []
    assert [one for one in needles if one in practice.heard] == []


def of_work(practice: Practice, path: Path) -> bool:
    return path.is_relative_to(practice.data / "scratch") or path.is_relative_to(work_in_memory(practice))


def work_in_memory(practice: Practice) -> Path:
    from vbg.store.scratch import Scratch

    return Scratch(practice.data)._memory


def words(practice: Practice) -> None:
    """Names and words: in the database and its copy, and there all of them; nowhere else. Secrets: nowhere."""
    names = [shape for word in practice.names.values() for shape in planted.shapes(word)]
    secret = [shape for word in [*practice.secrets.values(), *practice.told] for shape in planted.shapes(word)]
    everything = list(planted.files(practice.data, practice.log.parent, practice.temporary, practice.folder / "backup"))
    everything += planted.left_about(practice.began)
    assert planted.bearing(everything, secret) == []
    assert [one for one in secret + names if one in practice.heard] == []
    copies = practice.folder / "backup" / "database"
    database = {
        path
        for path in everything
        if path.parent == copies or (path.parent == practice.data and path.name.startswith("vbg.db"))
    }
    assert planted.bearing([path for path in everything if path not in database], names) == []
    ours = [path for path in database if path.parent == practice.data]
    for kept in (ours, *([copy] for copy in copies.glob("vbg-*.db"))):
        held = b"".join(path.read_bytes() for path in kept)
        assert [name for name, word in practice.names.items() if word.encode() not in held] == []
