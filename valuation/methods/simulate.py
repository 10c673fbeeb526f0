"""A value under uncertainty, by drawing its inputs many times (Monte Carlo)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

import numpy as np

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.result import Figures, Node, ValuationWarning
from valuation.rounding import to_decimal
from valuation.uncertainty.building import model_from
from valuation.uncertainty.drawing import draw
from valuation.uncertainty.models import Model
from valuation.uncertainty.summary import Summary, summary_of

FORMULA: Final = "value = sum of income · (1 + discount_rate)^-t over drawn inputs; P10, P50, P90"

DEFAULT_DRAWS: Final = 100_000
DEFAULT_SEED: Final = 20_250_101
_LEAST_DRAWS, _MOST_DRAWS = 1_000, 10_000_000
_MOST_NUMBERS: Final = 300_000_000
RELATIVE_TOLERANCE: Final = Decimal("1e-9")
"""How far apart two machines with the same numpy may be."""

# The standard normal's deviates at a share, to more places than a figure is told to.
_SHARES: Final = (
    ("p10", Fraction(1, 10), Fraction("-1.28155156554460046696")),
    ("p50", Fraction(1, 2), Fraction(0)),
    ("p90", Fraction(9, 10), Fraction("1.28155156554460046696")),
)


def calculate(fields: Fields) -> Figures:
    """Draw a value: given itself, direct, split, or excess earnings.

    Inputs: see `valuation.uncertainty.building` for the models and `…declared` for distributions;
    `discount_rate` (a year), `timing` (end or mid), `years` where nothing is told by year,
    `correlation`, `draws`, `seed`, `currency`.

    Outputs: `mean`, `sd`, `standard_error`, `p10`, `p50`, `p90`, `share_negative`, `histogram`,
    `draws`, `seed`, `generator`, `numpy`, `relative_tolerance`; `sample` with the drawn figures and
    `closed_form` with the exact ones, where there are any. A value given itself is told in closed
    form, everything else as drawn.
    """
    model, used = model_from(fields)
    fields.refuse_others(*used, "draws", "n", "seed", "currency")
    draws_field = "n" if fields.has("n") else "draws"
    draws = _whole(fields, draws_field, DEFAULT_DRAWS)
    if not _LEAST_DRAWS <= draws <= _MOST_DRAWS:
        raise ValuationError(
            "draws-out-of-range", given=draws, least=_LEAST_DRAWS, most=_MOST_DRAWS
        )
    if draws * len(model.inputs) > _MOST_NUMBERS:
        most = _MOST_NUMBERS // len(model.inputs)
        raise ValuationError("draws-out-of-range", given=draws, least=_LEAST_DRAWS, most=most)
    seed = _whole(fields, "seed", DEFAULT_SEED)
    summary = summary_of(draw(model, draws=draws, seed=seed))
    exact = _closed_form(model)
    drawn: dict[str, object] = {
        name: getattr(summary, name)
        for name in ("mean", "sd", "p10", "p50", "p90", "standard_error")
    }
    outputs: dict[str, object] = dict(drawn)
    if model.names == ("value",):
        outputs |= exact
    outputs |= {
        "share_negative": summary.share_negative,
        "histogram": _histogram(summary),
        "draws": draws,
        "seed": seed,
        "generator": "PCG64",
        "numpy": np.__version__,
        "relative_tolerance": RELATIVE_TOLERANCE,
        "sample": drawn,
    }
    if exact:
        outputs["closed_form"] = exact
    currency = fields.currency() if fields.has("currency") else ""
    mean = outputs["mean"]
    assert isinstance(mean, Decimal)
    return Figures(
        Fraction(mean) if currency else None,
        currency,
        _node_of(model, mean, currency or "money"),
        _warnings_of(summary),
        outputs,
    )


def _whole(fields: Fields, field: str, default: int) -> int:
    if not fields.has(field):
        return default
    number = fields.non_negative(field, "Give a whole number.")
    if number.denominator != 1:
        raise ValuationError("not-a-number", field=field, given=fields.given[field])
    return int(number)


def _closed_form(model: Model) -> dict[str, Decimal]:
    """Return what is known exactly: mean and spread, and the quantiles of a value given itself."""
    moments = model.moments()
    if moments is None:
        return {}
    known = {"mean": to_decimal(moments[0]), "sd": to_decimal(moments[1])}
    if model.names == ("value",):
        for name, share, deviate in _SHARES:
            quantile = model.inputs[0].quantile(share, deviate)
            if quantile is not None:
                known[name] = to_decimal(quantile)
    return known


def _histogram(summary: Summary) -> dict[str, object]:
    return {
        "edges": list(summary.edges),
        "counts": list(summary.counts),
        "below": summary.below,
        "above": summary.above,
    }


def _warnings_of(summary: Summary) -> tuple[ValuationWarning, ...]:
    if not summary.share_negative:
        return ()
    percent = f"{summary.share_negative * 100:.2f}"
    return (ValuationWarning("value-can-be-negative", {"percent": percent}),)


def _node_of(model: Model, mean: Decimal, unit: str) -> Node:
    children = tuple(
        Node(
            name,
            to_decimal(distribution.mean),
            "mean",
            source=f"{distribution.kind} "
            + ", ".join(f"{float(part):g}" for part in distribution.parameters),
        )
        for name, distribution in zip(model.names, model.inputs, strict=True)
    )
    return Node("mean", mean, unit, FORMULA, children=children)
