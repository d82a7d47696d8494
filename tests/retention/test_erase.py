"""A family erased: nothing of it in any file or row, everything of others untouched, one line without a word."""

import pytest
from sqlalchemy import func, select, text

from tests.retention.conftest import MARK
from vbg import audit, worker
from vbg.db import Base
from vbg.families import queries as families
from vbg.films import intake
from vbg.films.forms import NewUpload
from vbg.films.models import Film
from vbg.house import House
from vbg.people.models import Person
from vbg.reasons import NotFoundError, ReasonError
from vbg.retention import actions, jobs, queries
from vbg.retention.models import Erasure
from vbg.store import StoreError


def ask(house, family_id, viewer=None):
    with house.database.unit() as session:
        actions.ask_erasure(session, viewer, queries.named(session, str(family_id)))


def erase(house, family_id):
    ask(house, family_id)
    worker.work_off(house)


def everything(house):
    """Each table's rows as text."""
    with house.database.unit(write=False) as session:
        return {
            table.name: sorted(str(tuple(row)) for row in session.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }


def places_of(house, word):
    """Files of the data folder in which a word stands, in UTF-8 or UTF-16."""
    forms = [word.encode(), word.encode("utf-16-le")]
    return sorted(
        path.relative_to(house.settings.data).as_posix()
        for path in house.settings.data.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    )


def rows_with(house, word):
    return sorted(name for name, rows in everything(house).items() if word in "".join(rows))


def test_every_feature_was_filled(house, merel):
    """Without this the next ones would prove nothing: each table below the family holds a marked row."""
    assert set(rows_with(house, MARK)) >= {
        "act", "answer", "asking", "concern_fact", "concern_step", "family", "family_note", "family_note_wording",
        "film", "goal", "household", "hypothesis", "hypothesis_turn", "member", "moment", "note", "question", "reply",
        "review", "review_moment", "saying", "step", "strategy", "supervision_bag", "supporter", "upload",
    }  # fmt: skip


def test_nothing_of_the_family_is_left_in_any_row(house, world, merel, kievit):
    before = everything(house)
    erase(house, merel.family.id)
    assert rows_with(house, MARK) == []
    after = everything(house)
    ids = [
        merel.family.id,
        merel.film.id,
        merel.moment.id,
        merel.goal.id,
        merel.review.id,
        merel.share.id,
        world.people["dilan"].id,
    ]
    kept = {"audit_line", "erasure"}
    for name, rows in after.items():
        if name not in kept:
            assert [row for row in rows for one in ids if one.hex in row.replace("-", "")] == [], name
    for name, rows in before.items():
        theirs = [row for row in rows if "Kievitsbloem" in row or kievit.film.id.hex in row.replace("-", "")]
        assert name in kept or set(theirs) <= set(after[name]), name


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_nothing_of_the_family_is_left_on_the_disk(house: House, merel, kievit):
    assert "vbg.db" in " ".join(places_of(house, MARK))
    house.database.copy_to(house.settings.data / "vbg.db.before-20260101-000000")
    erase(house, merel.family.id)
    assert places_of(house, MARK) == []
    assert places_of(house, "dilan@thuis.test") == []
    assert not list(house.settings.data.glob("vbg.db.before-*"))
    assert not list(house.settings.data.rglob(f"*{merel.film.id.hex}*"))
    assert not list(house.settings.data.rglob(f"*{merel.upload.id.hex}*"))
    assert "vbg.db" in " ".join(places_of(house, "Kievitsbloem"))


def test_the_keys_are_gone_and_others_stay(house, merel, kievit):
    erase(house, merel.family.id)
    for one in (merel.film.id, merel.upload.film_id):
        with pytest.raises(StoreError) as caught:
            house.store.open(one, "original", 1)
        assert caught.value.code == "gone"
    assert house.store.digest(kievit.film.id, "original", 1).sha256 == kievit.film.sha256
    assert house.store.upload_size(kievit.upload.id) == 4
    assert {film_id for film_id, _, _ in house.store.listing()} == {kievit.film.id}


def test_one_line_without_content_stays(house, world, merel):
    ask(house, merel.family.id, world.viewer("ann"))
    worker.work_off(house)
    with house.database.unit(write=False) as session:
        proof = session.scalars(select(audit.AuditLine).where(audit.AuditLine.event == "retention.erase")).all()
        assert [(one.kind, one.object_id, one.family_id, one.outcome) for one in proof] == [
            ("family", merel.family.id, merel.family.id, "ok")
        ]
        kept = session.scalars(select(Erasure)).one()
        assert (kept.family_id, kept.asked_by) == (merel.family.id, world.people["ann"].id)
        assert kept.done_at
        films = audit.AuditLine.event == "films.erase", audit.AuditLine.object_id == merel.film.id
        assert session.scalar(select(func.count()).select_from(audit.AuditLine).where(*films)) == 1


def test_nobody_sees_the_family_from_the_moment_it_is_asked(house, world, merel):
    ask(house, merel.family.id)
    with house.database.unit(write=False) as session:
        for name in ("ann", "bea"):
            with pytest.raises(NotFoundError):
                families.one(session, world.viewer(name), merel.family.id)
    form = NewUpload(family=str(merel.family.id), length=10, filename="x.mp4")
    with pytest.raises(ReasonError):
        intake.begin(house, world.viewer("ann"), form)


def test_asked_and_done_twice_it_is_one(house, merel):
    ask(house, merel.family.id)
    ask(house, merel.family.id)
    worker.work_off(house)
    jobs.erase(house, merel.family.id)
    worker.work_off(house)
    with house.database.unit(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Erasure)) == 1
        asked = select(func.count()).select_from(audit.AuditLine).where(audit.AuditLine.event.like("retention.%"))
        assert session.scalar(asked) == 3
        assert queries.unfinished(session) == []


