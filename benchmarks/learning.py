"""Measure training and scoring: python -m benchmarks.learning.

Training is held against the same call in plain scikit-learn on the same rows, and scoring is of the
exported model by one thread. Both stand without the doors of the centre. With them, by gunicorn on
a PostgreSQL of its own, the buyer's programs ask a small model over HTTP for one row at a time and
for tables, each row counted against a quota in the transaction that answers.
"""

import argparse
import os
import statistics
import tempfile
import time
from importlib import import_module
from pathlib import Path

import django
import numpy as np
import polars as pl
from django.core.management import call_command
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.figures import Figure, say
from marketplace.learning.training.declaration import Declaration, Family, Feature, Kind
from marketplace.learning.training.ensemble import fit
from marketplace.learning.training.exporting import to_onnx
from marketplace.learning.training.running import Runner
from marketplace.learning.training.table import Inputs, read_table
from tests.plugins.postgres import EmbeddedPostgres

ROWS, COLUMNS, THREADS = 1_000_000, 20, 2
SINGLES = 3000
SETTINGS = {"max_iter": 60.0, "learning_rate": 0.1, "max_leaf_nodes": 15.0}


def invented(rows: int, folder: Path) -> Path:
    """Write a table of numbers from which a label follows in part."""
    random = np.random.default_rng(1)
    values = random.normal(size=(rows, COLUMNS))
    score = values[:, 0] + values[:, 1] * values[:, 2] + random.logistic(size=rows)
    table = pl.DataFrame({f"f{number}": values[:, number] for number in range(COLUMNS)})
    path = folder / "table.parquet"
    table.with_columns(label=pl.Series(np.where(score > 0, "yes", "no"))).write_parquet(path)
    return path


def declared() -> Declaration:
    """Return what is trained."""
    return Declaration(
        target="label",
        features=tuple(Feature(f"f{number}", Kind.NUMBER) for number in range(COLUMNS)),
        family=Family.BOOSTING,
        threads=THREADS,
        settings=SETTINGS,
    )


def main() -> None:
    """Measure everything; training takes the median of three rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long the doors are asked")
    given = parser.parse_args()
    alone(given.rows)
    with_doors(given.seconds)


def with_doors(seconds: float) -> None:
    """Say how fast rows are scored through the API."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": server.start(),
            "TEST_VAR_DIR": folder,
        }
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            # Models and builders can be imported only once Django is set up.
            doors = import_module("benchmarks.learning_doors")
            asked = doors.Asked()
            work = import_module("benchmarks.trades_work")
            with work.served(Path(folder), with_worker=False) as port:
                work.wait_for_reactions()
                for figure in doors.measured(port, asked, seconds):
                    say(figure)
        finally:
            server.stop()


def alone(rows: int) -> None:
    """Say how fast models are trained and asked without the centre around them."""
    with tempfile.TemporaryDirectory() as folder:
        table = read_table([invented(rows, Path(folder))], declared())
    whole = {name: int(value) if value > 1 else value for name, value in SETTINGS.items()}
    kept = ~table.held
    # One fifth calibrates what is fitted to the others; plainly, all rows are fitted, or as many.
    fitted = {"all rows": kept, "as many rows": kept & ~table.slice}
    ours: list[float] = []
    plain: dict[str, list[float]] = {name: [] for name in fitted}
    for _round in range(3):
        began = time.perf_counter()
        trained = fit(table, kept)
        ours.append(time.perf_counter() - began)
        for name, those in fitted.items():
            began = time.perf_counter()
            estimator = HistGradientBoostingClassifier(
                **whole, min_samples_leaf=40, l2_regularization=1.0, early_stopping=False
            )
            estimator.fit(table.inputs.numbers[those], table.labels[those])
            plain[name].append(time.perf_counter() - began)
    for name, seconds in plain.items():
        spent = statistics.median(seconds)
        note = f"{rows:,} × {COLUMNS}, {spent:.1f} s in scikit-learn for {name}"
        ratio = statistics.median(ours) / spent
        say(Figure("training, calibrated, against scikit-learn", ratio, bar=1.2, note=note))
    _score(Runner(to_onnx(trained)), table.inputs)


def _score(runner: Runner, inputs: Inputs) -> None:
    batch = inputs.at(slice(0, 200_000))
    runner.probabilities(batch)
    began = time.perf_counter()
    runner.probabilities(batch)
    speed = len(batch) / (time.perf_counter() - began)
    say(Figure("scoring in batches", speed, bar=200_000, most=False, unit="rows/s"))
    singles = [inputs.at(slice(place, place + 1)) for place in range(SINGLES)]
    began = time.perf_counter()
    for one in singles:
        runner.probabilities(one)
    speed = SINGLES / (time.perf_counter() - began)
    say(Figure("scoring one row at a time", speed, bar=300, most=False, unit="rows/s"))


if __name__ == "__main__":
    main()
