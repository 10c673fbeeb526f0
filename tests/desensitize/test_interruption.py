"""A run that is cancelled, killed or left without room leaves nothing under the final name."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from desensitize.engines import run_policy
from desensitize.engines.publication import published
from desensitize.engines.workspace import workspace
from desensitize.errors import TableError
from desensitize.policy import ColumnRule, Policy, dump_policy

ROOT = Path(__file__).parents[2]
POLICY = Policy(
    (
        ColumnRule("code", "direct", "partial", {"keep_first": 6}),
        ColumnRule("place", "quasi", "generalize"),
    )
)
# Stands for a terminal at which a person, or the system, ends the run at a given step.
TERMINAL = """
import io, signal, sys
from desensitize.cli import main

class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True

    def write(self, text):
        if sys.argv[1] in text:
            signal.raise_signal(int(sys.argv[2]))
        return super().write(text)

sys.stderr = Terminal(sys.stderr.buffer, encoding="utf-8", write_through=True)
sys.exit(main(sys.argv[3:]))
"""
WAITING = """
import sys
from pathlib import Path
from desensitize.engines import run_policy
from desensitize.policy import load_policy

def progress(share, step):
    print(step, flush=True)
    if step == "check":
        sys.stdin.readline()

folder = Path(sys.argv[1])
run_policy(folder / "t.parquet", folder / "m.parquet", load_policy(folder / "policy.toml"),
    keys=None, work=folder, progress=progress)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pl.DataFrame(
        {
            "code": [str(pow(7, row, 10**9 + 7)) for row in range(50_000)],
            "place": [f"{row % 90:02d}" for row in range(50_000)],
        }
    ).write_parquet(tmp_path / "t.parquet", row_group_size=5_000)
    (tmp_path / "policy.toml").write_text(dump_policy(POLICY), encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    return tmp_path


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("Only root can mount a small disk.")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def ended(
    folder: Path, step: str, number: signal.Signals, target: str = "m.parquet"
) -> "subprocess.CompletedProcess[str]":
    """Run the command `mask`, which gets a signal at a step."""
    return subprocess.run(
        [
            sys.executable, "-c", TERMINAL, step, str(int(number)), "mask",
            str(folder / "t.parquet"), str(folder / target),
            "--policy", str(folder / "policy.toml"),
        ],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(folder / "temporary")},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


def content(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.drawn(2)
@pytest.mark.parametrize(
    ("step", "target"),
    [("read", "m.csv"), ("search", "m.parquet"), ("write", "m.parquet"), ("check", "m.csv")],
)
def test_interrupting_the_command_leaves_what_was_there(
    step: str, target: str, folder: Path
) -> None:
    (folder / target).write_bytes(b"an earlier version")
    before = content(folder)
    done = ended(folder, step, signal.SIGINT, target)
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1] == "Interrupted. Nothing was written."
    assert "Traceback" not in done.stderr
    assert (folder / target).read_bytes() == b"an earlier version"
    assert content(folder) == before


@pytest.mark.drawn(1)
@pytest.mark.parametrize("step", ["search", "write", "check"])
def test_a_killed_run_leaves_no_result_and_the_next_one_clears_up(step: str, folder: Path) -> None:
    before = content(folder)
    assert ended(folder, step, signal.SIGKILL).returncode == -signal.SIGKILL
    left = content(folder) - before
    # What it could not remove lies in places that bear our name, and is no result.
    assert left
    assert all("desensitize-" in name for name in left)
    done = ended(folder, "no such step", signal.SIGKILL)
    assert done.returncode == 0
    assert content(folder) - before == {"m.parquet"}
    assert pl.read_parquet(folder / "m.parquet").height == 50_000


def test_what_another_run_still_writes_is_left_alone(folder: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", WAITING, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    while other.stdout.readline() not in ("check\n", ""):
        pass
    run_policy(folder / "t.parquet", folder / "m.parquet", POLICY, keys=None, work=folder)
    first = (folder / "m.parquet").stat().st_ino
    assert len(list(folder.glob(".desensitize-*.partial"))) == 1
    other.communicate("go on\n")
    assert other.returncode == 0
    assert (folder / "m.parquet").stat().st_ino != first
    assert pl.read_parquet(folder / "m.parquet").height == 50_000
    assert list(folder.glob("*desensitize-*")) == []


def test_a_full_disk_leaves_nothing(folder: Path, tiny_disk: Path) -> None:
    with pytest.raises(TableError) as refusal:
        run_policy(folder / "t.parquet", tiny_disk / "m.parquet", POLICY, keys=None, work=folder)
    assert refusal.value.code == "write-failed"
    assert list(tiny_disk.iterdir()) == []


@pytest.mark.parametrize("target", ["disk/m.parquet", "disk/m.csv"])
def test_the_command_says_that_the_disk_is_full(target: str, folder: Path, tiny_disk: Path) -> None:
    done = ended(folder, "no such step", signal.SIGKILL, target)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert list(tiny_disk.iterdir()) == []
    assert list((folder / "temporary").iterdir()) == []


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / ("表" * 80 + ".parquet")
    with published(target) as temporary:
        temporary.write_bytes(b"whole")
    assert target.read_bytes() == b"whole"


def test_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "desensitize-of-somebody").mkdir()
    with workspace(tmp_path) as folder, workspace(tmp_path) as second:
        assert folder.is_dir()
        assert second.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["desensitize-of-somebody"]
