"""Do a training run from rows to a model with everything that was measured of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from marketplace.learning.training.declaration import Declaration, Kind
from marketplace.learning.training.ensemble import Ensemble, fit, fit_shards
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.exporting import assembled, to_onnx
from marketplace.learning.training.membership import check_membership, membership
from marketplace.learning.training.running import Runner
from marketplace.learning.training.scores import check_baseline, scores
from marketplace.learning.training.table import Table, read_table

Tell = Callable[[float, str], None]

MOST_DIFFERENCE = 1e-6
CHECKED_ROWS = 10_000
LIBRARIES = ("scikit-learn", "numpy", "scipy", "onnx", "onnxruntime", "polars")
READ, FITTED, SCORED, EXPORTED, TRIED = 0.05, 0.4, 0.5, 0.55, 0.98


def train(
    paths: Sequence[Path],
    declaration: Declaration,
    target: Path,
    *,
    tell: Tell = lambda _share, _step: None,
) -> dict[str, Any]:
    """Train, measure, export, try; write the model's bytes and return what was measured.

    Raises:
        TrainingError: there is too little to learn from, the model is not better than its baseline,
            or who was trained on can be told.
    """
    tell(0.0, "read")
    table = read_table(paths, declaration)
    tell(READ, "fit")
    began = monotonic()
    trained = fit(
        table, ~table.held, tell=lambda share: tell(READ + (FITTED - READ) * share, "fit")
    )
    seconds = monotonic() - began
    tell(FITTED, "score")
    found = scores(table, trained.probabilities(table.inputs.at(table.held)))
    check_baseline(found)
    tell(SCORED, "export")
    written = to_onnx(trained)
    difference = check_export(written, trained, table)
    tell(EXPORTED, "attack")
    privacy = membership(
        table,
        trained.shards,
        tell=lambda share: tell(EXPORTED + (TRIED - EXPORTED) * share, "attack"),
    )
    check_membership(privacy)
    tell(TRIED, "keep")
    target.write_bytes(written)
    return {
        "declaration": table.declaration.as_dict(),
        "declaration_digest": table.declaration.digest,
        "sha256": hashlib.sha256(written).hexdigest(),
        "bytes": len(written),
        "rows": len(table),
        "left_out": table.left_out,
        "seconds": round(seconds, 3),
        "schema": schema_of(table, trained),
        "scores": found,
        "membership": privacy,
        "export": {"rows": min(len(table), CHECKED_ROWS), "difference": difference},
        "shards": [
            {
                "rows": int((~table.held & (table.shard == number)).sum()),
                "settings": dict(shard.settings),
                "temperature": shard.temperature,
            }
            for number, shard in enumerate(trained.shards)
        ],
        "versions": {name: version(name) for name in LIBRARIES},
    }


def train_again(
    paths: Sequence[Path], declaration: Declaration, former: bytes, shards: Sequence[int]
) -> bytes:
    """Return a model in which only some shards are trained anew, on the rows that are there now.

    With a declaration as it was stated when the model was trained, the bytes are those of a model
    that never saw the rows that went, where these fell into `shards`.
    """
    table = read_table(paths, declaration)
    return assembled(table.declaration, fit_shards(table, ~table.held, only=shards), former)


def check_export(written: bytes, trained: Ensemble, table: Table) -> float:
    """Return by how much the exported model differs at most on rows of the table.

    Raises:
        TrainingError: `onnx-differs`.
    """
    places = np.linspace(0, len(table) - 1, min(len(table), CHECKED_ROWS)).astype(int)
    inputs = table.inputs.at(places)
    ours = Runner(written, threads=table.declaration.threads).probabilities(inputs)
    difference = float(np.abs(ours - trained.probabilities(inputs)).max())
    # Written so that what is no number is refused too.
    if not difference <= MOST_DIFFERENCE:
        raise TrainingError("onnx-differs", difference=difference, most=MOST_DIFFERENCE)
    return difference


def schema_of(table: Table, trained: Ensemble) -> dict[str, Any]:
    """Return what the model takes and gives; of each number and category what is usual.

    A value of a category that too few rows have is not named.
    """
    declaration, rows = table.declaration, ~table.held
    categories, numbers = (declaration.names_of(kind) for kind in (Kind.CATEGORY, Kind.NUMBER))
    of_each: dict[str, dict[str, Any]] = {}
    for place, name in enumerate(numbers):
        column = table.inputs.numbers[rows, place]
        known = column[np.isfinite(column)]
        of_each[name] = {"usual": float(np.median(known)) if len(known) else 0.0}
    for place, name in enumerate(categories):
        values = set().union(*(shard.encoder.values[place] for shard in trained.shards))
        counted = Counter(table.inputs.categories[rows, place].tolist())
        usual = max(sorted(values), key=lambda value: counted[value], default="")
        of_each[name] = {"values": sorted(values), "usual": usual}
    return {
        "features": [
            {"name": one.name, "kind": str(one.kind)} | of_each.get(one.name, {})
            for one in declaration.features
        ],
        "target": declaration.target,
        "labels": list(declaration.labels),
    }
