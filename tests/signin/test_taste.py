"""Language and theme: chosen by hand, kept, and never anything else than there is."""

import pytest


def test_dutch_unless_chosen(client_for):
    client = client_for("")
    assert '<html lang="nl"' in client.get("/sign-in", headers={"Accept-Language": "en"}).text
    client.post("/language", data={"lang": "en"})
    assert '<html lang="en"' in client.get("/sign-in").text


def test_the_language_of_a_person_follows_them(client_for):
    client_for("ann").post("/language", data={"lang": "en"})
    assert '<html lang="en"' in client_for("ann").get("/today").text
    assert '<html lang="nl"' in client_for("bea").get("/today").text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_kept_on_this_device(client_for, theme):
    client = client_for("ann")
    client.post("/theme", data={"theme": theme})
    assert f'data-theme="{theme}"' in client.get("/today").text


def test_the_device_decides_again(client_for):
    client = client_for("ann")
    client.post("/theme", data={"theme": "dark"})
    client.post("/theme", data={"theme": "auto"})
    assert "data-theme" not in client.get("/today").text.split(">", 2)[1]


def test_what_there_is_not_changes_nothing(client_for):
    client = client_for("ann")
    client.post("/language", data={"lang": "xx"})
    client.post("/theme", data={"theme": "<script>"})
    page = client.get("/today").text
    assert '<html lang="nl"' in page
    assert "<script>" not in page
    assert client.get_cookie("vbg_theme") is None


def test_one_returns_to_where_one_was_and_to_no_other_host(client_for):
    client = client_for("ann")
    for address, place in (
        ("http://localhost/families/new", "/families/new"), ("http://elsewhere.test//elsewhere.test/", "/"), ("", "/"),
    ):  # fmt: skip
        answer = client.post("/theme", data={"theme": "dark"}, headers={"Referer": address})
        assert answer.headers["Location"] == place, address
