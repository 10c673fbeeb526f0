"""Sums and states of money, computed again from rows that only grow or that a digest binds."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from marketplace.accounts.invitation.events import PersonInvited
from marketplace.accounts.models import Invitation
from marketplace.ledger.binding import CHUNK, compare_also
from marketplace.ledger.selectors import payloads_of
from marketplace.trading.books.models import Transfer, TransferKind
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.states import AmendmentState
from marketplace.trading.orders.models import Allocation, Charge, Contract, Invoice, SetOff
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.states import ChargeState
from marketplace.trading.treasury.bank_item.models import BankItem
from marketplace.trading.treasury.bank_item.states import IN_BOOKS
from marketplace.trading.treasury.payment.events import PaymentRecorded, PaymentRejected
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.states import NOT_BOOKED, PaymentState
from marketplace.trading.treasury.payout.models import Disbursement
from marketplace.trading.treasury.payout.states import DisbursementState

NOTHING = Decimal(0)


def charge_faults() -> Iterator[str]:
    """Yield a sentence for each charge that says otherwise than the rows that pay or void it."""
    paid = _sums(Allocation.objects.all())
    set_off = _sums(SetOff.objects.all())
    voided = set(
        Invoice.objects.filter(cause__startswith="charge:", cause__endswith=":void").values_list(
            "charge_id", flat=True
        )
    )
    for charge in Charge.objects.order_by("pk").iterator(chunk_size=CHUNK):
        came, taken = paid.get(charge.pk, NOTHING), set_off.get(charge.pk, NOTHING)
        is_met = charge.paid + charge.borne >= charge.due
        is_paid = charge.state in (ChargeState.PAID, ChargeState.SETTLED)
        if (
            (came, taken) != (charge.paid, charge.set_off)
            or is_paid != is_met
            or is_paid != (charge.paid_at is not None)
            or (charge.state == ChargeState.VOID) != (charge.pk in voided)
        ):
            yield _("The charge %(charge)s says otherwise than what paid it, or took it off.") % {
                "charge": charge.reference
            }


def payment_faults() -> Iterator[str]:
    """Yield a sentence for each payment that says otherwise than the books and the ledger."""
    spent = set(Allocation.objects.exclude(payment_id=None).values_list("payment_id", flat=True))
    rows = Disbursement.objects.filter(state=DisbursementState.APPROVED)
    returned = set(rows.exclude(payment=None).values_list("payment_id", flat=True))
    booked = BankItem.objects.filter(state__in=IN_BOOKS)
    of_bank = set(booked.exclude(payment=None).values_list("payment_id", flat=True))
    deposits = _deposits()
    recorded, rejected = dict(payloads_of(PaymentRecorded)), dict(payloads_of(PaymentRejected))
    for payment in Payment.objects.order_by("pk").iterator(chunk_size=CHUNK):
        subject = f"payment:{payment.pk}"
        ended = {
            PaymentState.ALLOCATED: payment.pk in spent,
            PaymentState.RETURNED: payment.pk in returned,
            PaymentState.BANK_OWN: payment.pk in of_bank,
        }
        came = deposits.get(subject)
        if came is not None:
            state = next((state for state, is_so in ended.items() if is_so), None)
            expected = (state or PaymentState.UNALLOCATED, came)
        else:
            told = recorded.get(subject, {"amount": "0", "currency": ""})
            state = NOT_BOOKED[subject in rejected]
            expected = (state, (Decimal(told["amount"]), told["currency"]))
        if expected != (payment.state, (payment.amount, payment.currency)):
            yield _("The payment %(payment)s says otherwise than the books and the ledger.") % {
                "payment": payment.reference
            }


def agreed_faults() -> Iterator[str]:
    """Yield a sentence for each order that holds otherwise than what both sides signed last."""
    contracts = Contract.objects.exclude(terms={})
    amended = Amendment.objects.filter(state=AmendmentState.IN_FORCE).order_by("number")
    prices = dict(contracts.values_list("order_id", KT("agreed__price")))
    terms: dict[UUID, Any] = dict(contracts.values_list("order_id", "terms"))
    terms.update(amended.values_list("contract__order_id", "terms"))
    plans: dict[UUID, Any] = dict(contracts.values_list("order_id", "agreed__plan"))
    changes = amended.exclude(agreed__plan_change=None)
    for order_id, (_before, plan) in changes.values_list(
        "contract__order_id", "agreed__plan_change"
    ):
        plans[order_id] = plan
    rows = Order.objects.order_by("pk").values_list("pk", "price", "plan", "terms")
    for pk, price, plan, held in rows.iterator(chunk_size=CHUNK):
        if pk in terms and (str(price), plan, held) != (prices[pk], plans[pk], terms[pk]):
            yield _("Price, plan or terms of order:%(order)s are not those of its contract.") % {
                "order": pk
            }


def invitation_faults() -> Iterator[str]:
    """Yield a sentence for each invitation that gives other roles or another limit than was said.

    What nobody accepted is deleted after a while: that one is gone is no fault.
    """
    invited = dict(payloads_of(PersonInvited))
    rows = Invitation.objects.order_by("pk").values_list("pk", "roles", "signing_limit")
    for pk, roles, limit in rows.iterator(chunk_size=CHUNK):
        told = invited.get(f"invitation:{pk}")
        gives = (roles, "" if limit is None else str(limit))
        if told is None or gives != (told["roles"], told["limit"]):
            yield _("The invitation %(invitation)s gives otherwise than was said.") % {
                "invitation": pk
            }


def _deposits() -> dict[str, tuple[Decimal, str]]:
    rows = Transfer.objects.filter(kind=TransferKind.DEPOSIT)
    return {
        cause: (amount, currency)
        for cause, amount, currency in rows.values_list("cause", "amount", "currency")
    }


def _sums(rows: "QuerySet[Any]") -> dict[UUID, Decimal]:
    return dict(rows.order_by().values_list("charge_id").annotate(sum=Sum("amount")))


compare_also({Charge: ["paid", "set_off", "state", "paid_at"]}, charge_faults)
compare_also({Invitation: ["roles", "signing_limit"]}, invitation_faults)
compare_also({Payment: ["state", "amount", "currency"]}, payment_faults)
compare_also({Order: ["price", "plan", "terms"]}, agreed_faults)
