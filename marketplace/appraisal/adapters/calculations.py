"""Any method of the library on given inputs, for whoever wants to see what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import valuation
from marketplace.appraisal.adapters.labels import title_of
from marketplace.appraisal.adapters.results import Figure, figures_of, value, worded_warnings
from valuation.result import plain_outputs

MOST_FIGURES = 400
"""The most figures of a way that a page shows; the JSON holds them all."""


@dataclass(frozen=True)
class Calculation:
    """What a method answers: its figures, the way to them, and what a reader has to know.

    `figures` are plain JSON numbers under the library's own names; `result` holds them exactly and
    can be computed again. `rows` are the same figures one by one, with the path to each.
    """

    method: str
    title: str
    version: str
    amount: Decimal | None
    currency: str
    figures: Mapping[str, object]
    rows: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    way: tuple[Figure, ...]
    result: Mapping[str, object]


def methods() -> list[tuple[str, str]]:
    """List the names of the library's methods with their titles."""
    return [(name, title_of(name)) for name in valuation.METHODS]


def calculation(method: str, inputs: Mapping[str, object]) -> Calculation:
    """Run a method.

    Raises:
        Invalid: there is no such method, or the library refuses the inputs.
    """
    result = value(method, inputs)
    stored = result.to_dict()
    way = figures_of(stored)
    return Calculation(
        method=result.method,
        title=title_of(result.method),
        version=result.version,
        amount=result.amount,
        currency=result.currency,
        figures=plain_outputs(result.outputs),
        rows=tuple(_rows("", result.outputs)),
        warnings=tuple(worded_warnings(stored)),
        way=tuple(way[:MOST_FIGURES]),
        result=stored,
    )


def _rows(path: str, figure: object) -> list[tuple[str, str]]:
    if isinstance(figure, Mapping):
        parts = [(f"{path}.{name}" if path else str(name), part) for name, part in figure.items()]
    elif isinstance(figure, list | tuple):
        parts = [(f"{path}[{place}]", part) for place, part in enumerate(figure, start=1)]
    else:
        return [(path, _text(figure))]
    return [row for name, part in parts for row in _rows(name, part)]


def _text(figure: object) -> str:
    if isinstance(figure, bool):
        return "true" if figure else "false"
    if isinstance(figure, Decimal):
        return f"{figure:f}"
    return "" if figure is None else str(figure)
