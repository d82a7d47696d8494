import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbg.moments import rules
from vbg.reasons import ReasonError
from vbg.tagsets import rules as sets
from vbg.tagsets.basisset import BASISSET

CHILD, PARENT, BOTH, NOBODY = "house/shows", "house/confirms", "house/fun", "house/good"


def marks(*pressed: tuple[str, int]) -> list[dict[str, object]]:
    return [{"tag": tag, "at_ms": at} for tag, at in pressed]


@pytest.mark.parametrize(
    ("pressed", "began"),
    [
        ((), None),
        (((NOBODY, 1),), None),
        (((CHILD, 1), (PARENT, 2)), "child"),
        (((PARENT, 1), (CHILD, 2)), "parent"),
        (((NOBODY, 0), (BOTH, 1), (CHILD, 2)), "together"),
        (((PARENT, 9), (CHILD, 2)), "child"),
        ((("house/gone", 1), (PARENT, 2)), "parent"),
    ],
)
def test_who_began_is_the_first_in_film_time(pressed, began):
    assert rules.who_began(marks(*pressed), BASISSET) == began


def test_marks_of_the_same_ms_keep_the_order_of_the_presses():
    assert rules.who_began(marks((PARENT, 5), (CHILD, 5)), BASISSET) == "parent"


def test_the_answer_is_the_first_press_of_the_other_person():
    found = rules.pair(marks((CHILD, 100), (CHILD, 300), (BOTH, 350), (PARENT, 1500), (PARENT, 1600)), BASISSET)
    assert found is not None
    assert (found.first["at_ms"], found.answer["at_ms"], found.latency_ms) == (100, 1500, 1400)


def test_one_person_alone_is_no_pair():
    assert rules.pair(marks((CHILD, 1), (BOTH, 2), (CHILD, 3)), BASISSET) is None


tags = st.sampled_from([tag.id for tag in BASISSET.tags])


@given(st.lists(st.tuples(tags, st.integers(0, 10_000)), max_size=12))
def test_a_chain_never_answers_before_it_asks(pressed):
    found = rules.pair(marks(*pressed), BASISSET)
    if found:
        assert found.latency_ms >= 0
        assert found.first["tag"] != found.answer["tag"]
        assert rules.who_began(marks(*pressed), BASISSET) is not None


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Pip kijkt. Jij wacht.", "Pip kijkt."),
        ("Zie je dat? Mooi.", "Zie je dat?"),
        ("“Kijk mama!” zegt Pip. En dan?", "“Kijk mama!”"),
        ("Zonder punt\nnieuwe regel", "Zonder punt"),
        ("Het duurt 1.5 seconden en dan", "Het duurt 1.5 seconden en dan"),
        ("  Pip lacht…  ", "Pip lacht…"),
    ],
)
def test_the_first_sentence(words, first):
    assert rules.first_sentence(words) == first


def test_a_heading_is_words_then_the_first_label_then_nothing():
    pressed = marks((NOBODY, 0), (CHILD, 1))
    assert rules.heading("Pip lacht. Ja.", pressed, BASISSET, "Pip", "nl") == "Pip lacht."
    assert rules.heading(" ", pressed, BASISSET, "Pip", "nl") == "Pip laat je iets zien."
    assert rules.heading("", pressed, BASISSET, "Pip", "en") == "Pip shows you something."
    assert rules.heading("", pressed, BASISSET, "", "nl") == "Laat iets zien"
    assert rules.heading("", marks((NOBODY, 0)), BASISSET, "Pip", "nl") is None


@pytest.mark.parametrize(
    ("start", "end", "code", "field"),
    [
        (-1, 10, "outside_film", "start_ms"),
        (1000, None, "outside_film", "start_ms"),
        (10**30, None, "outside_film", "start_ms"),
        (10, 10, "end_before_start", "end_ms"),
        (10, 9, "end_before_start", "end_ms"),
        (10, 1001, "outside_film", "end_ms"),
    ],
)
def test_a_span_no_frame_fills_is_refused(start, end, code, field):
    with pytest.raises(ReasonError) as refused:
        rules.check_span(start, end, 1000)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_the_whole_film_and_its_last_ms_are_moments():
    rules.check_span(0, 1000, 1000)
    rules.check_span(999, None, 1000)


def test_ten_minutes_and_not_a_ms_more():
    rules.check_span(0, 600_000, 10**7)
    with pytest.raises(ReasonError, match="span_too_long"):
        rules.check_span(0, 600_001, 10**7)


@given(st.integers(0, 60_000), tags)
def test_the_span_of_a_press_lies_inside_the_film(at, tag):
    found = BASISSET.find(tag)
    assert found is not None
    start, end = rules.around(at, found, 60_000)
    rules.check_span(start, end, 60_000)


def test_the_described_set_has_every_word_the_workspace_needs():
    described = sets.described(BASISSET, "nl")
    assert (described["join_ms"], described["max_ms"], len(described["tags"])) == (5000, 20000, 27)
    waits = next(tag for tag in described["tags"] if tag["tag"] == "house/waits")
    assert (waits["key_code"], waits["label"], waits["who"], waits["lead_ms"]) == (
        "KeyD", "Wacht even", "parent", 7000,
    )  # fmt: skip
