"""Words are folded so that case, accents and the long ij make no difference."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from vbg.moments.rules import folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet="aeiouéèëïöüçñĳIJÉ bcd", max_size=40))
def test_case_and_the_way_an_accent_is_written_make_no_difference(text):
    assert folded(text.upper()) == folded(text) == folded(unicodedata.normalize("NFD", text))


def test_dutch_words():
    assert folded("  Één   ĲSJE, Zoë ") == "een ijsje, zoe"
