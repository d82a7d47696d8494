from vbg.video.progress import Progress, read, share


def test_progress_rises_and_ends_only_when_the_tool_says_so():
    state = Progress()
    shares = []
    for line in ("frame=1", "out_time_us=500000", "out_time_us=N/A", "out_time_us=400000", "out_time_us=2000000"):
        state = read(line + "\n", state)
        shares.append(share(state, 1000))
    assert shares == [0.0, 0.5, 0.5, 0.5, 0.99]
    assert share(read("progress=end", state), 1000) == 1.0


def test_progress_of_a_film_without_length_is_nothing_yet():
    assert share(Progress(out_us=5), 0) == 0.0
