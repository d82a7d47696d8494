"""Each format gives back what was written into it, whatever the words are; nothing in it is ever run or lost."""

import csv
import io
import random
import uuid
from contextlib import suppress
from dataclasses import replace

import pytest

from vbg import ids
from vbg.exchange import csv_table, vbg_json, webvtt
from vbg.exchange.rows import LineError, Row
from vbg.moments.rules import LINES

FILM = ids.new()
AWKWARD = [
    "", "Pip kijkt naar mama.", "-->", "een\n\ntwee", "\n", "\nx\n", "#house/looks@00:01.500", "#point", "# kop",
    "&amp; <b>", "=1+1", "'=1", "''=1", "+32", "-", "@x", "'gewoon", "a,b;c\"d\"", "NOTE iets", "WEBVTT",
    "\r\n", "x\r", "\t=1", "😀 é \u00a0", "\u00a0", "00:00:01.000 --> 00:00:02.000", " ",
    "a\u2028b\x85c\x0bd", "&#160;", "}", "]", '"moments": [',
]  # fmt: skip


def some_rows(seed=1, n=200):
    dice = random.Random(seed)
    for number in range(n):
        start = dice.choice([0, 1, 999, 59_999, 3_599_999, 3_600_000, 14_399_000]) + dice.randrange(1000)
        words = AWKWARD[number % len(AWKWARD)] + (dice.choice(AWKWARD) if number >= len(AWKWARD) else "")
        marks = tuple(("house/looks", start + dice.randrange(5)) for _ in range(dice.randrange(3)))
        end = dice.choice([None, start + 1, start + 5000])
        goals = tuple(str(ids.new()) for _ in range(dice.randrange(2)))
        yield Row(
            start, end, ids.new(), words, marks, goals, dice.choice([None, "child", "together"]), dice.random() < 0.3
        )


def bare(row, goals=True):
    return replace(row, line=0, goals=row.goals if goals else ())


def test_json_gives_everything_back():
    rows = [
        replace(
            row,
            when_words=row.words,
            what_words="=1+1",
            for_words=row.words[::-1],
            child_says="kijk",
            photo_ms=row.start_ms,
        )
        for row in some_rows()
    ]
    assert [bare(row) for row in vbg_json.read(vbg_json.write(rows, FILM))] == rows


def test_json_without_short_words_is_read_by_an_older_program_too():
    told = vbg_json.write(some_rows(n=1), FILM)
    assert not any(name in told for name in LINES)


def test_webvtt_gives_everything_back_but_goals():
    rows = list(some_rows())
    assert [bare(row) for row in webvtt.read(webvtt.write(rows, "Gezin --> Merel\nx"))] == [
        bare(one, False) for one in rows
    ]


def test_csv_gives_everything_back_but_goals():
    rows = list(some_rows())
    assert [bare(row) for row in csv_table.read(csv_table.write(rows))] == [bare(one, False) for one in rows]


def test_no_cell_is_a_formula():
    rows = [replace(next(some_rows(n=1)), words=words) for words in AWKWARD]
    table = list(csv.reader(io.StringIO(csv_table.write(rows).removeprefix("\ufeff"), newline="")))
    assert len(table) == len(rows) + 1
    assert [cell for line in table for cell in line if cell[:1] in "=+-@\t\r" and cell] == []


def test_players_read_our_webvtt(tmp_path):
    import subprocess

    import imageio_ffmpeg

    file = tmp_path / "moments.vtt"
    rows = sorted(some_rows(n=40), key=lambda row: row.start_ms)
    file.write_text(webvtt.write(rows, "film 1"), "utf-8")
    line = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(file), "-f", "srt", "-"]
    told = subprocess.run(line, capture_output=True, check=True, text=True).stdout
    assert told.count(" --> ") >= len(rows)
    assert "Pip kijkt naar mama." in told


