"""The quality of a table by the six characteristics of GB/T 36344-2018.

Source: `score = Σ w_k · passed_k / total_k`, `Σ w_k = 1`, with the standard's characteristics.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, as_stored
from valuation.lists import as_items, items, names
from valuation.quality.cells import date_in
from valuation.quality.counts import DIMENSIONS, Check, Table
from valuation.quality.scoring import QualityScore, score
from valuation.quality.wording import Assessed, check_of
from valuation.result import Figures, Node, ValuationWarning
from valuation.weighting.comparisons import Comparisons, comparisons_from

FORMULA: Final = "total = sum of weight · passed / total; weights add up to 1"

_FIELDS: Final = (
    "columns",
    "rows",
    "rules",
    "as_of",
    "weights",
    "matrix",
    "names",
    "RI",
)
_MOST_COLUMNS: Final = 1_000
_ROWS_NAMED: Final = 10


def calculate(fields: Fields) -> Figures:
    """Score a table by rules.

    Inputs: `rules`, by characteristic one rule or several, as a sentence or as checkable data (see
    `valuation.quality.wording`); `columns` and `rows` where a rule reads the table; `as_of`
    (YYYY-MM-DD) where a rule counts an age; `weights` by characteristic, or `matrix` with the
    judgements of an AHP, in the order of `names` or else of the standard.

    Outputs: `scores` by characteristic and `total` from 0 to 1, `total_100`, `weights`, `checks`
    with the rows that fail, `failing_rows` by characteristic; with `matrix` also `CR`.
    """
    fields.refuse_others(*_FIELDS)
    assessed = Assessed(_table_from(fields), _day_from(fields))
    checks = _checks_from(fields, assessed)
    weights, weighed = _weights_from(fields)
    quality = score(checks, weights)
    outputs: dict[str, object] = {
        "scores": quality.scores,
        "total": quality.total,
        "total_100": quality.total_100,
        "weights": {name: Decimal(str(weight)) for name, weight in weights.items()},
        "failing_rows": {
            check.dimension: _rows_of(checks, check.dimension)
            for check in checks
            if check.failing_rows
        },
        "checks": [
            {
                "dimension": check.dimension,
                "rule": check.rule,
                "passed": check.passed,
                "total": check.total,
                "failing_rows": list(check.failing_rows),
            }
            for check in checks
        ],
    }
    if weighed is not None:
        outputs["CR"] = weighed.ratio
    return Figures(None, "", _node_of(quality, weights), _warnings_of(checks), outputs)


def _table_from(fields: Fields) -> Table:
    if not fields.has("columns") and not fields.has("rows"):
        return Table((), ())
    columns = names(fields, "columns", "Name the columns of the table.", most=_MOST_COLUMNS)
    rows = []
    for number, row in enumerate(items(fields, "rows", "Give the rows of the table."), start=1):
        cells = as_items(row, f"rows[{number}]", most=_MOST_COLUMNS)
        for place, cell in enumerate(cells, start=1):
            if isinstance(cell, list | dict):
                raise ValuationError("not-text", field=f"rows[{number}][{place}]")
        # Numbers become text as they are stored, so that a replay reads the same cells.
        rows.append([as_stored(cell) for cell in cells])
    return Table(columns, rows)


def _day_from(fields: Fields) -> date | None:
    if not fields.has("as_of"):
        return None
    day = date_in(fields.given["as_of"])
    if day is None:
        raise ValuationError("quality-date-missing")
    return day


def _checks_from(fields: Fields, assessed: Assessed) -> list[Check]:
    rules = fields.fields("rules", "Give a rule for each characteristic.")
    rules.refuse_others(*DIMENSIONS)
    checks = []
    for dimension, given in rules.given.items():
        several = given if isinstance(given, list | tuple) else [given]
        checks += [check_of(dimension, rule, assessed) for rule in several]
    return checks


def _weights_from(fields: Fields) -> tuple[dict[str, object], Comparisons | None]:
    if fields.has("weights"):
        return dict(fields.fields("weights", "Give a weight by characteristic.").given), None
    if not fields.has("matrix"):
        raise ValuationError("quality-weights-missing")
    random_index = fields.non_negative("RI", "") if fields.has("RI") else None
    weighed = comparisons_from(fields, "matrix", random_index=random_index)
    called: tuple[str, ...] = DIMENSIONS
    if fields.has("names"):
        called = names(fields, "names", "Name the characteristics.", most=len(DIMENSIONS))
    if len(called) != len(weighed.weights):
        raise ValuationError(
            "names-do-not-fit", field="names", given=len(called), expected=len(weighed.weights)
        )
    if not weighed.acceptable:
        raise ValuationError("inconsistent-judgements", ratio=f"{weighed.ratio:.4f}")
    # Told to 20 places the weights miss 1 by their rounding; the largest takes it.
    largest = max(range(len(called)), key=lambda place: weighed.weights[place])
    missing = 1 - sum(weighed.weights, Decimal(0))
    return {
        name: weight + (missing if place == largest else 0)
        for place, (name, weight) in enumerate(zip(called, weighed.weights, strict=True))
    }, weighed


def _rows_of(checks: list[Check], dimension: str) -> list[int]:
    return sorted(
        {row for check in checks if check.dimension == dimension for row in check.failing_rows}
    )


def _warnings_of(checks: list[Check]) -> tuple[ValuationWarning, ...]:
    warnings = []
    for dimension in dict.fromkeys(check.dimension for check in checks):
        rows = _rows_of(checks, dimension)
        if rows:
            first = ", ".join(str(row) for row in rows[:_ROWS_NAMED])
            warnings.append(
                ValuationWarning(
                    "quality-rows-fail",
                    {"count": str(len(rows)), "dimension": dimension, "rows": first},
                )
            )
    return tuple(warnings)


def _node_of(quality: QualityScore, weights: dict[str, object]) -> Node:
    children = []
    for name, share in quality.scores.items():
        of_name = [check for check in quality.checks if check.dimension == name]
        counts = (
            Node("passed", Decimal(sum(check.passed for check in of_name)), "count"),
            Node("counted", Decimal(sum(check.total for check in of_name)), "count"),
        )
        source = "; ".join(check.rule for check in of_name)
        children.append(Node(name, share, "ratio", "passed / counted", source, counts))
        weight = Decimal(str(weights.get(name, 0)))
        children.append(Node(f"weight of {name}", weight, "ratio"))
    return Node("total", quality.total, "ratio", "sum of weight · score", children=tuple(children))
