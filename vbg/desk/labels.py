"""The label set as the workspace reads it, in the reader's language."""

from typing import Any

from flask_babel import gettext as _

from vbg.moments import rules
from vbg.tagsets.basisset import BASISSET


def tag_set(language: str, child: str) -> dict[str, Any]:
    """The basisset with lead and lag in ms; sentences name the child by call name."""
    described = rules.described(BASISSET, language)
    name = child or _("the child")
    tags = [tag | {"sentence": tag["sentence"].replace("{k}", name)} for tag in described["tags"]]
    return described | {"tags": tags}
