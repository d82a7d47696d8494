import gzip
import re
from urllib.parse import urljoin

import pytest
from flask import url_for

SQUEEZED = {"Accept-Encoding": "gzip"}


@pytest.fixture
def script(app):
    with app.test_request_context():
        return url_for("static", filename="js/main.js")


def test_scripts_go_out_squeezed_to_who_can_read_it(app, script):
    client = app.test_client()
    plain, small = client.get(script, buffered=True), client.get(script, headers=SQUEEZED, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert gzip.decompress(small.data) == plain.data
    assert client.get(script, headers={"Accept-Encoding": "gzip;q=0"}, buffered=True).data == plain.data


def test_a_long_list_is_squeezed_and_a_page_with_its_token_is_not(client_for):
    ann = client_for("ann")
    listed = ann.get("/api/v1/tag-sets/house", headers=SQUEEZED)
    assert listed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(listed.data) == ann.get("/api/v1/tag-sets/house").data
    page = ann.get("/sign-in", headers=SQUEEZED, follow_redirects=True)
    assert "Content-Encoding" not in page.headers


def test_the_style_sheet_is_one_file_and_its_drawings_are_found(app):
    client = app.test_client()
    with app.test_request_context():
        address = url_for("static", filename="css/main.css")
    sheet = client.get(address, buffered=True).text
    assert "@import" not in sheet
    assert ".momentrow" in sheet
    assert sheet.startswith("/* The style sheet")
    drawings = set(re.findall(r"url\(([^)]+)\)", sheet))
    assert drawings
    for drawing in drawings:
        assert client.get(urljoin(address, drawing), buffered=True).status_code == 200
