"""Runs are few enough to be open at once; their memory is used again when nobody looks at it."""

import os
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from desensitize.engines.runs import Layout, Rooms, Runs, write_run
from desensitize.engines.shuffling import bucket_count, row_octets, run_rows


@pytest.mark.parametrize(
    ("rows", "octets", "run", "buckets"),
    [
        (0, 0, 100_000, 1),
        (9 * 10**7, 300, 100_000, 900),
        (10**8, 300, 200_000, 1_000),
        (10**9, 300, 1_200_000, 10_000),
        (10**5, 30_000, 1_066, 94),
        (10, 10**9, 1, 10),
    ],
)
def test_runs_are_open_at_once_and_fit_into_memory(
    rows: int, octets: int, run: int, buckets: int
) -> None:
    assert (run_rows(rows, octets), bucket_count(rows, octets)) == (run, buckets)
    assert rows / run <= 900


def test_rows_are_as_long_as_the_first_are() -> None:
    assert row_octets(pl.LazyFrame({"text": ["x" * 500] * 3})) == 500
    assert row_octets(pl.LazyFrame({"text": []}, schema={"text": pl.String})) == 0


def test_a_room_is_handed_out_again_when_nobody_looks_at_it() -> None:
    rooms = Rooms()
    first = rooms.room(1_000)
    column = pa.py_buffer(first[100:200])
    place = first.ctypes.data
    del first
    other = rooms.room(1_000)
    assert other.ctypes.data != place
    del column
    again = rooms.room(900)
    assert again.ctypes.data == place
    assert len(again) >= 900


def test_a_room_too_small_is_given_up() -> None:
    rooms = Rooms()
    rooms.room(1_000)
    sizes = [len(rooms.room(size)) for size in (5_000, 4_000)]
    assert sizes[0] == sizes[1] >= 5_000


def test_runs_of_which_one_is_missing_leave_no_file_open(tmp_path: Path) -> None:
    rows = pl.DataFrame({"row": [1, 2, 3]})
    layout, run = Layout(rows.schema), tmp_path / "run"
    places = np.arange(6, dtype=np.uint64).reshape(3, 2)
    write_run(rows, places, np.zeros(3, dtype=np.intp), 1, run, layout, Rooms())
    before = sorted(os.listdir("/proc/self/fd"))
    with pytest.raises(FileNotFoundError):
        Runs([run, tmp_path / "missing"], 1, layout)
    assert sorted(os.listdir("/proc/self/fd")) == before
    with Runs([run], 1, layout) as opened:
        assert [frame["row"].to_list() for frame in opened.merged(range(1))] == [[1, 2, 3]]
    assert sorted(os.listdir("/proc/self/fd")) == before
