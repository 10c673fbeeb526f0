"""A run writes a whole, masked file or nothing."""

import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import get_ident
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest

from desensitize.crypto import KeyRing
from desensitize.detectors import classify_table
from desensitize.engines import STEPS, run_policy
from desensitize.errors import DesensitizeError, TableError
from desensitize.policy import ColumnRule, Policy, dump_policy, propose_policy
from desensitize.profile import profile_table
from desensitize.risk import full_scan, measure

KEYS = KeyRing(bytes(range(32)), dataset="survey", recipient="bank")
ROOT = Path(__file__).parents[2]


def proposed(table: Path) -> Policy:
    return propose_policy(classify_table(table, profile_table(table)))


def test_what_is_released_holds_no_person(people: Path, tmp_path: Path) -> None:
    target = tmp_path / "masked.parquet"
    policy = proposed(people)
    result = run_policy(people, target, policy, keys=KEYS, work=tmp_path)
    source, masked = pl.read_parquet(people), pl.read_parquet(target)
    content = target.read_bytes()
    assert {rule.name for rule in policy.columns if rule.role == "direct"} == {
        "name", "id_number", "mobile",
    }  # fmt: skip
    for column in ("name", "id_number", "mobile"):
        for value in source[column].unique():
            assert value not in {str(cell) for row in masked.rows() for cell in row}
            assert value.encode() not in content
    assert full_scan(target) == ()
    figures = measure(
        target,
        quasi_identifiers=policy.released_quasi_identifiers,
        sensitive=policy.released_sensitive,
    )
    assert figures.smallest_class >= 5
    assert (result.rows_read, result.rows_written + result.suppressed_rows) == (60, 60)
    assert (result.sha256, result.bytes) == (figures.sha256, len(content))
    assert result.rows_written == figures.rows == masked.height
    assert result.columns == tuple(masked.columns)
    assert (
        pq.read_metadata(target).metadata is None
        or b"person" not in str(pq.read_metadata(target).metadata).encode()
    )


def test_rows_keep_their_other_values(adult_table: Path, tmp_path: Path) -> None:
    source = pl.read_parquet(adult_table).with_row_index("row")
    table = tmp_path / "source.parquet"
    source.write_parquet(table)
    quasi = ("age", "sex", "race", "education")
    policy = Policy(
        tuple(
            ColumnRule(name, "quasi", "generalize") if name in quasi
            else ColumnRule(name, "other", "keep")
            for name in source.columns
        )
    )  # fmt: skip
    result = run_policy(table, tmp_path / "t.parquet", policy, keys=None, work=tmp_path)
    shuffled = pl.read_parquet(tmp_path / "t.parquet")
    assert not shuffled["row"].is_sorted()
    masked = shuffled.sort("row")
    kept = source.filter(pl.col("row").is_in(masked["row"].implode()))
    assert masked.drop(quasi).equals(kept.drop(quasi))
    classes = Counter(masked.select(quasi).rows())
    assert min(classes.values()) >= 5
    assert result.suppressed_rows == source.height - masked.height < 50
    assert 0 < result.loss < 0.1
    for name in quasi:
        for before, after in zip(kept[name], masked[name], strict=True):
            if name == "age" and after.startswith("["):
                low, high = (float(edge) for edge in after.strip("[)").split(","))
                assert low <= before < high
            else:
                assert after in (str(before), "*")


def test_values_that_a_mask_cannot_handle_are_counted(tmp_path: Path) -> None:
    table = tmp_path / "t.parquet"
    pl.DataFrame({"pay": ["1", "x", None, "y"], "code": ["a", "a", "b", "b"]}).write_parquet(table)
    policy = Policy(
        (
            ColumnRule("pay", "sensitive", "generalize_bins", {"width": 10}),
            ColumnRule("code", "quasi", "generalize", {"hierarchy": [["a", "*"], ["c", "*"]]}),
        ),
        smallest_class=2,
    )
    result = run_policy(table, tmp_path / "m.parquet", policy, keys=None, work=tmp_path)
    assert result.suppressed_cells == {"pay": 2, "code": 2}
    pay = pl.read_parquet(tmp_path / "m.parquet")["pay"].sort(nulls_last=True)
    assert pay.to_list() == ["[0, 10)"] + [None] * 3


