"""A hypothesis turned into a question: only its words reach who is asked; each answer is one person's own."""

from types import SimpleNamespace

import pytest

from vbg import audit, ids


@pytest.fixture
def asking(ann, thought):
    """A question that nobody at home sees yet."""
    where = ann.post(f"{thought.url}/askings", data={"text": "Begint Pip als je wacht?"}).headers["Location"]
    return SimpleNamespace(url=where, id=where.rsplit("/", 1)[-1], home=f"/portal/questions/{where.rsplit('/', 1)[-1]}")


@pytest.fixture
def dilan(client_for):
    return client_for("dilan")


def share(ann, world, asking, who="dilan"):
    return ann.post(f"{asking.url}/shares/{world.people[who].id}")


def replies(ann, thought):
    (asked,) = ann.get(thought.api).get_json()["askings"]
    return [(one["answer"], one["words"]) for one in asked["replies"]]


def test_nobody_sees_it_before_it_is_shared_nor_after_it_was_taken_back(ann, world, asking, dilan):
    def seen():
        return dilan.get(asking.home).status_code, "Begint Pip als je wacht?" in dilan.get("/portal/").text

    assert seen() == (404, False)
    assert share(ann, world, asking).status_code == 302
    assert seen() == (200, True)
    ann.post(f"{asking.url}/shares/{world.people['dilan'].id}/end")
    assert seen() == (404, False)
    share(ann, world, asking)
    ann.post(f"{asking.url}/removal")
    assert seen() == (404, False)
    assert dilan.post(f"{asking.home}/answer", data={"answer": "yes"}).status_code == 404
    ann.post(f"{asking.url}/removal/end")
    assert seen() == (200, True)


def test_at_home_only_the_words_of_the_question_are_there(ann, world, thought, asking, dilan):
    ann.post(f"{thought.url}/statuses", data={"status": "fails", "reason": "Niet gezien."})
    share(ann, world, asking)
    for address in ("/portal/", asking.home):
        page = dilan.get(address).text
        for word in ("Als Dilan wacht", "ypothes", "Klopt niet", "Niet gezien", thought.id):
            assert word not in page, (address, word)
    assert "Klopt dit voor jou?" in dilan.get(asking.home).text


def test_a_parent_answers_in_own_words_and_may_take_it_back(ann, world, thought, asking, dilan):
    share(ann, world, asking)
    words = "Soms  wel, <soms> niet 🙂"
    assert dilan.post(f"{asking.home}/answer", data={"answer": "some", "words": words}).status_code == 302
    assert replies(ann, thought) == [("some", words)]
    page = ann.get(thought.url).text
    assert "<bdi>Soms  wel, &lt;soms&gt; niet 🙂</bdi>" in page
    assert "thuis gezegd" in page
    dilan.post(f"{asking.home}/answer", data={"words": "Toch niet."})
    assert replies(ann, thought) == [("", "Toch niet.")]
    dilan.post(f"{asking.home}/answer", data={"words": "  "})
    assert replies(ann, thought) == []


@pytest.mark.parametrize("sent", [{"answer": "maybe"}, {"answer": "yes", "words": "x" * 501}, {"words": "\0"}])
def test_an_answer_that_cannot_be_kept_is_said_at_home(ann, world, thought, asking, dilan, sent):
    share(ann, world, asking)
    assert dilan.post(f"{asking.home}/answer", data=sent).status_code == 422
    assert replies(ann, thought) == []


def test_what_is_said_at_the_table_is_written_down_by_name(ann, world, thought, asking):
    member = world.members["dilan"].id
    assert ann.post(f"{asking.url}/replies/{member}", data={"answer": "no", "words": "Anders."}).status_code == 302
    assert replies(ann, thought) == [("no", "Anders.")]
    page = ann.get(asking.url).text
    assert "aan tafel gezegd" in page
    assert "Klopt dit voor Dilan?" in page
    assert 'value="no" id="a-1-3" checked' in page
    wrong = ann.post(f"{asking.url}/replies/{member}", data={"answer": "no", "words": "x" * 501})
    assert wrong.status_code == 422
    assert "x" * 501 in wrong.text
    assert ann.post(f"{asking.url}/replies/{ids.new()}", data={"answer": "no"}).status_code == 404
    assert ann.post(f"{asking.url}/replies/{world.members['eve'].id}", data={"answer": "no"}).status_code == 404


