"""What is said of a film has a sentence for each code, with all its values."""

import re

import pytest

from vbg.video import errors, notes
from vbg.video.notes import Note
from vbg.web.sentences import REASONS

VALUES = {
    "end_ms": 252_900, "declared_ms": 60_000, "true_ms": 1500, "at_ms": 5000, "lasts_ms": 3499, "by_ms": 433,
    "count": 2, "degrees": 90, "fps": 240,
}  # fmt: skip
CODES = {
    code: re.findall(r"\w+", values or "")
    for code, values in re.findall(r"\b([a-z_]+)(?: \{([^}]*)\})?[,.]", notes.notes_on.__doc__.split("first.")[1])
}


def test_all_codes_are_told_in_the_docstring():
    assert len(CODES) == 18
    assert CODES["gap"] == ["at_ms", "lasts_ms", "count"]


@pytest.mark.parametrize("code", CODES)
def test_each_note_can_be_said(code: str):
    note = Note(code, {name: VALUES[name] for name in CODES[code]})
    said = REASONS[note.reason].format(**note.spoken)
    assert "{" not in said
    assert said.endswith(".")


def test_each_refusal_can_be_said():
    codes = re.findall(r"\b[a-z_]+(?=[,.])", errors.UnreadableError.__doc__.split(":")[1])
    assert len(codes) == 8
    assert all(f"film_{code}" in REASONS for code in codes)


def test_values_are_spoken_as_people_say_them():
    assert Note("cut_off", {"end_ms": 252_900}).spoken == {"end": "4:12"}
    assert Note("gap", {"at_ms": 65_000, "lasts_ms": 3499, "count": 1}).spoken == {
        "at": "1:05",
        "lasts": "3",
        "count": "1",
    }
    assert Note("sound_stops_earlier", {"by_ms": 433}).spoken == {"by": "1"}