class Cancelled(Exception):
    """Raised by a caller who has changed his mind."""


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 0.31, 0.95, 1.0])
def test_cancelling_leaves_what_was_there(share: float, people: Path, tmp_path: Path) -> None:
    target = tmp_path / "masked.parquet"
    target.write_bytes(b"an earlier version")
    threads: set[int] = set()

    def progress(done: float, step: str) -> None:
        threads.add(get_ident())
        if done >= share:
            raise Cancelled(step)

    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(Cancelled):
        run_policy(people, target, proposed(people), keys=KEYS, work=tmp_path, progress=progress)
    assert target.read_bytes() == b"an earlier version"
    assert {path.name for path in tmp_path.iterdir()} == before
    assert threads == {get_ident()}


def test_progress_only_grows(people: Path, tmp_path: Path) -> None:
    heard: list[tuple[float, str]] = []
    run_policy(
        people,
        tmp_path / "m.parquet",
        proposed(people),
        keys=KEYS,
        work=tmp_path,
        progress=lambda share, step: heard.append((share, step)),
    )
    shares = [share for share, _ in heard]
    assert shares == sorted(shares)
    assert tuple(dict.fromkeys(step for _, step in heard)) == STEPS
    assert (shares[0], shares[-1]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"keys": None}, "key-needed"),
        ({"source": "missing.parquet"}, "file-missing"),
        ({"source": "broken.parquet"}, "unreadable-table"),
        ({"target": "no/such/folder/m.parquet"}, "write-failed"),
        ({"policy": Policy((ColumnRule("name", "direct", "drop"),))}, "uncovered-column"),
    ],
)
def test_a_run_that_cannot_be_done_leaves_nothing(
    change: dict[str, Any], code: str, people: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 nothing PAR1")
    given: dict[str, Any] = {
        "source": people.name,
        "target": "m.parquet",
        "policy": proposed(people),
        "keys": KEYS,
    }
    given |= change
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(DesensitizeError) as refusal:
        run_policy(
            tmp_path / given["source"],
            tmp_path / given["target"],
            given["policy"],
            keys=given["keys"],
            work=tmp_path,
        )
    assert refusal.value.code == code
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    table = tmp_path / "t.parquet"
    pl.DataFrame({"a": [str(pow(7, row, 10**9 + 7)) for row in range(200_000)]}).write_parquet(
        table
    )
    policy = tmp_path / "policy.toml"
    policy.write_text(dump_policy(Policy((ColumnRule("a", "other", "keep"),))), encoding="utf-8")
    run = (
        "import sys; from pathlib import Path\n"
        "from desensitize.engines import run_policy\n"
        "from desensitize.errors import TableError\n"
        "from desensitize.policy import load_policy\n"
        "folder = Path(sys.argv[1])\n"
        "try:\n"
        "    run_policy(folder / 't.parquet', folder / 'm.parquet',\n"
        "        load_policy(folder / 'policy.toml'), keys=None, work=folder)\n"
        "except TableError as error:\n"
        "    print(error.code)\n"
    )
    # A limit on the size of files fails a write as a full disk does.
    limit = 100_000
    done = subprocess.run(
        [sys.executable, "-c", run, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert (done.returncode, done.stdout.strip()) == (0, "write-failed")
    assert {path.name for path in tmp_path.iterdir()} == {"t.parquet", "policy.toml"}


def test_two_recipients_cannot_join_their_tables_but_one_can_join_versions(
    people: Path, tmp_path: Path
) -> None:
    policy = proposed(people)

    def ids(recipient: str, name: str) -> set[str]:
        keys = KeyRing(bytes(range(32)), dataset="survey", recipient=recipient)
        run_policy(people, tmp_path / name, policy, keys=keys, work=tmp_path)
        return set(pl.read_parquet(tmp_path / name)["id_number"])

    bank = ids("bank", "1.parquet")
    assert bank == ids("bank", "2.parquet")
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()
    assert not bank & ids("insurer", "3.parquet")


def test_too_small_a_table_is_refused(people: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.parquet"
    pl.read_parquet(people).head(4).write_parquet(small)
    with pytest.raises(DesensitizeError) as refusal:
        run_policy(small, tmp_path / "m.parquet", proposed(people), keys=KEYS, work=tmp_path)
    assert refusal.value.code == "no-rows-left"
    assert not isinstance(refusal.value, TableError)
