"""Give rows to a model: check them by its schema, run it, say why.

onnxruntime is imported when a process is first asked, so that the others stay small.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any
from uuid import UUID

import numpy as np
import polars as pl
from django.utils.translation import gettext as _

from marketplace.core import Invalid
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.training.declaration import Kind
from marketplace.learning.training.table import Inputs, inputs_of
from marketplace.vault.models import StoredFile
from marketplace.vault.services import open_stored

KEPT_MODELS = 8
RUNNING = "marketplace.learning.training.running"
LONGEST_TEXT = 10_000
SMALLEST = 1e-12


@dataclass(frozen=True)
class Reason:
    """By how much a feature moves the odds of the label, as a logarithm, from a usual value."""

    feature: str
    effect: float


@dataclass(frozen=True)
class Scored:
    """The likeliest label of a row, how probable each one is, and why."""

    label: str
    probabilities: dict[str, float]
    reasons: list[Reason]

    def as_dict(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "probabilities": self.probabilities,
            "reasons": [{"feature": one.feature, "effect": one.effect} for one in self.reasons],
        }


def read_rows(model: TrainedModel, rows: Sequence[Mapping[str, Any]]) -> Inputs:
    """Return rows as the model takes them.

    Raises:
        Invalid: a row does not fit the model's schema (`bad-row`).
    """
    features = model.schema["features"]
    names = {one["name"] for one in features}
    for number, row in enumerate(rows, start=1):
        for name in sorted(set(row) ^ names):
            raise bad_row(number, name)
    numbers, categories, texts = (
        [one for one in features if Kind(one["kind"]) == kind]
        for kind in (Kind.NUMBER, Kind.CATEGORY, Kind.TEXT)
    )
    return Inputs(
        _values(rows, numbers, float, math.nan),
        _values(rows, categories, object, ""),
        _values(rows, texts, object, ""),
    )


def _values(
    rows: Sequence[Mapping[str, Any]], features: Sequence[Mapping[str, Any]], kind: type, none: Any
) -> Any:
    """Return the features' columns side by side, without a table between: most ask for one row."""
    found: Any = np.empty((len(rows), len(features)), dtype=kind)
    for place, row in enumerate(rows):
        for column, one in enumerate(features):
            value = _value(row[one["name"]], one, place + 1)
            found[place, column] = none if value is None else value
    return found


def score(model: TrainedModel, inputs: Inputs, *, with_reasons: bool) -> list[Scored]:
    runner = runner_of(model)
    labels = model.schema["labels"]
    probabilities = runner.probabilities(inputs)
    reasons = _reasons(model, runner, inputs, probabilities) if with_reasons else None
    return [
        Scored(
            label=labels[int(row.argmax())],
            probabilities={label: float(one) for label, one in zip(labels, row, strict=True)},
            reasons=reasons[place] if reasons else [],
        )
        for place, row in enumerate(probabilities)
    ]


def _value(value: Any, feature: Mapping[str, Any], number: int) -> Any:
    if value is None:
        return None
    if feature["kind"] == Kind.NUMBER:
        is_number = isinstance(value, int | float) and math.isfinite(value)
        if not is_number:
            raise bad_row(number, feature["name"])
        return float(value)
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise bad_row(number, feature["name"])
    return value


def bad_row(number: int, name: str) -> Invalid:
    """Return the refusal of a row that does not fit; rows count from 1."""
    return Invalid(
        _("Row %(row)s does not fit the model's schema: look at “%(name)s”.")
        % {"row": number, "name": name},
        code="bad-row",
    )


def inputs_from(features: Sequence[Mapping[str, Any]], frame: pl.DataFrame) -> Inputs:
    """Return columns that fit the schema as the model takes them."""
    numbers, categories, texts = (
        [one["name"] for one in features if Kind(one["kind"]) == kind]
        for kind in (Kind.NUMBER, Kind.CATEGORY, Kind.TEXT)
    )
    return inputs_of(frame, numbers=numbers, categories=categories, texts=texts)


def runner_of(model: TrainedModel) -> Any:
    """Return what computes a model; whether it may be used was asked before."""
    return _runner(model.file_id, model.file.sha256)


@lru_cache(maxsize=KEPT_MODELS)
def _runner(file_id: UUID, sha256: str) -> Any:
    """Load a model once in a process."""
    file = StoredFile.objects.get(pk=file_id)
    assert file.sha256 == sha256, "files never change"
    with open_stored(file) as stored:
        return import_module(RUNNING).Runner(stored.read())


def _reasons(model: TrainedModel, runner: Any, inputs: Inputs, said: Any) -> list[list[Reason]]:
    """Return of each row how the odds of its label change where a feature has its usual value.

    For a linear model that is exact and adds up; of trees it is what this one feature does.
    """
    features = [one for one in model.schema["features"] if one["kind"] != Kind.TEXT]
    places = np.arange(len(inputs))
    chosen = said.argmax(axis=1)
    odds = _odds(said[places, chosen])
    found: list[list[Reason]] = [[] for _row in places]
    numbers, categories = 0, 0
    for one in features:
        usual = Inputs(inputs.numbers.copy(), inputs.categories.copy(), inputs.texts)
        if one["kind"] == Kind.NUMBER:
            usual.numbers[:, numbers] = one["usual"]
            numbers += 1
        else:
            usual.categories[:, categories] = one["usual"]
            categories += 1
        effect = odds - _odds(runner.probabilities(usual)[places, chosen])
        for place in places:
            found[place].append(Reason(one["name"], float(effect[place])))
    return [sorted(each, key=lambda reason: -abs(reason.effect)) for each in found]


def _odds(chances: Any) -> Any:
    clipped = np.clip(chances, SMALLEST, 1 - SMALLEST)
    return np.log(clipped) - np.log1p(-clipped)
