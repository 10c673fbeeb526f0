"""The analytic hierarchy process: weights from pairwise judgements.

Source: T. L. Saaty, The Analytic Hierarchy Process (1980).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.lists import as_items, as_numbers, names
from valuation.result import Figures, Node, ValuationWarning
from valuation.rounding import as_text, to_decimal
from valuation.weighting.comparisons import MOST_ITEMS, Comparisons, comparisons_from

FORMULA: Final = (
    "A w = lambda_max w; CI = (lambda_max - n) / (n - 1); CR = CI / RI(n); accept below 0.10; "
    "priorities = sum of weight · local priority"
)

_LOCAL_FORMS: Final = ("alternative_matrices", "matrices", "local_matrices", "local_priorities")
_FIELDS: Final = (
    "names",
    "criteria",
    "matrix",
    "weights",
    "RI",
    "alternatives",
    *_LOCAL_FORMS,
)


def calculate(fields: Fields) -> Figures:
    """Weigh items by comparing them in pairs, and alternatives under each of them.

    Inputs: `matrix`, one row an item, entries above 0 as numbers or quotients (`1/3`); optional
    `names` of the items and `RI`. With `matrices` (a matrix of the alternatives an item, by its
    name or in its order) or `local_priorities` (numbers in their place) and optional names in
    `alternatives`, the alternatives are weighed too; `weights` may then stand for `matrix`.

    Outputs: `weights` (ratio, adding up to 1, in order) and `weights_by_name`, `lambda_max`, `CI`,
    `CR`, `RI`, `accept` (CR < 0.10); with alternatives `priorities` and `priorities_by_name`.
    """
    fields.refuse_others(*_FIELDS)
    random_index = fields.non_negative("RI", "") if fields.has("RI") else None
    if fields.has("matrix") or not fields.has("weights"):
        weighed = comparisons_from(fields, "matrix", random_index=random_index)
        weights = weighed.weights
    else:
        weighed, weights = None, _given_weights(fields)
    called = _item_names(fields, len(weights))
    outputs: dict[str, object] = {
        "weights": list(weights),
        "weights_by_name": dict(zip(called, weights, strict=True)),
    }
    warnings: list[ValuationWarning] = []
    top = Node("n", Decimal(len(weights)), "count")
    if weighed is not None:
        outputs |= consistency_of(weighed)
        warnings += _warnings_of(weighed)
        top = node_of(weighed, called)
    forms = [name for name in _LOCAL_FORMS if fields.has(name)]
    if isinstance(fields.given.get("alternatives"), Mapping):
        forms.append("alternatives")
    local_field = forms[0] if forms else ""
    if local_field:
        found, unsure = _priorities(fields, local_field, called, weights)
        outputs |= found
        warnings += unsure
    return Figures(None, "", top, tuple(warnings), outputs)


def consistency_of(weighed: Comparisons) -> dict[str, object]:
    """Return what is told about the consistency of judgements."""
    return {
        "lambda_max": weighed.lambda_max,
        "CI": weighed.index,
        "CR": weighed.ratio,
        "RI": weighed.random_index,
        "accept": weighed.acceptable,
    }


def node_of(weighed: Comparisons, called: Sequence[str]) -> Node:
    """Explain CR and the weights."""
    parts = tuple(
        Node(f"weight of {name}", weight, "ratio", "principal eigenvector of matrix")
        for name, weight in zip(called, weighed.weights, strict=True)
    )
    count = Node("n", Decimal(len(called)), "count")
    greatest = Node("lambda_max", weighed.lambda_max, "ratio", "eigenvalue of matrix", "", parts)
    index = Node(
        "CI", weighed.index, "ratio", "(lambda_max - n) / (n - 1)", children=(greatest, count)
    )
    return Node(
        "CR",
        weighed.ratio,
        "ratio",
        "CI / RI",
        children=(index, Node("RI", weighed.random_index, "ratio", source="Saaty 1980, or given")),
    )


def _warnings_of(weighed: Comparisons) -> list[ValuationWarning]:
    if weighed.acceptable:
        return []
    return [ValuationWarning("judgements-inconsistent", {"ratio": f"{weighed.ratio:.4f}"})]


def _item_names(fields: Fields, count: int) -> tuple[str, ...]:
    field = "names" if fields.has("names") else "criteria"
    if not fields.has(field):
        return tuple(str(number) for number in range(1, count + 1))
    called = names(fields, field, "Give a name for each item.", most=MOST_ITEMS)
    if len(called) != count:
        raise ValuationError(
            "names-do-not-fit", field=fields.name(field), given=len(called), expected=count
        )
    return called


def _given_weights(fields: Fields) -> tuple[Decimal, ...]:
    value = fields.require("weights", "Give weights that add up to 1.")
    if isinstance(value, Mapping):
        value = list(value.values())
    weights = as_numbers(value, "weights")
    for place, weight in enumerate(weights, start=1):
        if weight < 0:
            raise ValuationError("negative-value", field=f"weights[{place}]", given=weight)
    total = sum(weights, Fraction(0))
    if abs(total - 1) > Fraction(1, 200):
        raise ValuationError("weights-sum", field="weights", given=as_text(to_decimal(total)))
    return tuple(to_decimal(weight) for weight in weights)


def _priorities(
    fields: Fields, field: str, called: Sequence[str], weights: Sequence[Decimal]
) -> tuple[dict[str, object], list[ValuationWarning]]:
    """Weigh the alternatives under each item by the item's weight."""
    given = fields.require(field, "Give one entry an item.")
    if isinstance(given, Mapping):
        part = Fields({str(name): value for name, value in given.items()}, fields.name(field))
        part.refuse_others(*called)
        entries = [part.require(name, "Give one entry an item.") for name in called]
    else:
        entries = as_items(given, fields.name(field))
    if len(entries) != len(called):
        raise ValuationError(
            "names-do-not-fit", field=fields.name(field), given=len(entries), expected=len(called)
        )
    columns: list[tuple[Fraction, ...]] = []
    warnings: list[ValuationWarning] = []
    for name, entry in zip(called, entries, strict=True):
        path = f"{fields.name(field)}.{name}"
        if field == "local_priorities":
            columns.append(as_numbers(entry, path))
        else:
            weighed = comparisons_from(Fields({path: entry}), path)
            warnings += _warnings_of(weighed)
            columns.append(tuple(Fraction(weight) for weight in weighed.weights))
    count = len(columns[0])
    others = (
        names(fields, "alternatives", "Give a name for each alternative.", most=MOST_ITEMS)
        if fields.has("alternatives") and field != "alternatives"
        else tuple(str(number) for number in range(1, count + 1))
    )
    for name, column in zip(called, columns, strict=True):
        if len(column) != len(others):
            raise ValuationError(
                "names-do-not-fit",
                field=f"{fields.name(field)}.{name}",
                given=len(column),
                expected=len(others),
            )
    totals = [
        to_decimal(
            sum(
                (Fraction(w) * column[place] for w, column in zip(weights, columns, strict=True)),
                Fraction(0),
            )
        )
        for place in range(len(others))
    ]
    return {
        "priorities": totals,
        "priorities_by_name": dict(zip(others, totals, strict=True)),
    }, warnings