def test_what_was_written_at_home_is_not_read_out_at_the_table(ann, world, thought, asking, dilan):
    share(ann, world, asking)
    dilan.post(f"{asking.home}/answer", data={"answer": "some", "words": "Alleen van mij."})
    ann.post(f"{asking.url}/replies/{world.members['dilan'].id}", data={"answer": "yes", "words": "Aan tafel."})
    assert sorted(replies(ann, thought)) == [("some", "Alleen van mij."), ("yes", "Aan tafel.")]
    page = ann.get(asking.url).text
    fold = page.index('<details class="private">')
    assert fold < page.index("</summary>", fold) < page.index("Alleen van mij.")
    assert page.count("Alleen van mij.") == 1
    assert "Alleen van mij." in dilan.get(asking.home).text
    assert "Aan tafel." not in dilan.get(asking.home).text


def test_today_says_who_answered_at_home_and_not_what(client_for, ann, world, asking, dilan):
    share(ann, world, asking)
    ann.post(f"{asking.url}/replies/{world.members['dilan'].id}", data={"answer": "yes"})
    assert asking.url not in ann.get("/today").text
    dilan.post(f"{asking.home}/answer", data={"answer": "some", "words": "Alleen van mij."})
    for who, seen in (("ann", True), ("bea", True), ("cas", False)):
        page = client_for(who).get("/today").text
        assert (f'href="{asking.url}"' in page) is seen
        assert "Alleen van mij." not in page


def test_at_the_table_nothing_private_is_in_sight(ann, thought, asking):
    page = ann.get(asking.url).text
    assert "Als Dilan wacht" not in page
    fold = page.index('<details class="private">')
    assert page.index("</summary>", fold) < page.index(thought.url)


def test_it_is_a_prompt_while_preparing_and_asked_about_when_wrapping_up(ann, merel, asking):
    from_star = ann.patch(
        f"/api/v1/moments/{merel.moments[0]}", json={"chosen": True},
        headers={"If-Match": ann.get(f"/api/v1/moments/{merel.moments[0]}").headers["ETag"]},
    )  # fmt: skip
    assert from_star.status_code == 200
    review = ann.post("/reviews", data={"film": str(merel.film)}).headers["Location"]
    assert 'value="Klopt dit? Begint Pip als je wacht?"' in ann.get(review).text
    assert f'href="{asking.url}"' in ann.get(f"{review}/closing").text
    ann.post(f"{asking.url}/removal")
    assert "Begint Pip als je wacht?" not in ann.get(review).text
    assert asking.url not in ann.get(f"{review}/closing").text


def test_only_the_family_can_be_asked(ann, world, asking):
    assert share(ann, world, asking, "eve").status_code == 422
    assert ann.post(f"{asking.url}/shares/{world.people['eve'].id}/end").status_code == 404


@pytest.mark.parametrize("text", ["", "  ", "x" * 281])
def test_a_question_needs_words_that_fit(ann, thought, text):
    assert ann.post(f"{thought.url}/askings", data={"text": text}).status_code == 422
    assert ann.get(thought.api).get_json()["askings"] == []


def test_who_reads_it_is_named(ann, world, asking, dilan):
    readers = f"/api/v1/readers/asked/{asking.id}"
    assert ann.get(readers).get_json() == {"team": ["Ann", "Bea"], "home": [], "room": False}
    assert dilan.get(readers).status_code == 404
    share(ann, world, asking)
    assert dilan.get(readers).get_json()["home"] == ["Dilan"]


def test_a_stranger_finds_nothing(client_for, ann, world, asking):
    share(ann, world, asking)
    for stranger in ("cas", "eve"):
        client = client_for(stranger)
        assert client.get(asking.url).status_code == 404
        assert client.get(asking.home).status_code == 404
        assert client.post(f"{asking.home}/answer", data={"answer": "yes"}).status_code == 404
    assert client_for("dilan").get(asking.url).status_code == 404


def test_each_answer_is_a_line_of_the_log_without_a_word(ann, house, world, asking, dilan):
    share(ann, world, asking)
    dilan.post(f"{asking.home}/answer", data={"answer": "yes", "words": "Ja"})
    with house.database.unit(write=False) as session:
        lines = session.query(audit.AuditLine).filter_by(kind="asking").order_by(audit.AuditLine.at).all()
    assert [one.event for one in lines] == ["hypotheses.ask", "share.give_asking", "hypotheses.reply"]
    assert lines[-1].actor_id == world.people["dilan"].id
