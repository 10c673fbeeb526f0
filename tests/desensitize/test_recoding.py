"""A product's labels are chosen once: whatever comes later is shown by the same function."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.crypto import KeyRing
from desensitize.engines import Life, refuse_open, run_policy
from desensitize.errors import DesensitizeError
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import Diversity, Making, Recoding

KEYS = KeyRing(bytes(32), dataset="feed")
TOWNS = [("a", "north"), ("b", "north"), ("c", "south"), ("d", "south")]
COLUMNS = ("age", "town", "day")


def arrivals(seed: int, rows: int = 400, *, oldest: int = 60, towns: str = "abcd") -> pl.DataFrame:
    random = np.random.default_rng(seed)
    days = pl.date_range(pl.date(2026, 1, 1), pl.date(2026, 3, 1), eager=True)
    return pl.DataFrame(
        {
            "number": np.arange(rows) + seed * 10_000,
            "age": random.integers(18, oldest, rows),
            "town": random.choice(list(towns), rows),
            "day": days.gather(random.integers(0, len(days), rows)),
            "illness": random.choice(["flu", "cold", "gout", "none"], rows),
        }
    )


def policy(method: str = "sweep", *, values: int = 0, **levels: Any) -> Policy:
    return Policy(
        (
            # Kept here alone, so that the test can see whose row is whose.
            ColumnRule("number", "other", "keep"),
            ColumnRule("age", "quasi", "generalize"),
            ColumnRule("town", "quasi", "generalize", levels),
            ColumnRule("day", "quasi", "generalize"),
            ColumnRule(
                "illness",
                "sensitive",
                "keep",
                diversity=Diversity(values) if values else None,
            ),
        ),
        method=method,
    )


def released(
    folder: Path, table: pl.DataFrame, rules: Policy, recoding: Recoding | None = None
) -> tuple[pl.DataFrame, Recoding]:
    source, target = folder / "s.parquet", folder / "r.parquet"
    table.write_parquet(source)
    made = run_policy(source, target, rules, keys=KEYS, work=folder, life=Life(recoding))
    assert made.recoding is not None
    return pl.read_parquet(target), made.recoding


def shown(table: pl.DataFrame, release: pl.DataFrame) -> dict[tuple[Any, ...], set[Any]]:
    """Return for each tuple of values the labels by which its rows are shown."""
    rows = table.join(release, on="number", suffix=" shown")
    found: dict[tuple[Any, ...], set[Any]] = {}
    for row in rows.iter_rows(named=True):
        values = tuple(str(row[name]) for name in COLUMNS)
        found.setdefault(values, set()).add(tuple(row[f"{name} shown"] for name in COLUMNS))
    return found


@pytest.mark.parametrize("method", ["sweep", "global", "mondrian"])
@pytest.mark.parametrize("values", [0, 2])
def test_what_a_tuple_was_shown_as_it_is_shown_as_for_ever(
    method: str, values: int, tmp_path: Path
) -> None:
    """Whichever of three tables has it; each class of each table reaches what is asked."""
    rules, recoding = policy(method, values=values), None
    everything: dict[tuple[Any, ...], set[Any]] = {}
    for seed, size, oldest in ((1, 600, 60), (2, 300, 60), (3, 900, 95)):
        table = arrivals(seed, size, oldest=oldest)
        release, recoding = released(tmp_path, table, rules, recoding)
        for tuple_, labels in shown(table, release).items():
            everything.setdefault(tuple_, set()).update(labels)
        classes = release.group_by(COLUMNS).agg(pl.len(), pl.col("illness").n_unique())
        assert classes["len"].min() >= 5  # type: ignore[operator]
        assert classes["illness"].min() >= values  # type: ignore[operator]
        assert release.height > 0.5 * size
    assert {len(labels) for labels in everything.values()} == {1}


def test_recoded_anew_a_second_table_would_tell_more(tmp_path: Path) -> None:
    """What the labels in force are for: of two recodings the narrower of both holds."""
    first, second = arrivals(1, 600), arrivals(2, 300, oldest=77)
    alone: dict[tuple[Any, ...], set[Any]] = {}
    for table in (first, second):
        for values, labels in shown(table, released(tmp_path, table, policy())[0]).items():
            alone.setdefault(values, set()).update(labels)
    assert max(map(len, alone.values())) == 2


@given(
    sizes=st.lists(st.integers(20, 250), min_size=2, max_size=4),
    seed=st.integers(0, 1_000),
    values=st.sampled_from([0, 2, 3]),
)
def test_of_any_history_each_tuple_has_one_label(
    sizes: list[int], seed: int, values: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, recoding = tmp_path_factory.mktemp("history"), None
    everything: dict[tuple[Any, ...], set[Any]] = {}
    for number, size in enumerate(sizes):
        table = arrivals(seed + number, size, oldest=30 + 20 * number)
        try:
            release, recoding = released(folder, table, policy(values=values), recoding)
        except DesensitizeError:
            # So few rows reach nothing by the labels in force.
            continue
        for values_of, labels in shown(table, release).items():
            everything.setdefault(values_of, set()).update(labels)
    assert all(len(labels) == 1 for labels in everything.values())


def test_values_without_a_label_hold_the_table(tmp_path: Path) -> None:
    """Named are those that enough rows hold; the others are counted."""
    rules = policy(hierarchy=[list(row) for row in TOWNS])
    _, recoding = released(tmp_path, arrivals(1), rules)
    table = arrivals(2, towns="abcdefffff")
    table = table.with_columns(
        town=pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("lone")).otherwise("town")
    )
    with pytest.raises(DesensitizeError) as refused:
        released(tmp_path, table, rules, recoding)
    assert refused.value.code == "recoding-unfit"
    found: Mapping[str, Any] = refused.value.parameters
    assert (found["column"], found["values"], found["named"]) == ("town", 3, " “f” “e”")
    assert found["rows"] == table["town"].is_in(["e", "f", "lone"]).sum()
    assert "lone" not in str(refused.value)


def test_a_recoding_can_be_kept(tmp_path: Path) -> None:
    _, recoding = released(tmp_path, arrivals(1), policy())
    again = Recoding.from_bytes(recoding.to_bytes())
    assert again.sha256 == recoding.sha256
    one, other = (released(tmp_path, arrivals(2), policy(), it)[0] for it in (recoding, again))
    assert one.equals(other)
    assert again.makings["age"].shape == "numbers"
    assert again.makings["town"] == Making("values")


def test_masks_that_look_at_the_whole_table_have_no_labels_for_life() -> None:
    rules = policy()
    refuse_open(rules)
    for mask in ("swap", "microaggregate"):
        changed = (*rules.columns, ColumnRule("pay", "sensitive", mask))
        with pytest.raises(DesensitizeError) as refused:
            refuse_open(Policy(changed))
        assert refused.value.code == "recoding-open"
