"""Several sizes of the same data, of which an order takes one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from marketplace.trading.listings.plans.base import (
    ZERO,
    Due,
    Plan,
    PlanKind,
    Problems,
    amount_problem,
    in_words,
    number_problem,
    said,
)
from marketplace.trading.listings.plans.fixed import Once
from valuation.errors import ValuationError
from valuation.pricing import Attack, Offer, attacks

MOST_TIERS = 6
LONGEST_LABEL = 40
MOST_ROWS = 10**12
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,19}")


@dataclass(frozen=True, kw_only=True)
class Tier:
    """One size: the first `rows` rows, for a price. `code` names it in an order."""

    code: str
    label: str
    rows: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Menu(Plan):
    """Sizes with a price each; refused where several small ones replace a large one for less."""

    kind: ClassVar = PlanKind.MENU
    tiers: tuple[Tier, ...]

    def chosen(self, code: str) -> Once | None:
        """Return what is paid for one size; None when there is none of that code."""
        for tier in self.tiers:
            if tier.code == code:
                return Once(amount=tier.amount, tier=tier.label, rows=tier.rows)
        return None

    def choices(self, currency: str) -> list[tuple[str, str]]:
        """Return each size with its code, for a form."""
        return [
            (tier.code, sentence)
            for tier, sentence in zip(self.tiers, self.describe(currency), strict=True)
        ]

    def problems(self) -> Problems:
        """Say what cannot stand, a way round a price included."""
        if not 2 <= len(self.tiers) <= MOST_TIERS:
            return said(tiers=_("Give 2 to %(most)d sizes.") % {"most": MOST_TIERS})
        for tier in self.tiers:
            wrong = (
                amount_problem(tier.amount)
                or number_problem(tier.rows, 1, MOST_ROWS)
                or _name_problem(tier)
            )
            if wrong:
                return said(tiers=f"{tier.label or tier.code}: {wrong}")
        for values in (
            [tier.code for tier in self.tiers],
            [tier.label.strip() for tier in self.tiers],
            [tier.rows for tier in self.tiers],
        ):
            if len(set(values)) < len(values):
                return said(tiers=_("Give each size its own name and number of rows."))
        return said(tiers=self.way_round())

    def way_round(self) -> str:
        """Say how a size can be had for less than its price, "" when it cannot."""
        menu = [Offer(Fraction(tier.rows), Fraction(tier.amount)) for tier in self.tiers]
        try:
            found: Sequence[Attack] = attacks(menu)
        except ValuationError:
            return _("These sizes are too intricate to check. Use fewer, or rounder numbers.")
        if not found:
            return ""
        attack = found[0]
        instead = " + ".join(
            f"{count} × “{self.tiers[place].label}”" for place, count in attack.copies.items()
        )
        return _(
            "“%(tier)s” for %(price)s can be had for less: %(instead)s costs %(cost)s. Lower the "
            "price of the larger size, or raise that of the smaller one."
        ) % {
            "tier": self.tiers[attack.target].label,
            "price": f"{self.tiers[attack.target].amount:,.2f}",
            "instead": instead,
            "cost": f"{Decimal(attack.cost.numerator) / attack.cost.denominator:,.2f}",
        }

    def schedule(self) -> tuple[Due, ...]:
        """Return the price of the cheapest size."""
        return (Due(0, min((tier.amount for tier in self.tiers), default=ZERO)),)

    def most(self, months: int) -> Decimal | None:
        """Return the price of the dearest size."""
        return max((tier.amount for tier in self.tiers), default=ZERO)

    def brief(self, currency: str) -> str:
        """Say the price of the cheapest size."""
        return _("from %(price)s") % {"price": in_words(self.price, currency)}

    def describe(self, currency: str) -> list[str]:
        return [
            _("Size “%(tier)s”, the first %(rows)d rows: %(price)s, paid once before delivery.")
            % {
                "tier": tier.label,
                "rows": tier.rows,
                "price": in_words(tier.amount, currency),
            }
            for tier in self.tiers
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "tiers": [
                {
                    "code": tier.code,
                    "label": tier.label,
                    "rows": tier.rows,
                    "price": str(tier.amount),
                }
                for tier in self.tiers
            ],
        }


def _name_problem(tier: Tier) -> str:
    if not CODE.fullmatch(tier.code):
        return _("Name a size by 1 to 20 small letters, digits and hyphens.")
    if not 1 <= len(tier.label.strip()) <= LONGEST_LABEL:
        return _("Say the name of a size in 1 to %(most)d characters.") % {"most": LONGEST_LABEL}
    return ""
