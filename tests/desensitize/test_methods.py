"""What a policy would lose by each method is what its run loses."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from desensitize.engines import compare_methods, run_policy
from desensitize.errors import DesensitizeError, TableError
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import METHODS

RULES = (
    ColumnRule("age", "quasi", "generalize"),
    ColumnRule("sex", "quasi", "generalize"),
    ColumnRule("pay", "other", "keep"),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.parquet"
    rows = range(400)
    pl.DataFrame(
        {
            "age": [20 + row * 7 % 60 for row in rows],
            "sex": ["FM"[row * row % 7 % 2] for row in rows],
            "pay": list(rows),
        }
    ).write_parquet(path)
    return path


def test_points_are_what_runs_lose(source: Path, tmp_path: Path) -> None:
    policy, heard = Policy(RULES), list[float]()
    points = compare_methods(source, policy, smallest_classes=[5, 20], progress=heard.append)
    assert [(point.method, point.k) for point in points] == [
        (method, k) for method in METHODS for k in (5, 20)
    ]
    assert heard == sorted(heard)
    assert len(heard) == len(points)
    for point in points:
        chosen = replace(policy, method=point.method, smallest_class=point.k)
        made = run_policy(source, tmp_path / "out.parquet", chosen, keys=None, work=tmp_path)
        assert point.loss == pytest.approx(made.loss)
        assert point.suppressed_share == made.suppressed_rows / made.rows_read


def test_it_stops_when_progress_says_so(source: Path) -> None:
    class Stop(Exception):
        """Whoever listens has enough."""

    def stop(share: float) -> None:
        if share > 0.3:
            raise Stop

    with pytest.raises(Stop):
        compare_methods(source, Policy(RULES), smallest_classes=[2, 5], progress=stop)


def test_what_cannot_be_compared_is_refused(source: Path) -> None:
    kept = tuple(replace(rule, mask="drop") for rule in RULES[:2]) + RULES[2:]
    with pytest.raises(DesensitizeError) as caught:
        compare_methods(source, Policy(kept), smallest_classes=[5])
    assert caught.value.code == "no_quasi_identifiers"
    source.write_bytes(b"nothing")
    with pytest.raises(TableError):
        compare_methods(source, Policy(RULES), smallest_classes=[5])
