import pytest

from vbg.video import commands
from vbg.video.commands import Cut, Streams

CUT = Cut(0, 1, 2, 1, 2)
SIZE = (320, 240)
DRESS = commands.Dress("file:/w/out/b", "file:/w/out/c", "file:/w/out/d", "file:/w/out/e", 1000, 3, 1, SIZE)
LINES = {
    "copy": commands.copy("file:/w/in", "file:/w/out/a", Streams(), quota=1, threads=3),
    "transcode": commands.transcode(
        "file:/w/in",
        "file:/w/out/a",
        Streams(1, None),
        size=SIZE,
        tonemap=True,
        interlaced=True,
        quota=1,
        limit_s=1,
        dress=DRESS,
        threads=3,
    ),
    "packets": commands.packets("file:/w/in", threads=3),
    "proxy": commands.proxy(
        "file:/w/in",
        "file:/w/out/a",
        size=SIZE,
        motion="file:/w/out/d",
        sound="file:/w/out/e",
        offset_us=40_000,
        quota=1,
        threads=3,
    ),
    "dress": commands.dress("file:/w/in", DRESS, offset_us=0, keys_only=True, threads=3),
    "sound": commands.sound("file:/w/in", DRESS, threads=3),
    "still": commands.still("file:/w/in", "file:/w/out/a", CUT, size=SIZE, threads=3),
    "clip": commands.clip("file:/w/in", "file:/w/out/a", CUT, size=SIZE, sound=True, quota=1, threads=3),
}


@pytest.mark.parametrize("name", LINES)
def test_every_command_opens_its_film_under_the_lists(name):
    line = LINES[name]
    opened = line[: line.index("-i")]
    for option in ("-protocol_whitelist", "-format_whitelist", "-codec_whitelist", "-max_streams", "-max_pixels"):
        assert option in opened
    assert opened[opened.index("-protocol_whitelist") + 1] == "file,pipe"
    assert not {"hls", "concat", "concatf", "dash"} & set(opened[opened.index("-format_whitelist") + 1].split(","))
    assert "-nostdin" in line


@pytest.mark.parametrize("name", LINES)
def test_no_tool_takes_more_threads_than_it_is_given(name):
    line = LINES[name]
    for option in ("-threads", "-filter_threads", "-filter_complex_threads"):
        assert line[line.index(option) + 1] == "3"
    if "libx264" in line:
        assert line[line.index("-threads:v") + 1] == "3"


@pytest.mark.parametrize("name", ["copy", "transcode", "proxy", "clip"])
def test_every_film_we_make_leaves_names_and_places_behind(name):
    line = LINES[name]
    assert line[line.index("-map_metadata") + 1] == "-1"
    assert {"-sn", "-dn", "-fs"} <= set(line)


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1920, 1080), (1280, 720)), ((1080, 1920), (720, 1280)), ((320, 240), (320, 240)), ((101, 99), (100, 100))],
)
def test_pictures_fit_whichever_way_they_stand(size, expected):
    assert commands.fit(*size, short=720, long=1280) == expected
