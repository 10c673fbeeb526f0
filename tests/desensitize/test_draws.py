"""Random masks draw once for what a row holds, whatever version of the table it stands in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.masks import make_mask
from desensitize.policy import ColumnRule, Policy

KEYS = KeyRing(bytes(range(32)), dataset="survey")
ROWS = 500


def people() -> pl.DataFrame:
    random = np.random.default_rng(1)
    return pl.DataFrame(
        {
            "number": random.permutation(10 * ROWS)[:ROWS],
            "age": random.integers(18, 80, ROWS),
            "town": random.choice(["a", "b", "c"], ROWS),
            "pay": random.integers(1, 9, ROWS) * 1000.0,
        }
    )


def released(table: pl.DataFrame, folder: Path, mask: str, **options: object) -> pl.DataFrame:
    """Mask the pay; the number stays, so that people can be compared."""
    source, target = folder / "s.parquet", folder / "r.parquet"
    table.write_parquet(source)
    rules = [
        ColumnRule("number", "other", "keep"),
        ColumnRule("age", "quasi", "generalize"),
        ColumnRule("town", "quasi", "generalize"),
        ColumnRule("pay", "sensitive", mask, options),
        *(
            ColumnRule(name, "other", "drop")
            for name in table.columns
            if name not in ("number", "age", "town", "pay")
        ),
    ]
    policy = Policy(tuple(rules), smallest_class=3)
    run_policy(source, target, policy, keys=KEYS, work=folder)
    return pl.read_parquet(target)


def versions(table: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Return what becomes of a table: other order, more people, fewer, whole numbers for parts."""
    more = pl.concat([table[:3].with_columns(pl.col("number") + 10**6), table])
    return {
        "reversed": table.reverse(),
        "more": more,
        "fewer": table[100:],
        "columns": table.select(sorted(table.columns, reverse=True)),
        "types": table.with_columns(pl.col("age").cast(pl.Float64), pl.col("pay").cast(pl.Int64)),
    }


def test_noise_stays_with_what_the_row_holds(tmp_path: Path) -> None:
    """Though labels of age and town change with every version, and rows move."""
    first = released(people(), tmp_path, "add_noise", scale=100.0)
    assert first["pay"].n_unique() > 0.95 * first.height
    for what, table in versions(people()).items():
        joined = first.join(released(table, tmp_path, "add_noise", scale=100.0), on="number")
        assert joined.height > 300
        pay, again = joined["pay"], joined["pay_right"]
        # A column of whole numbers has whole noise.
        assert ((pay - again).abs() <= (0.5 if what == "types" else 0)).all(), what


def test_a_person_keeps_the_noise_whatever_else_changes(tmp_path: Path) -> None:
    """A column changes in every version: the mean over all is one draw; without a subject not."""
    table = people()
    errors = {}
    for subject in (None, "number"):
        options = {"scale": 100.0} | ({"subject": subject} if subject else {})
        shown = [
            released(table.with_columns(seen=pl.lit(day)), tmp_path, "add_noise", **options)
            .sort("number")["pay"]
            .to_numpy()
            for day in range(12)
        ]
        true = released(table, tmp_path, "keep").sort("number")["pay"].to_numpy()
        errors[subject] = float(np.abs(np.mean(shown, axis=0) - true).mean())
        single = float(np.abs(shown[0] - true).mean())
    assert errors["number"] == pytest.approx(single)
    assert errors[None] < 0.6 * single


def test_one_known_value_does_not_tell_those_of_others(tmp_path: Path) -> None:
    """Equal values of different people get different noise."""
    table = people().with_columns(pay=pl.lit(5000.0))
    for options in ({}, {"subject": "number"}):
        shown = released(table, tmp_path, "add_noise", scale=100.0, **options)["pay"]
        assert shown.n_unique() == len(shown)


def test_swapped_values_move_as_far_in_every_version() -> None:
    """With a person more, a value lands a rank or so from where it was; drawn anew, anywhere."""
    random = np.random.default_rng(2)
    table = pl.DataFrame({"who": random.permutation(10_000)[:2_000], "pay": random.random(2_000)})
    mask = make_mask("swap", {"window": 10})

    def swapped(rows: pl.DataFrame) -> pl.DataFrame:
        masked = mask.apply(rows["pay"], keys=KEYS, beside=rows)
        assert masked is not None
        return rows.with_columns(masked.rank().alias("rank"))

    first = swapped(table)
    more = swapped(pl.concat([pl.DataFrame({"who": [-1], "pay": [0.5]}), table.reverse()]))
    joined = first.join(more, on="who")
    moved = np.abs(joined["rank"].to_numpy() - joined["rank_right"].to_numpy())
    assert np.median(moved) <= 2
    true = table["pay"].rank().to_numpy()
    assert np.median(np.abs(true - first["rank"].to_numpy())) > 20


def test_rows_that_are_alike_are_swapped_one_by_one() -> None:
    table = pl.DataFrame({"sex": ["f", "m"] * 500, "pay": [1, 1, 2, 2] * 250})
    mask = make_mask("swap", {"window": 100})
    masked = mask.apply(table["pay"], keys=KEYS, beside=table)
    assert masked is not None
    assert sorted(masked) == sorted(table["pay"])
    share = masked.filter((table["sex"] == "f") & (table["pay"] == 1)).mean()
    assert isinstance(share, float)
    assert 1.3 < share < 1.7
