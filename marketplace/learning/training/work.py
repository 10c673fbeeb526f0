"""Do a training run from rows to a model with everything that was measured of it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from marketplace.learning.training.declaration import Declaration, Kind
from marketplace.learning.training.ensemble import (
    Answers,
    Former,
    Renewed,
    fit_shards,
    shards_concerned,
)
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.exporting import assembled, shard_digest
from marketplace.learning.training.families import known_values
from marketplace.learning.training.membership import check_membership, membership
from marketplace.learning.training.running import Runner
from marketplace.learning.training.scores import check_baseline, scores
from marketplace.learning.training.table import Table, read_table
from marketplace.learning.training.words import MECHANISM, most_advantage

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
    former: Former | None = None,
    tell: Tell = lambda _share, _step: None,
) -> dict[str, Any]:
    """Train, measure, export, try; write the model's bytes and return what was measured.

    Of a `former` model of the same declaration, as it was stated then, the shards are kept whose
    rows are the same.

    Raises:
        TrainingError: there is too little to learn from, the model is not better than its baseline,
            or who was trained on can be told.
    """
    tell(0.0, "read")
    table = read_table(paths, declaration)
    tell(READ, "fit")
    began = monotonic()
    trained = renewed(table, former, tell=lambda share: tell(READ + (FITTED - READ) * share, "fit"))
    seconds = monotonic() - began
    tell(FITTED, "score")
    found = scores(table, trained.probabilities(table.inputs.at(table.held)))
    check_baseline(found)
    tell(SCORED, "export")
    written = bytes_of(trained, former)
    difference = check_export(written, trained, table)
    tell(EXPORTED, "attack")
    shards = shards_said(table, trained, written, former)
    privacy = membership(
        table,
        shards[0]["settings"],
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
        "schema": schema_of(table),
        "scores": found,
        "membership": privacy,
        "privacy": privacy_of(declaration),
        "export": {"rows": min(len(table), CHECKED_ROWS), "difference": difference},
        "shards": shards,
        "versions": {name: version(name) for name in LIBRARIES},
    }


def privacy_of(declaration: Declaration) -> dict[str, Any] | None:
    """Return what of each row's privacy the model's bytes cost; None where noise hides no row."""
    if not declaration.epsilon:
        return None
    return {
        "epsilon": str(declaration.epsilon),
        "delta": "0",
        "unit": "row",
        "mechanism": MECHANISM,
        "most_advantage": most_advantage(declaration.epsilon),
    }


def renewed(
    table: Table, former: Former | None, *, tell: Callable[[float], None] = lambda _share: None
) -> Renewed:
    """Fit the shards of a model: all, or those whose rows are not the ones of the former model.

    With the declaration as it was stated then, its bytes are those of a model that was trained on
    the rows that are there now and never saw another.

    Raises:
        TrainingError: as `fit_shards`.
    """
    declaration, rows = table.declaration, ~table.held
    if former is None:
        return Renewed(declaration, fit_shards(table, rows, tell=tell), None)
    concerned = shards_concerned(table, former)
    kept = sorted(set(range(declaration.shards)) - set(concerned))
    mean = assembled(declaration, {}, former.model, only=kept) if kept else None
    return Renewed(
        declaration,
        fit_shards(table, rows, only=concerned, tell=tell),
        Runner(mean, threads=declaration.threads) if mean else None,
    )


def bytes_of(trained: Renewed, former: Former | None) -> bytes:
    """Return a model's bytes, with the shards that were kept as they were."""
    return assembled(trained.declaration, trained.anew, former.model if former else None)


def shards_said(
    table: Table, trained: Renewed, written: bytes, former: Former | None
) -> list[dict[str, Any]]:
    """Return of each shard what its rows and its part of the model are, and whether it was kept."""
    rows, said = ~table.held, []
    for number in range(table.declaration.shards):
        shard = trained.anew.get(number)
        if shard is not None:
            found = {"settings": dict(shard.settings), "temperature": shard.temperature}
        else:
            assert former is not None, "a shard that was not trained is that of a former model"
            found = {name: former.shards[number][name] for name in ("settings", "temperature")}
        said.append(
            {
                **found,
                "rows": len(table.trained_on(rows, number)),
                "rows_sha256": table.digest_of(rows, number),
                "sha256": shard_digest(written, number),
                "is_kept": shard is None,
            }
        )
    return said


def check_export(written: bytes, trained: Answers, table: Table) -> float:
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


def schema_of(table: Table) -> dict[str, Any]:
    """Return what the model takes and gives; of each number and category what is usual.

    A value of a category that too few rows have is not named.
    """
    declaration, rows = table.declaration, ~table.held
    categories, numbers = (declaration.names_of(kind) for kind in (Kind.CATEGORY, Kind.NUMBER))
    of_shards = [table.shard == number for number in range(declaration.shards)]
    of_each: dict[str, dict[str, Any]] = {}
    for place, name in enumerate(numbers):
        column = table.inputs.numbers[rows, place]
        known = column[np.isfinite(column)]
        of_each[name] = {"usual": float(np.median(known)) if len(known) else 0.0}
    for place, name in enumerate(categories):
        values = set().union(
            *(
                known_values(table.inputs.categories[rows & ~table.slice & of_shard, place])
                for of_shard in of_shards
            )
        )
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
