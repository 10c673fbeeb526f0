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


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = ("listing", "buyer", "price", "currency", "state", "created_at")
    list_filter = ("state",)


@admin.register(Contract)
class ContractAdmin(ReadOnlyAdmin):
    list_display = ("order", "digest", "seller_signed_at", "buyer_signed_at")
    search_fields = ("digest",)


@admin.register(Amendment)
class AmendmentAdmin(ReadOnlyAdmin):
    list_display = ("contract", "number", "side", "state", "answer_due_on")
    list_filter = ("state",)
    search_fields = ("digest",)


@admin.register(AmendmentSignature)
class AmendmentSignatureAdmin(ReadOnlyAdmin):
    list_display = ("amendment", "side", "kind", "signed_at")
    list_filter = ("kind",)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("order", "number", "side", "price", "answer_due_on")


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ("contract", "side", "kind", "signed_at")
    list_filter = ("kind",)


@admin.register(Charge)
class ChargeAdmin(ReadOnlyAdmin):
    list_display = ("reference", "order", "kind", "amount", "currency", "due_on", "state")
    list_filter = ("state", "kind")
    search_fields = ("reference",)


@admin.register(Allocation)
class AllocationAdmin(ReadOnlyAdmin):
    list_display = ("charge", "amount", "came_on", "created_at")
    search_fields = ("charge__reference",)


@admin.register(MissedRevision)
class MissedRevisionAdmin(ReadOnlyAdmin):
    list_display = ("order", "due_on", "amount", "currency", "state", "credited_at")
    list_filter = ("state",)


@admin.register(SetOff)
class SetOffAdmin(ReadOnlyAdmin):
    list_display = ("missed", "charge", "amount", "created_at")


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    """Invoices and credit notes."""

    list_display = ("number", "order", "amount", "currency", "issued_on")
    list_filter = ("kind",)
    search_fields = ("number",)


@admin.register(EarlierMediator)
class EarlierMediatorAdmin(ReadOnlyAdmin):
    """Who mediated disputes before others took them over."""

    list_display = ("dispute", "person_id", "taken_over_by_id", "created_at")


@admin.register(SigningApproval)
class SigningApprovalAdmin(ReadOnlyAdmin):
    """Approvals that somebody signs above their limit; the reason their own side reads."""

    list_display = ("contract", "amendment", "side", "sum", "state", "created_at")
    list_filter = ("state", "side")
    exclude = ("reason",)


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    list_display = ("order", "organization", "state", "refund", "created_at")
    list_filter = ("state",)


@admin.register(Reidentification)
class ReidentificationAdmin(ReadOnlyAdmin):
    """Reports of re-identifications; what was written only reviewers read, on its page."""

    list_display = ("reference", "risk_report", "cause", "state", "created_at")
    list_filter = ("state", "cause")
    exclude = ("found", "how", "contact")


@admin.register(Recall)
class RecallAdmin(ReadOnlyAdmin):
    list_display = ("order", "refund", "owed", "created_at")


@admin.register(Deletion)
class DeletionAdmin(ReadOnlyAdmin):
    list_display = ("order", "cause", "due_on", "stated_at")
    exclude = ("statement",)


@admin.register(PersonRequest)
class PersonRequestAdmin(ReadOnlyAdmin):
    """Requests of persons; who asked only a reviewer reads, on the request's page."""

    list_display = ("reference", "dataset", "kind", "state", "due_on")
    list_filter = ("state", "kind")
    exclude = ("codes", "identity", "copy")


@admin.register(Remedy)
class RemedyAdmin(ReadOnlyAdmin):
    list_display = ("order", "refund", "state", "created_at", "ended_at")
    list_filter = ("state",)
