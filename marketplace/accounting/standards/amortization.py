"""How a cost is spread over its use, and what impairment and a reversal do to it.

Sources: CAS 6 (from the month in which the asset is ready, not in the month in which it leaves),
CAS 8 (never reversed), IAS 36.117 (reversed up to the depreciated cost), IPSAS 21/26 alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.accounting.standards.figures import TWELVE, ZERO, Given, cents
from marketplace.accounting.standards.profiles import Profile
from marketplace.accounting.standards.refusals import RuleRefused

MONTHS = ("months", "life_months", "useful_life_months", "useful_months", "n_months", "months_acc")
YEARS = ("years", "life_years", "useful_life_years", "useful_life", "life")
UNITS = ("total_units", "expected_units", "total_usage", "total_calls", "units_total")
USED = ("used", "units", "usage", "used_units", "units_used", "usage_by_year", "calls")
RESIDUAL = ("residual", "residual_value", "salvage", "salvage_value")
START = ("available_from", "start", "start_date", "available", "in_use_from", "ready")
ELAPSED = ("months_elapsed", "elapsed_months", "months_used", "after_months")
LATEST_MONTHS = 1200


@dataclass(frozen=True)
class Year:
    """One year of a schedule, in exact money: `number` counts from 1 or names a calendar year."""

    number: int
    months: int
    amortized: Decimal
    carrying: Decimal


def straight_line(
    cost: Decimal, months: int, *, first_year_months: int = 12, residual: Decimal = ZERO
) -> list[Year]:
    """Spread a cost evenly over months; the first year holds `first_year_months` of them."""
    years: list[Year] = []
    left, in_year, base = months, min(first_year_months, 12), cost - residual
    while left > 0:
        taken = min(in_year, left)
        left -= taken
        amortized = base * taken / months
        years.append(Year(len(years) + 1, taken, amortized, residual + base * left / months))
        in_year = 12
    return years


def by_usage(cost: Decimal, total: Decimal, used: list[Decimal], residual: Decimal) -> list[Year]:
    """Spread a cost by use; nothing is left to amortize once the expected use is reached."""
    years, so_far = [], ZERO
    for number, units in enumerate(used, start=1):
        taken = min(units, total - so_far)
        so_far += taken
        base = cost - residual
        years.append(Year(number, 12, base * taken / total, cost - base * so_far / total))
    return years


def months_of(given: Given) -> int:
    """Return a useful life in whole months.

    Raises:
        RuleRefused: it is missing, not above zero, longer than a century or no whole months.
    """
    months = given.positive(*MONTHS) if given.has(*MONTHS) else given.positive(*YEARS) * TWELVE
    if months > LATEST_MONTHS or months != months.to_integral_value():
        raise RuleRefused(
            "life-not-usable", _("Give a useful life of whole months, at most 1,200 of them.")
        )
    return int(months)


def schedule(given: Given, profile: Profile) -> Mapping[str, object]:
    """Amortize a cost by months or, where units are given, by use."""
    cost, residual = given.amount("cost", "carrying"), given.amount(*RESIDUAL, default=ZERO)
    if residual > cost:
        raise RuleRefused(
            "residual-above-cost", _("The residual value is above the cost: correct one of them.")
        )
    if given.has(*UNITS):
        used = given.value(*USED)
        used_list = used if isinstance(used, list) else [used]
        total = given.positive(*UNITS)
        units = [Given({"used": each}).amount("used") for each in used_list]
        rate = (cost - residual) / total
        return {"per_unit": rate} | _told(by_usage(cost, total, units, residual))
    months = months_of(given)
    years = straight_line(cost, months, first_year_months=_first(given), residual=residual)
    monthly = (cost - residual) / months
    figures: dict[str, object] = {"monthly": cents(monthly), "monthly_amortisation": cents(monthly)}
    elapsed = _elapsed(given, months)
    if elapsed is not None:
        figures |= {
            "accumulated": cents(monthly * elapsed),
            "accumulated_amortisation": cents(monthly * elapsed),
            "carrying": cents(cost - monthly * elapsed),
            "carrying_after": cents(cost - monthly * elapsed),
        }
    return figures | _told(years)


def _elapsed(given: Given, months: int) -> Decimal | None:
    start, until = given.day(*START), given.day("as_of", "until", "disposed_on", "end", "date")
    if given.has(*ELAPSED):
        return min(given.amount(*ELAPSED), Decimal(months))
    if start is not None and until is not None:
        return Decimal(min(months, months_between(start, until)))
    return None


def _first(given: Given) -> int:
    if given.has("months_in_year1", "first_year_months", "year1_months"):
        months = given.amount("months_in_year1", "first_year_months", "year1_months")
        if not 0 < months <= TWELVE or months != months.to_integral_value():
            raise RuleRefused(
                "first-year-not-usable", _("The first year has 1 to 12 whole months of use.")
            )
        return int(months)
    start = given.day(*START)
    return 12 if start is None else 13 - start.month


def months_between(start: date, end: date) -> int:
    """Count months of amortization: that of readiness is one, that of leaving is none (CAS 6)."""
    return max(0, (end.year - start.year) * 12 + end.month - start.month)


def _told(years: list[Year]) -> dict[str, object]:
    per_year = [cents(year.amortized) for year in years]
    carrying = [cents(year.carrying) for year in years]
    first = years[0]
    return {
        "year1": per_year[0],
        "year1_amortisation": per_year[0],
        "amortisation_year1": per_year[0],
        "annual": per_year[min(1, len(years) - 1)],
        "months_in_year1": first.months,
        "carrying_after_year1": cents(first.carrying),
        "carrying_end_year1": cents(first.carrying),
        "amortisation": per_year,
        "schedule": per_year,
        "carrying_by_year": carrying,
        "total": cents(sum((year.amortized for year in years), ZERO)),
        "carrying_end": carrying[-1],
    }


def impairment(given: Given, profile: Profile) -> Mapping[str, object]:
    """Write down to what is recoverable, and tell what each profile lets come back later.

    What may come back is bounded by the cost less amortization as if nothing had been impaired.
    `months_until_later` counts the months between the two tests; none is taken as 0.
    """
    carrying = given.amount("carrying", "carrying_amount", "book_value")
    recoverable = _recoverable(given)
    loss = max(ZERO, carrying - recoverable)
    after = carrying - loss
    figures: dict[str, object] = {
        "loss": cents(loss),
        "impairment_loss": cents(loss),
        "carrying_after": cents(after),
    }
    months = ZERO
    if given.has("remaining_months", "remaining_life_months"):
        months = given.positive("remaining_months", "remaining_life_months")
        figures["monthly_amortisation_after"] = cents(after / months)
        figures["monthly_amortisation_before"] = cents(carrying / months)
    if not given.has("later_recoverable"):
        return figures
    later = given.amount("later_recoverable")
    elapsed = given.amount(
        "months_until_later", "months_elapsed", "later_after_months", default=ZERO
    )
    left = max(ZERO, months - elapsed) / months if months else Decimal(1)
    now, ceiling = after * left, carrying * left
    reversal = max(ZERO, min(later, ceiling) - now) if loss else ZERO
    further = max(ZERO, now - later)
    own = reversal if profile.reverses_impairment else ZERO
    return figures | {
        "carrying_before_later_test": cents(now),
        "reversal_ceiling": cents(ceiling),
        "reversal": cents(own),
        "reversal_CAS": cents(ZERO),
        "reversal_IFRS": cents(reversal),
        "reversal_IAS36": cents(reversal),
        "reversal_IPSAS": cents(reversal),
        "further_loss": cents(further),
        "carrying_after_CAS": cents(now - further),
        "carrying_after_IFRS": cents(now + reversal - further),
    }


def _recoverable(given: Given) -> Decimal:
    if given.has("recoverable", "recoverable_amount"):
        return given.amount("recoverable", "recoverable_amount")
    selling = given.amount("fair_value_less_costs", "fair_value_less_costs_to_sell", default=ZERO)
    use = given.amount("value_in_use", default=ZERO)
    if not given.has("value_in_use", "fair_value_less_costs", "fair_value_less_costs_to_sell"):
        return given.amount("recoverable")
    return max(selling, use)
