"""Compare masked copies with plain ones: python -m benchmarks.masking.

A plain copy is polars reading the same file and writing it as Parquet, as it comes. Masks are
measured in the order of the source, and shuffling in a module of its own.
"""

import secrets
from argparse import ArgumentParser
from dataclasses import replace
from functools import partial
from pathlib import Path

import polars as pl

from benchmarks.figures import Figure, say
from benchmarks.invented import invented_csv, invented_parquet
from benchmarks.measuring import measured, ratio
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.policy import ColumnRule, Policy

LIGHT = Policy(
    (
        ColumnRule("id_number", "direct", "partial", {"keep_first": 6}),
        ColumnRule("name", "direct", "redact"),
        ColumnRule("mobile", "direct", "partial", {"keep_first": 3}),
        ColumnRule("email", "direct", "drop"),
        ColumnRule("card", "direct", "redact"),
        ColumnRule("address", "direct", "drop"),
        ColumnRule("city", "quasi", "keep"),
        ColumnRule("birth_date", "quasi", "truncate_date"),
        ColumnRule("age", "quasi", "generalize_bins", {"width": 10}),
        ColumnRule("sex", "quasi", "keep"),
        ColumnRule("income", "sensitive", "top_bottom_code", {"top": 50_000}),
        ColumnRule("diagnosis", "sensitive", "keep"),
    )
)


def ten(pseudonym: str) -> Policy:
    """Return a policy with ten masked columns, two by the pseudonym and one by FF1."""
    return Policy(
        (
            ColumnRule("id_number", "direct", pseudonym),
            ColumnRule("name", "direct", "redact"),
            ColumnRule("mobile", "direct", pseudonym),
            ColumnRule("email", "direct", "constant", {"value": "somebody@example.com"}),
            ColumnRule("card", "direct", "ff1"),
            ColumnRule("address", "direct", "partial", {"keep_first": 3}),
            ColumnRule("city", "quasi", "keep"),
            ColumnRule("birth_date", "quasi", "truncate_date"),
            ColumnRule("age", "quasi", "generalize_bins", {"width": 10}),
            ColumnRule("sex", "quasi", "redact"),
            ColumnRule("income", "sensitive", "top_bottom_code", {"top": 50_000}),
            ColumnRule("diagnosis", "sensitive", "keep"),
        )
    )


WHOLE = Policy(tuple(ColumnRule(rule.name, "other", "keep") for rule in LIGHT.columns))
POLICIES = {
    "light": LIGHT,
    "hmac": ten("pseudonym"),
    "cmac": ten("cmac_pseudonym"),
    "whole": WHOLE,
}


def copied(source: str, target: str) -> None:
    """Copy a file with polars, without any mask."""
    _opened(source).sink_parquet(target)


def masked(source: str, target: str, policy: str, order: str = "source") -> None:
    """Mask a file by one of POLICIES."""
    given: Path | pl.LazyFrame = Path(source)
    if source.endswith(".csv"):
        given = _opened(source)
    keys = KeyRing(secrets.token_bytes(32), dataset="benchmark", recipient="nobody")
    folder = Path(target).parent
    rules = replace(POLICIES[policy], order=order)
    run_policy(given, Path(target), rules, keys=keys, work=folder)


def main() -> None:
    """Measure and say the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--many-rows", type=int, default=20_000_000)
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    folder: Path = given.data.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    target = str(folder / "result.parquet")
    note = f"{given.rows:,} × 12"
    table, text = invented_parquet(folder, given.rows), invented_csv(folder, given.rows)
    # Both in the page cache before the first clock starts.
    for path in (table, text):
        measured(copied, path, target)
    for what, source, policy, bar in (
        ("light masks, Parquet → Parquet, by plain copy", table, "light", 1.05),
        ("light masks, CSV → Parquet, by plain copy", text, "light", 1.05),
        ("ten columns, two HMAC, one FF1, CSV → Parquet", text, "hmac", 1.25),
        ("ten columns, two HMAC, one FF1, Parquet → Parquet", table, "hmac", 1.45),
        ("ten columns, two CMAC, one FF1, CSV → Parquet", text, "cmac", None),
        ("ten columns, two CMAC, one FF1, Parquet → Parquet", table, "cmac", None),
    ):
        by_copy, _ = ratio(
            partial(measured, masked, source, target, policy),
            partial(measured, copied, source, target),
            rounds=given.rounds,
        )
        say(Figure(what, by_copy, bar, note=note))
    if given.many_rows:
        many = invented_parquet(folder, given.many_rows)
        by_copy, peak = ratio(
            partial(measured, masked, many, target, "hmac"),
            partial(measured, copied, many, target),
            rounds=1,
        )
        note = f"{given.many_rows:,} × 12"
        say(Figure("peak memory, ten columns, Parquet → Parquet", peak, 1000, unit="MB", note=note))
        say(Figure("the same, by plain copy", by_copy, note=note))


def _opened(source: str) -> pl.LazyFrame:
    return pl.scan_csv(source) if source.endswith(".csv") else pl.scan_parquet(source)


if __name__ == "__main__":
    main()
