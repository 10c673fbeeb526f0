"""Listings, orders, contracts and the accounts that money moves between."""

from marketplace.trading.amendments.models import Amendment, AmendmentSignature
from marketplace.trading.disputes.models import Dispute, DisputeExhibit, EarlierMediator
from marketplace.trading.models.demands import Demand, DemandAnswer
from marketplace.trading.models.listings import (
    DeliveryChoice,
    Listing,
    ListingInvitation,
    Suspension,
)
from marketplace.trading.models.orders import Contract, Order
from marketplace.trading.models.proposals import Proposal
from marketplace.trading.models.renewals import ListingRenewal
from marketplace.trading.models.reports import ListingReport
from marketplace.trading.models.sandboxes import BudgetPeriod, ReservedBudget, Sandbox
from marketplace.trading.models.signatures import (
    Signature,
    SignatureKind,
    SignatureRecord,
    SigningSide,
)
from marketplace.trading.money.bank_models import BankLine, BankMatch, BankStatement
from marketplace.trading.money.models import (
    Charge,
    ChargeKind,
    DayClosing,
    Disbursement,
    DisbursementKind,
    Invoice,
    InvoiceCounter,
    InvoiceKind,
    Payment,
    PaymentChannel,
)
from marketplace.trading.recalls.models import Recall, Reidentification

__all__ = [
    "Amendment",
    "AmendmentSignature",
    "BankLine",
    "BankMatch",
    "BankStatement",
    "BudgetPeriod",
    "Charge",
    "ChargeKind",
    "Contract",
    "DayClosing",
    "DeliveryChoice",
    "Demand",
    "DemandAnswer",
    "Disbursement",
    "DisbursementKind",
    "Dispute",
    "DisputeExhibit",
    "EarlierMediator",
    "Invoice",
    "InvoiceCounter",
    "InvoiceKind",
    "Listing",
    "ListingInvitation",
    "ListingRenewal",
    "ListingReport",
    "Order",
    "Payment",
    "PaymentChannel",
    "Proposal",
    "Recall",
    "Reidentification",
    "ReservedBudget",
    "Sandbox",
    "Signature",
    "SignatureKind",
    "SignatureRecord",
    "SigningSide",
    "Suspension",
]
