"""Runs bound what polars holds, and leave its settings as they found them."""

import os
from pathlib import Path

import polars as pl
import pytest

from desensitize.engines import run_policy
from desensitize.engines.batches import (
    BATCH_ROWS,
    BATCH_SIZE,
    READ_AHEAD,
    bounded_batches,
    reading_ahead,
)
from desensitize.policy import ColumnRule, Policy

POLICY = Policy((ColumnRule("code", "direct", "redact"),))


def settings() -> tuple[str | None, str | None]:
    return os.environ.get(BATCH_SIZE), os.environ.get(READ_AHEAD)


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(BATCH_SIZE, raising=False)
    monkeypatch.delenv(READ_AHEAD, raising=False)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    pl.DataFrame({"code": ["a", "b"]}).write_parquet(tmp_path / "t.parquet")
    return tmp_path / "t.parquet"


@pytest.mark.usefixtures("unset")
def test_a_run_sets_bounds_for_itself_alone(table: Path, tmp_path: Path) -> None:
    seen = []
    run_policy(
        table,
        tmp_path / "m.parquet",
        POLICY,
        keys=None,
        work=tmp_path,
        progress=lambda share, step: seen.append(settings()[0]),
    )
    assert set(seen) == {str(BATCH_ROWS)}
    assert settings() == (None, None)


@pytest.mark.usefixtures("unset")
def test_who_only_reads_reads_ahead_on_each_thread() -> None:
    threads = pl.thread_pool_size()
    with bounded_batches():
        half = settings()[1]
        with reading_ahead():
            assert settings()[1] == str(threads)
        assert settings()[1] == half == str(max(1, threads // 2))
    with reading_ahead():
        assert settings() == (None, None)


def fails_within_bounds() -> None:
    with bounded_batches():
        with bounded_batches():
            pass
        assert settings()[0] == str(BATCH_ROWS)
        raise ZeroDivisionError


@pytest.mark.usefixtures("unset")
def test_bounds_go_when_the_last_of_several_runs_ends_even_badly() -> None:
    with pytest.raises(ZeroDivisionError):
        fails_within_bounds()
    assert settings() == (None, None)


def test_who_has_set_a_bound_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BATCH_SIZE, "7")
    monkeypatch.setenv(READ_AHEAD, "3")
    with bounded_batches():
        assert settings() == ("7", "3")
    assert settings() == ("7", "3")
