from django.db.models import QuerySet

from marketplace.core import Actor
from marketplace.trading.orders.settlement.selectors import sees_all_money
from marketplace.trading.treasury.batch.models import BatchLine, PayoutBatch
from marketplace.trading.treasury.batch.states import BatchLineState
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to
from marketplace.trading.treasury.payout.states import DisbursementState


def batches_visible_to(by: Actor) -> QuerySet[PayoutBatch]:
    """Return the batches of payouts, to the centre alone."""
    rows = PayoutBatch.objects.all()
    return rows if sees_all_money(by) else rows.none()


def batch_lines_visible_to(by: Actor) -> QuerySet[BatchLine]:
    """Return the payouts of batches, to the centre alone."""
    rows = BatchLine.objects.select_related(
        "batch", "disbursement__account__organization", "disbursement__bank_account__organization"
    )
    return rows if sees_all_money(by) else rows.none()


def payouts_to_hand(by: Actor) -> QuerySet[Disbursement]:
    """Return the approved payouts to bank accounts that no batch hands to the bank yet."""
    handed = BatchLine.objects.exclude(state=BatchLineState.REFUSED)
    rows = disbursements_visible_to(by).filter(
        kind=DisbursementKind.PAYOUT,
        state=DisbursementState.APPROVED,
        bank_account__isnull=False,
    )
    return rows.exclude(pk__in=handed.values("disbursement_id")).order_by("decided_at", "pk")


def lines_of(batch: PayoutBatch) -> QuerySet[BatchLine]:
    """Return the payouts of a batch, in the order of its file."""
    rows = BatchLine.objects.filter(batch=batch).select_related(
        "disbursement__account__organization", "disbursement__bank_account__organization"
    )
    return rows.order_by("disbursement__decided_at", "pk")
