"""The situations as words."""

from flask_babel import gettext as _

from vbg.films.rules import Situation


def situations() -> list[tuple[str, str]]:
    """Each situation and its word, to choose from; the first is none."""
    words = {
        Situation.FREE_PLAY: _("Free play"), Situation.MEAL: _("Meal"),
        Situation.DRESSING: _("Getting dressed"),
        Situation.BEDTIME: _("Bedtime"), Situation.HOMEWORK: _("Homework"), Situation.CARE: _("Care"),
        Situation.OTHER: _("Something else"),
    }  # fmt: skip
    return [("", _("Not chosen")), *((key.value, word) for key, word in words.items())]
