from django.contrib import admin

from marketplace.trading.listings.abroad.models import SecurityAssessment
from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.trading.listings.budget.models import ReservedBudget
from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.income_share.models import IncomeShare, ShareProposal
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.measuring.models import MeasuringTerms
from marketplace.trading.listings.past_offer.models import PastOffer
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.listings.revision.models import Revision, RevisionDifference
from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Listing,
    ReadOnlyAdmin,
    list_display=("title", "organization", "price", "currency", "state", "published_at"),
    list_filter=("state",),
    search_fields=("title",),
)

admin.site.register(
    PastOffer,
    ReadOnlyAdmin,
    list_display=("listing", "revision", "sheet_digest", "created_at"),
    list_select_related=("listing", "revision"),
    exclude=("sheet",),
)

admin.site.register(
    Product,
    ReadOnlyAdmin,
    list_display=("dataset", "organization", "treatment", "policy_sha256", "created_at"),
    list_filter=("treatment",),
    list_select_related=("dataset", "organization"),
    search_fields=("dataset__title", "policy_sha256"),
)

admin.site.register(
    Revision,
    ReadOnlyAdmin,
    list_display=("product", "number", "version", "verdict", "sha256", "live_at"),
    list_filter=("verdict",),
    list_select_related=("product__dataset", "version__dataset"),
    search_fields=("product__dataset__title", "sha256"),
)

admin.site.register(
    ListingRenewal,
    ReadOnlyAdmin,
    list_display=("listing", "state", "on_sale_from", "on_sale_until", "created_at"),
    list_filter=("state",),
)

# Reports that are sold, without their content.
admin.site.register(
    ListingReport,
    ReadOnlyAdmin,
    list_display=("listing", "sha256", "created_at"),
    exclude=("content",),
)

admin.site.register(
    Sandbox,
    ReadOnlyAdmin,
    list_display=("listing", "epsilon_question", "epsilon", "epsilon_all", "period"),
)

admin.site.register(
    Demand,
    ReadOnlyAdmin,
    list_display=("title", "buyer", "state", "open_until"),
    list_filter=("state",),
    search_fields=("title",),
)

admin.site.register(
    IncomeShare,
    ReadOnlyAdmin,
    list_display=("listing", "organization", "ground", "rate", "state"),
    list_filter=("state", "ground"),
    list_select_related=("listing", "organization"),
    search_fields=("organization__name", "listing__title"),
)

admin.site.register(
    Inquiry,
    ReadOnlyAdmin,
    list_display=("text", "listing", "organization", "state", "created_at"),
    list_filter=("state",),
    search_fields=("text", "answer"),
)

admin.site.register(
    DemandAnswer, ReadOnlyAdmin, list_display=("demand", "seller", "listing", "created_at")
)

admin.site.register(
    ReservedBudget,
    ReadOnlyAdmin,
    list_display=("sale", "version", "epsilon", "spent", "learnt", "ended_at"),
)

admin.site.register(
    TakenSale,
    ReadOnlyAdmin,
    list_display=("listing", "order_id", "number", "is_exclusive", "is_live", "is_completed"),
    list_filter=("is_live", "is_exclusive"),
)

# What sellers assessed of their data's impact on persons.
admin.site.register(
    ImpactAssessment,
    ReadOnlyAdmin,
    list_display=("version", "organization", "state", "kept_until"),
    list_filter=("state",),
)

# Security assessments that let important data go to buyers abroad.
admin.site.register(
    SecurityAssessment, ReadOnlyAdmin, list_display=("reference", "dataset", "buyer", "valid_until")
)

admin.site.register(
    RevisionDifference,
    ReadOnlyAdmin,
    list_display=("revision", "inserted", "updated", "deleted", "created_at"),
    list_select_related=("revision__product__dataset",),
)

admin.site.register(
    MeasuringTerms,
    ReadOnlyAdmin,
    list_display=("listing", "is_open", "epsilon", "most_of_buyer", "created_at"),
    list_filter=("is_open",),
)

admin.site.register(
    ShareProposal,
    ReadOnlyAdmin,
    list_display=("listing", "digest", "created_at"),
    list_select_related=("listing",),
    search_fields=("listing__title", "digest"),
)
