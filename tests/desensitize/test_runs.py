"""Runs are few enough to be open at once; their memory is used again when nobody looks at it."""

import pyarrow as pa
import pytest

from desensitize.engines.runs import Rooms
from desensitize.engines.shuffling import run_rows


@pytest.mark.parametrize(
    ("rows", "run"), [(0, 50_000), (10**7, 50_000), (2 * 10**7, 100_000), (10**9, 1_150_000)]
)
def test_a_process_may_open_all_runs_of_a_table(rows: int, run: int) -> None:
    assert run_rows(rows) == run
    assert rows / run <= 900


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
