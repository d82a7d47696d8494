import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbg.consents.rules import Said, Voice, is_open

YES, NO, LATER = Said.YES, Said.NO, Said.LATER


@pytest.mark.parametrize(
    ("voices", "opened"),
    [
        ([], False),
        ([Voice(LATER, True)], False),
        ([Voice(YES, True)], True),
        ([Voice(YES, True), Voice(LATER, True)], True),
        ([Voice(YES, True), Voice(NO, True)], False),
        ([Voice(NO, True)], False),
        ([Voice(YES, False)], False),
        ([Voice(YES, True), Voice(NO, False)], True),
    ],
)
def test_one_yes_opens_and_any_no_of_who_decides_closes(voices, opened):
    assert is_open(voices) is opened


voices = st.lists(st.builds(Voice, st.sampled_from(Said), st.booleans()), max_size=6)


@given(voices)
def test_one_more_no_never_opens(heard):
    assert is_open([*heard, Voice(NO, True)]) is False


@given(voices)
def test_who_has_no_authority_changes_nothing(heard):
    assert is_open([*heard, Voice(YES, False), Voice(NO, False)]) == is_open(heard)
