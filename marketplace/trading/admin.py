"""Trading in the admin: to look at."""

from django.contrib import admin

from marketplace.trading.models import (
    Amendment,
    AmendmentSignature,
    BankLine,
    BankMatch,
    BankStatement,
    Charge,
    Contract,
    DayClosing,
    Demand,
    DemandAnswer,
    Disbursement,
    Dispute,
    EarlierMediator,
    Invoice,
    Listing,
    ListingRenewal,
    ListingReport,
    Order,
    Payment,
    Proposal,
    Recall,
    Reidentification,
    ReservedBudget,
    Sandbox,
    Signature,
)
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    """Listings."""

    list_display = ("title", "organization", "price", "currency", "state", "published_at")
    list_filter = ("state",)
    search_fields = ("title",)


@admin.register(ListingRenewal)
class ListingRenewalAdmin(ReadOnlyAdmin):
    """Renewals."""

    list_display = ("listing", "state", "on_sale_from", "on_sale_until", "created_at")
    list_filter = ("state",)


@admin.register(ListingReport)
class ListingReportAdmin(ReadOnlyAdmin):
    """Reports that are sold, without their content."""

    list_display = ("listing", "sha256", "created_at")
    exclude = ("content",)


@admin.register(Sandbox)
class SandboxAdmin(ReadOnlyAdmin):
    """What sandboxes answer about."""

    list_display = ("listing", "epsilon_question", "epsilon", "epsilon_all", "period")


@admin.register(ReservedBudget)
class ReservedBudgetAdmin(ReadOnlyAdmin):
    """What is promised to the buyers of sandboxes."""

    list_display = ("order", "version", "epsilon", "spent", "learnt", "ended_at")


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    """Orders."""

    list_display = ("listing", "buyer", "price", "currency", "state", "created_at")
    list_filter = ("state",)


@admin.register(Contract)
class ContractAdmin(ReadOnlyAdmin):
    """Contracts."""

    list_display = ("order", "digest", "seller_signed_at", "buyer_signed_at")
    search_fields = ("digest",)


@admin.register(Amendment)
class AmendmentAdmin(ReadOnlyAdmin):
    """Amendments of contracts."""

    list_display = ("contract", "number", "side", "state", "answer_due_on")
    list_filter = ("state",)
    search_fields = ("digest",)


@admin.register(AmendmentSignature)
class AmendmentSignatureAdmin(ReadOnlyAdmin):
    """Signatures on amendments."""

    list_display = ("amendment", "side", "kind", "signed_at")
    list_filter = ("kind",)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    """Offers."""

    list_display = ("order", "number", "side", "price", "answer_due_on")


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    """Signatures."""

    list_display = ("contract", "side", "kind", "signed_at")
    list_filter = ("kind",)


@admin.register(Demand)
class DemandAdmin(ReadOnlyAdmin):
    """Requests for data."""

    list_display = ("title", "buyer", "state", "open_until")
    list_filter = ("state",)
    search_fields = ("title",)


@admin.register(DemandAnswer)
class DemandAnswerAdmin(ReadOnlyAdmin):
    """Answers to requests for data."""

    list_display = ("demand", "seller", "listing", "created_at")


@admin.register(Charge)
class ChargeAdmin(ReadOnlyAdmin):
    """What buyers owe."""

    list_display = ("reference", "order", "kind", "amount", "currency", "due_on", "state")
    list_filter = ("state", "kind")
    search_fields = ("reference",)


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    """What came in."""

    list_display = ("reference", "channel", "amount", "currency", "received_on", "state")
    list_filter = ("state", "channel")
    search_fields = ("reference",)


@admin.register(BankStatement)
class BankStatementAdmin(ReadOnlyAdmin):
    """Imported bank statements."""

    list_display = ("first_on", "last_on", "lines_count", "sha256", "created_at")


@admin.register(BankMatch)
class BankMatchAdmin(ReadOnlyAdmin):
    """What was said of bank lines."""

    list_display = ("line", "disbursement", "state", "said_at")
    list_filter = ("state",)


@admin.register(BankLine)
class BankLineAdmin(ReadOnlyAdmin):
    """Lines of bank statements."""

    list_display = ("booked_on", "reference", "amount", "currency", "balance")
    search_fields = ("reference",)


@admin.register(Disbursement)
class DisbursementAdmin(ReadOnlyAdmin):
    """What goes out."""

    list_display = ("kind", "account", "amount", "currency", "state", "created_at")
    list_filter = ("state", "kind")


@admin.register(Invoice)
class InvoiceAdmin(ReadOnlyAdmin):
    """Invoices and credit notes."""

    list_display = ("number", "order", "amount", "currency", "issued_on")
    list_filter = ("kind",)
    search_fields = ("number",)


@admin.register(DayClosing)
class DayClosingAdmin(ReadOnlyAdmin):
    """Closed days."""

    list_display = ("day", "transfers", "digest", "created_at")


@admin.register(EarlierMediator)
class EarlierMediatorAdmin(ReadOnlyAdmin):
    """Who mediated disputes before others took them over."""

    list_display = ("dispute", "person_id", "taken_over_by_id", "created_at")


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    """Disputes."""

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
    """What recalls did to orders."""

    list_display = ("order", "refund", "owed", "deletion_due_on", "stated_at")
    exclude = ("statement",)
