"""Income returns to the account of its period, and what is too much goes into the next."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.appraisal.ceilings import figures
from marketplace.appraisal.ceilings.events import CeilingExcessCarried, CeilingIncomeBooked
from marketplace.appraisal.ceilings.models import CeilingCarry, CeilingIncome, PriceCeiling
from marketplace.appraisal.ceilings.selectors import accounts_of, period_of, periods_of
from marketplace.catalog.models import Dataset
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record


@transaction.atomic
def book_income(
    dataset_id: UUID,
    *,
    source: UUID,
    amount: Decimal,
    currency: str,
    settled_on: date,
    by: Actor,
) -> CeilingIncome | None:
    """Write the income of a settled trade into the account of its period; again changes nothing.

    What is then above the maximum is deducted from the next period, where there is one. Answer
    None where nothing was earned, or where the data never had a price ceiling in this currency.

    Raises:
        NotFound: there is no such dataset.
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software returns income to price ceilings."))
    # The dataset's row keeps two settlements apart, so that each sees the other's income.
    locked(Dataset.objects.all(), pk=dataset_id)
    booked = CeilingIncome.objects.filter(source=source).first()
    if booked is not None or amount <= 0:
        return booked
    periods = [period for period in periods_of(dataset_id) if period.currency == currency]
    ceiling = period_of(periods, settled_on)
    if ceiling is None:
        return None
    income = CeilingIncome.objects.create(
        ceiling=ceiling, source=source, amount=amount, currency=currency, settled_on=settled_on
    )
    record(
        CeilingIncomeBooked(
            subject=f"ceiling:{ceiling.pk}",
            about=(f"order:{source}", *ceiling.concerns),
            source=str(source),
            amount=str(amount),
            currency=currency,
        ),
        by=by,
    )
    carry_excess(dataset_id, by=by)
    return income


@transaction.atomic
def carry_excess(dataset_id: UUID, *, by: Actor) -> None:
    """Deduct from each period what the one before earned too much and has not carried yet.

    The excess of a period only grows, so what is carried is always a part of it: never twice, and
    never more. It runs through the periods in their order, since a deduction can make an excess.

    Raises:
        NotFound: there is no such dataset.
    """
    locked(Dataset.objects.all(), pk=dataset_id)
    periods = list(periods_of(dataset_id).select_for_update(of=("self",)))
    accounts = accounts_of(periods)
    for account, following in pairwise(accounts):
        # `excess` is asked here, after the period before has changed this one's deduction.
        waiting = account.waiting
        if waiting > 0 and account.ceiling.currency == following.ceiling.currency:
            _carry(account.ceiling, following.ceiling, waiting, by)


def _carry(source: PriceCeiling, target: PriceCeiling, amount: Decimal, by: Actor) -> None:
    CeilingCarry.objects.create(
        from_ceiling=source,
        to_ceiling=target,
        number=source.carried.count() + 1,
        amount=amount,
        currency=source.currency,
    )
    target.deducted += amount
    permitted = figures.permitted_revenue(target.maximum_revenue, target.deducted)
    target.price = figures.price_ceiling(permitted, target.expected_units)
    target.save(update_fields=["deducted", "price"])
    record(
        CeilingExcessCarried(
            subject=f"ceiling:{source.pk}",
            about=(f"ceiling:{target.pk}", *source.concerns),
            to_ceiling=str(target.pk),
            amount=str(amount),
            currency=source.currency,
        ),
        by=by,
    )
