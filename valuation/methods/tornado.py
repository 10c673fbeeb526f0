"""Sensitivities of a closed-form method, one input at a time, the strongest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, decimal_from
from valuation.result import Figures, Node, Result, ValuationWarning
from valuation.rounding import as_text, to_decimal
from valuation.uncertainty.tornado import Bar, Range, sensitivities

FORMULA: Final = (
    "swing = |value at high - value at low|, each input alone, the others at their base"
)

_SAMPLED: Final = ("simulate", "tornado")
_MOST_BARS: Final = 100


def calculate(fields: Fields, value: Callable[[str, Mapping[str, object]], Result]) -> Figures:
    """Run a method at its base and with every named input at its low and its high.

    Inputs: `method`, its `inputs`, and `vary`: by name of an input `[low, high]`, an object with
    `low` and `high`, or a share such as 0.1 for a tenth to either side; optional `output`, the
    figure to watch where it is not the amount.

    Outputs: `base`, and `bars`, each with `name`, `base`, `low`, `high`, `value_low`, `value_high`,
    `swing`.
    """
    fields.refuse_others("method", "inputs", "vary", "output")
    method = fields.text("method", "Name the method.")
    inputs = fields.fields("inputs", "Give the inputs of the method.").given
    output = fields.text("output", "Name a figure.") if fields.has("output") else None
    first = value(method, inputs)
    if first.method in _SAMPLED:
        raise ValuationError("tornado-method", method=method)
    base = _watched(first, output)
    ranges = _ranges(fields.fields("vary", "Name the inputs with their low and high."))
    bars = sensitivities(lambda changed: _watched(value(method, changed), output), inputs, ranges)
    unit = first.currency if output is None else "figure"
    outputs: dict[str, object] = {
        "base": to_decimal(base),
        "bars": [_told(bar) for bar in bars],
        "order": [bar.name for bar in bars],
    }
    children = tuple(
        Node(f"swing of {bar.name}", to_decimal(bar.swing), unit, FORMULA) for bar in bars
    )
    node = Node("base", to_decimal(base), unit, f"method {first.method}", "", children)
    return Figures(
        base if output is None else None,
        first.currency if output is None else "",
        node,
        _warnings(bars),
        outputs,
    )


def _watched(result: Result, output: str | None) -> Fraction:
    if output is None:
        if result.amount is None:
            raise ValuationError("tornado-method", method=result.method)
        return Fraction(result.amount)
    found = result.outputs.get(output)
    if not isinstance(found, Decimal):
        known = [name for name, part in result.outputs.items() if isinstance(part, Decimal)]
        raise ValuationError("tornado-output", output=output, known=", ".join(known) or "none")
    return Fraction(found)


def _ranges(vary: Fields) -> dict[str, Range]:
    if len(vary.given) > _MOST_BARS:
        raise ValuationError("too-many-items", field="vary", given=len(vary.given), most=_MOST_BARS)
    ranges = {}
    for name, given in vary.given.items():
        path = vary.name(name)
        if isinstance(given, Mapping):
            ends = Fields({str(key): part for key, part in given.items()}, path)
            ends.refuse_others("low", "high")
            low, high = ends.number("low", "Give its low."), ends.number("high", "Give its high.")
            ranges[name] = Range(to_decimal(low), to_decimal(high))
        elif isinstance(given, list | tuple) and len(given) == 2:
            low_end, high_end = (decimal_from(part, path) for part in given)
            ranges[name] = Range(low_end, high_end)
        elif isinstance(given, list | tuple):
            raise ValuationError("names-do-not-fit", field=path, given=len(given), expected=2)
        else:
            ranges[name] = Range(share=decimal_from(given, path))
    return ranges


def _told(bar: Bar) -> dict[str, object]:
    return {
        "name": bar.name,
        "base": bar.base,
        "low": bar.low,
        "high": bar.high,
        "value_low": to_decimal(bar.value_low),
        "value_high": to_decimal(bar.value_high),
        "swing": to_decimal(bar.swing),
    }


def _warnings(bars: tuple[Bar, ...]) -> tuple[ValuationWarning, ...]:
    warnings = []
    for bar in bars:
        if bar.base is None or bar.low is None or bar.high is None:
            continue
        if not min(bar.low, bar.high) <= bar.base <= max(bar.low, bar.high):
            parameters = {"base": as_text(bar.base), "name": bar.name}
            warnings.append(ValuationWarning("base-outside-range", parameters))
    return tuple(warnings)
