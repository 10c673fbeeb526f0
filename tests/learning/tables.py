"""Invented tables to train on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from marketplace.learning.training.declaration import Declaration, Family, Feature, Kind

SIGNS = "路灯坏了垃圾没人收噪音扰民停车占道水管漏"
LABELS = ("lamps", "waste", "noise")


def numbers(rows: int = 4000, *, seed: int = 1) -> pl.DataFrame:
    """Return numbers, a category, groups and days from which a label mostly follows."""
    random = np.random.default_rng(seed)
    first, second = random.normal(size=rows).round(3), random.normal(size=rows).round(3)
    district = random.choice(["north", "south", "east"], rows)
    score = 1.5 * first + 0.8 * (district == "north") + random.logistic(size=rows) * 0.5
    return pl.DataFrame(
        {
            "first": pl.Series(first).set(pl.Series(random.random(rows) < 0.03), None),
            "second": second,
            "district": district,
            "group": random.integers(0, 40, rows),
            "day": np.arange(rows) // 10,
            "label": np.where(score > 0.3, "yes", "no"),
        }
    )


def noise(rows: int = 600) -> pl.DataFrame:
    """Return numbers that tell nothing of the label, so that only memory can."""
    random = np.random.default_rng(3)
    return pl.DataFrame(
        {
            "first": random.normal(size=rows),
            "second": random.normal(size=rows),
            "label": random.choice(["yes", "no"], rows),
        }
    )


def messages(rows: int = 900) -> pl.DataFrame:
    """Return invented messages in Chinese with what each is about."""
    random = np.random.default_rng(5)
    words = {"lamps": "路灯坏了", "waste": "垃圾没人收", "noise": "噪音扰民"}
    about = random.choice(LABELS, rows)
    texts = [
        "".join(random.choice(list(SIGNS), 6)) + words[one] + "".join(random.choice(list(SIGNS), 6))
        for one in about
    ]
    return pl.DataFrame({"text": texts, "about": about})


def written(table: pl.DataFrame, folder: Path, name: str = "table.parquet") -> Path:
    """Write a table and return where."""
    path = folder / name
    table.write_parquet(path)
    return path


def declaration(
    family: Family = Family.LINEAR, *, features: Sequence[Feature] | None = None, **changes: Any
) -> Declaration:
    """Return a declaration for the table of numbers."""
    usual = (
        Feature("first", Kind.NUMBER),
        Feature("second", Kind.NUMBER),
        Feature("district", Kind.CATEGORY),
    )
    values: dict[str, Any] = {"target": "label", "features": usual, "family": family, **changes}
    if features is not None:
        values["features"] = tuple(features)
    return Declaration(**values)


def of_messages(**changes: Any) -> Declaration:
    """Return a declaration for the messages."""
    features = (Feature("text", Kind.TEXT),)
    return Declaration(
        **{"target": "about", "features": features, "family": Family.TEXT, **changes}
    )
