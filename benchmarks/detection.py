"""Print the precision and recall of detection over labelled tables: python -m benchmarks.detection.

What has a bar is also said as figures: columns told rightly, false positives, and the time of an
answer from a sample of a large table.

Each table is told with its own headers and with meaningless ones, and then 26 columns of it are
drawn at random, as a stranger would send them.
"""

import random
import tempfile
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from statistics import median
from time import perf_counter

import polars as pl

from benchmarks.figures import Figure, say
from benchmarks.invented import invented_parquet
from benchmarks.labelled import (
    PERSONAL,
    TRAPS,
    Label,
    labelled_table,
    with_meaningless_headers,
)
from desensitize.detectors import Proposal, classify_table

DRAWN, DRAWN_PERSONAL = 26, 18
ROUNDS = 5


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--nulls", type=float, default=0.1)
    parser.add_argument("--large-rows", type=int, default=5_000_000, help="rows of the large table")
    parser.add_argument("--data", type=Path, default=Path("build/benchmarks"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        for meaningless in (False, True):
            _print_kinds(path, given.seeds, given.rows, given.nulls, meaningless)
        _print_drawn(path, 20 * given.seeds, given.rows, given.nulls)
    given.data.mkdir(parents=True, exist_ok=True)
    _say_large(invented_parquet(given.data, given.large_rows), given.large_rows)


def is_right(found: Proposal, label: Label) -> bool:
    """Return whether kind and role are the column's."""
    return found.kind == label.kind and found.role in label.roles


def is_false_positive(found: Proposal, label: Label) -> bool:
    """Return whether a column that nobody should take for personal is taken so."""
    return label.origin in TRAPS and (found.kind is not None or found.role != "other")


def classified(path: Path, table: pl.DataFrame) -> tuple[Proposal, ...]:
    """Classify a table through a file."""
    table.write_parquet(path)
    return classify_table(path)


def _print_kinds(path: Path, seeds: int, rows: int, nulls: float, meaningless: bool) -> None:
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    there: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for seed in range(seeds):
        table, labels = labelled_table([*PERSONAL, *TRAPS], rows=rows, seed=seed, nulls=nulls)
        if meaningless:
            table, labels = with_meaningless_headers(table, labels, seed=seed)
        for one in classified(path, table):
            label = labels[one.name]
            found[one.kind or "-"] += 1
            there[label.kind or "-"] += 1
            right[label.kind or "-"] += one.kind == label.kind
            if not is_right(one, label):
                wrong[f"{label.origin}: {one.role} {one.kind}"] += 1
    print(f"\n{'Meaningless' if meaningless else 'Own'} headers, {seeds} tables of {rows} rows")
    print(f"{'kind':<18}{'columns':>8}{'precision':>11}{'recall':>8}")
    for kind in sorted(there | found):
        precision = right[kind] / found[kind] if found[kind] else 1.0
        recall = right[kind] / there[kind] if there[kind] else 1.0
        print(f"{kind:<18}{there[kind]:>8}{precision:>11.3f}{recall:>8.3f}")
    personal = sum(right.values()) - right["-"]
    print(f"{'all kinds':<18}{there.total() - there['-']:>8}", end="")
    print(f"{personal / (found.total() - found['-']):>11.3f}", end="")
    print(f"{personal / (there.total() - there['-']):>8.3f}")
    for column, count in wrong.most_common(12):
        print(f"  wrong in {count} of {seeds}: {column}")


def _print_drawn(path: Path, tables: int, rows: int, nulls: float) -> None:
    rights: Counter[int] = Counter()
    falses: Counter[int] = Counter()
    seconds = 0.0
    for seed in range(tables):
        source = random.Random(seed)
        names = source.sample(list(PERSONAL), DRAWN_PERSONAL)
        names += source.sample(list(TRAPS), DRAWN - DRAWN_PERSONAL)
        made = labelled_table(names, rows=rows, seed=1000 + seed, nulls=nulls)
        table, labels = with_meaningless_headers(*made, seed=seed)
        start = perf_counter()
        proposals = classified(path, table)
        seconds += perf_counter() - start
        rights[sum(is_right(one, labels[one.name]) for one in proposals)] += 1
        falses[sum(is_false_positive(one, labels[one.name]) for one in proposals)] += 1
    print(f"\n{tables} tables of {DRAWN} columns drawn at random, meaningless headers")
    print("columns right: tables  ", dict(sorted(rights.items(), reverse=True)))
    print("false positives: tables", dict(sorted(falses.items())))
    print(f"mean time {seconds / tables * 1000:.0f} ms a table")
    note = f"the poorest of {tables} tables with meaningless headers"
    say(
        Figure(f"columns told rightly, of {DRAWN}", min(rights), 24, most=False, unit="", note=note)
    )
    say(Figure("false positives", max(falses), 1, unit="", note=note.replace("poorest", "worst")))


def _say_large(path: Path, rows: int) -> None:
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        classify_table(path)
        times.append(perf_counter() - start)
    note = f"{rows:,} × 12"
    say(Figure("columns told from a sample", median(times), 0.1, unit="s", note=note))


if __name__ == "__main__":
    main()
