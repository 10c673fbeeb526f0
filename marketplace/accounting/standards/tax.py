"""Deferred tax of different lives in the books and for tax (CAS 18, IAS 12)."""

from collections.abc import Mapping
from decimal import Decimal

from marketplace.accounting.standards.figures import TWELVE, ZERO, Given, cents
from marketplace.accounting.standards.profiles import Profile


def deferred_tax(given: Given, profile: Profile) -> Mapping[str, object]:
    """Compare amortization in the books and for tax in the first year, and what it defers.

    More in the books than for tax is an asset (DTA), less is a liability (DTL).
    """
    cost = given.amount("cost")
    books = _months(given, "acc", ZERO)
    tax = _months(given, "tax", Decimal(profile.tax_life_months))
    in_year = given.positive("months_in_year1", "months_used", "months_elapsed", default=TWELVE)
    rate = given.amount("rate", "tax_rate", default=profile.tax_rate)
    in_books, for_tax = (cost * min(in_year, life) / life for life in (books, tax))
    difference = (in_books - for_tax) * rate
    return {
        "acc_year1": cents(in_books),
        "tax_year1": cents(for_tax),
        "difference": cents(in_books - for_tax),
        "DTA": cents(max(ZERO, difference)),
        "DTL": cents(max(ZERO, -difference)),
        "carrying": cents(cost - in_books),
        "tax_base": cents(cost - for_tax),
    }


def _months(given: Given, which: str, default: Decimal) -> Decimal:
    names = (f"months_{which}", f"{which}_months")
    years = (f"years_{which}", f"{which}_years")
    if given.has(*years) and not given.has(*names):
        return given.positive(*years) * TWELVE
    return given.positive(*names, default=default)
