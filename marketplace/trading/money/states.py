"""The lives of a charge, of payments in and out, and of what was said about a bank line."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.core.states import StateMachine


class ChargeState(TextChoices):
    """Where an amount that a buyer owes stands."""

    OPEN = "open", _("To be paid")
    PAID = "paid", _("Paid, held by the centre")
    SETTLED = "settled", _("Settled")
    VOID = "void", _("Not owed any more")


CHARGE: StateMachine[ChargeState] = StateMachine(
    "charge",
    ChargeState,
    {
        ChargeState.OPEN: {ChargeState.PAID, ChargeState.VOID},
        ChargeState.PAID: {ChargeState.SETTLED},
    },
)


class PaymentState(TextChoices):
    """Where a payment that came in stands."""

    UNALLOCATED = "unallocated", _("Not allocated")
    ALLOCATED = "allocated", _("Allocated to an order")
    RETURNED = "returned", _("Returned to the sender")


PAYMENT: StateMachine[PaymentState] = StateMachine(
    "payment",
    PaymentState,
    {PaymentState.UNALLOCATED: {PaymentState.ALLOCATED, PaymentState.RETURNED}},
)


class DisbursementState(TextChoices):
    """Where money that is to go out stands."""

    PROPOSED = "proposed", _("Waiting for a second person")
    APPROVED = "approved", _("Approved and booked")
    REJECTED = "rejected", _("Rejected")


DISBURSEMENT: StateMachine[DisbursementState] = StateMachine(
    "disbursement",
    DisbursementState,
    {DisbursementState.PROPOSED: {DisbursementState.APPROVED, DisbursementState.REJECTED}},
)


class MatchState(TextChoices):
    """What a finance officer says about a line of the bank and money that went out."""

    CONFIRMED = "confirmed", _("Confirmed: the same money")
    DECLINED = "declined", _("Declined: other money")
    WITHDRAWN = "withdrawn", _("Taken back")


MATCH: StateMachine[MatchState] = StateMachine(
    "bank_match",
    MatchState,
    {
        MatchState.CONFIRMED: {MatchState.WITHDRAWN},
        MatchState.DECLINED: {MatchState.WITHDRAWN},
        MatchState.WITHDRAWN: {MatchState.CONFIRMED, MatchState.DECLINED},
    },
)
