"""A plan by use: so much a call or a row, cheaper beyond thresholds, with a cap."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import to_cents
from marketplace.core.choices import named_in_api
from marketplace.trading.listings.plans.base import (
    LARGEST_PRICE,
    UNIT_PLACES,
    ZERO,
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

MOST_BANDS = 6
MOST_UNITS = 10**12


@named_in_api()
class Unit(TextChoices):
    CALL = "call", gettext_lazy("Call")
    ROW = "row", gettext_lazy("Row")


@dataclass(frozen=True)
class Band:
    """Each unit beyond `above` in a calendar month costs `unit_price`, until the next band."""

    above: int
    unit_price: Decimal


@dataclass(frozen=True, kw_only=True)
class Metered(Plan):
    """What is used in a calendar month is paid after it, band by band on the margin.

    `base` is paid once before delivery, and may be 0. The first band begins above the units that
    are included in each month. `cap` is the most that one month's use costs.
    """

    kind: ClassVar = PlanKind.METERED
    follows: ClassVar = True
    unit: str
    bands: tuple[Band, ...]
    base: Decimal = ZERO
    cap: Decimal | None = None

    @property
    def included(self) -> int:
        """Return how many units of a month cost nothing."""
        return self.bands[0].above

    def charge(self, units: int) -> Decimal:
        """Return what so many units in one calendar month cost, rounded once to cents."""
        ends = [*(band.above for band in self.bands[1:]), None]
        charge = Decimal(0)
        for band, end in zip(self.bands, ends, strict=True):
            used = (units if end is None else min(units, end)) - band.above
            charge += max(used, 0) * band.unit_price
        whole = to_cents(charge)
        return whole if self.cap is None else min(whole, self.cap)

    def problems(self) -> Problems:
        found: Problems = {}
        if self.unit not in Unit.values:
            found |= said(unit=_("Choose one of the listed answers."))
        if self.base != ZERO:
            found |= said(base=amount_problem(self.base))
        if self.cap is not None:
            found |= said(cap=amount_problem(self.cap))
        return found | said(bands=self._bands_problem())

    def _bands_problem(self) -> str:
        if not 1 <= len(self.bands) <= MOST_BANDS:
            return _("Give 1 to %(most)d price bands.") % {"most": MOST_BANDS}
        for band in self.bands:
            wrong = number_problem(band.above, 0, MOST_UNITS) or _unit_price_problem(
                band.unit_price
            )
            if wrong:
                return wrong
        for lower, higher in pairwise(self.bands):
            if lower.above >= higher.above:
                return _("Each band begins above the one before.")
            if lower.unit_price < higher.unit_price:
                return _(
                    "More use must not cost more a unit: two orders would be cheaper than one. "
                    "Let the price of a unit fall from band to band."
                )
        return ""

    def schedule(self) -> tuple[Due, ...]:
        """Return the base, if there is one."""
        return (Due(0, self.base),) if self.base else ()

    @property
    def price_as_paid(self) -> Decimal:
        """Return the base, or where there is none the price of a unit."""
        return self.base or self.bands[0].unit_price

    @property
    def price_per(self) -> PricePer:
        if self.base:
            return PricePer.ORDER
        return PricePer.ROW if self.unit == Unit.ROW else PricePer.CALL

    def most(self, months: int) -> Decimal | None:
        """Return the base and the cap of each month; a licence can touch one month more."""
        return None if self.cap is None else self.base + self.cap * (months + 1)

    def brief(self, currency: str) -> str:
        """Say the price of a unit."""
        price = in_words(self.bands[0].unit_price, currency)
        each = (_("%(price)s a row") if self.unit == Unit.ROW else _("%(price)s a call")) % {
            "price": price
        }
        if not self.base:
            return each
        return _("%(base)s and %(each)s") % {"base": in_words(self.base, currency), "each": each}

    def describe(self, currency: str) -> list[str]:
        """Say base, included units, bands, cap, and when it is paid."""
        sentences = []
        if self.base:
            sentences.append(
                _("A base fee of %(price)s is paid once before delivery.")
                % {"price": in_words(self.base, currency)}
            )
        by_row = self.unit == Unit.ROW
        if self.included:
            sentences.append(
                (
                    _("The first %(units)s rows of each calendar month are included.")
                    if by_row
                    else _("The first %(units)s calls of each calendar month are included.")
                )
                % {"units": f"{self.included:,}"}
            )
        for band in self.bands:
            named = {
                "price": in_words(band.unit_price, currency),
                "above": f"{band.above:,}",
            }
            if band.above:
                sentence = (
                    _("Each row beyond %(above)s in a calendar month costs %(price)s.")
                    if by_row
                    else _("Each call beyond %(above)s in a calendar month costs %(price)s.")
                )
            else:
                sentence = (
                    _("Each row costs %(price)s.") if by_row else _("Each call costs %(price)s.")
                )
            sentences.append(sentence % named)
        if self.cap is not None:
            sentences.append(
                _("The use of one calendar month costs at most %(price)s.")
                % {"price": in_words(self.cap, currency)}
            )
        sentences.append(_("What was used is billed after the end of each calendar month."))
        return sentences

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "unit": self.unit,
            "base": str(self.base),
            "bands": [
                {"above": band.above, "unit_price": str(band.unit_price)} for band in self.bands
            ],
            "cap": None if self.cap is None else str(self.cap),
        }


def _unit_price_problem(price: Decimal) -> str:
    if not (price.is_finite() and ZERO < price <= LARGEST_PRICE):
        return _("Give a price above zero.")
    if -int(price.normalize().as_tuple().exponent) > UNIT_PLACES:
        return _("Give a price with at most six decimal places.")
    return ""
