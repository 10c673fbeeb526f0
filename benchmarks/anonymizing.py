"""Measure searching and measuring on UCI Adult: python -m benchmarks.anonymizing.

Adult (30,162 rows, nine quasi-identifiers) with the hierarchies of the ARX project, and a larger
table drawn from it, one cell in ten drawn anew. ARX's times are those of `arx_results.json`, taken
on another day on a machine of two cores; all other ratios are of one run.
"""

import io
import json
import lzma
import subprocess
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np
import polars as pl

from benchmarks.figures import Figure, say, table_of
from desensitize.privacy import Closeness, Diversity, Hierarchy, anonymize_table, load_hierarchy
from desensitize.risk import measure

VECTORS = Path(__file__).parent.parent / "tests" / "desensitize" / "vectors"
COLUMNS = (
    "sex", "age", "race", "marital-status", "education", "native-country", "workclass",
    "occupation", "salary-class",
)  # fmt: skip
FEW = ["sex", "age", "race", "education", "marital-status"]
SENSITIVE = "occupation"
SEED = 1
PYCANON = """
import sys, time, pandas
from pycanon import anonymity
table = pandas.read_parquet(sys.argv[1])
started = time.perf_counter()
t = anonymity.t_closeness(table, sys.argv[2].split(","), [sys.argv[3]])
print(time.perf_counter() - started, t)
"""


