from collections import deque
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.core import Actor
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import sides_of
from marketplace.trading.orders.settlement.models import FEE_KINDS, Invoice
from marketplace.trading.orders.settlement.selectors import accounts_visible_to, sees_all_money
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.models import Disbursement, DisbursementKind
from marketplace.trading.treasury.payout.states import DisbursementState

LEAVES = (TransferKind.PAYOUT, TransferKind.SET_ASIDE)
"""What takes money off a seller's account, whatever it came from."""
OWN = (AccountKind.SELLER, AccountKind.BUYER)
"""The accounts whose money belongs to an organization that trades."""


def disbursements_visible_to(by: Actor) -> QuerySet[Disbursement]:
    """Return what is to go out, to the centre alone."""
    rows = Disbursement.objects.select_related(
        *("account__organization", "bank_account__organization"),
        *("order__listing__organization", "order__buyer", "payment__charge__order__listing"),
    )
    return rows if sees_all_money(by) else rows.none()


def organizations_of(disbursement: Disbursement) -> tuple[UUID | None, ...]:
    """Return whose money it is that would go out: of the centre's own fees, nobody's."""
    order, payment = disbursement.order, disbursement.payment
    sides = sides_of(order) if order is not None else ()
    payers = sides_of(payment.charge.order) if payment is not None and payment.charge else ()
    return (disbursement.account.organization_id, *sides, *payers)


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


def fee_papers_of(disbursement: Disbursement) -> QuerySet[Invoice]:
    """Return the papers about the fees of a seller since the payout before."""
    account, seller_id = disbursement.account, disbursement.account.organization_id
    is_payout = disbursement.kind == DisbursementKind.PAYOUT
    if not is_payout or account.kind != AccountKind.SELLER or seller_id is None:
        return Invoice.objects.none()
    papers = Invoice.objects.filter(
        kind__in=FEE_KINDS,
        order__listing__organization_id=seller_id,
        currency=disbursement.currency,
        created_at__lte=disbursement.created_at,
    )
    before = Disbursement.objects.filter(
        account=account,
        kind=DisbursementKind.PAYOUT,
        state=DisbursementState.APPROVED,
        created_at__lt=disbursement.created_at,
    ).order_by("-created_at")
    last = before.values_list("created_at", flat=True).first()
    return (papers.filter(created_at__gt=last) if last else papers).order_by("created_at")


def payouts_of(order: Order) -> list[UUID]:
    """Return the payouts that carried what an order brought its seller: what came first goes first.

    What was taken back of an order is taken of its own part.
    """
    first = Transfer.objects.filter(credit__kind=AccountKind.SELLER, belongs_to=order.pk).first()
    if first is None:
        return []
    account, parts, found = first.credit_id, deque[list[Any]](), list[UUID]()
    moved = Transfer.objects.filter(Q(debit=account) | Q(credit=account)).order_by("created_at")
    columns = ("kind", "credit_id", "belongs_to", "amount", "cause")
    for kind, credit, belongs_to, amount, cause in moved.values_list(*columns).iterator():
        if credit == account:
            parts.append([belongs_to, amount])
        elif kind in LEAVES:
            if order.pk in _taken(parts, amount) and kind == TransferKind.PAYOUT:
                found.append(UUID(cause.removeprefix("disbursement:")))
        else:
            own = deque(part for part in parts if part[0] == belongs_to)
            _taken(own, amount)
            parts = deque(part for part in parts if part[1])
    return found


def _taken(parts: deque[list[Any]], amount: Decimal) -> set[UUID]:
    """Take an amount of the first of these parts, and return whose they are."""
    whose = set()
    while parts and amount > 0:
        part = parts[0]
        now = min(part[1], amount)
        part[1], amount = part[1] - now, amount - now
        whose.add(part[0])
        if not part[1]:
            parts.popleft()
    return whose


def waiting_disbursements(by: Actor) -> QuerySet[Disbursement]:
    """Return what waits for a second person, oldest first."""
    rows = disbursements_visible_to(by).filter(state=DisbursementState.PROPOSED)
    return rows.order_by("created_at")
