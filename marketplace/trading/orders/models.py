from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.contract.models import (
    Contract,
    Signature,
    SignatureKind,
    SignatureRecord,
)
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.dispute.models import Dispute, DisputeExhibit, EarlierMediator
from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.promise.models import MissedRevision, SetOff
from marketplace.trading.orders.recall.models import Recall, Reidentification
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.settlement.models import (
    Allocation,
    Charge,
    ChargeKind,
    Invoice,
    InvoiceCounter,
    InvoiceKind,
)

__all__ = [
    "Allocation",
    "Amendment",
    "AmendmentSignature",
    "Charge",
    "ChargeKind",
    "Contract",
    "Deletion",
    "Dispute",
    "DisputeExhibit",
    "EarlierMediator",
    "Invoice",
    "InvoiceCounter",
    "InvoiceKind",
    "MissedRevision",
    "Order",
    "PersonRequest",
    "Proposal",
    "Recall",
    "Reidentification",
    "Remedy",
    "SetOff",
    "Signature",
    "SignatureKind",
    "SignatureRecord",
    "SigningApproval",
]
