"""Measure synthetic copies of UCI Adult: python -m benchmarks.synthesizing.

The nine attributes as categories, 24,130 rows to learn from and 6,032 to test on, ε = 1 and
δ = 1e-9: mean total variation distance over all sets of two and three columns against the rows
learned from, and how often a classifier that learned from the copy tells the salary class of the
test rows. The classifier is scikit-learn's, in an environment of its own; without it only distances
are measured. Processor seconds and memory are of one copy in a fresh process.
"""

import json
import subprocess
import tempfile
from argparse import ArgumentParser
from itertools import combinations
from pathlib import Path
from statistics import mean
from time import process_time

import numpy as np
import polars as pl

from benchmarks.anonymizing import COLUMNS, adult_table
from benchmarks.figures import Figure, say
from benchmarks.measuring import measured
from desensitize.privacy.differential import Budget
from desensitize.privacy.synthetic import Levels, synthesize

TESTED = 6_032
BUDGET = Budget.of(1, "1e-9")
CLASSIFIER = """
import json, sys
import numpy
from sklearn.ensemble import HistGradientBoostingClassifier
*learned, tested = [numpy.load(path) for path in sys.argv[1:]]
shares = []
for rows in learned:
    classifier = HistGradientBoostingClassifier(
        random_state=0, categorical_features=list(range(rows.shape[1] - 1))
    )
    classifier.fit(rows[:, :-1], rows[:, -1])
    shares.append(float((classifier.predict(tested[:, :-1]) == tested[:, -1]).mean()))
print(json.dumps(shares))
"""


def copied(source: str, public: str, target: str, seconds: str, seed: int) -> None:
    """Write a copy, and the processor seconds that it took."""
    table = pl.read_parquet(public)
    domains = {
        name: Levels(tuple(table[name].cast(pl.String).unique().sort()), missing=False)
        for name in table.columns
    }
    started = process_time()
    synthesize(Path(source), Path(target), domains=domains, budget=BUDGET, seed=seed)
    Path(seconds).write_text(str(process_time() - started), encoding="ascii")


def distance(one: pl.DataFrame, other: pl.DataFrame, columns: int) -> float:
    """Return the mean total variation distance over all sets of so many columns."""
    found = []
    for names in combinations(one.columns, columns):
        left, right = (
            table.group_by(names).agg((pl.len() / len(table)).alias(f"share {place}"))
            for place, table in enumerate((one, other))
        )
        both = left.join(right, on=names, how="full", nulls_equal=True).fill_null(0)
        apart = (pl.col("share 0") - pl.col("share 1")).abs().sum() / 2
        found.append(float(both.select(apart).item()))
    return mean(found)


def main() -> None:
    """Measure and say the figures."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--peers", help="a Python that has scikit-learn")
    given = parser.parse_args()
    table = adult_table()
    order = np.random.default_rng(7).permutation(len(table))
    tested, learned = table[order[:TESTED]], table[order[TESTED:]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = {each: folder / f"{each}.parquet" for each in ("public", "learned", "tested")}
        for path, frame in zip(paths.values(), (table, learned, tested), strict=True):
            frame.write_parquet(path)
        copies = [folder / f"copy-{seed}.parquet" for seed in range(given.seeds)]
        seconds, peaks = [], []
        for seed, copy in enumerate(copies):
            told = folder / "seconds"
            _, peak = measured(copied, paths["learned"], paths["public"], copy, told, seed)
            seconds.append(float(told.read_text(encoding="ascii")))
            peaks.append(peak)
        frames = [pl.read_parquet(copy) for copy in copies]
        note = f"UCI Adult, ε = 1, δ = 1e-9, mean of {given.seeds} seeds"
        for columns, bar in ((2, None), (3, 0.09)):
            apart = mean(distance(frame, learned, columns) for frame in frames)
            what = f"distance of a synthetic copy over {columns} columns"
            say(Figure(what, apart, bar, unit="", note=note))
        if given.peers:
            shares = classified(given.peers, [*frames, learned, tested], table, folder)
            real = f"{note}; of real rows {shares[-1]:.3f}"
            told_right = mean(shares[:-1])
            say(Figure("right by a copy", told_right, 0.81, most=False, unit="", note=real))
        say(Figure("processor time of a copy", max(seconds), 120, unit="s", note="the longest"))
        say(Figure("its peak memory", max(peaks), 1000, unit="MB", note="the highest"))


def classified(
    python: str, tables: list[pl.DataFrame], public: pl.DataFrame, folder: Path
) -> list[float]:
    """Return how often what learned from each table is right on the last one."""
    paths = []
    for place, table in enumerate(tables):
        codes = [
            table[name].replace_strict(values, range(len(values)), return_dtype=pl.Int64)
            for name, values in ((name, public[name].unique().sort()) for name in COLUMNS)
        ]
        paths.append(folder / f"{place}.npy")
        np.save(paths[-1], np.stack([code.to_numpy() for code in codes], axis=1))
    done = subprocess.run(
        [python, "-c", CLASSIFIER, *map(str, paths)], stdout=subprocess.PIPE, text=True, check=True
    )
    return [float(share) for share in json.loads(done.stdout)]


if __name__ == "__main__":
    main()
