"""Hostile files of every kind end in a table or a sentence, within the memory that is allowed."""

import multiprocessing
import random
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from desensitize.errors import TableError
from desensitize.tables import Limits, convert_in_child
from tests.given.hostile_files import CSV, hostile_file, hostile_files
from tests.given.workbooks import MAIN, packed, sheet, workbook

GIBIBYTE_IN_KIB = 1024**2


def outcome(filename: str, content: bytes, folder: Path) -> str:
    source = folder / "upload"
    source.write_bytes(content)
    code = ""
    try:
        convert_in_child(source, folder / "t.parquet", filename=filename, limits=Limits())
    except TableError as refusal:
        code = refusal.code
    left = {path.name for path in folder.iterdir()}
    assert left == ({"upload"} if code else {"upload", "t.parquet"})
    return code


def outcome_and_peak(filename: str, content: bytes, folder: Path) -> tuple[str, int]:
    """Return the outcome, and the largest memory of a child that this process has had, in KiB."""
    code = outcome(filename, content, folder)
    return code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessPoolExecutor]:
    """A process that has had no children before: other tests' ones may have been large."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        yield pool


@pytest.mark.drawn(12)
@pytest.mark.parametrize("name", hostile_files())
def test_it_is_read_or_refused_as_wanted(
    name: str, tmp_path: Path, reader: ProcessPoolExecutor
) -> None:
    filename, content, wanted = hostile_file(name)
    code, peak = reader.submit(outcome_and_peak, filename, content, tmp_path).result()
    assert code == wanted
    assert peak < GIBIBYTE_IN_KIB


def damaged(content: bytes, choose: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(choose.randint(1, 8)):
        changed[choose.randrange(len(changed))] = choose.randrange(256)
    return bytes(changed[: choose.choice((len(changed), choose.randrange(1, len(changed))))])


SHEET = sheet(("id", "name"), *((row, f"n{row}") for row in range(50)))
PAGE = "xl/worksheets/sheet1.xml"
MARKUP = f'<worksheet xmlns="{MAIN}"><sheetData>{SHEET}</sheetData></worksheet>'.encode()
DAMAGED: dict[str, Callable[[random.Random], bytes]] = {
    "outer.xlsx": lambda choose: damaged(workbook(SHEET), choose),
    # With sums that fit, so that the damage reaches the parser of the cells.
    "inner.xlsx": lambda choose: workbook("", parts={PAGE: damaged(MARKUP, choose)}),
    "words.parquet": lambda choose: damaged(hostile_file("parquet-words-by-number")[1], choose),
    "money.parquet": lambda choose: damaged(hostile_file("parquet-money")[1], choose),
    "outer.zip": lambda choose: damaged(packed({"a.csv": CSV}), choose),
    "inner.zip": lambda choose: packed({"a.csv": damaged(CSV * 20, choose)}),
}


def survives(filename: str, seed: int, folder: Path) -> None:
    source = folder / "upload"
    source.write_bytes(DAMAGED[filename](random.Random(seed)))
    with suppress(TableError):
        convert_in_child(source, folder / "t.parquet", filename=filename, limits=Limits())
    assert {path.name for path in folder.iterdir()} <= {"upload", "t.parquet"}


@pytest.mark.parametrize("filename", DAMAGED)
def test_damage_never_reaches_the_caller(
    filename: str, tmp_path: Path, chance: random.Random
) -> None:
    survives(filename, chance.randrange(2**32), tmp_path)


@pytest.mark.campaign
@pytest.mark.parametrize("filename", DAMAGED)
def test_much_damage_never_reaches_the_caller(filename: str, tmp_path: Path) -> None:
    for seed in range(500):
        folder = tmp_path / str(seed)
        folder.mkdir()
        survives(filename, seed, folder)
