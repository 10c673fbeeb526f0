"""Rows of persons leave in an order of their own, which tells nothing of the source."""

import os
from errno import EINVAL, ENOSPC
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest
from polars.testing import assert_frame_equal

from desensitize.cli import main
from desensitize.crypto import KeyRing
from desensitize.crypto.row_random import row_words
from desensitize.engines import run_policy, runs, shuffling
from desensitize.engines.relay import ROW_GROUP
from desensitize.engines.runs import write_run
from desensitize.errors import DesensitizeError, TableError
from desensitize.policy import ColumnRule, Policy, dump_policy

MASTER = bytes(range(32))
ROWS = 3_000
KINDS = {
    "kind": pl.col("row").mod(3).cast(pl.String).cast(pl.Categorical),
    "level": pl.lit("low").cast(pl.Enum(["low", "high"])),
    "long": pl.col("row").cast(pl.Int128),
    "price": (pl.col("row") / 7).cast(pl.Decimal(12, 2)),
    "day": pl.date(2020, 1, 1) + pl.duration(days=pl.col("row") % 90),
    "moment": pl.datetime(2020, 1, 1, time_zone="Asia/Shanghai"),
    "list": pl.concat_list("row", "row"),
    "nothing": pl.lit(None),
    "flag": pl.col("row") % 2 == 0,
    "whole": pl.when(pl.col("row") % 3 != 0).then(pl.col("row").cast(pl.Int8, strict=False)),
    "time": pl.time(pl.col("row") % 24),
    "short": pl.when(pl.col("row") % 11 != 0).then(pl.col("row").cast(pl.String)),
    "mixed": pl.lit("x").repeat_by(pl.col("row") % 40).list.join(""),
    "octets": pl.col("row").cast(pl.String).cast(pl.Binary),
    "pair": pl.struct("row", pl.format("the row of the number {}", "row").alias("name")),
    "text": pl.when(pl.col("row") % 5 != 0).then(pl.format("somewhat longer, row {}", "row")),
}


def ring(recipient: str = "bank", release: str = "1") -> KeyRing:
    return KeyRing(MASTER, dataset="survey", recipient=recipient, release=release)


def kept(*names: str, role: str = "sensitive", **given: Any) -> Policy:
    return Policy(tuple(ColumnRule(name, role, "keep") for name in names), **given)


def numbered(path: Path, rows: int = ROWS) -> Path:
    pl.DataFrame({"row": range(rows)}).write_parquet(path)
    return path


def order(source: Path, policy: Policy, keys: KeyRing | None, name: str = "out") -> list[int]:
    """Return the numbers of the rows in the order in which an independent reader meets them."""
    target = source.with_name(f"{name}.parquet")
    run_policy(source, target, policy, keys=keys, work=source.parent)
    read = duckdb.execute(f"SELECT row FROM '{target}' ORDER BY file_row_number")
    return [row for (row,) in read.fetchall()]


@pytest.fixture
def small_buckets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small table need many runs and many buckets, and the disk."""
    monkeypatch.setattr(shuffling, "KEPT_ROWS", 0)
    monkeypatch.setattr(shuffling, "RUN_ROWS", 700)
    monkeypatch.setattr(shuffling, "BUCKET_ROWS", 250)


@pytest.mark.usefixtures("small_buckets")
@pytest.mark.parametrize("keep", [0, ROWS])
def test_every_kind_of_column_comes_through_both_passes(
    keep: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shuffling, "KEPT_ROWS", keep)
    source, target = tmp_path / "source.parquet", tmp_path / "out.parquet"
    table = pl.DataFrame({"row": range(ROWS)}).with_columns(**KINDS)
    table.write_parquet(source)
    run_policy(source, target, kept(*table.columns), keys=ring(), work=tmp_path)
    released = pl.read_parquet(target)
    assert not released["row"].is_sorted()
    assert_frame_equal(released.sort("row"), table.with_columns(pl.col("price").cast(pl.Float64)))
    assert {path.name for path in tmp_path.iterdir()} == {"source.parquet", "out.parquet"}


@pytest.mark.usefixtures("small_buckets")
def test_texts_are_found_in_as_many_buffers_as_a_bucket_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a gigabyte each, which a test cannot fill: here of an eighth of a sector."""
    monkeypatch.setattr(runs, "BUFFER_BITS", np.uint64(9))
    monkeypatch.setattr(runs, "WHOLE_BUFFER", 1_023)
    source, target = tmp_path / "source.parquet", tmp_path / "out.parquet"
    table = pl.DataFrame({"row": range(ROWS)}).with_columns(
        KINDS["text"].alias("text"), KINDS["mixed"].alias("mixed")
    )
    table.write_parquet(source)
    run_policy(source, target, kept(*table.columns), keys=ring(), work=tmp_path)
    assert_frame_equal(pl.read_parquet(target).sort("row"), table)


