"""Plans whose every amount is known when the contract is signed."""

import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.trading.listings.plans.base import (
    Due,
    Plan,
    PlanKind,
    PricePer,
    Problems,
    amount_problem,
    in_words,
    number_problem,
    said,
)

LONGEST_MONTHS = 60
MOST_PARTS = 12


@dataclass(frozen=True, kw_only=True)
class Once(Plan):
    """One price, paid before delivery. `tier` and `rows` name what was chosen from a menu."""

    kind: ClassVar = PlanKind.ONCE
    amount: Decimal
    tier: str = ""
    rows: int | None = None

    def problems(self) -> Problems:
        return said(price=amount_problem(self.amount))

    def schedule(self) -> tuple[Due, ...]:
        return (Due(0, self.amount),)

    def brief(self, currency: str) -> str:
        return in_words(self.amount, currency)

    def describe(self, currency: str) -> list[str]:
        """Say the price, and the size that was chosen."""
        sentences = [
            _("The fee is %(price)s, fixed, and is paid once before delivery.")
            % {"price": in_words(self.amount, currency)}
        ]
        if self.rows is not None:
            sentences.append(
                _("It is for the size “%(tier)s”: the first %(rows)d rows of the data.")
                % {"tier": self.tier, "rows": self.rows}
            )
        return sentences

    def as_json(self) -> dict[str, Any]:
        chosen = {"tier": self.tier, "rows": self.rows} if self.rows is not None else {}
        return {"kind": self.kind.value, "price": str(self.amount), **chosen}


@dataclass(frozen=True, kw_only=True)
class Free(Plan):
    """Nothing is paid."""

    kind: ClassVar = PlanKind.FREE
    follows: ClassVar = True

    def problems(self) -> Problems:
        return {}

    def schedule(self) -> tuple[Due, ...]:
        return ()

    def brief(self, currency: str) -> str:
        return _("Free")

    def describe(self, currency: str) -> list[str]:
        return [_("The data is provided free of charge.")]

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value}


USUAL_PERIOD_MONTHS, USUAL_PERIODS = 1, 12
"""What is usual of a subscription: a year, paid each month."""


@dataclass(frozen=True, kw_only=True)
class Subscription(Plan):
    """The same price at the beginning of each of `periods` periods of `period_months` months."""

    kind: ClassVar = PlanKind.SUBSCRIPTION
    follows: ClassVar = True
    amount: Decimal
    period_months: int
    periods: int

    @property
    def months(self) -> int:
        return self.period_months * self.periods

    def problems(self) -> Problems:
        found = said(
            price=amount_problem(self.amount),
            period_months=number_problem(self.period_months, 1, 12),
            periods=number_problem(self.periods, 1, LONGEST_MONTHS),
        )
        if not found and self.months > LONGEST_MONTHS:
            found = said(
                periods=_("A subscription runs at most %(most)d months.") % {"most": LONGEST_MONTHS}
            )
        return found

    def schedule(self) -> tuple[Due, ...]:
        """Return one amount a period."""
        return tuple(
            Due(number * self.period_months, self.amount) for number in range(self.periods)
        )

    @property
    def price_as_paid(self) -> Decimal:
        return self.amount

    @property
    def price_per(self) -> PricePer:
        return PricePer.PERIOD

    def brief(self, currency: str) -> str:
        """Say the price of a period."""
        price = in_words(self.amount, currency)
        if self.period_months == 1:
            return _("%(price)s a month") % {"price": price}
        if self.period_months == 12:
            return _("%(price)s a year") % {"price": price}
        return _("%(price)s every %(months)d months") % {
            "price": price,
            "months": self.period_months,
        }

    def describe(self, currency: str) -> list[str]:
        """Say the price of a period, how many there are, and the sum."""
        each = ngettext(
            "The fee is %(price)s for each period of %(months)d month, paid at its beginning; the "
            "first before delivery.",
            "The fee is %(price)s for each period of %(months)d months, paid at its beginning; the "
            "first before delivery.",
            self.period_months,
        ) % {"price": in_words(self.amount, currency), "months": self.period_months}
        all_of_them = ngettext(
            "The subscription has %(count)d period and costs %(sum)s in all.",
            "The subscription has %(count)d periods and costs %(sum)s in all.",
            self.periods,
        ) % {"count": self.periods, "sum": in_words(self.price, currency)}
        return [each, all_of_them]

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "price": str(self.amount),
            "period_months": self.period_months,
            "periods": self.periods,
        }


@dataclass(frozen=True, kw_only=True)
class Instalments(Plan):
    """One price in parts: the first before delivery, the others some months after signing."""

    kind: ClassVar = PlanKind.INSTALMENTS
    parts: tuple[Due, ...]

    def problems(self) -> Problems:
        if not 2 <= len(self.parts) <= MOST_PARTS:
            return said(parts=_("Give 2 to %(most)d instalments.") % {"most": MOST_PARTS})
        months = [part.months for part in self.parts]
        if months[0] != 0 or any(a >= b for a, b in itertools.pairwise(months)):
            return said(
                parts=_(
                    "The first instalment is due after 0 months, each other later than the last."
                )
            )
        if months[-1] > LONGEST_MONTHS:
            return said(
                parts=_("The last instalment is due within %(most)d months.")
                % {"most": LONGEST_MONTHS}
            )
        wrong = next(filter(None, (amount_problem(part.amount) for part in self.parts)), "")
        return said(parts=wrong) or said(price=amount_problem(self.price))

    def schedule(self) -> tuple[Due, ...]:
        return self.parts

    def brief(self, currency: str) -> str:
        return _("%(price)s in %(count)d instalments") % {
            "price": in_words(self.price, currency),
            "count": len(self.parts),
        }

    def describe(self, currency: str) -> list[str]:
        sentences = [
            _("The fee is %(price)s in all, paid in %(count)d instalments.")
            % {"price": in_words(self.price, currency), "count": len(self.parts)}
        ]
        for number, part in enumerate(self.parts, 1):
            named = {
                "number": number,
                "price": in_words(part.amount, currency),
                "months": part.months,
            }
            sentences.append(
                ngettext(
                    "Instalment %(number)d: %(price)s, %(months)d month after both have signed.",
                    "Instalment %(number)d: %(price)s, %(months)d months after both have signed.",
                    part.months,
                )
                % named
                if part.months
                else _("Instalment %(number)d: %(price)s before delivery.") % named
            )
        return sentences

    def as_json(self) -> dict[str, Any]:
        parts = [{"months": part.months, "price": str(part.amount)} for part in self.parts]
        return {"kind": self.kind.value, "parts": parts}