def test_a_file_of_somebody_else_is_read():
    told = (
        "WEBVTT Kind: captions\nLanguage: nl\n\nNOTE niets\nvan ons\n\nSTYLE\n::cue { color: red }\n\n"
        "eerste\n00:01.500 --> 00:02.000 align:start\n<v Mama>Kijk <i>daar</i> &amp; hier\n#vandaag\n\n"
        "01:00:00.000 --> 01:00:01.000\n"
    )
    assert [(one.start_ms, one.end_ms, one.words, one.id, one.line) for one in webvtt.read(told)] == [
        (1500, 2000, "Kijk daar & hier\n#vandaag", None, 10),
        (3_600_000, 3_601_000, "", None, 15),
    ]
    assert [one.start_ms for one in csv_table.read('start_ms;words\r\n12;"a;b\nc"\r\n\r\n15;x\r\n')] == [12, 15]


OURS = '{"format": "vbg-moments", "version": 1, "moments": ['


@pytest.mark.parametrize(("read", "text", "line", "code"), [
    (webvtt.read, "1\n00:01.000 --> 00:02.000\nx", 1, "import_format"),
    (webvtt.read, "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\nnaam\n00:01 --> later\nx", 7, "bad_time"),
    (webvtt.read, "WEBVTT\n\nlosse regel\n\n", 4, "bad_time"),
    (webvtt.read, "WEBVTT\n\n00:01.000 --> 00:02.000\n#house/looks@61", 4, "bad_time"),
    (csv_table.read, "words,labels\na,b", 1, "import_format"),
    (csv_table.read, "", 1, "import_format"),
    (csv_table.read, "start_ms,words\n1,a\n2,\"b\nc\"\nx,d", 5, "not_a_number"),
    (csv_table.read, "start_ms,words\n1,a,b", 2, "unclear"),
    (csv_table.read, "start_ms,words\n1,\"a", 2, "unclear"),
    (csv_table.read, "start_ms,id\n1,niet", 2, "not_an_id"),
    (csv_table.read, "start_ms,labels\n1,looks", 2, "unclear"),
    (csv_table.read, "start_ms,chosen\n1,misschien", 2, "not_a_choice"),
    (csv_table.read, "start_ms\n-1", 2, "not_a_number"),
    (vbg_json.read, "", 1, "broken_json"),
    (vbg_json.read, "[]", 1, "broken_json"),
    (vbg_json.read, "{}", 1, "import_format"),
    (vbg_json.read, '{"format": "vbg-moments", "version": 2, "moments": []}', 1, "import_format"),
    (vbg_json.read, OURS + '\n{"start_ms": 1},\n{"start_ms": 2, "x": 1}]}', 3, "unknown_field"),
    (vbg_json.read, OURS + '\n{"start_ms": 1},\n\n{}]}', 4, "missing"),
    (vbg_json.read, OURS + '\n{"start_ms": 1},\n7]}', 3, "unclear"),
    (vbg_json.read, OURS + '\n{"start_ms": 1}\n', 3, "broken_json"),
    (vbg_json.read, OURS + '\n{"start_ms": 1, "id": "x"}]}', 2, "not_an_id"),
    (vbg_json.read, OURS + '\n{"start_ms": 1, "marks": 3}]}', 2, "unclear"),
])  # fmt: skip
def test_a_broken_file_is_refused_by_its_line(read, text, line, code):
    with pytest.raises(LineError) as caught:
        list(read(text))
    assert (caught.value.line, caught.value.code) == (line, code)


def test_no_bytes_make_a_reader_fall(tmp_path):
    """Files cut off, doubled and with signs swapped: read, or refused by a line; nothing else."""
    dice = random.Random(7)
    rows = list(some_rows(n=6))
    for read, text in (
        (vbg_json.read, vbg_json.write(rows, FILM)), (webvtt.read, webvtt.write(rows, "x")),
        (csv_table.read, csv_table.write(rows)),
    ):  # fmt: skip
        for _ in range(300):
            at, to = sorted(dice.randrange(len(text)) for _ in range(2))
            broken = text[:at] + dice.choice(["", text[at:to] * 2, "\x00", '"', "[", "-->", "\n\n"]) + text[to:]
            with suppress(LineError):
                assert all(isinstance(one.id, uuid.UUID | None) for one in read(broken))