@pytest.mark.usefixtures("small_buckets")
def test_a_disk_that_is_only_written_through_memory_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def through_memory(path: Path, flags: int, *given: Any, **named: Any) -> int:
        if runs.DIRECT and flags & runs.DIRECT:
            raise OSError(EINVAL, "Invalid argument")
        return opened(path, flags, *given, **named)

    source = numbered(tmp_path / "source.parquet")
    past_memory = order(source, kept("row"), ring())
    monkeypatch.setattr(os, "open", through_memory)
    assert order(source, kept("row"), ring()) == past_memory


def test_where_runs_and_buckets_end_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = numbered(tmp_path / "source.parquet")
    whole = order(source, kept("row"), ring())
    # Of three thousand rows polars counts twelve octets for each, with its number.
    monkeypatch.setattr(shuffling, "KEPT_OCTETS", 9_000)
    for run, bucket, keep in (
        (700, 250, 0),
        (199, 2_999, 0),
        (5_000, 1_001, 0),
        (700, 250, ROWS),
        (199, 40, ROWS),
    ):
        monkeypatch.setattr(shuffling, "KEPT_ROWS", keep)
        monkeypatch.setattr(shuffling, "BATCH_ROWS", run)
        monkeypatch.setattr(shuffling, "RUN_ROWS", run)
        monkeypatch.setattr(shuffling, "BUCKET_ROWS", bucket)
        assert order(source, kept("row"), ring()) == whole


