"""The quick way through a CSV file gives exactly what the strict one gives, or steps aside."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from desensitize.errors import TableError
from desensitize.tables import Limits, convert, plain_csv
from desensitize.tables.csv_file import scan_csv
from desensitize.tables.csv_rows import CsvRows

FIELDS = st.sampled_from(["", "a", "1", "张", '"x"', '""', '"a,b"', '"q""q"', '"l\nm"', 'i"j'])


def strictly(path: Path) -> list[tuple[str | None, ...]] | str:
    try:
        _header, *rows = CsvRows(path, "utf-8-sig")
    except TableError as error:
        return error.code
    return [tuple(field or None for field in row) for row in rows]


def written(folder: Path, text: str) -> Path:
    path = folder / "t.csv"
    path.write_bytes(text.encode())
    return path


def quickly(path: Path) -> list[tuple[str | None, ...]] | None:
    plain = plain_csv(path, Limits())
    if plain is None:
        return None
    rows = plain.scan().collect().rows()
    assert len(rows) == plain.rows
    return rows


def converted(path: Path) -> pl.LazyFrame:
    target = path.with_suffix(".parquet")
    convert(path, target, filename="t.csv", limits=Limits())
    return pl.scan_parquet(target)


def outcome(of: Callable[[], pl.LazyFrame | None]) -> pl.LazyFrame | str | None:
    try:
        return of()
    except TableError as error:
        return error.code


@st.composite
def tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 3))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    rows = draw(st.lists(st.lists(FIELDS, min_size=width, max_size=width), max_size=5))
    body = end.join([",".join("abc"[:width]), *(",".join(row) for row in rows)])
    body += draw(st.sampled_from(["", end]))
    if draw(st.booleans()):
        place = draw(st.integers(0, len(body)))
        body = body[:place] + draw(st.sampled_from('",\n\r x')) + body[place:]
    return body


@given(tables())
@example("a\n1\n\n\n2\n")
@example("a,b\n1,2,3\n4\n")
@example('a,b\n"1\n2",x\n3,"4\r\n5"\n')
@example('a,b\n1,"never closed\n2,"y"\n')
def test_both_ways_agree(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = written(tmp_path_factory.mktemp("both"), text)
    rows = None
    # The header may be wrong, which the strict reader leaves to its caller.
    with suppress(TableError):
        rows = quickly(path)
    assert rows in (None, strictly(path))


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n3,4",
        "a,b\r\n1,2\r\n3,4\r\n",
        "\ufeffa,b\n1,2\n3,4\n",
        'a;b\n"1";2\n3;"4"\n',
        "a\tb\n1\t2\n3\t4\n",
    ],
)
def test_ordinary_files_are_plain(text: str, tmp_path: Path) -> None:
    assert quickly(written(tmp_path, text)) == [("1", "2"), ("3", "4")]


def test_quotes_and_records_may_lie_across_chunks(tmp_path: Path) -> None:
    rows = [
        (f"{number}", f'said "{number}",\nthen left' * (number % 9)) for number in range(30_000)
    ]
    lines = ["id,text"]
    lines += ['{},"{}"'.format(name, text.replace('"', '""')) for name, text in rows]
    path = written(tmp_path, "\n".join(lines))
    assert path.stat().st_size > 4 * 256 * 1024
    assert quickly(path) == [(name, text or None) for name, text in rows]


def test_a_short_row_far_down_is_seen(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n" + "1,2\n" * 200_000 + "3\n" + "1,2,3\n")
    assert quickly(path) is None
    assert strictly(path) == "ragged-row"


def test_bytes_that_are_no_unicode_end_the_scan(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 1000 + b"\xd5\xc5,2\n")
    plain = plain_csv(path, Limits())
    assert plain is not None
    for columns in (["a"], ["b"], ["a", "b"]):
        with pytest.raises(pl.exceptions.ComputeError):
            plain.scan().select(columns).collect()


def test_limits_hold(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,2\n3,4\n")
    with pytest.raises(TableError) as refusal:
        plain_csv(path, Limits(max_rows=1))
    assert refusal.value.code == "too-many-rows"


@given(tables())
@example("a,b\n01,1.50\n1,2.5\n")
@example("a,b\n2024-01-31,2024-01-31 08:00:00\n2024-02-28,2024-02-29 09:30:00\n")
@example("a\n2024-01-31\n2024-02-30\n")
@example('a,b\n"",\n,""\n')
def test_what_is_read_in_place_is_what_would_be_written(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = written(tmp_path_factory.mktemp("place"), text)
    place = outcome(lambda: scan_csv(path, Limits()))
    if place is not None:
        wanted = outcome(lambda: converted(path))
        if isinstance(place, str) or isinstance(wanted, str):
            assert place == wanted
        else:
            assert wanted is not None
            assert_frame_equal(place.collect(), wanted.collect())


def test_types_are_those_of_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "1,2.5\n" * 2_000 + "x,2.25\n", encoding="utf-8")
    place = scan_csv(path, Limits())
    assert place is not None
    assert place.collect_schema() == {"a": pl.String(), "b": pl.Decimal(38, 2)}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le"])
def test_other_encodings_are_not_read_in_place(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "1,b\n" * 50_000 + "2,张三丰在杭州\n", encoding=encoding)
    assert scan_csv(path, Limits()) is None
