"""What a tag set may be, how it reads as a document, and which labels several sets offer together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from vbg.reasons import ReasonError
from vbg.tagsets.shape import BEGAN, KEYS, Group, Tag, TagSet

FORMAT: Final = "vbg-tag-set"
MAX_TAGS: Final = 100
MAX_GROUPS: Final = 12
MAX_NAME: Final = 40
MAX_SENTENCE: Final = 120
MAX_REACH_MS: Final = 20_000
"""The longest lead or lag: as long as one moment grows by presses."""
_SAYS_NO: Final = re.compile(
    r"\b(?:niet|geen|nooit|fout|fouten|slecht|slechte|verkeerd|mis|mist|negeert|weigert|faalt|onvoldoende|stout|"
    r"dom|dwars|lastig|te weinig|te veel|te snel|te laat|not|never|wrong|wrongly|bad|badly|poor|poorly|"
    r"fails|ignores|misses|refuses|naughty|difficult|too little|too much|too fast|too late|doesn|isn|cannot)\b",
    re.IGNORECASE,
)
"""Words by which a label says what is absent or goes badly. Such a label cannot be made."""
_HOLES: Final = re.compile(r"[{}]")
_KEY: Final = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)


def is_key(text: str) -> bool:
    """Whether this can be the name of a set at all: what else an address or a mark holds is asked of no database."""
    return _KEY.fullmatch(text) is not None


def check(tagset: TagSet) -> None:
    """Refuse a set that says no, or in which two things share a name or a key.

    Codes, with the field as a path such as `tags.3.code`: tag_says_no, bad_text, bad_hole, key_taken, name_taken,
    unknown_group.
    """
    _check_words("nl", tagset.nl)
    _check_words("en", tagset.en)
    _check_words("source", tagset.source, may_say_no=True)
    for place, group in enumerate(tagset.groups):
        _check_words(f"groups.{place}.nl", group.nl)
        _check_words(f"groups.{place}.en", group.en)
    for place, tag in enumerate(tagset.tags):
        for field in ("nl", "en", "plain_nl", "plain_en"):
            _check_words(f"tags.{place}.{field}", getattr(tag, field), with_child=field.startswith("plain"))
    _check_places(tagset)


def _check_words(field: str, text: str, with_child: bool = False, may_say_no: bool = False) -> None:
    if any(ord(sign) < 32 or "\ud800" <= sign <= "\udfff" for sign in text):
        raise ReasonError("bad_text", field)
    if _HOLES.search(text.replace("{k}", "") if with_child else text):
        raise ReasonError("bad_hole", field)
    found = None if may_say_no else _SAYS_NO.search(text)
    if found:
        raise ReasonError("tag_says_no", field, word=found.group())


def _check_places(tagset: TagSet) -> None:
    groups = [group.key for group in tagset.groups]
    _once("groups", "key", groups, "name_taken")
    _once("tags", "key", [tag.key for tag in tagset.tags], "name_taken")
    for language in ("nl", "en"):
        names = ["" if tag.retired else tag.name(language).casefold() for tag in tagset.tags]
        _once("tags", language, names, "name_taken")
    _once("tags", "code", ["" if tag.retired else tag.code for tag in tagset.tags], "key_taken")
    for place, tag in enumerate(tagset.tags):
        if tag.group not in groups:
            raise ReasonError("unknown_group", f"tags.{place}.group")


def _once(many: str, field: str, values: Sequence[str], code: str) -> None:
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value and value in seen:
            raise ReasonError(code, f"{many}.{place}.{field}")
        seen.add(value)


def document(tagset: TagSet) -> dict[str, Any]:
    """The set as plain values: what a file holds, and what a version keeps. `of_document` reads it back."""
    return {
        "format": FORMAT, "format_version": 1, "nl": tagset.nl, "en": tagset.en, "source": tagset.source,
        "join_ms": tagset.join_ms, "max_ms": tagset.max_ms,
        "groups": [{"key": one.key, "nl": one.nl, "en": one.en, "colour": one.colour} for one in tagset.groups],
        "tags": [_tag_document(tag) for tag in tagset.tags],
    }  # fmt: skip


def _tag_document(tag: Tag) -> dict[str, Any]:
    return {
        "key": tag.key, "nl": tag.nl, "en": tag.en, "who": tag.who, "group": tag.group, "supports": tag.supports,
        "lead_ms": tag.lead_ms, "lag_ms": tag.lag_ms, "code": tag.code, "icon": tag.icon.removesuffix(".svg"),
        "plain_nl": tag.plain_nl, "plain_en": tag.plain_en, "retired": tag.retired,
    }  # fmt: skip


def of_document(told: Mapping[str, Any], set_id: str, version: int) -> TagSet:
    """The set that a document of ours describes: one that `document` made, or a form that was checked."""
    groups = tuple(Group(**group) for group in told["groups"])
    made = TagSet(
        set_id, version, told["join_ms"], told["max_ms"], (), told["nl"], told["en"], groups, told["source"], False
    )
    return replace(made, tags=tuple(_tag(tag, made.home) for tag in told["tags"]))


def _tag(told: Mapping[str, Any], home: str) -> Tag:
    azerty, qwerty = KEYS.get(told["code"], ("", ""))
    return Tag(**{
        **told, "icon": f"{told['icon']}.svg", "label_key": azerty, "qwerty_key": None if azerty == qwerty else qwerty,
        "home": home,
    })  # fmt: skip


def slug(name: str) -> str:
    """A name as part of an id: small letters, digits and hyphens, never empty."""
    letters = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    return letters[:24].strip("-") or "set"


def free_key(name: str, taken: set[str]) -> str:
    """A key for something new called `name` that nothing else has."""
    wanted = slug(name).replace("-", "_")
    numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (wanted, *numbered) if key not in taken)


def offered(sets: Sequence[TagSet]) -> list[tuple[TagSet, Tag, bool]]:
    """The labels that these sets offer, in order, and whether each keeps its key: the first to ask for it does."""
    held: set[str] = set()
    found = []
    for tagset in sets:
        for tag in tagset.tags:
            if not tag.retired:
                found.append((tagset, tag, bool(tag.code) and tag.code not in held))
                held.add(tag.code)
    return found


def reordered(keys: Sequence[str], key: str, by: int) -> list[str]:
    """These sets with one of them `by` places further; at an end, or when it is not there, they stay as they are."""
    order = list(keys)
    if key in order:
        at = order.index(key)
        order.insert(max(0, at + by), order.pop(at))
    return order


def clashes(sets: Sequence[TagSet]) -> list[tuple[Tag, Tag]]:
    """Labels that share their key with one of a set before, each with that label."""
    first: dict[str, Tag] = {}
    lost = []
    for _tagset, tag, keeps in offered(sets):
        if keeps:
            first[tag.code] = tag
        elif tag.code:
            lost.append((tag, first[tag.code]))
    return lost


def described(tagset: TagSet, language: str) -> dict[str, Any]:
    """A tag set as JSON with its words in one language; `{k}` in a sentence is the child's call name."""
    return {
        "key": tagset.id, "version": tagset.version, "name": tagset.name(language), "join_ms": tagset.join_ms,
        "max_ms": tagset.max_ms, "groups": [described_group(tagset, group, language) for group in tagset.groups],
        "tags": [described_tag(tag, language) for tag in tagset.tags if not tag.retired],
    }  # fmt: skip


def described_group(tagset: TagSet, group: Group, language: str) -> dict[str, Any]:
    """A group with its name in one language. `key` is what its labels name."""
    return {"key": group.key, "name": group.name(language), "colour": group.colour, "set": tagset.id}


def described_tag(tag: Tag, language: str, keeps: bool = True) -> dict[str, Any]:
    """A label with its words in one language, without its key when another label `keeps` it."""
    key = tag.label_key if keeps else ""
    return {
        "tag": tag.id, "group": tag.group, "who": BEGAN[tag.who] if tag.who else None, "three": tag.supports,
        "key_code": tag.code if keeps else "", "key": key, "qwerty_key": (tag.qwerty_key or key) if keeps else "",
        "icon": tag.icon.removesuffix(".svg"), "label": tag.name(language), "lead_ms": tag.lead_ms,
        "lag_ms": tag.lag_ms, "sentence": tag.plain_en if language == "en" else tag.plain_nl,
    }  # fmt: skip


def without_version(tag_id: str) -> str:
    """`set/key` of a label in any version of its set: what it is searched by."""
    home, _, key = tag_id.partition("/")
    return f"{home.partition('.')[0]}/{key}"
