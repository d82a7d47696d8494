import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbg.video.timeline import cut_before, frame_at, frames_in

RISING = st.lists(st.integers(0, 10**10), min_size=1, unique=True).map(sorted).map(lambda times: [0, *times[1:]])


@given(RISING, st.integers(0, 10**7), st.integers(1, 10**6))
def test_a_span_holds_the_frames_whose_time_lies_in_it(times, start_ms, length_ms):
    first, last = frames_in(times, start_ms, start_ms + length_ms)
    inside = [index for index, time in enumerate(times) if start_ms * 1000 <= time < (start_ms + length_ms) * 1000]
    assert inside == list(range(first, last + 1)) or (not inside and first == last)


@given(RISING)
def test_a_cut_lies_between_its_frames(times):
    for index in range(len(times) + 1):
        cut = cut_before(times, index)
        assert index == 0 or times[index - 1] <= cut
        assert index == len(times) or cut <= times[index]


def test_the_frame_of_a_floored_time_is_that_frame():
    times = [index * 1_001_000 // 30 for index in range(2000)]
    assert all(times[frame_at(times, times[n] // 1000 * 1000)] == times[n] for n in range(2000))


def test_an_empty_span_is_refused():
    with pytest.raises(ValueError, match="span"):
        frames_in([0, 40_000], 40, 40)
