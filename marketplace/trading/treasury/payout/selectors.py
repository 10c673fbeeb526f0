"""Read what is to go out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from marketplace.core.actor import Actor
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.settlement.selectors import accounts_visible_to, sees_all_money
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.states import DisbursementState

OWN = (AccountKind.SELLER, AccountKind.BUYER)
"""The accounts whose money belongs to an organization that trades."""


def disbursements_visible_to(by: Actor) -> QuerySet[Disbursement]:
    """Return what is to go out, to the centre alone."""
    rows = Disbursement.objects.select_related(
        *("account__organization", "bank_account__organization"),
        *("order__listing__organization", "order__buyer", "payment"),
    )
    return rows if sees_all_money(by) else rows.none()


def is_being_returned(payment: Payment) -> bool:
    """Return whether the return of a payment waits for a second person."""
    return payment.disbursements.filter(state=DisbursementState.PROPOSED).exists()


def being_returned(payments: Sequence[Payment]) -> set[UUID]:
    """Return of which payments the return waits for a second person."""
    rows = Disbursement.objects.filter(payment__in=payments, state=DisbursementState.PROPOSED)
    return set(rows.values_list("payment_id", flat=True)) if payments else set()


def returning(payment: Payment) -> Disbursement | None:
    """Return the latest proposal to return a payment."""
    return payment.disbursements.order_by("-created_at").first()


def accounts_to_pay_out(by: Actor) -> QuerySet[Account]:
    """Return the accounts of organizations that hold money, of which none is on its way out yet."""
    rows = accounts_visible_to(by).filter(kind__in=OWN, balance_cents__gt=0)
    waiting = Disbursement.objects.filter(state=DisbursementState.PROPOSED)
    return rows.exclude(pk__in=waiting.values("account_id")).order_by("created_at")


def waiting_disbursements(by: Actor) -> QuerySet[Disbursement]:
    """Return what waits for a second person, oldest first."""
    rows = disbursements_visible_to(by).filter(state=DisbursementState.PROPOSED)
    return rows.order_by("created_at")