class Killed(BaseException):
    """What a kill does to the code: nothing after it runs."""


@pytest.mark.parametrize("where", ["film key", "film rows", "upload", "rows", "scrub", "proof"])
def test_killed_at_each_step_the_next_sweep_ends_it(house, merel, kievit, monkeypatch, where):
    ask(house, merel.family.id)
    place = {
        "film key": (house.store._keys._shelf.__class__, "drop"), "film rows": (intake, "delete"),
        "upload": (intake, "drop"),
        "rows": (actions, "delete"), "scrub": (house.database.__class__, "scrub"), "proof": (actions, "prove"),
    }[where]  # fmt: skip

    def kill(*_, **__):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(*place, kill)
        with pytest.raises(Killed):
            jobs.erase(house, merel.family.id)
    with house.database.unit(write=False) as session:
        assert queries.unfinished(session) == [merel.family.id]
    worker.work_off(house)
    with house.database.unit(write=False) as session:
        assert queries.unfinished(session) == []
        assert session.get(Film, kievit.film.id)
    assert rows_with(house, MARK) == []


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
def test_a_reader_in_the_way_delays_the_proof_and_never_loses_it(house, merel, monkeypatch):
    real = type(house.database).scrub
    monkeypatch.setattr(type(house.database), "scrub", lambda self: real(self, 0.2))
    ask(house, merel.family.id)
    with house.database.unit(write=False) as session:
        session.execute(text("select count(*) from family")).scalar()
        jobs.erase(house, merel.family.id)
    with house.database.unit(write=False) as session:
        waiting = queries.unfinished(session)
    assert waiting == [merel.family.id]
    worker.work_off(house)
    assert places_of(house, MARK) == []


def test_a_parent_of_two_families_keeps_the_account(house, world, merel, kievit):
    from vbg.families.models import Member

    with house.database.unit() as session:
        session.add(
            Member(family_id=kievit.family.id, call_name="Dilan", kind="adult", person_id=world.people["dilan"].id)
        )
    erase(house, merel.family.id)
    with house.database.unit(write=False) as session:
        assert session.get(Person, world.people["dilan"].id)
        assert session.get(Person, world.people["ann"].id)


def test_a_name_nobody_has_is_not_found(house, world):
    with house.database.unit(write=False) as session, pytest.raises(NotFoundError):
        queries.named(session, "Gezin Mus")
