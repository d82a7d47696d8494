import pytest

from vbg.films import rules
from vbg.web.media import RangeError, first_range
from vbg.web.sentences import REASONS


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("film.mp4", "film.mp4"), ("../../etc/passwd", "passwd"), ("C:\\films\\Pip.mov", "Pip.mov"),
        ("a\x00b\n.mp4", "ab.mp4"), ("Zoë 🎈.mp4", "Zoë 🎈.mp4"), ("", ""), ("x" * 400, "x" * 255),
    ],
)  # fmt: skip
def test_a_declared_name_is_data(told, kept):
    assert rules.clean_name(told) == kept


def test_a_still_is_kept_by_its_time():
    assert rules.still_ms(rules.still_kind(4200)) == 4200
    assert rules.still_ms("poster") is None


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-99", (0, 100)), ("bytes=10-", (10, 1000)), ("bytes=-100", (900, 1000)),
        ("bytes=900-5000", (900, 1000)), ("bytes=-5000", (0, 1000)), ("bytes=5-9,20-29", (5, 10)),
        ("bytes=2000-2001,20-29", (20, 30)), ("BYTES=0-0", (0, 1)),
        ("bytes=9-5", None), ("bytes=-", None), ("bytes=a-b", None), ("lines=0-9", None), ("bytes=", None),
    ],
)  # fmt: skip
def test_the_first_range_that_lies_inside(header, span):
    assert first_range(header, 1000) == span


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=-0", "bytes=5000-6000"])
def test_a_range_outside(header):
    with pytest.raises(RangeError):
        first_range(header, 1000)


def test_what_weighs_has_a_sentence():
    assert REASONS.keys() >= rules.GRAVE


@pytest.mark.parametrize(
    ("size", "key_ms", "size_bytes", "wanted"),
    [
        ((1280, 720), 1000, 5_000_000, False), ((720, 1280), 2000, 5_000_000, False),
        ((1920, 1080), 1000, 5_000_000, True), ((720, 1282), 1000, 5_000_000, True),
        ((640, 480), 2001, 5_000_000, True), ((640, 480), 1000, 10_000_000, True),
    ],
)  # fmt: skip
def test_which_films_are_heavy(size, key_ms, size_bytes, wanted):
    assert rules.wants_proxy(size, key_ms, size_bytes, 10_000) == wanted
