"""Several approaches to one range, with stated weights and reasons; never a silent average.

Source: 数据资产评估指导意见, 中评协 (2023) 17号: where several approaches are used, the appraiser
analyses their results and says why the conclusion is what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.methods.market.approach import refuse_other_sums
from valuation.result import Figures, Node, ValuationWarning, money, with_sources
from valuation.rounding import as_amount, rounded, short, to_decimal

FORMULA: Final = (
    "low = least amount, high = greatest amount; weighted = sum weight · amount, "
    "each weight with its reason"
)
ALIKE: Final = ("valuation_date", "purpose", "right")
"""What has to be the same for all results, or they value different things."""

_ALIASES: Final = {"results": ("approaches", "values")}
_RESULT_NAMES: Final = {
    "method": ("approach", "name"),
    "amount": ("P", "value"),
    "reason": ("reasons", "justification"),
}
_NO_APPROACHES: Final = ("options", "real_options", "infonomics", "option")
_WIDE: Final = 2
"""A greatest amount above this many times the least one is warned of."""


@dataclass(frozen=True)
class WeighedResult:
    """One approach's amount in the currency, and why it counts for so much."""

    method: str
    amount: Fraction
    weight: Fraction
    reason: str
    path: str

    def nodes(self, currency: str) -> tuple[Node, Node]:
        """Explain the amount and the weight; the reason is the weight's source."""
        return (
            Node(
                f"{self.path}.amount",
                as_amount(self.amount, currency),
                currency,
                source=self.method,
            ),
            Node(f"{self.path}.weight", to_decimal(self.weight), "ratio", source=self.reason),
        )


def calculate(fields: Fields) -> Figures:
    """Reconcile two or more `results`, each with `method`, `amount`, `weight` and `reason`.

    A result may state its `currency`, `valuation_date`, `purpose` and `right`, which then have to
    be those of all. Outputs: `low`, `high`, `weighted` and `P` (the same), `spread` (high less low,
    over `weighted`), `weights`.

    Raises:
        ValuationError: fewer than two results, a weight without a reason, weights that do not add
            up to 1, or results of different currencies, dates, purposes or rights.
    """
    fields = fields.aliased(_ALIASES)
    fields.refuse_others("currency", "results", "sources", *ALIKE)
    currency = fields.currency()
    entries = [
        entry.aliased(_RESULT_NAMES)
        for entry in fields.entries("results", "Give the results with weights and reasons.")
    ]
    if len(entries) < 2:
        raise ValuationError("results-too-few", given=len(entries))
    if len(entries) > 20:
        raise ValuationError("series-too-long", field="results", most=20)
    results = [_result(entry, currency) for entry in entries]
    warnings = list(_unlike(fields, entries))
    refuse_other_sums([result.weight for result in results], "results.weight")
    amounts = [result.amount for result in results]
    low, high = min(amounts), max(amounts)
    weighted = sum((result.weight * result.amount for result in results), Fraction(0))
    if high > _WIDE * low:
        warnings.append(ValuationWarning("range-wide", {"low": short(low), "high": short(high)}))
    outputs: dict[str, object] = {
        "low": rounded(low, currency),
        "high": rounded(high, currency),
        "weighted": rounded(weighted, currency),
        "spread": to_decimal((high - low) / weighted) if weighted else None,
        "weights": [to_decimal(result.weight) for result in results],
        "P": rounded(weighted, currency),
    }
    parts = tuple(node for result in results for node in result.nodes(currency))
    node = Node(
        "P", rounded(weighted, currency), currency, "sum of weight · amount", children=parts
    )
    return money(weighted, currency, with_sources(node, fields), tuple(warnings), outputs)


def _result(entry: Fields, currency: str) -> WeighedResult:
    entry.refuse_others("method", "amount", "weight", "reason", "currency", *ALIKE)
    method = entry.text("method", "Say which approach it is from, such as cost.")
    if method in _NO_APPROACHES:
        raise ValuationError("no-approach", field=entry.name("method"), method=method)
    if entry.has("currency") and entry.currency() != currency:
        raise ValuationError(
            "currencies-mixed",
            field=entry.name("currency"),
            given=entry.currency(),
            expected=currency,
        )
    reason = entry.given.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise ValuationError("reason-missing", field=entry.name("reason"), method=method)
    return WeighedResult(
        method=method,
        amount=entry.non_negative("amount", "Give the amount of this result."),
        weight=entry.non_negative("weight", "Give how much it counts, from 0 to 1."),
        reason=reason.strip(),
        path=entry.path,
    )


def _unlike(fields: Fields, entries: list[Fields]) -> list[ValuationWarning]:
    """Refuse results that value different things; warn where nobody says what they value."""
    unstated = []
    for field in ALIKE:
        stated = {
            owner.path or "all": owner.text(field, "State it.")
            for owner in (fields, *entries)
            if owner.has(field)
        }
        if not stated:
            unstated.append(field)
            continue
        if len(set(stated.values())) > 1:
            one, other = sorted(set(stated.values()))[:2]
            raise ValuationError("results-unlike", field=field, first_given=one, other_given=other)
        if not fields.has(field) and len(stated) < len(entries):
            silent = next(entry for entry in entries if not entry.has(field))
            raise ValuationError(
                "field-missing", field=silent.name(field), advice="State it for each or for all."
            )
    if not unstated:
        return []
    return [ValuationWarning("results-context-unstated", {"names": ", ".join(unstated)})]
