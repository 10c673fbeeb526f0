"""The shares of owners in a joint dataset by what each contributes.

Source: L. S. Shapley, A Value for n-Person Games (1953).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, as_stored, decimal_from
from valuation.lists import items
from valuation.result import Figures, Node, ValuationWarning
from valuation.rounding import to_decimal
from valuation.shapley import declared
from valuation.shapley.exact import MOST_OWNERS, exact_shapley
from valuation.shapley.neighbours import knn_shapley, knn_utility
from valuation.shapley.sampling import Sampled, sampled_shapley
from valuation.shapley.shares import shares_of

FORMULA: Final = "phi_i = sum over S of |S|! (n - |S| - 1)! / n! · (v(S with i) - v(S))"

_DEFAULT_ORDERS: Final = 2_000
_MOST_STEPS: Final = 20_000_000
_PLACES: Final = Decimal("1e-12")
_ORDERS: Final = ("permutations", "samples")
_PRICES: Final = ("joint_price", "price", "revenue")
_KNN_FIELDS: Final = ("labels_sorted_by_distance", "test_label", "K")


def calculate(fields: Fields) -> Figures:
    """Divide the worth of a joint dataset among its owners.

    Inputs: `players` and the game, as `v` (worth by coalition, `a+b`), `covers` (items by player,
    with `unit_value` or `item_values`), `alone` with `overlaps` (`a+b`), or `quota` with `weights`.
    With more than 12 players, or with `permutations`, orders are sampled by `seed`. Optional
    `joint_price` and `currency`. Or, for nearest neighbours, `labels_sorted_by_distance`,
    `test_label` and `K`.

    Outputs: `shapley` by player and `sum`; exact: `shapley_fraction`; sampled: `standard_error`,
    `permutations`, `seed`; with a price `shares` in the currency, which add up to it. For
    neighbours `s`, `s_fraction` and `sum`, in the order of the points.
    """
    if fields.has("labels_sorted_by_distance"):
        return _neighbours(fields)
    fields.refuse_others(*declared.FIELDS, *_ORDERS, "seed", "currency", *_PRICES)
    played = declared.game_from(fields)
    players = played.players
    outputs: dict[str, object] = {}
    warnings: tuple[ValuationWarning, ...] = ()
    if any(fields.has(name) for name in _ORDERS) or len(players) > MOST_OWNERS:
        drawn, seed = _sampled(fields, played)
        values = drawn.values
        errors = [Decimal(error).quantize(_PLACES) for error in drawn.standard_errors]
        outputs = {
            "shapley": _by_player(players, values),
            "standard_error": dict(zip(players, errors, strict=True)),
            "permutations": drawn.orders,
            "seed": seed,
        }
        warnings = (ValuationWarning("shapley-sampled", {"orders": str(drawn.orders)}),)
    else:
        values = exact_shapley([played.game(n) for n in range(1 << len(players))], len(players))
        outputs["shapley"] = _by_player(players, values)
        outputs["shapley_fraction"] = dict(zip(players, map(str, values), strict=True))
    total = sum(values, Fraction(0))
    if total != played.game((1 << len(players)) - 1) - played.game(0):
        raise RuntimeError("The values do not add up to what all are worth together.")
    outputs["sum"] = to_decimal(total)
    amount, currency = _shares(fields, players, values, outputs)
    children = tuple(
        Node(player, to_decimal(value), "worth", FORMULA)
        for player, value in zip(players, values, strict=True)
    )
    node = Node("sum", to_decimal(total), "worth", "sum of phi_i = v(all) - v(none)", "", children)
    return Figures(amount, currency, node, warnings, outputs)


def _sampled(fields: Fields, played: declared.Declared) -> tuple[Sampled, int]:
    count = len(played.players)
    most = max(4, _MOST_STEPS // (count * (count + played.pieces)))
    orders = min(_DEFAULT_ORDERS, most)
    given = next((name for name in _ORDERS if fields.has(name)), None)
    if given is not None:
        orders = int(fields.positive(given, "Give how many orders are drawn."))
    if orders > most:
        raise ValuationError("too-many-items", field="permutations", given=orders, most=most)
    seed = fields.non_negative("seed", "Give a whole number, so that it can be drawn again.")
    if seed.denominator != 1:
        raise ValuationError("not-a-number", field="seed", given=fields.given["seed"])
    return sampled_shapley(played.game, count, orders=orders, seed=int(seed)), int(seed)


def _by_player(players: Sequence[str], values: Sequence[Fraction]) -> dict[str, Decimal]:
    return dict(zip(players, map(to_decimal, values), strict=True))


def _shares(
    fields: Fields,
    players: Sequence[str],
    values: Sequence[Fraction],
    outputs: dict[str, object],
) -> tuple[Fraction | None, str]:
    field = next((name for name in _PRICES if fields.has(name)), None)
    if field is None:
        return None, ""
    fields.non_negative(field, "Give the price of the whole.")
    price = decimal_from(fields.given[field], field)
    currency = fields.currency_if_given()
    shares = shares_of(price, values, currency)
    outputs["shares"] = dict(zip(players, shares, strict=True))
    return (Fraction(price) if currency else None), currency


def _neighbours(fields: Fields) -> Figures:
    fields.refuse_others(*_KNN_FIELDS)
    given = items(fields, "labels_sorted_by_distance", "Give the labels, the nearest first.")
    labels = [_label(label, f"labels_sorted_by_distance[{n}]") for n, label in enumerate(given, 1)]
    if not labels:
        raise ValuationError(
            "too-many-items", field="labels_sorted_by_distance", given=0, most=100_000
        )
    wanted = _label(fields.require("test_label", "Give the label of the test point."), "test_label")
    neighbours = fields.positive("K", "Give how many neighbours are asked.")
    if neighbours.denominator != 1:
        raise ValuationError("not-a-number", field="K", given=fields.given["K"])
    values = knn_shapley(labels, wanted, int(neighbours))
    total = sum(values, Fraction(0))
    if total != knn_utility(labels, wanted, int(neighbours)):
        raise RuntimeError("The values do not add up to what all points are worth together.")
    children = tuple(
        Node(f"s_{place}", to_decimal(value), "ratio", "s_(i+1) + difference / K · min(K, i) / i")
        for place, value in enumerate(values[:50], start=1)
    )
    node = Node("sum", to_decimal(total), "ratio", "sum of s_i = v(all)", "", children)
    outputs: dict[str, object] = {
        "s": [to_decimal(value) for value in values],
        "s_fraction": [str(value) for value in values],
        "sum": to_decimal(total),
    }
    return Figures(None, "", node, (), outputs)


def _label(label: object, field: str) -> str:
    if isinstance(label, Mapping | list | tuple) or label is None:
        raise ValuationError("not-text", field=field)
    return str(as_stored(label))
