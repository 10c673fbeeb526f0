"""Record what data has cost, and take a wrong entry back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounting.events import CostRecorded, CostReversed
from marketplace.accounting.models import CostEntry, CostKind
from marketplace.accounting.rules import (
    check_record_cost,
    check_reverse_cost,
    check_takes_cost_back,
)
from marketplace.accounting.selectors import costs_visible_to, reversal_of
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record


@transaction.atomic
def record_cost(
    dataset_id: UUID,
    *,
    kind: CostKind,
    incurred_on: date,
    amount: Decimal,
    voucher: str,
    by: Actor,
) -> CostEntry:
    """Record an amount of a voucher for a dataset. The same voucher and kind again changes nothing.

    A voucher that was reversed may be recorded anew. The dataset's row is locked first, so that the
    same voucher twice at once is one entry: no constraint can say so of rows that never change.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor keeps no books for the dataset's organization.
        Invalid: the amount is not positive, the day lies ahead, the voucher is missing or was
            recorded with another amount.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_record_cost(dataset, by)
    _check(incurred_on=incurred_on, amount=amount, voucher=voucher)
    kept = CostEntry.objects.filter(
        dataset=dataset, voucher=voucher.strip(), kind=kind, reverses=None, reversed_by=None
    ).first()
    if kept is not None:
        if kept.amount != amount or kept.incurred_on != incurred_on:
            sentence = _("This voucher is recorded with another amount or day: reverse it first.")
            raise Invalid(sentence, fields={"voucher": [sentence]})
        return kept
    entry = CostEntry.objects.create(
        organization_id=dataset.organization_id,
        dataset=dataset,
        kind=kind,
        incurred_on=incurred_on,
        amount=amount,
        currency=settings.CENTRE["CURRENCY"],
        voucher=voucher.strip(),
    )
    record(
        CostRecorded(
            subject=f"cost:{entry.pk}",
            about=(f"dataset:{dataset.pk}",),
            cost_kind=str(kind),
            amount=str(amount),
            currency=entry.currency,
        ),
        by=by,
    )
    return entry


@transaction.atomic
def reverse_cost(entry_id: UUID, *, by: Actor) -> CostEntry:
    """Take a recorded amount back by an entry of its own. Reversing it again changes nothing.

    Raises:
        NotFound: there is no such entry among those the actor may see.
        NotAllowed: the actor keeps no books for its organization.
    """
    entry = locked(costs_visible_to(by).filter(reverses=None), pk=entry_id)
    check_takes_cost_back(entry, by)
    taken_back = reversal_of(entry)
    if taken_back is not None:
        return taken_back
    check_reverse_cost(entry, by)
    reversal = CostEntry.objects.create(
        organization_id=entry.organization_id,
        dataset_id=entry.dataset_id,
        kind=entry.kind,
        incurred_on=clock.today(),
        amount=entry.amount,
        currency=entry.currency,
        voucher=entry.voucher,
        reverses=entry,
    )
    record(CostReversed(subject=f"cost:{entry.pk}", about=(f"dataset:{entry.dataset_id}",)), by=by)
    return reversal


def _check(*, incurred_on: date, amount: Decimal, voucher: str) -> None:
    fields: dict[str, list[str]] = {}
    if amount <= 0:
        fields["amount"] = [_("Give an amount above zero; take a wrong one back by reversing it.")]
    if incurred_on > clock.today():
        fields["incurred_on"] = [_("A cost that lies ahead cannot be recorded yet.")]
    if not voucher.strip():
        fields["voucher"] = [_("Give the number of the voucher.")]
    if fields:
        raise Invalid(_("The cost needs corrections."), fields=fields)
