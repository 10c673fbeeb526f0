"""What the centre asks of a valuation beyond what the library computes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from hashlib import sha256

import rfc8785
from django.conf import settings
from django.utils.translation import gettext as _

import valuation
from marketplace.appraisal.adapters import results
from marketplace.appraisal.appraisal.limits import (
    HeldRight,
    check_cost,
    check_life,
    check_sources,
    income_of_right,
    invalid,
)
from marketplace.appraisal.appraisal.models import Method

DAYS_A_YEAR = Decimal("365.25")
LARGEST_AMOUNT = Decimal("9999999999999999.99")
PLACES = Decimal("0.01")


@dataclass(frozen=True)
class Valued:
    """A computed value that follows the centre's rules, ready to be kept."""

    amount: Decimal
    currency: str
    version: str
    inputs: dict[str, object]
    result: dict[str, object]
    digest: str


def valued(method: str, inputs: Mapping[str, object], *, right: HeldRight, on: date) -> Valued:
    """Compute a value by one approach and hold it against the centre's rules.

    Raises:
        Invalid: the library refuses; the money is not the centre's; the life is not given or goes
            beyond the right; income presupposes a right that is not held; a figure has no source;
            the value is negative or too large; or a text cannot be kept.
    """
    currency = settings.CENTRE["CURRENCY"]
    given = {"currency": currency, **inputs}
    if given["currency"] != currency:
        raise invalid("currency", _("The centre values in %(currency)s.") % {"currency": currency})
    longest = remaining_years(right.until, on, rounding=ROUND_CEILING)
    if method == Method.COST:
        check_cost(given)
    if method == Method.INCOME:
        given = income_of_right(given, right, longest)
    result = results.value(method, given)
    check_life(result.explanation, longest)
    check_sources(result.explanation)
    if method == Method.OPTIONS:
        return kept(result, amount=option_value(result), currency=currency)
    return kept(result, amount=result.amount, currency=result.currency)


def option_value(result: valuation.Result) -> Decimal | None:
    """Return what a real option comes to; the library gives it no amount, lest it be added."""
    found = result.outputs["option_value"]
    return found if isinstance(found, Decimal) else None


def kept(result: valuation.Result, *, amount: Decimal | None, currency: str) -> Valued:
    """Make a result ready to be kept.

    Raises:
        Invalid: it is no money, negative or too large, or a text cannot be kept.
    """
    if amount is None:
        raise invalid(
            "",
            _("This answers no amount of money. Give the inputs of a value."),
            code="no-amount",
        )
    if amount < 0:
        raise invalid(
            "",
            _("The value is negative: that is no value of the data. Check costs and charges."),
            code="value-negative",
        )
    if amount > LARGEST_AMOUNT:
        raise invalid("", _("The value is too large to be true. Check the amounts."))
    stored = result.to_dict()
    return Valued(
        amount=amount,
        currency=currency,
        version=result.version,
        inputs=result.inputs,
        result=stored,
        digest=digest_of(stored),
    )


def remaining_years(until: date, on: date, *, rounding: str = ROUND_FLOOR) -> Decimal:
    """Return the years from one day to another, to two places, 0 where it has passed."""
    return max(Decimal((until - on).days) / DAYS_A_YEAR, Decimal(0)).quantize(
        PLACES, rounding=rounding
    )


def whole_years(start: date, until: date) -> Decimal:
    """Return the years of a term, to two places."""
    return remaining_years(until, start, rounding=ROUND_HALF_UP)


def digest_of(result: Mapping[str, object]) -> str:
    """Return the SHA-256 of a stored result's canonical JSON (RFC 8785) as hex.

    Raises:
        Invalid: a text holds characters that cannot be kept.
    """
    try:
        canonical = rfc8785.dumps(dict(result))  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeError):
        raise invalid("", _unreadable()) from None
    if b"\\u0000" in canonical:
        raise invalid("", _unreadable())
    return sha256(canonical).hexdigest()


def _unreadable() -> str:
    return _("A text holds characters that cannot be kept. Type it anew.")
