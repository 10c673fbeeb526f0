from django.contrib import admin

from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.contract.models import Contract, Signature
from marketplace.trading.orders.deletion.models import Deletion
from marketplace.trading.orders.dispute.models import Dispute, EarlierMediator
from marketplace.trading.orders.negotiation.models import Proposal
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.promise.models import MissedRevision, SetOff
from marketplace.trading.orders.recall.models import Recall, Reidentification
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.trading.orders.settlement.models import Allocation, Charge, Invoice
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Order,
    ReadOnlyAdmin,
    list_display=("listing", "buyer", "price", "currency", "state", "created_at"),
    list_filter=("state",),
)

admin.site.register(
    Contract,
    ReadOnlyAdmin,
    list_display=("order", "digest", "seller_signed_at", "buyer_signed_at"),
    search_fields=("digest",),
)

admin.site.register(
    Amendment,
    ReadOnlyAdmin,
    list_display=("contract", "number", "side", "state", "answer_due_on"),
    list_filter=("state",),
    search_fields=("digest",),
)

admin.site.register(
    AmendmentSignature,
    ReadOnlyAdmin,
    list_display=("amendment", "side", "kind", "signed_at"),
    list_filter=("kind",),
)

admin.site.register(
    Proposal, ReadOnlyAdmin, list_display=("order", "number", "side", "price", "answer_due_on")
)

admin.site.register(
    Signature,
    ReadOnlyAdmin,
    list_display=("contract", "side", "kind", "signed_at"),
    list_filter=("kind",),
)

admin.site.register(
    Charge,
    ReadOnlyAdmin,
    list_display=("reference", "order", "kind", "amount", "currency", "due_on", "state"),
    list_filter=("state", "kind"),
    search_fields=("reference",),
)

admin.site.register(
    Allocation,
    ReadOnlyAdmin,
    list_display=("charge", "amount", "came_on", "created_at"),
    search_fields=("charge__reference",),
)

admin.site.register(
    MissedRevision,
    ReadOnlyAdmin,
    list_display=("order", "due_on", "amount", "currency", "state", "credited_at"),
    list_filter=("state",),
)

admin.site.register(
    SetOff, ReadOnlyAdmin, list_display=("missed", "charge", "amount", "created_at")
)

# Invoices and credit notes.
admin.site.register(
    Invoice,
    ReadOnlyAdmin,
    list_display=("number", "order", "amount", "currency", "issued_on"),
    list_filter=("kind",),
    search_fields=("number",),
)

# Who mediated disputes before others took them over.
admin.site.register(
    EarlierMediator,
    ReadOnlyAdmin,
    list_display=("dispute", "person_id", "taken_over_by_id", "created_at"),
)

# Approvals that somebody signs above their limit; the reason their own side reads.
admin.site.register(
    SigningApproval,
    ReadOnlyAdmin,
    list_display=("contract", "amendment", "side", "sum", "state", "created_at"),
    list_filter=("state", "side"),
    exclude=("reason",),
)

admin.site.register(
    Dispute,
    ReadOnlyAdmin,
    list_display=("order", "organization", "state", "refund", "created_at"),
    list_filter=("state",),
)

# Reports of re-identifications; what was written only reviewers read, on its page.
admin.site.register(
    Reidentification,
    ReadOnlyAdmin,
    list_display=("reference", "risk_report", "cause", "state", "created_at"),
    list_filter=("state", "cause"),
    exclude=("found", "how", "contact"),
)

admin.site.register(Recall, ReadOnlyAdmin, list_display=("order", "refund", "owed", "created_at"))

admin.site.register(
    Deletion,
    ReadOnlyAdmin,
    list_display=("order", "cause", "due_on", "stated_at"),
    exclude=("statement",),
)

# Requests of persons; who asked only a reviewer reads, on the request's page.
admin.site.register(
    PersonRequest,
    ReadOnlyAdmin,
    list_display=("reference", "dataset", "kind", "state", "due_on"),
    list_filter=("state", "kind"),
    exclude=("codes", "identity", "copy"),
)

admin.site.register(
    Remedy,
    ReadOnlyAdmin,
    list_display=("order", "refund", "state", "created_at", "ended_at"),
    list_filter=("state",),
)
