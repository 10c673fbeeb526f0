"""Menus and covers as forms of `pricing`: is there an arbitrage, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.lists import as_items, items, numbers
from valuation.pricing.arbitrage import Attack, Offer, Search, attacks
from valuation.pricing.covers import MOST_COLUMNS, cheapest_cover
from valuation.result import Figures, Node, ValuationWarning
from valuation.rounding import as_text, to_decimal

_SIZES: Final = ("quantity", "rows", "records", "units", "queries", "size")
_PRICE: Final = "Give its price, 0 or more."
_MOST_OFFERS: Final = 100
_MOST_COMPARED: Final = 6
"""Columns of a listed view that is held against the others without being asked."""

_MOST_WORK: Final = 2_000_000
"""Sets of columns times views that are looked at before the queries are too many."""


def menu_from(fields: Fields) -> Figures:
    """Look for arbitrage in a menu of variances or of quantities.

    Inputs: `menu`, a list of `variance` or `quantity` (also `rows`, `records`, `units`, `queries`)
    with `price`, or `prices` by quantity; variances without a price cost `c / variance`;
    `for_sale` true refuses a menu with an arbitrage.

    Outputs: `arbitrage`, `attack` (what to buy, how often, its cost, what it replaces) or none,
    `attacks` on every offer, `monotone`, `subadditive`, and `safe_prices`, the highest prices at or
    under the listed ones that nobody can undercut.
    """
    fields.refuse_others("currency", "menu", "prices", "for_sale", "c")
    entries = _entries_from(fields)
    if not 1 <= len(entries) <= _MOST_OFFERS:
        raise ValuationError("too-many-items", field="menu", given=len(entries), most=_MOST_OFFERS)
    kind = next((name for name in ("variance", *_SIZES) if entries[0].has(name)), "variance")
    listed, offers = [], []
    for entry in entries:
        entry.refuse_others(kind, "price", "name")
        size = entry.positive(kind, "Give it above 0 in every entry.")
        listed.append(size)
        if kind == "variance" and fields.has("c") and not entry.has("price"):
            constant = fields.positive("c", "Give the price of an answer with variance 1.")
            offers.append(Offer(1 / size, constant / size))
            continue
        offers.append(
            Offer(1 / size if kind == "variance" else size, entry.non_negative("price", _PRICE))
        )
    found = attacks(offers)
    told = [_told(attack, kind, listed, offers) for attack in found]
    # The largest saving is what a buyer would go for.
    order = sorted(range(len(found)), key=lambda n: found[n].cost - offers[found[n].target].price)
    warnings = []
    for number in order:
        parameters = _parameters(found[number], kind, listed, offers)
        if fields.given.get("for_sale"):
            raise ValuationError("menu-arbitrage", **parameters)
        warnings.append(ValuationWarning("arbitrage", parameters))
    search = Search(offers)
    safe = [to_decimal(search.cheapest(offer.size)[1]) for offer in offers]
    pairs = [(a, b) for a in offers for b in offers if a.size <= b.size]
    outputs: dict[str, object] = {
        "arbitrage": bool(found),
        "attack": told[order[0]] if order else None,
        "attacks": [told[number] for number in order],
        "monotone": all(small.price <= large.price for small, large in pairs),
        "subadditive": not found,
        "safe_prices": safe,
    }
    children = tuple(
        Node(f"price of {kind} {as_text(to_decimal(size))}", to_decimal(offer.price), "money")
        for size, offer in zip(listed, offers, strict=True)
    )
    node = Node("offers with arbitrage", Decimal(len(found)), "count", "search", "", children)
    return Figures(None, "", node, tuple(warnings), outputs)


def _entries_from(fields: Fields) -> tuple[Fields, ...]:
    field = "menu" if fields.has("menu") else "prices"
    if not isinstance(fields.given[field], Mapping):
        return fields.entries(field, "List what is offered.")
    prices = fields.fields(field, "Give prices by quantity.")
    return tuple(
        Fields({"quantity": quantity, "price": price}, prices.name(quantity))
        for quantity, price in prices.given.items()
    )


def _told(
    attack: Attack, kind: str, listed: Sequence[Fraction], offers: Sequence[Offer]
) -> dict[str, object]:
    goal: dict[str, object] = {
        "cost": to_decimal(attack.cost),
        f"get_{kind}": to_decimal(listed[attack.target]),
        "list_price": to_decimal(offers[attack.target].price),
    }
    bought = [(to_decimal(listed[place]), copies) for place, copies in attack.copies.items()]
    if attack.of_one_kind:
        return {f"buy_{kind}": bought[0][0], "copies": bought[0][1], **goal}
    return {"buy": [{kind: size, "copies": copies} for size, copies in bought], **goal}


def _parameters(
    attack: Attack, kind: str, listed: Sequence[Fraction], offers: Sequence[Offer]
) -> dict[str, str]:
    purchase = " + ".join(
        f"{copies} × {kind} {as_text(to_decimal(listed[place]))}"
        for place, copies in attack.copies.items()
    )
    return {
        "target": f"{kind} {as_text(to_decimal(listed[attack.target]))}",
        "price": as_text(to_decimal(offers[attack.target].price)),
        "cost": as_text(to_decimal(attack.cost)),
        "purchase": purchase,
    }


def noise_price_from(fields: Fields) -> Figures:
    """Price noisy answers by `c / variance`, which no averaging undercuts.

    Inputs: `c` and `variance` or `variances`. Outputs: `price`, `prices`, `arbitrage` (never).
    """
    fields.refuse_others("currency", "c", "variance", "variances")
    constant = fields.positive("c", "Give the price of an answer with variance 1.")
    if fields.has("variances"):
        variances = numbers(fields, "variances", "List the variances.")
    else:
        variances = (fields.positive("variance", "Give the variance of the answer."),)
    prices = []
    for place, variance in enumerate(variances, start=1):
        if variance <= 0:
            raise ValuationError("not-positive", field=f"variances[{place}]", given=variance)
        prices.append(to_decimal(constant / variance))
    outputs: dict[str, object] = {"prices": prices, "arbitrage": False}
    if len(prices) == 1:
        outputs["price"] = prices[0]
    children = (Node("c", to_decimal(constant), "money"),)
    node = Node("price", prices[0], "money", "c / variance", children=children)
    return Figures(None, "", node, (), outputs)


def covers_from(fields: Fields) -> Figures:
    """Price sets of columns by their cheapest cover.

    Inputs: `view_prices`, prices by set of columns, and `queries`, a list of sets. A set is written
    as letters (`AB`), as names joined by `+` (`age+city`), or as a list of names.

    Outputs: a query's `price` and `views`, by the query as it was written.
    """
    fields.refuse_others("currency", "view_prices", "queries")
    prices = fields.fields("view_prices", "Give prices by set of columns.")
    if len(prices.given) > _MOST_OFFERS:
        raise ValuationError(
            "too-many-items", field="view_prices", given=len(prices.given), most=_MOST_OFFERS
        )
    by_name = any("+" in name for name in prices.given)
    queries = items(fields, "queries", "List the sets of columns.", most=1_000)
    by_name = by_name or any(not isinstance(query, str) or "+" in query for query in queries)
    views = {
        name: (_columns(name, by_name), prices.non_negative(name, _PRICE)) for name in prices.given
    }
    asked: list[tuple[str, frozenset[str]]] = []
    work = 0
    for place, query in enumerate(queries, start=1):
        if isinstance(query, str):
            asked.append((query, _columns(query, by_name)))
        else:
            parts = as_items(query, f"queries[{place}]", most=MOST_COLUMNS)
            asked.append(("+".join(map(str, parts)), frozenset(map(str, parts))))
        work += len(views) << min(len(asked[-1][1]), MOST_COLUMNS)
        if work > _MOST_WORK:
            raise ValuationError(
                "too-many-items", field="queries", given=len(queries), most=place - 1
            )
    outputs: dict[str, object] = {}
    children = []
    for called, columns in asked:
        price, names = cheapest_cover(columns, views)
        outputs[called] = {"price": to_decimal(price), "views": list(names)}
        children.append(Node(called, to_decimal(price), "money", " + ".join(names) or "nothing"))
    node = Node("queries", Decimal(len(queries)), "count", "count", children=tuple(children))
    return Figures(None, "", node, _undercut(views), outputs)


def _columns(name: str, by_name: bool) -> frozenset[str]:
    return frozenset(part.strip() for part in name.split("+")) if by_name else frozenset(name)


def _undercut(
    views: Mapping[str, tuple[frozenset[str], Fraction]],
) -> tuple[ValuationWarning, ...]:
    warnings = []
    for name, (columns, listed) in views.items():
        if len(columns) > _MOST_COMPARED:
            continue
        price, names = cheapest_cover(columns, views)
        if price < listed:
            parameters = {
                "view": name,
                "price": as_text(to_decimal(listed)),
                "views": " + ".join(names),
                "cheaper": as_text(to_decimal(price)),
            }
            warnings.append(ValuationWarning("view-undercut", parameters))
    return tuple(warnings)
