"""The counselor's screen: the code that is drawn, whether a phone is connected, what comes in."""

import re
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
import resvg_py
from flask_babel import gettext

from tests.films.conftest import begin, send
from tests.people import PASSWORD
from tests.phones.camera import read_code

WARNING = "Your phone warns you the first time: this computer made its certificate itself. Choose Advanced, then Go on."
TLS = {"base_url": "https://praktijk.example"}


@pytest.fixture
def ann(app):
    """Ann's browser at a practice with an address of its own."""
    client = app.test_client()
    client.post("/sign-in", data={"email": "ann@praktijk.test", "password": PASSWORD}, **TLS)
    return client


@pytest.fixture
def place(world):
    return f"/families/{world.families['merel'].id}"


def drawn(page):
    """What a camera reads in the picture of the page."""
    svg = unquote(re.search(r'src="data:image/svg\+xml;charset=utf-8,([^"]+)"', page)[1]).replace("&#39;", "'")
    return read_code(bytes(resvg_py.svg_to_bytes(svg_string=svg)))


def test_the_picture_holds_the_address_and_the_code(ann, place):
    assert ann.post(f"{place}/phone", **TLS).headers["Location"] == f"{place}/phone"
    page = ann.get(f"{place}/phone", **TLS).text
    read = drawn(page)
    assert re.fullmatch(r"https://praktijk\.example/phone\?c=[0-9A-HJKMNP-TV-Z]{8}", read)
    code = read[-8:]
    assert f"{code[:4]}-{code[4:]}" in page
    assert drawn(ann.get(f"{place}/phone", **TLS).text) == read
    assert app_enters(ann, code)
    assert "data:image" not in ann.get(f"{place}/phone", **TLS).text


def app_enters(ann, code):
    phone = ann.application.test_client()
    return phone.post("/phone", data={"code": code}, **TLS).status_code == 302


def test_a_certificate_of_our_own_is_explained_and_a_real_one_needs_no_word(ann, place, app):
    ann.post(f"{place}/phone", **TLS)
    with app.test_request_context():
        warning = str(gettext(WARNING))
    assert warning not in ann.get(f"{place}/phone", **TLS).text
    app.extensions["vbg_lan"] = SimpleNamespace(url=lambda: TLS["base_url"])
    assert warning in ann.get(f"{place}/phone", **TLS).text


def test_without_a_network_the_screen_says_what_to_do(client_for, place, app):
    app.extensions["vbg_lan"] = SimpleNamespace(url=lambda: "")
    ann = client_for("ann")
    ann.post(f"{place}/phone")
    page = ann.get(f"{place}/phone").text
    assert "data:image" not in page
    assert 'class="notice attention"' in page
    app.extensions["vbg_lan"] = SimpleNamespace(url=lambda: "https://192.168.1.5:8421")
    assert drawn(ann.get(f"{place}/phone").text).startswith("https://192.168.1.5:8421/phone?c=")


def test_over_plain_http_there_is_no_button_but_what_it_asks_for(client_for, place):
    page = client_for("ann").get(f"{place}/films/new").text
    assert f'action="{place}/phone"' not in page
    assert "--lan" in page


def test_over_tls_there_is_one(ann, place):
    assert f'action="{place}/phone"' in ann.get(f"{place}/films/new", **TLS).text


def test_the_practice_room_asks_for_its_tick_instead(client_for):
    ann = client_for("ann")
    room = ann.post("/practice-room", data={"mine": "yes"}).headers["Location"]
    page = ann.get(room).text
    assert "/phone" not in page
    assert "--lan" not in page


def test_a_connected_phone_and_its_films_are_shown(ann, place, phone, world):
    look = f"{place}/phone/films"
    assert 'data-connected="no"' in ann.get(look, **TLS).text
    mine = phone()
    assert 'data-connected="yes"' in ann.get(look, **TLS).text
    made = begin(mine, 8, family=str(world.families["merel"].id))
    send(mine, made.location, 0, b"ab")
    assert 'value="0.25"' in ann.get(look, **TLS).text
    send(mine, made.location, 2, b"cdefgh")
    assert 'href="/films/' in ann.get(look, **TLS).text
    mine.post("/phone/closure")
    after = ann.get(look, **TLS).text
    assert 'data-connected="no"' in after
    assert 'href="/films/' in after


def test_a_colleague_sees_her_own_phones(client_for, place, phone):
    phone()
    assert 'data-connected="no"' in client_for("bea").get(f"{place}/phone/films").text
    assert client_for("cas").get(f"{place}/phone/films").status_code == 404
