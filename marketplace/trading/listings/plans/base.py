"""What every price plan can answer."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import to_cents
from marketplace.core.choices import named_in_api

LARGEST_PRICE = Decimal("9999999999.99")
ZERO = Decimal("0.00")
UNIT_PLACES = 6
"""Decimal places that the price of a unit may have."""

Problems = dict[str, list[str]]


@named_in_api()
class PlanKind(TextChoices):
    ONCE = "once", gettext_lazy("One price, paid once")
    FREE = "free", gettext_lazy("Free of charge")
    SUBSCRIPTION = "subscription", gettext_lazy("Subscription, paid each period")
    INSTALMENTS = "instalments", gettext_lazy("One price, paid in instalments")
    METERED = "metered", gettext_lazy("By use")
    MENU = "menu", gettext_lazy("Several sizes to choose from")


class PricePer(TextChoices):
    """For what the price is that a card says first."""

    ORDER = "order", gettext_lazy("for the order")
    PERIOD = "period", gettext_lazy("for each period")
    ROW = "row", gettext_lazy("for each row")
    CALL = "call", gettext_lazy("for each call")


@dataclass(frozen=True)
class Due:
    """An amount that falls due some months after the contract is signed; 0 is before delivery."""

    months: int
    amount: Decimal


class Plan(ABC):
    """A price plan. Amounts are in the currency of the listing or order that it belongs to."""

    kind: ClassVar[PlanKind]
    follows: ClassVar[bool] = False
    """Whether who buys by it gets each later revision too, and not the one revision alone."""

    @abstractmethod
    def problems(self) -> Problems:
        """Say by field what cannot stand."""

    @abstractmethod
    def schedule(self) -> tuple[Due, ...]:
        """Return what falls due whatever is used, earliest first; nothing of what is metered."""

    @abstractmethod
    def brief(self, currency: str) -> str:
        """Say the price in a few words, for a card."""

    @abstractmethod
    def describe(self, currency: str) -> list[str]:
        """Say what is paid and when, in whole sentences, for a contract."""

    @abstractmethod
    def as_json(self) -> dict[str, Any]:
        """Return plain values that `plan_of` reads: amounts as texts."""

    @property
    def price(self) -> Decimal:
        """Return all that falls due whatever is used."""
        return sum((due.amount for due in self.schedule()), ZERO)

    @property
    def price_as_paid(self) -> Decimal:
        """Return the amount that `brief` says first: what offers are found and sorted by."""
        return self.price

    @property
    def price_per(self) -> PricePer:
        """Return for what `price_as_paid` is paid."""
        return PricePer.ORDER

    @property
    def amount_due_first(self) -> Decimal:
        """Return what is paid before delivery."""
        return sum((due.amount for due in self.schedule() if due.months == 0), ZERO)

    def most(self, months: int) -> Decimal | None:
        """Return the most that an order can cost in so many months; None when nothing bounds it."""
        return self.price


def amount_problem(amount: Decimal) -> str:
    """Say what is wrong with an amount that has to be above zero, "" for nothing."""
    if not (amount.is_finite() and ZERO < amount <= LARGEST_PRICE):
        return _("Give a price above zero.")
    if amount != to_cents(amount):
        return _("Give a price with at most two decimal places.")
    return ""


def number_problem(number: int, least: int, most: int) -> str:
    """Say what is wrong with a number, "" for nothing."""
    if least <= number <= most:
        return ""
    return _("Choose %(least)d to %(most)d.") % {"least": least, "most": most}


def said(**sentences: str) -> Problems:
    """Return problems by field, leaving out the fields with none."""
    return {name: [sentence] for name, sentence in sentences.items() if sentence}


def in_words(amount: Decimal, currency: str) -> str:
    """Show an amount with its currency; a price of a unit may have more than two places."""
    return f"{amount:,.{places_of(amount)}f} {currency}"


def as_text(amount: Decimal) -> str:
    """Return an amount for programs: two decimal places, and more where a unit's price has more."""
    return f"{amount:.{places_of(amount)}f}"


def places_of(amount: Decimal) -> int:
    return max(2, -int(amount.normalize().as_tuple().exponent)) if amount.is_finite() else 2
