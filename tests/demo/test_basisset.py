"""The basisset is what appendix I says, and one key never means two things."""

import re

from vbg.tagsets.basisset import BASISSET, GROUPS
from vbg.tagsets.shape import Tag


def test_key_and_code_of_every_label_are_its_own() -> None:
    for field in ("key", "code", "label_key", "icon", "nl", "en"):
        values = [getattr(tag, field) for tag in BASISSET.tags]
        assert len(values) == len(set(values)), field


def test_the_groups_hold_all_labels_in_order() -> None:
    assert tuple(tag for group in GROUPS for tag in BASISSET.group(group.key)) == BASISSET.tags
    assert [len(BASISSET.group(group.key)) for group in GROUPS] == [1, 10, 7, 4, 2, 3]


def test_codes_are_places_of_keys_and_m_lies_beside_l() -> None:
    m = BASISSET.find("house/says_what_can")
    assert m is not None
    assert (m.code, m.label_key, m.qwerty_key) == ("Semicolon", "M", ";")
    others = [tag for tag in BASISSET.tags if tag is not m]
    assert all(tag.code in (f"Digit{tag.label_key}", f"Key{tag.label_key}") for tag in others)


def test_a_child_label_supports_nothing_and_a_parent_label_always_does() -> None:
    for tag in BASISSET.tags:
        if tag.who == "parent" or tag.group == "threes":
            assert tag.supports is not None, tag.key
        else:
            assert tag.supports is None, tag.key


def test_the_exceptions_in_lead_and_lag_are_those_of_the_appendix() -> None:
    def times(tag: Tag) -> tuple[int, int]:
        return tag.lead_ms // 1000, tag.lag_ms // 1000

    others = {tag.key: times(tag) for tag in BASISSET.tags if times(tag) != (4, 4)}
    assert others == {
        "good": (6, 3), "idea": (5, 5), "self": (5, 6), "waits": (7, 3), "joins_in": (4, 6),
        "comforts": (5, 5), "helps_a_bit": (4, 6), "fun": (6, 4), "joke": (6, 3),
    }  # fmt: skip
    assert (BASISSET.join_ms, BASISSET.max_ms) == (5000, 20000)


def test_sentences_for_parents_are_short_and_never_say_sturen() -> None:
    for tag in BASISSET.tags:
        for sentence in (tag.plain("Pip"), tag.plain("Pip", "en")):
            assert len(sentence.split()) <= 12
            assert "{" not in sentence
            assert not re.search("sturen", sentence, re.IGNORECASE)
    assert BASISSET.find("house/unknown") is None
