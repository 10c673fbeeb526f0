"""Whether several cheap purchases replace a dear one, and which.

Amounts of data, and precisions (1 / variance) of independent noisy answers, add up. A menu is free
of arbitrage when no collection of its entries reaches an entry's size for less than its price: its
prices are then monotone and subadditive.
Source: Li, Li, Miklau, Suciu, A Theory of Pricing Private Data (2014), for variances.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError

_MOST_STEPS: Final = 30_000


@dataclass(frozen=True)
class Offer:
    """One entry of a menu: its size (an amount, or a precision) and its price, both above 0."""

    size: Fraction
    price: Fraction


@dataclass(frozen=True)
class Attack:
    """How a buyer gets the offer at place `target` for `cost`: copies by place of the offer."""

    target: int
    copies: Mapping[int, int]
    cost: Fraction

    @property
    def of_one_kind(self) -> bool:
        """Return whether it buys one offer only, several times."""
        return len(self.copies) == 1


def attacks(menu: Sequence[Offer]) -> list[Attack]:
    """Return the cheapest attack on each offer that has one; an empty list says that there is none.

    An attack with copies of one offer is told before a cheaper mixture, as it is easier to see.

    Raises:
        ValuationError: `menu-too-intricate`, the search would take too long.
    """
    found = []
    search = Search(menu)
    for target, offer in enumerate(menu):
        several = [math.ceil(offer.size / other.size) for other in menu]
        plain = [
            Attack(target, {place: several[place]}, several[place] * other.price)
            for place, other in enumerate(menu)
            if several[place] * other.price < offer.price
        ]
        if plain:
            found.append(min(plain, key=lambda attack: attack.cost))
            continue
        copies, cost = search.cheapest(offer.size)
        if cost < offer.price:
            found.append(Attack(target, copies, cost))
    return found


class Search:
    """Finds the cheapest collections of a menu, in a limited number of steps over all its calls.

    Depth first, from the cheapest by size; a branch is left when even fractions of offers cost too
    much.
    """

    def __init__(self, menu: Sequence[Offer]) -> None:
        """Order the offers by their price for a unit of size."""
        self.menu = menu
        self._order = sorted(
            range(len(menu)), key=lambda place: menu[place].price / menu[place].size
        )
        self._steps = 0
        self._best: tuple[dict[int, int], Fraction] | None = None

    def cheapest(self, size: Fraction) -> tuple[dict[int, int], Fraction]:
        """Return the cheapest collection of offers that reaches a size, and its cost.

        Raises:
            ValuationError: `menu-too-intricate`, the search would take too long.
        """
        self._best = None
        self._look(0, size, {}, Fraction(0))
        if self._best is None:
            raise RuntimeError("One offer alone reaches every size.")
        return self._best

    def _look(self, depth: int, missing: Fraction, taken: dict[int, int], cost: Fraction) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise ValuationError("menu-too-intricate", count=len(self.menu))
        if missing <= 0:
            if self._best is None or cost < self._best[1]:
                self._best = (taken, cost)
            return
        if depth == len(self._order):
            return
        place = self._order[depth]
        offer = self.menu[place]
        for copies in range(math.ceil(missing / offer.size), -1, -1):
            left = missing - copies * offer.size
            spent = cost + copies * offer.price
            if self._best is not None and self._least(depth + 1, left, spent) >= self._best[1]:
                if copies * offer.size <= missing:
                    # Fewer copies leave more to later offers, which are dearer by size.
                    return
                continue
            taken_now = taken | {place: copies} if copies else taken
            self._look(depth + 1, left, taken_now, spent)

    def _least(self, depth: int, missing: Fraction, cost: Fraction) -> Fraction:
        if missing <= 0:
            return cost
        if depth == len(self._order):
            return Fraction(10**40)
        offer = self.menu[self._order[depth]]
        return cost + missing * offer.price / offer.size
