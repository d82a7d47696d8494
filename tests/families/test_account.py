"""A parent's own way in: a code made by the counselor, shown on that page once."""

import re

import pytest
from sqlalchemy import select

from vbg.people.models import SignInCode
from vbg.web.words import say

# Three groups of four and nothing joined to them: an id in an address may hold three groups of digits.
CODE = re.compile(r"(?<![\w-])(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}(?![\w-])")


@pytest.fixture
def ann(client_for):
    return client_for("ann")


@pytest.fixture
def rita(ann, world, house):
    """A grandmother without an account."""
    from vbg.families.models import Member

    ann.post(f"/families/{world.families['merel'].id}/members", data={"call_name": "oma Rita"})
    with house.database.unit(write=False) as session:
        return session.scalars(select(Member).where(Member.call_name == "oma Rita")).one()


def test_the_code_is_shown_once_and_lets_her_in(ann, app, rita, house):
    page = ann.post(f"/members/{rita.id}/account", data={"email": "Rita@thuis.test"})
    code = CODE.search(page.text)[0]
    assert code not in ann.get(f"/families/{rita.family_id}/edit").text
    with house.database.unit(write=False) as session:
        assert code.replace("-", "") not in session.scalars(select(SignInCode.code_hash)).all()
    her = app.test_client()
    answer = her.post("/code", data={"code": code.lower(), "password": "vier woorden zijn genoeg"})
    assert answer.headers["Location"] == "/portal/"
    assert "oma Rita" in her.get("/portal/").text
    assert her.get("/today").status_code == 404


def test_who_forgot_gets_a_new_code_without_being_asked_for_mail(ann, world):
    page = ann.post(f"/members/{world.members['dilan'].id}/account")
    assert page.status_code == 200
    assert CODE.search(page.text)


def test_an_address_that_is_taken_says_so_at_the_field(ann, app, rita):
    answer = ann.post(f"/members/{rita.id}/account", data={"email": "dilan@thuis.test"})
    assert answer.status_code == 422
    with app.test_request_context():
        assert say("email_taken") in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("email", ["", "geen adres", "a@b@c", "x" * 250 + "@b.nl", "a\x00@b.nl"])
def test_no_address_no_code(ann, rita, email):
    answer = ann.post(f"/members/{rita.id}/account", data={"email": email})
    assert answer.status_code == 422
    assert not CODE.search(answer.text)


def test_a_child_gets_no_account(ann, world, house):
    from vbg.families.models import Member

    with house.database.unit(write=False) as session:
        pip = session.scalars(select(Member).where(Member.call_name == "Pip")).one()
    assert ann.post(f"/members/{pip.id}/account", data={"email": "pip@thuis.test"}).status_code == 422