def main() -> None:
    """Measure, and print a line of JSON a figure and then the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pycanon", help="a Python that has pycanon, pandas and pyarrow")
    parser.add_argument("--values", action="store_true", help="only l and t on Adult, by k alone")
    given = parser.parse_args()
    hierarchies = {
        name: load_hierarchy(VECTORS / "adult_hierarchies" / f"adult_hierarchy_{name}.csv", name)
        for name in COLUMNS
    }
    with tempfile.TemporaryDirectory() as folder:
        adult, large = Path(folder) / "adult.parquet", Path(folder) / "large.parquet"
        table = adult_table()
        table.write_parquet(adult)
        if given.values:
            print(table_of(with_values(adult, hierarchies, given.rounds)))
            return
        redrawn(table, given.rows).write_parquet(large)
        figures = [
            *against_arx(adult, hierarchies, given.rounds),
            *with_values(adult, hierarchies, given.rounds),
            *on_many_rows(large, hierarchies, given.rows, given.rounds),
            *measuring(large, hierarchies, Path(folder), given.rows, given.rounds, given.pycanon),
        ]
    print(table_of(figures))


def adult_table() -> pl.DataFrame:
    """Read UCI Adult."""
    return pl.read_csv(
        io.BytesIO(lzma.decompress((VECTORS / "adult.csv.xz").read_bytes())), separator=";"
    ).select(COLUMNS)


def redrawn(table: pl.DataFrame, rows: int) -> pl.DataFrame:
    """Draw rows with replacement, and one cell in ten anew from its column."""
    chance = np.random.default_rng(SEED)
    drawn = table[chance.integers(0, table.height, rows)]
    for name in table.columns:
        anew = pl.Series(chance.random(rows) < 0.1)
        values = drawn[name][chance.integers(0, rows, rows)]
        drawn = drawn.with_columns(pl.when(anew).then(values).otherwise(pl.col(name)).alias(name))
    return drawn


def against_arx(path: Path, hierarchies: dict[str, Hierarchy], rounds: int) -> list[Figure]:
    """Compare loss and time with what ARX reached on the same table."""
    results = json.loads((VECTORS / "arx_results.json").read_text(encoding="utf-8"))["results"]
    figures = []
    for case in results:
        method = "global" if case["mode"] == "global" else "sweep"
        limit = case["suppression_limit"] if method == "global" else 1.0
        seconds, found = timed(path, hierarchies, case["k"], limit, method, rounds)
        name = f"{method}, k = {case['k']}" + (f", {limit:.0%} left out" * (method == "global"))
        note = f"{seconds * 1000:,.0f} ms; ARX {case['arx_anonymize_ms']:,.0f} ms"
        ratio = found / case["loss_arith_mean"]
        figures.append(told(Figure(f"loss by ARX's: {name}", ratio, 1.00001, note=note)))
        figures.append(
            told(Figure(f"time by ARX's: {name}", seconds / case["arx_anonymize_ms"] * 1000))
        )
    seconds, found = timed(path, hierarchies, 5, 1.0, "mondrian", rounds)
    figures.append(told(Figure("Mondrian, k = 5", seconds, None, unit="s", note=f"{found:.4f}")))
    return figures


def with_values(path: Path, hierarchies: dict[str, Hierarchy], rounds: int) -> list[Figure]:
    """Compare l and t of the salary class with k alone, in processor seconds of this process."""
    quasi = {name: one for name, one in hierarchies.items() if name != "salary-class"}
    table = pl.scan_parquet(path)

    def searched(**asked: Any) -> tuple[float, float]:
        started = process_time()
        found = anonymize_table(table, quasi, smallest_class=5, **asked)
        return process_time() - started, found.loss

    figures = []
    for name, asked, arx, bar in (
        ("distinct l = 2", {"diversity": {"salary-class": Diversity(2)}}, 0.2584, 2.0),
        ("t = 0.3", {"closeness": {"salary-class": Closeness(0.3)}}, 0.2114, 2.0),
        ("t = 0.2", {"closeness": {"salary-class": Closeness(0.2)}}, 0.2842, None),
    ):
        # In turns, and the first of each is not counted.
        taken = [(searched(), searched(**asked)) for _ in range(rounds + 1)][1:]
        alone = min(seconds for (seconds, _), _ in taken)
        took = min(seconds for _, (seconds, _) in taken)
        loss = taken[0][1][1]
        note = f"{took * 1000:,.0f} ms; k alone {alone * 1000:,.0f} ms"
        figures.append(told(Figure(f"{name} by k alone", took / alone, bar, note=note)))
        figures.append(told(Figure(f"loss by ARX's: {name}", loss / arx, 1.0, note=f"{loss:.4f}")))
    return figures


def on_many_rows(
    path: Path, hierarchies: dict[str, Hierarchy], rows: int, rounds: int
) -> list[Figure]:
    """Time the three methods on the large table, grouping included."""
    figures = []
    for method, limit, bar in (
        ("sweep", 1.0, 1.5),
        ("global", 0.02, None),
        ("mondrian", 1.0, None),
    ):
        seconds, found = timed(path, hierarchies, 5, limit, method, rounds)
        note = f"{rows:,} rows, loss {found:.4f}"
        figures.append(told(Figure(f"{method}, k = 5", seconds, bar, unit="s", note=note)))
    return figures


def measuring(
    path: Path,
    hierarchies: dict[str, Hierarchy],
    folder: Path,
    rows: int,
    rounds: int,
    pycanon: str | None,
) -> list[Figure]:
    """Time k, l and t of a published table against a copy from CSV, and t against pycanon."""
    few = {name: hierarchies[name] for name in FEW}
    found = anonymize_table(pl.scan_parquet(path), few, smallest_class=5)
    names = {f" label {name}": name for name in FEW}
    keyed = pl.scan_parquet(path).with_columns(pl.col(FEW).cast(pl.String))
    released, text = folder / "released.parquet", folder / "released.csv"
    joined = keyed.join(found.mapping.lazy(), on=FEW).drop(FEW).rename(names)
    joined.sink_parquet(released)
    pl.scan_parquet(released).sink_csv(text)
    schema = pl.read_parquet_schema(released)
    copies, measures = [], []
    for _ in range(rounds):
        started = perf_counter()
        # A label may first look like a number: types come from the table that was written.
        pl.scan_csv(text, schema=schema).sink_parquet(folder / "copy.parquet")
        copies.append(perf_counter() - started)
        started = perf_counter()
        figures = measure(released, quasi_identifiers=FEW, sensitive=[SENSITIVE])
        measures.append(perf_counter() - started)
    note = f"{rows:,} rows, {figures.classes} classes, {median(measures):.2f} s"
    answer = [
        told(Figure("k, l and t by a copy", median(measures) / median(copies), 1.5, note=note))
    ]
    if pycanon:
        done = subprocess.run(
            [pycanon, "-c", PYCANON, str(released), ",".join(FEW), SENSITIVE],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        seconds, theirs = done.stdout.split()[-2:]
        note = f"{float(seconds):,.1f} s; t {theirs} by theirs, {figures.t:.6f} by ours"
        ratio = float(seconds) / median(measures)
        answer.append(told(Figure("t against pycanon", ratio, 100, most=False, note=note)))
    return answer


def timed(
    path: Path,
    hierarchies: dict[str, Hierarchy],
    smallest_class: int,
    limit: float,
    method: str,
    rounds: int,
) -> tuple[float, float]:
    """Return the best seconds of some rounds, and the loss."""
    best, loss = float("inf"), 0.0
    for _ in range(rounds):
        started = perf_counter()
        found = anonymize_table(
            pl.scan_parquet(path),
            hierarchies,
            smallest_class=smallest_class,
            suppression_limit=limit,
            method=method,
        )
        best, loss = min(best, perf_counter() - started), found.loss
    return best, loss


def told(figure: Figure) -> Figure:
    """Say a figure at once."""
    say(figure)
    return figure


if __name__ == "__main__":
    main()
