"""Closing asks nothing, keeps what was said, and can be undone."""

WORDS = "Dilan: “hij lacht!”\nDaarna thee. <b>"


def test_nothing_is_needed_to_close(ann, review, row, world):
    answer = ann.post(f"{review}/closure", data={})
    assert answer.headers["Location"] == f"/families/{world.families['merel'].id}"
    assert row(review).closed_at


def test_what_was_said_is_kept(ann, review, row):
    ann.post(f"{review}/closure", data={"notes": WORDS, "next_step": "Even wachten", "next_filming": "dinsdag"})
    kept = row(review)
    assert (kept.notes, kept.next_step, kept.next_filming) == (WORDS, "Even wachten", "dinsdag")
    page = ann.get(review).text
    assert "Even wachten" in page
    assert "Daarna thee. <b>" not in page


def test_a_closed_review_does_not_start_and_opens_again(ann, review, row):
    ann.post(f"{review}/closure", data={"notes": WORDS})
    assert ann.post(f"{review}/start").status_code == 422
    assert ann.post(f"{review}/reopening").headers["Location"] == review
    assert (row(review).closed_at, row(review).notes) == (None, WORDS)
    assert ann.post(f"{review}/start").status_code == 302


def test_too_many_words_are_refused_and_not_lost(ann, review, row):
    answer = ann.post(f"{review}/closure", data={"notes": "x" * 5001})
    assert answer.status_code == 422
    assert row(review).closed_at is None
    assert ann.get(f"{review}/closing").status_code == 200


def test_it_stands_in_the_familys_list(ann, review, world):
    assert review in ann.get(f"/families/{world.families['merel'].id}/reviews").text
