"""Several approaches to one range, by stated weights with reasons; never a silent average."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.appraisal import adapters
from marketplace.appraisal.models import Method
from marketplace.appraisal.valuing import Valued, kept
from marketplace.core.errors import Invalid

PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Weighed:
    """The figure of an approach with its weight and the reason for it."""

    method: Method
    amount: Decimal
    weight: Decimal | None
    reason: str


@dataclass(frozen=True)
class Reconciled:
    """One value in a range."""

    value: Valued
    low: Decimal
    high: Decimal


def reconciled(
    approaches: Sequence[Weighed], *, on: date, purpose: str, certificate: str
) -> Reconciled:
    """Weigh the figures of several approaches into one; all value the same right on the same day.

    Raises:
        Invalid: a weight or a reason is missing, or the weights do not add up to 1.
    """
    _check_stated(approaches)
    result = adapters.value(
        Method.RECONCILE,
        {
            "currency": settings.CENTRE["CURRENCY"],
            "valuation_date": on.isoformat(),
            "purpose": purpose,
            "right": certificate,
            "results": [
                {
                    "method": str(one.method),
                    "amount": one.amount,
                    "weight": one.weight,
                    "reason": one.reason,
                }
                for one in approaches
            ],
        },
    )
    amounts = [one.amount for one in approaches]
    value = kept(result, amount=result.amount, currency=result.currency)
    return Reconciled(value, min(amounts), max(amounts))


def _check_stated(approaches: Sequence[Weighed]) -> None:
    fields: dict[str, list[str]] = {}
    for one in approaches:
        if one.weight is None:
            fields[f"{one.method}.weight"] = [_("Say how much this approach counts, from 0 to 1.")]
        elif not 0 <= one.weight <= 1 or one.weight != one.weight.quantize(PLACES):
            fields[f"{one.method}.weight"] = [
                _("A weight is from 0 to 1, with at most six places.")
            ]
        if not one.reason:
            fields[f"{one.method}.reason"] = [_("Say why this approach counts that much.")]
    if fields:
        raise Invalid(
            _("Several approaches need a weight and a reason each."),
            code="weights-missing",
            fields=fields,
        )
    total = sum((one.weight or Decimal(0) for one in approaches), Decimal(0))
    if total != 1:
        sentence = _("The weights add up to %(total)s. Change them so that they add up to 1.") % {
            "total": total.normalize()
        }
        raise Invalid(
            sentence,
            code="weights-sum",
            fields={f"{one.method}.weight": [sentence] for one in approaches},
        )
