"""Read accounts, charges and invoices."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from marketplace.accounts.policies import is_centre_finance, is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.trading.books.models import Account, AccountKind, Transfer, TransferKind
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.settlement.models import FEE_KINDS, Allocation, Charge, Invoice
from marketplace.trading.orders.settlement.states import ChargeState


def next_charge_of(order: Order, *, on: date) -> Charge | None:
    """Return what the buyer of an order owes first after a day: the beginning of a new period."""
    coming = Charge.objects.filter(order=order, state=ChargeState.OPEN, due_on__gt=on)
    return coming.order_by("due_on", "number").first()


def transfers_of(order: Order) -> QuerySet[Transfer]:
    """Return the money that an order has moved, oldest first."""
    return Transfer.objects.filter(belongs_to=order.pk).select_related("debit", "credit")


NOTHING = Decimal(0)


def sees_all_money(by: Actor) -> bool:
    """Return whether the actor sees every account: the centre's staff, finance and software."""
    return is_centre_staff(by) or is_centre_finance(by)


def accounts_visible_to(by: Actor) -> QuerySet[Account]:
    """Return every account to the centre, else those of the actor's organization."""
    rows = titled(Account.objects.select_related("organization"))
    if sees_all_money(by):
        return rows
    if by.organization_id is None or not by.has(Role.FINANCE, Role.OFFICER, Role.BUYER):
        return rows.none()
    return rows.filter(
        Q(organization_id=by.organization_id)
        | Q(held_for__in=Order.objects.filter(buyer_id=by.organization_id).values("pk"))
        | Q(held_for__in=Charge.objects.filter(order__buyer_id=by.organization_id).values("pk"))
    )


def credits_visible_to(by: Actor) -> QuerySet[Account]:
    """Return the accounts of buyers on which something stands: to be returned, or set off."""
    return accounts_visible_to(by).filter(kind=AccountKind.BUYER, balance_cents__gt=0)


def titled(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Add the title of the order that money is held for, or that an amount of it is paid for."""
    order = Order.objects.filter(pk=OuterRef("held_for")).values("listing__title")
    charge = Charge.objects.filter(pk=OuterRef("held_for")).values("order__listing__title")
    return accounts.annotate(order_title=Coalesce(Subquery(order), Subquery(charge)))


def charges_visible_to(by: Actor) -> QuerySet[Charge]:
    """Return the charges of the orders that the actor may see."""
    return Charge.objects.filter(order__in=orders_visible_to(by)).select_related(
        "order__listing__organization", "order__buyer"
    )


def invoices_visible_to(by: Actor) -> QuerySet[Invoice]:
    """Return the papers of the orders that the actor may see; of fees those of its own alone."""
    rows = Invoice.objects.filter(order__in=orders_visible_to(by)).select_related(
        "order__listing__organization", "order__buyer", "charge"
    )
    if sees_all_money(by):
        return rows
    # What the centre takes of a seller is the seller's own affair.
    theirs = Q(order__listing__organization_id=by.organization_id)
    return rows.filter(theirs | ~Q(kind__in=FEE_KINDS))


def fee_papers_visible_to(by: Actor) -> QuerySet[Invoice]:
    """Return the papers about the centre's fee that the actor may see."""
    return invoices_visible_to(by).filter(kind__in=FEE_KINDS)


def charges_of(order: Order) -> QuerySet[Charge]:
    """Return what the buyer of an order owes and owed, by its days."""
    return Charge.objects.filter(order=order)


def open_charge_of(order: Order) -> Charge | None:
    """Return the charge of an order that is to be paid next; of prefetched charges, if they are."""
    there = [charge for charge in order.charges.all() if charge.state == ChargeState.OPEN]
    return min(there, key=lambda charge: (charge.due_on, charge.number), default=None)


def overdue_charge_of(order: Order, *, on: date) -> Charge | None:
    """Return a charge of an order whose day has passed unpaid."""
    return charges_of(order).filter(state=ChargeState.OPEN, due_on__lt=on).first()


def charges_to_remind(on: date, stages: Sequence[int]) -> QuerySet[Charge, tuple[UUID, UUID]]:
    """Return charge and order of what has reached a further stage, in days after its last day."""
    reached = Q(pk__in=[])
    for number, days in enumerate(stages, 1):
        reached |= Q(due_on__lte=on - timedelta(days=days), reminded__lt=number)
    rows = Charge.objects.filter(reached, state=ChargeState.OPEN)
    return rows.exclude(order__state=OrderState.DISPUTED).values_list("pk", "order_id")


def allocations_of_charge(charge: Charge) -> QuerySet[Allocation]:
    """Return the money that paid a charge, wholly or in part, oldest first."""
    return Allocation.objects.filter(charge=charge).order_by("created_at")


def part_of(charge: Charge) -> Account | None:
    """Return the account of what was paid in part of a charge; None where nothing stands on it."""
    rows = Account.objects.filter(kind=AccountKind.PART, held_for=charge.pk, balance_cents__gt=0)
    return rows.first()


def credit_of(order: Order) -> Decimal:
    """Return what stands on the account of an order's buyer, in the order's currency."""
    account = Account.objects.filter(
        kind=AccountKind.BUYER, organization_id=order.buyer_id, currency=order.currency
    ).first()
    return account.balance if account else NOTHING


def held_of(order: Order) -> Decimal:
    account = Account.objects.filter(kind=AccountKind.HELD, held_for=order.pk).first()
    return account.balance if account else NOTHING


def refunded_of(order: Order) -> Decimal:
    """Add up what went back to the buyer of an order, out of what was held or from the seller."""
    back = Transfer.objects.filter(belongs_to=order.pk, kind=TransferKind.REFUND)
    return back.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def entries_of(account: Account) -> QuerySet[Transfer]:
    """Return what moved on an account, newest first."""
    title = Order.objects.filter(pk=OuterRef("belongs_to")).values("listing__title")
    return (
        Transfer.objects.filter(Q(debit=account) | Q(credit=account))
        .select_related("debit", "credit")
        .annotate(order_title=Subquery(title))
        .order_by("-created_at", "-pk")
    )


def totals_by_kind(by: Actor) -> list[dict[str, Any]]:
    """Return what stands on all accounts of a kind together, by kind and currency."""
    rows = accounts_visible_to(by).order_by().values("kind", "currency")
    return [
        {
            **row,
            "label": AccountKind(row["kind"]).label,
            "balance": Decimal(row["cents"]).scaleb(-2),
        }
        for row in rows.annotate(cents=Sum("balance_cents")).order_by("currency", "kind")
    ]


def open_charges_of(by: Actor) -> QuerySet[Charge]:
    """Return what is owed and visible to the actor, what is due first coming first."""
    return charges_visible_to(by).filter(state=ChargeState.OPEN).order_by("due_on", "pk")


def signed_amount(entry: Transfer, account: Account) -> Decimal:
    """Return an entry as the account sees it: below zero for what went out."""
    amount: Decimal = entry.amount
    return amount if entry.credit_id == account.pk else -amount
