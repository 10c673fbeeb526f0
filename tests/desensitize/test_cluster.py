"""Shards on a cluster of two processes come out as one machine would write them."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from distributed import Client, LocalCluster
from polars.testing import assert_frame_equal

from desensitize.crypto import KeyRing
from desensitize.engines import KeyFile, check_shards, load_adapter, mask_shard, run_policy
from desensitize.engines.dask_cluster import STOPPED, gathered
from desensitize.errors import DesensitizeError, TableError
from desensitize.policy import ColumnRule, Policy

ROOT = Path(__file__).parents[2]
ROWS = 3_000
CUTS = (0, 700, 701, 2_200, ROWS)
MASKED = (
    ColumnRule("id_number", "direct", "pseudonym"),
    ColumnRule("mobile", "direct", "partial", {"keep_first": 3}),
    ColumnRule("pay", "sensitive", "add_noise", {"scale": 10.0}),
    ColumnRule("note", "other", "generalize_bins", {"width": 10}),
)
SEARCHED = Policy(
    (
        *MASKED,
        ColumnRule("age", "quasi", "generalize"),
        ColumnRule("city", "quasi", "generalize"),
    ),
    smallest_class=7,
)
BY_CELL = replace(
    SEARCHED,
    columns=tuple(
        ColumnRule(one.name, "other", "generalize") if one.name in ("pay", "note") else one
        for one in SEARCHED.columns
    ),
)
PLAIN = Policy(
    (
        *MASKED,
        ColumnRule("age", "quasi", "drop"),
        ColumnRule("city", "quasi", "sample", {"share": 0.5}),
    )
)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            # Of any free port: two processes of tests may run clusters at once.
            dashboard_address="127.0.0.1:0",
            memory_limit=None,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    table = pl.DataFrame(
        {
            "id_number": [str(pow(7, row, 10**9 + 7)) for row in range(ROWS)],
            "mobile": [f"138{pow(5, row, 10**8 - 11):08d}" for row in range(ROWS)],
            "pay": [float(row % 977) for row in range(ROWS)],
            "note": [("x", None, str(row), str(-row))[row % 4] for row in range(ROWS)],
            "age": [18 + pow(3, row, 1009) % 60 for row in range(ROWS)],
            "city": [f"city {row % 17}" for row in range(ROWS)],
        }
    )  # fmt: skip
    table.write_parquet(tmp_path / "whole.parquet")
    for number, (start, end) in enumerate(pairwise(CUTS)):
        table[start:end].write_parquet(tmp_path / f"shard-{number}.parquet")
    (tmp_path / "key").write_bytes(bytes(range(32)))
    return tmp_path


def shards(folder: Path) -> list[Path]:
    return sorted(folder.glob("shard-*.parquet"))


def run(folder: Path, policy: Policy, client: Client, **given: Any) -> Any:
    return load_adapter("dask").run_policy(
        shards(folder),
        folder / "result",
        policy,
        client=client,
        key_file=KeyFile(folder / "key", "survey", "bank"),
        **given,
    )


@pytest.mark.parametrize("policy", [SEARCHED, BY_CELL, PLAIN], ids=["searched", "by-cell", "plain"])
def test_shards_are_masked_as_the_whole(policy: Policy, folder: Path, client: Client) -> None:
    keys = KeyRing(bytes(range(32)), dataset="survey", recipient="bank")
    whole = run_policy(
        folder / "whole.parquet", folder / "local.parquet", policy, keys=keys, work=folder
    )
    heard: list[tuple[float, str]] = []
    parts = run(folder, policy, client, progress=lambda share, step: heard.append((share, step)))
    for name in (
        "rows_read", "rows_written", "undrawn_rows", "suppressed_rows", "suppressed_cells",
        "levels", "hidden",
    ):  # fmt: skip
        assert getattr(parts, name) == getattr(whole, name), name
    assert parts.loss == pytest.approx(whole.loss)
    written = sorted((folder / "result").iterdir())
    assert [shard.path for shard in parts.shards] == written
    assert pl.read_parquet(written).equals(pl.read_parquet(folder / "local.parquet"))
    shares = [share for share, _ in heard]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


class Cancelled(Exception):
    """Raised by a caller who has changed his mind."""


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.4, 0.95, 1.0])
def test_cancelling_leaves_nothing(share: float, folder: Path, client: Client) -> None:
    before = {path.name for path in folder.iterdir()}

    def progress(done: float, step: str) -> None:
        if done >= share:
            raise Cancelled(step)

    with pytest.raises(Cancelled):
        run(folder, SEARCHED, client, progress=progress)
    assert {path.name for path in folder.iterdir()} == before


def at_once(folder: Path) -> None:
    """Finish without doing anything."""


def after_the_stop(folder: Path) -> None:
    """Write a file, but not before the driver has given up."""
    (folder / "began").touch()
    while not (folder / STOPPED).exists():
        pass
    (folder / "ended").touch()


def test_what_runs_is_awaited_and_what_waits_never_runs(tmp_path: Path, client: Client) -> None:
    def progress(share: float) -> None:
        while not (tmp_path / "began").exists():
            pass
        raise Cancelled

    first = (after_the_stop, tmp_path)
    with pytest.raises(Cancelled):
        gathered(client, tmp_path / STOPPED, [first, (at_once, tmp_path)], progress)
    assert (tmp_path / "ended").exists()
    (tmp_path / "ended").unlink()
    with pytest.raises(Cancelled):
        gathered(client, tmp_path / STOPPED, [first, (at_once, tmp_path)], progress)
    assert not (tmp_path / "ended").exists()


def test_what_a_task_refuses_reaches_the_caller(folder: Path, client: Client) -> None:
    (folder / "key").write_bytes(b"short")
    before = {path.name for path in folder.iterdir()}
    with pytest.raises(DesensitizeError) as refusal:
        run(folder, PLAIN, client)
    assert refusal.value.code == "bad-key"
    assert {path.name for path in folder.iterdir()} == before


def test_nothing_is_overwritten(folder: Path, client: Client) -> None:
    (folder / "result").mkdir()
    with pytest.raises(TableError) as refusal:
        run(folder, PLAIN, client)
    assert refusal.value.code == "target-exists"


def test_masks_that_need_the_whole_column_are_refused(folder: Path) -> None:
    for mask in ("swap", "microaggregate"):
        rules = [rule for rule in SEARCHED.columns if rule.name != "pay"]
        policy = Policy((*rules, ColumnRule("pay", "sensitive", mask)))
        with pytest.raises(DesensitizeError) as refusal:
            check_shards(shards(folder), policy)
        assert refusal.value.code == "whole-column-sharded"


def test_shards_of_different_tables_are_refused(folder: Path) -> None:
    assert [shard.first_row for shard in check_shards(shards(folder), PLAIN)] == list(CUTS[:-1])
    pl.read_parquet(folder / "shard-2.parquet").with_columns(
        pl.col("age").cast(pl.Int8)
    ).write_parquet(folder / "shard-2.parquet")
    for paths, code in (
        (shards(folder), "shards-differ"),
        ([], "file-missing"),
        ([folder / "nothing.parquet"], "file-missing"),
        ([folder / "key"], "unreadable-table"),
    ):
        with pytest.raises(TableError) as refusal:
            check_shards(paths, PLAIN)
        assert refusal.value.code == code


def test_an_engine_is_loaded_by_name_alone() -> None:
    with pytest.raises(DesensitizeError) as refusal:
        load_adapter("dusk")
    assert refusal.value.parameters == {"name": "dusk", "nearest": "dask"}
    # A path without installed packages stands for a machine without the extra.
    program = (
        "import sys\n"
        "from desensitize.engines import load_adapter\n"
        "from desensitize.errors import DesensitizeError\n"
        "assert 'distributed' not in sys.modules\n"
        "sys.path = [path for path in sys.path if 'site-packages' not in path]\n"
        "try:\n"
        "    load_adapter('dask')\n"
        "except DesensitizeError as error:\n"
        "    print(error.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "extra-missing\n"


def test_without_a_key_file_the_order_is_drawn(folder: Path, client: Client) -> None:
    policy = Policy(
        tuple(
            ColumnRule(name, "sensitive", "keep")
            for name in pl.read_parquet_schema(folder / "whole.parquet")
        )
    )
    done = load_adapter("dask").run_policy(shards(folder), folder / "result", policy, client=client)
    whole = pl.read_parquet(folder / "whole.parquet")
    parts = [pl.read_parquet(shard.path) for shard in done.shards]
    assert_frame_equal(pl.concat(parts), whole, check_row_order=False)
    # No part is a shard, and none holds the rows of one.
    sizes = [end - start for start, end in pairwise(CUTS)]
    assert [part.height for part in parts] != sizes
    assert all(part["id_number"].is_in(whole["id_number"][:700].implode()).any() for part in parts)
    with pytest.raises(ValueError, match="scatter"):
        mask_shard(
            check_shards(shards(folder), policy)[0], folder / "one.parquet", policy.to_dict()
        )
