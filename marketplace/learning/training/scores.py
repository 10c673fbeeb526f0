"""How good a model is on rows that were held out, with intervals, beside a baseline."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from desensitize.attacks.excess import Share
from marketplace.learning.training.declaration import Metric
from marketplace.learning.training.errors import Parameter, TrainingError
from marketplace.learning.training.table import Floats, Table, Whole

RESAMPLES = 400
BINS = 10
LEAST_OF_A_GROUP, MOST_GROUPS = 10, 20
TAILS = 0.025, 0.975


@dataclass(frozen=True)
class Scored:
    """A figure with the bounds between which it lies in 95 % of the samples drawn again."""

    value: float
    low: float
    high: float


def scores(table: Table, probabilities: Floats) -> dict[str, Any]:
    """Return what is measured on the rows held out, as JSON can hold it."""
    held = np.flatnonzero(table.held)
    labels, kinds = table.labels[held], len(table.declaration.labels)
    guessed = probabilities.argmax(axis=1)
    surprise = -np.log(np.clip(probabilities[np.arange(len(held)), labels], 1e-15, 1.0))
    measured = _drawn_again(labels, guessed, surprise, table.unit[held], kinds, table)
    prior = np.bincount(table.labels[~table.held], minlength=kinds) / max(1, (~table.held).sum())
    baseline = _baseline(labels, prior)
    metric = table.declaration.metric
    return {
        "rows": len(held),
        "units": len(np.unique(table.unit[held])),
        "trained_on": int((~table.held).sum()),
        "metric": str(metric),
        "measured": {name: asdict(figure) for name, figure in measured.items()},
        "baseline": baseline,
        "beats_baseline": measured[metric].low > baseline[metric],
        "labels": _by_label(labels, guessed, table.declaration.labels),
        "calibration": _calibration(labels, guessed, probabilities),
        "groups": {name: _by_group(table, name, held, labels == guessed) for name in table.by},
    }


def check_baseline(found: dict[str, Any]) -> None:
    """Refuse a model that is not shown to be better than its baseline.

    Raises:
        TrainingError: `baseline-not-beaten`, or `baseline-not-beaten-by-groups` where whole groups
            were held out, which makes the interval wide.
    """
    if found["beats_baseline"]:
        return
    figure = found["measured"][found["metric"]]
    said: dict[str, Parameter] = {
        "low": round(figure["low"], 3),
        "high": round(figure["high"], 3),
        "baseline": round(found["baseline"][found["metric"]], 3),
    }
    if found["units"] < found["rows"]:
        raise TrainingError(
            "baseline-not-beaten-by-groups", rows=found["rows"], units=found["units"], **said
        )
    raise TrainingError("baseline-not-beaten", **said)


def _drawn_again(
    labels: Whole, guessed: Whole, surprise: Floats, unit: Whole, kinds: int, table: Table
) -> dict[str, Scored]:
    """Measure on samples that are drawn again from the units, whole ones each (the bootstrap)."""
    random = np.random.default_rng(table.declaration.seed)
    unit = np.unique(unit, return_inverse=True)[1]
    units = int(unit.max()) + 1
    pairs = labels * kinds + guessed

    def measure(weights: Floats) -> tuple[float, float, float]:
        counted = np.bincount(pairs, weights=weights, minlength=kinds * kinds).astype(np.float64)
        confusion = counted.reshape(kinds, kinds)
        return (
            float(confusion.trace() / weights.sum()),
            _macro_f1(confusion),
            float((surprise * weights).sum() / weights.sum()),
        )

    names = (Metric.ACCURACY, Metric.MACRO_F1, "log_loss")
    found = measure(np.ones(len(labels)))
    even = np.full(units, 1 / units)
    again = np.array(
        [
            measure(random.multinomial(units, even)[unit].astype(np.float64))
            for _ in range(RESAMPLES)
        ]
    )
    bounds = np.nanquantile(again, TAILS, axis=0)
    return {
        str(name): Scored(value, float(low), float(high))
        for name, value, low, high in zip(names, found, *bounds, strict=True)
    }


def _macro_f1(confusion: Floats) -> float:
    both = confusion.sum(axis=0) + confusion.sum(axis=1)
    there = both > 0
    return float((2 * confusion.diagonal()[there] / both[there]).mean())


def _baseline(labels: Whole, prior: Floats) -> dict[str, Any]:
    """Return what is reached without looking at a row: by the commonest label, or by their shares.

    Of a guess by shares the figures are those to be expected.
    """
    shares = np.bincount(labels, minlength=len(prior)) / len(labels)
    commonest = int(prior.argmax())
    both = shares + prior
    there = shares + prior > 0
    by_shares = float((2 * shares[there] * prior[there] / both[there]).mean())
    always = 2 * shares[commonest] / (1 + shares[commonest]) / max(1, int((shares > 0).sum()))
    return {
        str(Metric.ACCURACY): max(float(shares[commonest]), float((shares * prior).sum())),
        str(Metric.MACRO_F1): max(by_shares, float(always)),
        "log_loss": float(-(shares * np.log(np.clip(prior, 1e-15, 1.0))).sum()),
    }


def _by_label(labels: Whole, guessed: Whole, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "label": name,
            "rows": int((labels == place).sum()),
            "guessed": int((guessed == place).sum()),
            "right": int(((labels == place) & (guessed == place)).sum()),
        }
        for place, name in enumerate(names)
    ]


def _calibration(labels: Whole, guessed: Whole, probabilities: Floats) -> dict[str, Any]:
    """Return how often the likeliest label is right where it is said to be so likely."""
    said, right = probabilities.max(axis=1), labels == guessed
    place = np.minimum((said * BINS).astype(int), BINS - 1)
    bins = []
    for number in range(BINS):
        here = place == number
        if here.any():
            bins.append(
                {
                    "rows": int(here.sum()),
                    "said": float(said[here].mean()),
                    "right": float(right[here].mean()),
                }
            )
    error = sum(one["rows"] * abs(one["said"] - one["right"]) for one in bins) / len(labels)
    return {"bins": bins, "error": float(error)}


def _by_group(table: Table, name: str, held: Whole, right: Any) -> list[dict[str, Any]]:
    """Return how often the model errs among the rows of each value; few rows are not shown."""
    values = [table.by[name][place] for place in held]
    counted = Counter(values)
    shown = [one for one, count in counted.most_common(MOST_GROUPS) if count >= LEAST_OF_A_GROUP]
    texts = np.array(values, dtype=object)
    groups = []
    for value in sorted(shown):
        here = texts == value
        wrong = Share(float((~right[here]).sum()), int(here.sum()))
        centre, half = wrong.interval()
        groups.append(
            {
                "value": value,
                "rows": int(here.sum()),
                "error": wrong.rate,
                "low": max(0.0, centre - half),
                "high": min(1.0, centre + half),
            }
        )
    return groups
