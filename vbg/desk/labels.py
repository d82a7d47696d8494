"""The label set as the workspace reads it, in the reader's language."""

from typing import Any

from vbg.moments.basisset import BASISSET, Tag


def tag_set(language: str, child: str) -> dict[str, Any]:
    """The basisset with lead and lag in ms; sentences name the child by call name."""
    tags = [
        _label(tag, language, child or ("het kind" if language == "nl" else "the child"))
        for tag in BASISSET.tags
    ]
    return {
        "key": BASISSET.id, "version": BASISSET.version, "join_ms": BASISSET.join_ms, "max_ms": BASISSET.max_ms,
        "tags": tags,
    }  # fmt: skip


def _label(tag: Tag, language: str, child: str) -> dict[str, Any]:
    return {
        "tag": tag.id, "group": tag.group, "who": "together" if tag.who == "both" else tag.who, "three": tag.supports,
        "key_code": tag.code, "key": tag.label_key, "icon": tag.icon.removesuffix(".svg"), "lead_ms": tag.lead_ms, "lag_ms": tag.lag_ms,
        "label": tag.en if language == "en" else tag.nl, "sentence": tag.plain(child, language),
    }  # fmt: skip
