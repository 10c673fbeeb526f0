"""Measure synthetic copies of UCI Adult: python -m benchmarks.synthesizing.

The nine attributes as categories, 24,130 rows to learn from and 6,032 to test on, ε = 1 and
δ = 1e-9: mean total variation distance over all sets of two and three columns against the rows
learned from, and how often a classifier that learned from the copy tells the salary class of the
test rows. The classifier is scikit-learn's, in an environment of its own; without it only distances
are measured. Processor seconds and memory are of one copy in a fresh process. Other makers of
copies, each in an environment of its own, get the same rows, domain and budget.
"""

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from statistics import mean
from time import process_time

import numpy as np
import numpy.typing as npt
import polars as pl

from benchmarks.anonymizing import COLUMNS, adult_table
from benchmarks.copying_peers import PEERS, PeerFailed, copied_by
from benchmarks.figures import Figure, say
from benchmarks.measuring import Spent, spent
from desensitize.privacy.differential import Budget
from desensitize.privacy.synthetic import Levels, synthesize
from desensitize.privacy.synthetic.spending import affordable

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
    parser.add_argument(
        "--environments", type=Path, help="folder of the environments of other makers of copies"
    )
    parser.add_argument("--only", nargs="*", choices=("ours", *PEERS), help="whom to measure (all)")
    parser.add_argument("--peer-minutes", type=float, default=12, help="of the processor, for each")
    given = parser.parse_args()
    table = adult_table()
    order = np.random.default_rng(7).permutation(len(table))
    with tempfile.TemporaryDirectory() as name:
        trial = Trial(table, table[order[TESTED:]], table[order[:TESTED]], Path(name), given.peers)
        asked = given.only or ("ours", *(PEERS if given.environments else ()))
        if "ours" in asked:
            trial.say_ours(given.seeds)
        for peer in (one for one in PEERS if one in asked):
            trial.say_peer(
                peer, given.environments or Path("build"), given.seeds, given.peer_minutes
            )


class Trial:
    """Hold the tables of the split, and say figures of copies."""

    def __init__(
        self,
        public: pl.DataFrame,
        learned: pl.DataFrame,
        tested: pl.DataFrame,
        folder: Path,
        classifier: str | None,
    ) -> None:
        """Write the tables."""
        self.public, self.learned, self.tested = public, learned, tested
        self.folder, self.classifier = folder, classifier
        self.values = {name: public[name].unique().sort() for name in COLUMNS}
        for name, frame in (("public", public), ("learned", learned)):
            frame.write_parquet(folder / f"{name}.parquet")

    def say_ours(self, seeds: int) -> None:
        """Say what our copies reach."""
        paths = {name: self.folder / f"{name}.parquet" for name in ("learned", "public", "copy")}
        frames, rows = [], []
        for seed in range(seeds):
            told = self.folder / "seconds"
            took = spent(copied, paths["learned"], paths["public"], paths["copy"], told, seed)
            rows.append(took._replace(processor=float(told.read_text(encoding="ascii"))))
            frames.append(pl.read_parquet(paths["copy"]))
        self._say("ours", frames, rows, bars=True)
        shuffled = [
            pl.DataFrame(
                [
                    column.sample(fraction=1, shuffle=True, seed=seed)
                    for seed, column in enumerate(self.learned)
                ]
            )
        ]
        self._say("every column shuffled alone", shuffled, [])
        half = self.learned.sample(fraction=0.5, seed=1)
        self._say("half of the real rows", [half], [])

    def say_peer(self, peer: str, environments: Path, seeds: int, minutes: float) -> None:
        """Say what a peer reaches, in as many seeds as it has time for; one at the least."""
        learned, copy = self.folder / "learned.npy", self.folder / "copy.npy"
        np.save(learned, codes_of(self.learned, self.values))
        frames: list[pl.DataFrame] = []
        rows: list[Spent] = []
        while len(rows) < seeds:
            used = sum(row.processor for row in rows)
            if rows and used + used / len(rows) > 60 * minutes:
                break
            try:
                codes, took = copied_by(
                    peer, environments, learned, copy,
                    seed=len(rows), epsilon=float(BUDGET.epsilon), delta=float(BUDGET.delta),
                    rho=affordable(BUDGET), values=[len(one) for one in self.values.values()],
                )  # fmt: skip
            except PeerFailed as error:
                print(f"{peer} failed: {error}", file=sys.stderr, flush=True)
                break
            rows.append(took)
            frames.append(
                pl.DataFrame(
                    {
                        name: values.gather(codes[:, place])
                        for place, (name, values) in enumerate(self.values.items())
                    }
                )
            )
        if rows:
            self._say(peer, frames, rows)

    def _say(
        self, who: str, frames: list[pl.DataFrame], rows: list[Spent], *, bars: bool = False
    ) -> None:
        note = f"UCI Adult, ε = 1, δ = 1e-9, mean of {len(frames)}"
        for columns, bar in ((2, None), (3, 0.09)):
            apart = mean(distance(frame, self.learned, columns) for frame in frames)
            what = f"{who}: distance over {columns} columns"
            say(Figure(what, apart, bar if bars else None, unit="", note=note))
        if self.classifier:
            tables = [*frames, self.learned, self.tested]
            shares = classified(self.classifier, tables, self.public, self.folder)
            real = f"{note}; of real rows {shares[-1]:.3f}"
            right = Figure(f"{who}: right", mean(shares[:-1]), None, False, "", real)
            say(replace(right, bar=0.81 if bars else None))
        if rows:
            seconds, peak = max(one.processor for one in rows), max(one.megabytes for one in rows)
            dearest = "the dearest copy"
            bound = (120, 1000) if bars else (None, None)
            say(Figure(f"{who}: processor", seconds, bound[0], unit="s", note=dearest))
            say(Figure(f"{who}: peak memory", peak, bound[1], unit="MB", note=dearest))


def codes_of(table: pl.DataFrame, values: dict[str, pl.Series]) -> npt.NDArray[np.int64]:
    """Return the place of each cell among the sorted values of its column."""
    codes = [
        table[name].replace_strict(own, range(len(own)), return_dtype=pl.Int64)
        for name, own in values.items()
    ]
    return np.stack([code.to_numpy() for code in codes], axis=1)


def classified(
    python: str, tables: list[pl.DataFrame], public: pl.DataFrame, folder: Path
) -> list[float]:
    """Return how often what learned from each table is right on the last one."""
    values = {name: public[name].unique().sort() for name in COLUMNS}
    paths = [folder / f"table-{place}.npy" for place in range(len(tables))]
    for path, table in zip(paths, tables, strict=True):
        np.save(path, codes_of(table, values))
    done = subprocess.run(
        [python, "-c", CLASSIFIER, *map(str, paths)], stdout=subprocess.PIPE, text=True, check=True
    )
    return [float(share) for share in json.loads(done.stdout)]


if __name__ == "__main__":
    main()
