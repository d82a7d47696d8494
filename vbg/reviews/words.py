"""The bank of prompts as sentences (craft appendix II)."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

PROMPTS = {
    "child_does": _l("What do you see {k} doing here?"),
    "self_does": _l("What do you see yourself doing?"),
    "just_before": _l("What did you do just before this?"),
    "child_enjoys": _l("How can you tell that {k} enjoys this?"),
    "child_wants": _l("What does {k} want here, do you think?"),
    "child_would_say": _l("What would {k} say here?"),
    "helps": _l("What helps {k} here?"),
    "makes_it_work": _l("What makes it work here?"),
    "when_else": _l("When else does this work?"),
    "feels": _l("How is it to see this?"),
    "beautiful": _l("What do you find beautiful here?"),
    "more_of": _l("What would you like more of?"),
}


def asked(text: str) -> str:
    """What the family is asked, as a prompt."""
    return str(_("Is this right? %(text)s", text=text))


def prompt(code: str, child: str) -> str:
    """A prompt with the child's call name."""
    return str(PROMPTS[code]).replace("{k}", child)
