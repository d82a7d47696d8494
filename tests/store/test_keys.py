"""Wrapped keys: one per film, useless without the master key, truly gone when dropped."""

import stat
import uuid
from pathlib import Path

import pytest

from vbg.store import KeyRing, SqliteShelf, StoreError, create_keys


def code_of(caught: pytest.ExceptionInfo[StoreError]) -> str:
    return caught.value.code


def test_a_key_stays_the_same_and_the_folder_is_private(tmp_path: Path) -> None:
    folder, film = tmp_path / "keys", uuid.uuid4()
    key = create_keys(folder).make(film)
    assert len(key) == 32
    assert create_keys(folder).make(film) == KeyRing(folder).key(film) == key
    assert KeyRing(folder).problems() == []
    for path in (folder, *folder.iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_no_key_stands_in_plain_text(tmp_path: Path) -> None:
    ring, film = create_keys(tmp_path), uuid.uuid4()
    key = ring.make(film)
    assert all(key not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_wrapped_key_fits_its_own_film_only(tmp_path: Path) -> None:
    ring, shelf = create_keys(tmp_path), SqliteShelf(tmp_path / "wrapped.db")
    film, other = uuid.uuid4(), uuid.uuid4()
    ring.make(film)
    shelf.put(other, shelf.get(film) or b"")
    with pytest.raises(StoreError) as caught:
        ring.key(other)
    assert code_of(caught) == "wrong_key"


def test_the_first_key_wins(tmp_path: Path) -> None:
    create_keys(tmp_path)
    shelf, film = SqliteShelf(tmp_path / "wrapped.db"), uuid.uuid4()
    shelf.put(film, b"one")
    shelf.put(film, b"two")
    assert shelf.get(film) == b"one"


def test_a_dropped_key_leaves_no_trace_and_does_not_come_back(tmp_path: Path) -> None:
    ring, shelf, film = create_keys(tmp_path), SqliteShelf(tmp_path / "wrapped.db"), uuid.uuid4()
    ring.make(film)
    wrapped = shelf.get(film)
    assert wrapped is not None
    ring.drop(film)
    ring.drop(film)
    assert all(wrapped not in path.read_bytes() for path in tmp_path.iterdir())
    assert not ring.has(film)
    for again in (ring.key, ring.make):
        with pytest.raises(StoreError) as caught:
            again(film)
        assert code_of(caught) == "gone"


def test_a_lost_master_key_is_said_and_never_replaced(tmp_path: Path) -> None:
    ring, film = create_keys(tmp_path), uuid.uuid4()
    ring.make(film)
    (tmp_path / "master.key").unlink()
    for action in (lambda: ring.key(film), lambda: ring.make(uuid.uuid4()), lambda: create_keys(tmp_path)):
        with pytest.raises(StoreError) as caught:
            action()
        assert code_of(caught) == "no_key"
    assert ring.problems() == ["no_key"]


def test_another_master_key_is_said(tmp_path: Path) -> None:
    ring = create_keys(tmp_path)
    film = uuid.uuid4()
    ring.make(film)
    (tmp_path / "master.key").write_text("00" * 32)
    with pytest.raises(StoreError) as caught:
        ring.key(film)
    assert code_of(caught) == "wrong_key"
    assert ring.problems() == ["wrong_key"]


@pytest.mark.parametrize("text", ["", "zz", "00" * 31])
def test_a_damaged_master_key_is_said(tmp_path: Path, text: str) -> None:
    ring = create_keys(tmp_path)
    (tmp_path / "master.key").write_text(text)
    assert ring.problems() == ["no_key"]


def test_a_lost_or_damaged_shelf_is_said(tmp_path: Path) -> None:
    ring = create_keys(tmp_path)
    (tmp_path / "wrapped.db").write_bytes(b"not a database" * 400)
    assert ring.problems() == ["tampered"]
    (tmp_path / "wrapped.db").unlink()
    assert ring.problems() == ["no_key"]
    assert not (tmp_path / "wrapped.db").exists()


def test_a_key_that_others_may_read_is_said(tmp_path: Path) -> None:
    ring = create_keys(tmp_path)
    (tmp_path / "master.key").chmod(0o644)
    assert ring.problems() == ["key_open"]
