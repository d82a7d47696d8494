"""Each answer, also a failure, bears the headers that keep a page to itself."""

import pytest

PLACES = ["/", "/sign-in", "/code", "/today", "/nowhere", "/api/v1/families", "/api/v1/nowhere", "/healthz",
          "/api/v1/openapi.json"]  # fmt: skip
CSP = {"default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'",
       "form-action 'self'", "frame-ancestors 'none'"}  # fmt: skip


@pytest.mark.parametrize("who", ["", "ann", "dilan"])
def test_every_answer_is_dressed(client_for, who):
    client = client_for(who)
    for place in PLACES:
        headers = client.get(place).headers
        policy = headers["Content-Security-Policy"]
        assert set(policy.split("; ")) >= CSP, place
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff", place
        assert headers["Referrer-Policy"] == "same-origin", place
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", place
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", place
        assert headers["Cache-Control"] == "private, no-store", place
        assert headers["Vbg-Request"], place


def test_a_refused_form_is_dressed_too(client_for):
    headers = client_for("ann").post("/families", data={}).headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]


def test_only_what_has_its_version_in_its_name_is_kept(app, client_for):
    client = client_for("")
    with client.get(f"{app.static_url_path}/css/main.css") as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get("/static/css/main.css").status_code == 404
    gone = client.get(f"{app.static_url_path}/css/gone.css").headers
    assert gone["Cache-Control"] == "private, no-store"
    assert "style-src 'self'" in gone["Content-Security-Policy"]


def test_a_file_of_ours_opened_by_itself_may_do_nothing(app, client_for):
    for name in ("js/main.js", "css/main.css", "icons.svg"):
        with client_for("").get(f"{app.static_url_path}/{name}") as answer:
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
