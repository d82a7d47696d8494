"""What ships: every set is whole in both languages, positive, and its keys and drawings are there."""

from pathlib import Path

import pytest

from vbg.tagsets.housesets import HOUSE_SETS, HOUSE_TAGS
from vbg.tagsets.shape import ICONS, KEYS, TagSet

SPRITE = (Path(__file__).resolve().parents[2] / "static" / "icons.svg").read_text("utf-8")
SETS = pytest.mark.parametrize("tagset", HOUSE_SETS.values(), ids=HOUSE_SETS)


@SETS
def test_it_speaks_both_languages(tagset: TagSet) -> None:
    named = [(tagset.nl, tagset.en), *((one.nl, one.en) for one in (*tagset.groups, *tagset.tags))]
    assert all(nl.strip() and en.strip() for nl, en in named)
    plain = [tag for tag in tagset.tags if tag.key != "good"]
    assert all(tag.plain_nl.endswith(".") and tag.plain_en.endswith(".") for tag in plain)


@SETS
def test_each_label_stands_in_a_group_and_has_a_key_of_its_own(tagset: TagSet) -> None:
    assert {tag.group for tag in tagset.tags} == {group.key for group in tagset.groups}
    assert len({tag.code for tag in tagset.tags}) == len({tag.key for tag in tagset.tags}) == len(tagset.tags)
    assert all(KEYS[tag.code] == (tag.label_key, tag.qwerty_key or tag.label_key) for tag in tagset.tags)


@SETS
def test_its_drawings_are_in_the_house(tagset: TagSet) -> None:
    assert all(tag.icon.removesuffix(".svg") in ICONS for tag in tagset.tags)
    assert all(f'id="i-{icon}"' in SPRITE for icon in ICONS)


@SETS
def test_it_bears_no_name_of_a_registered_method(tagset: TagSet) -> None:
    said = " ".join((tagset.nl, tagset.en, *(tag.nl for tag in tagset.tags))).lower()
    assert not {"vig", "vipp", "piccolo"} & set(said.split())
    assert "marte meo" not in said


def test_every_label_is_found_by_its_name() -> None:
    assert all(HOUSE_SETS[tag_id.partition("/")[0]].find(tag_id) is tag for tag_id, tag in HOUSE_TAGS.items())
    assert len(HOUSE_TAGS) == sum(len(one.tags) for one in HOUSE_SETS.values())
