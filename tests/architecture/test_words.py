"""Every sentence a person can read stands in both catalogues, and what is compiled is what is written."""

from io import BytesIO

import pytest
from babel.messages.mofile import write_mo

from tests.tools import words
from vbg.web.sentences import REASONS


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sentence_lacks_its_words(language: str) -> None:
    kept = words.catalogue(language)
    keys = [one if isinstance(one, str) else one[0] for one in words.sentences()]
    assert len(keys) > 300
    assert [key for key in keys if not (found := kept.get(key)) or not found.string] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    file = words.FOLDER / language / "LC_MESSAGES" / "messages.mo"
    compiled = BytesIO()
    write_mo(compiled, words.catalogue(language))
    assert file.read_bytes() == compiled.getvalue()


def test_dutch_keeps_the_values_of_each_sentence() -> None:
    kept = words.catalogue("nl")
    for sentence in words.sentences():
        if isinstance(sentence, str):
            said = kept.get(sentence)
            assert said, sentence
            assert words.holes(str(said.string)) == words.holes(sentence), sentence


def test_each_reason_is_a_sentence() -> None:
    assert [code for code, words_ in REASONS.items() if not words_.endswith((".", "!", "?"))] == []
