"""What somebody said is kept with the day, the way and who asked; the newest answer counts."""

import pytest
from sqlalchemy import select

from vbg.audit import AuditLine
from vbg.consents.models import Consent


def test_nobody_asked_nothing_open(is_open):
    assert [is_open(purpose) for purpose in ("filming", "review", "take_home")] == [False, False, False]


def test_each_purpose_is_its_own(say, is_open):
    assert say("Eve", filming="yes", review="later").status_code == 302
    assert [is_open(purpose) for purpose in ("filming", "review", "take_home")] == [True, False, False]


def test_a_no_closes_and_a_later_yes_opens_again(say, is_open):
    say("Eve", filming="yes")
    say("Bo", filming="no")
    assert not is_open()
    say("Bo", filming="yes")
    assert is_open()


def test_one_who_has_no_authority_neither_opens_nor_closes(say, is_open):
    say("Jo", filming="yes")
    assert not is_open()
    say("Eve", filming="yes")
    say("Jo", filming="no")
    assert is_open()


def test_authority_not_asked_yet_counts(say, is_open):
    say("Mo", filming="yes")
    assert is_open()


def test_a_withdrawn_yes_closes_and_can_be_given_again(say, take_back, is_open):
    say("Eve", filming="yes")
    say("Bo", filming="yes")
    assert take_back("Eve").status_code == 302
    assert not is_open()
    say("Eve", filming="yes")
    assert is_open()


def test_what_was_never_said_cannot_be_taken_back(say, take_back):
    assert take_back("Eve").status_code == 422
    say("Eve", filming="no")
    assert take_back("Eve").status_code == 422


def test_every_answer_stays_on_record(say, take_back, house, world, members):
    say("Eve", filming="later", way="paper")
    say("Eve", filming="yes", way="screen")
    say("Eve", filming="yes", way="spoken")
    take_back("Eve")
    with house.database.unit(write=False) as session:
        mine = select(Consent).where(Consent.member_id == members["Eve"].id).order_by(Consent.at)
        kept = [(one.answer, one.way, one.by_id, one.withdrawn_at is None) for one in session.scalars(mine)]
        lines = select(AuditLine.event).where(AuditLine.event.startswith("consent."), AuditLine.kind == "consent",
                                              AuditLine.family_id == world.families["kievit"].id)  # fmt: skip
        events = session.scalars(lines.order_by(AuditLine.at)).all()
    cas = world.people["cas"].id
    assert kept == [("later", "paper", cas, True), ("yes", "screen", cas, False)]
    assert events == ["consent.later", "consent.yes", "consent.withdraw"]


@pytest.mark.parametrize("wrong", [{"filming": "perhaps"}, {"way": "dreamt"}, {"member_id": "x"}, {"member_id": ""}])
def test_what_cannot_be_is_refused(say, is_open, wrong):
    assert say("Eve", **({"filming": "yes"} | wrong)).status_code == 422
    assert not is_open()


def test_a_child_is_not_asked(say, is_open):
    assert say("Noor", filming="yes").status_code == 422
    assert not is_open()


def test_somebody_of_another_family_has_no_say_here(cas, world, members):
    family = members["Eve"].family_id
    answer = cas.post(f"/families/{family}/consent", data={"member_id": world.members["dilan"].id, "filming": "yes"})
    assert answer.status_code == 404


def test_who_sees_two_families_cannot_mix_them(client_for, world, house, is_open, members):
    """Ann in both teams: what Dilan of Merel says never opens Kievit."""
    from vbg.families import actions

    with house.database.unit() as session:
        actions.join_team(session, world.viewer("cas"), world.families["kievit"], world.people["ann"])
    answer = client_for("ann").post(
        f"/families/{world.families['kievit'].id}/consent",
        data={"member_id": world.members["dilan"].id, "filming": "no"},
    )
    assert answer.status_code == 404
    with house.database.unit(write=False) as session:
        said = session.scalars(select(Consent.answer).where(Consent.member_id == world.members["dilan"].id)).all()
    assert set(said) == {"yes"}
