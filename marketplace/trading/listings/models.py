from marketplace.trading.listings.abroad.models import SecurityAssessment
from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.trading.listings.budget.models import ReservedBudget
from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.income_share.models import IncomeShare, ShareProposal
from marketplace.trading.listings.inquiry.models import Inquiry
from marketplace.trading.listings.listing.models import Listing, ListingInvitation, Suspension
from marketplace.trading.listings.measuring.models import MeasuringTerms
from marketplace.trading.listings.past_offer.models import PastOffer
from marketplace.trading.listings.product.models import Product, Treatment
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.listings.revision.models import Revision, RevisionDifference
from marketplace.trading.listings.sale.models import TakenSale
from marketplace.trading.listings.sandbox.models import BudgetPeriod, Sandbox

__all__ = [
    "BudgetPeriod",
    "Demand",
    "DemandAnswer",
    "ImpactAssessment",
    "IncomeShare",
    "Inquiry",
    "Listing",
    "ListingInvitation",
    "ListingRenewal",
    "ListingReport",
    "MeasuringTerms",
    "PastOffer",
    "Product",
    "ReservedBudget",
    "Revision",
    "RevisionDifference",
    "Sandbox",
    "SecurityAssessment",
    "ShareProposal",
    "Suspension",
    "TakenSale",
    "Treatment",
]
