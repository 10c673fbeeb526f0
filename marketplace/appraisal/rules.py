"""What the centre asks of a valuation beyond what the library computes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from hashlib import sha256

import rfc8785
from django.conf import settings
from django.utils.translation import gettext as _

import valuation
from marketplace.appraisal import adapters
from marketplace.core.errors import Invalid

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


def valued(
    method: str,
    inputs: Mapping[str, object],
    *,
    rights: frozenset[str],
    right_until: date,
    on: date,
) -> Valued:
    """Compute a value by one approach and hold it against the centre's rules.

    Raises:
        Invalid: the library refuses; the money is not the centre's; the life is not given or goes
            beyond the right, which ends on `right_until`; a figure has no source; the value is too
            large; or a text cannot be kept.
    """
    currency = settings.CENTRE["CURRENCY"]
    given = {"currency": currency, **inputs}
    if given["currency"] != currency:
        raise _invalid("currency", _("The centre values in %(currency)s.") % {"currency": currency})
    if "delta" in given:
        raise _invalid(
            "delta",
            _("Give the quality coefficient, the remaining and the whole life instead."),
            code="life-missing",
        )
    result = adapters.value(method, given)
    _check_life(result, remaining_years(right_until, on, rounding=ROUND_CEILING))
    _check_sources(result.explanation)
    return kept(result)


def kept(result: valuation.Result) -> Valued:
    """Make a result ready to be kept.

    Raises:
        Invalid: the value is too large, or a text cannot be kept.
    """
    if result.worth > LARGEST_AMOUNT:
        raise _invalid("", _("The value is too large to be true. Check the amounts."))
    stored = result.to_dict()
    return Valued(
        amount=result.worth,
        currency=result.currency,
        version=result.version,
        inputs=result.inputs,
        result=stored,
        digest=digest_of(stored),
    )


def remaining_years(until: date, on: date, *, rounding: str = ROUND_FLOOR) -> Decimal:
    """Answer the years from one day to another, to two places, 0 where it has passed."""
    return max(Decimal((until - on).days) / DAYS_A_YEAR, Decimal(0)).quantize(
        PLACES, rounding=rounding
    )


def whole_years(start: date, until: date) -> Decimal:
    """Answer the years of a term, to two places."""
    return remaining_years(until, start, rounding=ROUND_HALF_UP)


def digest_of(result: Mapping[str, object]) -> str:
    """Answer the SHA-256 of a stored result's canonical JSON (RFC 8785) as hex.

    Raises:
        Invalid: a text holds characters that cannot be kept.
    """
    try:
        canonical = rfc8785.dumps(dict(result))  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeError):
        raise _invalid("", _unreadable()) from None
    if b"\\u0000" in canonical:
        raise _invalid("", _unreadable())
    return sha256(canonical).hexdigest()


def _check_life(result: valuation.Result, longest: Decimal) -> None:
    remaining = next(
        node.value for _, node in result.explanation.walk() if node.name == "remaining_life_years"
    )
    if remaining > longest:
        raise _invalid(
            "remaining_life_years",
            _("The right ends in %(years)s years. The data is worth nothing to its holder beyond.")
            % {"years": longest},
            code="life-beyond-right",
        )


def _check_sources(explanation: valuation.Node) -> None:
    fields: dict[str, list[str]] = {}
    for figure in _without_source(explanation):
        sentence = _("Say where “%(figure)s” comes from.") % {
            "figure": adapters.label_of(figure.name)
        }
        fields.setdefault(f"{figure.name.split('.')[-1]}_source", []).append(sentence)
    if fields:
        raise Invalid(
            _("Each input needs a source, so that a reviewer can check it."),
            code="source-missing",
            fields=fields,
        )


def _without_source(explanation: valuation.Node) -> Iterator[valuation.Node]:
    for _depth, node in explanation.walk():
        if not node.formula and not node.source and node.value:
            yield node


def _invalid(field: str, sentence: str, *, code: str = "") -> Invalid:
    return Invalid(sentence, code=code, fields={field: [sentence]} if field else {})


def _unreadable() -> str:
    return _("A text holds characters that cannot be kept. Type it anew.")
