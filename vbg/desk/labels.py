"""The labels as the workspace reads them, in the reader's language."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from flask_babel import gettext as _

from vbg.tagsets import rules
from vbg.tagsets.basisset import BASISSET
from vbg.tagsets.shape import Colour, Group, Tag, TagSet

_GOOD: Final = replace(BASISSET, tags=BASISSET.tags[:1], groups=BASISSET.groups[:1])
"""The first look asks for nothing but a good moment: its label is there whichever sets a family uses."""
_LOOK: Final[dict[Colour, str]] = {
    "child": "g-kind", "parent": "g-ouder", "together": "g-samen", "fun": "g-plezier", "moment": "g-trots",
}  # fmt: skip


def tag_set(
    language: str, child: str, sets: Sequence[TagSet] = (BASISSET,), former: Sequence[TagSet] = ()
) -> dict[str, Any]:
    """The labels of the sets in use with lead and lag in ms; sentences name the child by call name.

    Each label comes with its own key: of two that want the same one, the set that is shown goes first. `former` holds
    what is not offered but may stand on older moments.
    """
    shown = list(sets) if BASISSET in sets else [_GOOD, *sets]
    name, first = child or _("the child"), sets[0] if sets else BASISSET
    offered = [_told(one, tag, language, name, True) for one in shown for tag in one.tags if not tag.retired]
    ids = {tag["tag"] for tag in offered}
    old = [_told(one, tag, language, name, False) for one in former for tag in one.tags if tag.id not in ids]
    return {
        "key": first.id, "version": first.version, "join_ms": first.join_ms, "max_ms": first.max_ms,
        "groups": [_group(one, group, language) for one in sets if one is not BASISSET for group in one.groups],
        "sets": [{"key": one.id, "home": one.home, "name": one.name(language)} for one in sets],
        "tags": offered, "former": old,
    }  # fmt: skip


def _told(tagset: TagSet, tag: Tag, language: str, child: str, keeps: bool) -> dict[str, Any]:
    told = rules.described_tag(tag, language, keeps)
    told["sentence"] = told["sentence"].replace("{k}", child)
    if tagset.id == BASISSET.id:
        return told
    colour = next(group.colour for group in tagset.groups if group.key == tag.group)
    return told | {"group": f"{tagset.home}/{tag.group}", "look": _LOOK[colour]}


def _group(tagset: TagSet, group: Group, language: str) -> dict[str, str]:
    name = group.name(language)
    return {"key": f"{tagset.home}/{group.key}", "name": name, "set": tagset.name(language)}
