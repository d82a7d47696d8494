"""What somebody looks for. Ids and codes may stand in an address, words only in a body."""

import re
from dataclasses import replace

from vbg import ids
from vbg.films import rules as films
from vbg.finding.rules import FOUND_BY, Wish
from vbg.moments import rules
from vbg.tagsets.shape import BEGAN

TAG = re.compile(r"[a-z0-9_-]{1,40}/[a-z0-9_-]{1,40}", re.ASCII)
"""A label in any version of its set."""
MAX_WORDS = 200
"""Letters of the words that are looked for."""


def wish(sent: dict[str, str]) -> Wish:
    """The wish in a query string: what is not known asks nothing, words are never read."""
    tag, found_by = sent.get("tag", ""), sent.get("found_by", "")
    return Wish(
        family=ids.parse(sent.get("family", "")), goal=ids.parse(sent.get("goal", "")),
        tag=tag if TAG.fullmatch(tag) else "",
        began=sent.get("began", "") if sent.get("began") in BEGAN.values() else "",
        situation=films.situation(sent.get("situation", "")), found_by=found_by if found_by in FOUND_BY else "",
        fun=sent.get("fun") == "yes", chosen=sent.get("chosen") == "yes",
    )  # fmt: skip


def wish_with_words(sent: dict[str, str]) -> Wish:
    """The wish in a form's body, with its words."""
    return replace(wish(sent), words=rules.folded(sent.get("words", "")[:MAX_WORDS].replace("\x00", "")))