@pytest.mark.usefixtures("small_buckets")
@pytest.mark.parametrize("number", [1, 2, -(-ROWS // 700)])
def test_a_run_that_cannot_be_written_ends_the_release(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the last, behind which nothing is."""
    source, written = numbered(tmp_path / "source.parquet"), []

    def full(*given: Any) -> None:
        written.append(given)
        if len(written) == number:
            raise OSError(ENOSPC, "No space left on device")
        write_run(*given)

    monkeypatch.setattr(shuffling, "write_run", full)
    with pytest.raises(TableError) as refused:
        order(source, kept("row"), ring())
    assert refused.value.code == "write-failed"
    assert {path.name for path in tmp_path.iterdir()} == {"source.parquet"}
    assert len(written) == number


@pytest.mark.usefixtures("small_buckets")
def test_rows_of_one_number_are_parted_by_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = numbered(tmp_path / "source.parquet")
    words = row_words(pl.Series(range(ROWS)), ring().order_handle().reveal()).copy()
    words[:, 0] &= np.uint64(7 << 61)
    monkeypatch.setattr(
        shuffling, "row_words", lambda rows, key: words[rows.to_numpy().astype(np.intp)]
    )
    expected = np.lexsort((words[:, 1], words[:, 0])).tolist()
    assert order(source, kept("row"), ring()) == expected


def test_no_two_releases_share_an_order(tmp_path: Path) -> None:
    """Whoever lays two files together by position meets each row as often as chance would have it.

    Of n rows one falls on its own place on average, more than twelve once in 10^10 tries.
    """
    source = numbered(tmp_path / "source.parquet")
    orders = [list(range(ROWS))]
    for number, keys in enumerate(
        [ring(), ring(release="2"), ring("insurer"), ring("insurer", "2"), None, None]
    ):
        orders.append(order(source, kept("row"), keys, str(number)))
    for one, other in combinations(orders, 2):
        assert sorted(one) == sorted(other)
        assert sum(a == b for a, b in zip(one, other, strict=True)) <= 12
        # Nor do rows that were neighbours stay so: on average two of n pairs do.
        neighbours = set(pairwise(one)) | {(after, before) for before, after in pairwise(one)}
        assert sum(pair in neighbours for pair in pairwise(other)) <= 16


def test_the_same_release_comes_out_the_same(tmp_path: Path) -> None:
    source = numbered(tmp_path / "source.parquet")
    assert order(source, kept("row"), ring(), "1") == order(source, kept("row"), ring(), "2")
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()


@pytest.mark.parametrize(
    ("policy", "shuffles"),
    [
        (kept("row", role="other"), False),
        (kept("row", role="other", order="shuffled"), True),
        (kept("row", order="source"), False),
        (kept("row", role="other", person="row"), True),
        *((kept("row", role=role), True) for role in ("quasi", "sensitive")),
    ],
)
def test_only_tables_without_persons_keep_their_order(
    policy: Policy, shuffles: bool, tmp_path: Path
) -> None:
    assert policy.shuffles is shuffles
    assert Policy.from_dict(policy.to_dict()) == policy
    source = numbered(tmp_path / "source.parquet")
    assert (order(source, policy, ring()) != list(range(ROWS))) is shuffles


def test_an_order_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DesensitizeError) as refusal:
        kept("row", order="sorted")
    assert refusal.value.code == "unknown-order"


def test_row_groups_and_the_footer_tell_nothing_of_the_source(tmp_path: Path) -> None:
    """Two sources of the same rows in row groups and footers of their own look alike when released.

    The first was written in one piece; the other in parts, with a footer that names somebody.
    """
    rows = 2 * ROW_GROUP + 5
    table = pl.DataFrame({"row": range(rows)})
    one, other = tmp_path / "one.parquet", tmp_path / "other.parquet"
    table.write_parquet(one)
    table.write_parquet(other, row_group_size=30_011, metadata={"author": "张三"})
    run_policy(one, tmp_path / "1.parquet", kept("row"), keys=ring(), work=tmp_path)
    run_policy(other, tmp_path / "2.parquet", kept("row"), keys=ring(), work=tmp_path)
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()
    footer = pq.read_metadata(tmp_path / "2.parquet")
    groups = [footer.row_group(number) for number in range(footer.num_row_groups)]
    assert [group.num_rows for group in groups] == [ROW_GROUP, ROW_GROUP, 5]
    # The ranges of the full groups overlap almost wholly: none holds a stretch of the source.
    for group in groups[:2]:
        statistics = group.column(0).statistics
        assert statistics.min < rows / 100
        assert statistics.max > rows - rows / 100


def test_random_masks_follow_the_row_of_the_source(tmp_path: Path) -> None:
    source = tmp_path / "source.parquet"
    pl.DataFrame({"row": range(ROWS), "pay": [100.0] * ROWS}).write_parquet(source)
    noisy = [
        ColumnRule("row", "sensitive", "keep"),
        ColumnRule("pay", "sensitive", "add_noise", {"scale": 5}),
    ]
    tables = []
    for number, given in enumerate(("source", "shuffled")):
        target = tmp_path / f"{number}.parquet"
        policy = Policy(tuple(noisy), order=given)
        run_policy(source, target, policy, keys=ring(), work=tmp_path)
        tables.append(pl.read_parquet(target).sort("row"))
    assert_frame_equal(*tables)


def test_the_command_gives_each_version_its_own_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy, key = tmp_path / "policy.toml", tmp_path / "key"
    policy.write_text(dump_policy(kept("row", "note")), encoding="utf-8")
    key.write_bytes(MASTER)
    orders = []
    for number, note in enumerate(("a", "a", "b")):
        source, target = tmp_path / "source.parquet", tmp_path / f"{number}.parquet"
        notes = [note, *["a"] * (ROWS - 1)]
        pl.DataFrame({"row": range(ROWS), "note": notes}).write_parquet(source)
        asked = ["--policy", str(policy), "--key-file", str(key)]
        assert main(["mask", str(source), str(target), *asked]) == 0
        orders.append(pl.read_parquet(target)["row"].to_list())
    assert orders[0] == orders[1]
    # One changed cell makes another version.
    assert sum(a == b for a, b in zip(orders[0], orders[2], strict=True)) <= 12
    capsys.readouterr()


@pytest.mark.parametrize("given", [["--order", "source"], []])
def test_anonymizing_shuffles_unless_it_is_asked_not_to(
    given: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "source.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"row": range(ROWS), "age": [20 + row % 7 for row in range(ROWS)]}).write_parquet(
        source
    )
    assert main(["anonymize", str(source), str(target), "--qi", "age", *given]) == 0
    assert pl.read_parquet(target)["row"].is_sorted() is bool(given)
    capsys.readouterr()
