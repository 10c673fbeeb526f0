"""What happens to listings, orders, contracts and money."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact
from marketplace.trading.term_events import TermSettled as TermSettled


@dataclass(frozen=True, kw_only=True)
class ListingDrafted(Fact):
    """A seller began a listing."""

    kind = "trading.listing_drafted"
    label = _("Listing drafted")


@dataclass(frozen=True, kw_only=True)
class ListingRevised(Fact):
    """A seller changed a listing."""

    kind = "trading.listing_revised"
    label = _("Listing revised")


@dataclass(frozen=True, kw_only=True)
class ListingSubmitted(Fact):
    """A listing went to a second officer, with the proofs it is bound to."""

    kind = "trading.listing_submitted"
    label = _("Listing submitted for publication")
    bytes_sha256: str


@dataclass(frozen=True, kw_only=True)
class SandboxDeclared(Fact):
    """A seller said what a listing's sandbox answers, and what answers may spend of ε."""

    kind = "trading.sandbox_declared"
    label = _("Sandbox declared")
    declaration_sha256: str
    epsilon: str
    epsilon_question: str
    epsilon_all: str
    period: str


@dataclass(frozen=True, kw_only=True)
class ReportWritten(Fact):
    """A seller wrote the report that a listing delivers; the digest is that of its bytes."""

    kind = "trading.report_written"
    label = _("Report written")
    report_sha256: str


@dataclass(frozen=True, kw_only=True)
class ListingPublished(Fact):
    """A second officer let a listing into the market; the digest is that of the frozen sheet."""

    kind = "trading.listing_published"
    label = _("Listing published")
    sheet_sha256: str
    bytes_sha256: str


@dataclass(frozen=True, kw_only=True)
class ListingReturned(Fact):
    """A second officer sent a listing back."""

    kind = "trading.listing_returned"
    label = _("Listing returned for correction")


@dataclass(frozen=True, kw_only=True)
class ListingSuspended(Fact):
    """A listing was taken off the market for the time being; `code` names a broken proof."""

    kind = "trading.listing_suspended"
    label = _("Listing suspended")
    code: str


@dataclass(frozen=True, kw_only=True)
class ListingResumed(Fact):
    """A suspended listing came back."""

    kind = "trading.listing_resumed"
    label = _("Listing resumed")


@dataclass(frozen=True, kw_only=True)
class ListingWithdrawn(Fact):
    """A listing left the market for good."""

    kind = "trading.listing_withdrawn"
    label = _("Listing withdrawn")


@dataclass(frozen=True, kw_only=True)
class OrderPlaced(Fact):
    """A buyer ordered what is listed, having seen the sheet of that digest."""

    kind = "trading.order_placed"
    label = _("Order placed")
    sheet_sha256: str


@dataclass(frozen=True, kw_only=True)
class OfferMade(Fact):
    """A side answered the other's offer with one of its own."""

    kind = "trading.offer_made"
    label = _("Counter-offer made")
    side: str
    number: int
    offer_sha256: str


@dataclass(frozen=True, kw_only=True)
class OfferExpired(Fact):
    """Nobody answered the latest offer in time, and the order ended."""

    kind = "trading.offer_expired"
    label = _("Offer ran out")


@dataclass(frozen=True, kw_only=True)
class OrderAccepted(Fact):
    """A side accepted the other's offer; the contract's text is frozen under its digest."""

    kind = "trading.order_accepted"
    label = _("Order accepted")
    side: str
    contract_sha256: str


@dataclass(frozen=True, kw_only=True)
class OrderDeclined(Fact):
    """The side whose turn it was declined."""

    kind = "trading.order_declined"
    label = _("Order declined")
    side: str


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(Fact):
    """A side stepped back before both had signed."""

    kind = "trading.order_cancelled"
    label = _("Order cancelled")
    side: str


@dataclass(frozen=True, kw_only=True)
class ContractSigned(Fact):
    """A side signed the text of that digest; `is_concluded` when the other already had.

    The evidence is what shows the signature: a passkey's assertion, or the centre's statement.
    """

    kind = "trading.contract_signed"
    label = _("Contract signed")
    side: str
    contract_sha256: str
    is_concluded: bool
    signature_kind: str
    evidence_sha256: str


@dataclass(frozen=True, kw_only=True)
class OrderFree(Fact):
    """Both sides signed an order without a price: nothing is to be paid before delivery."""

    kind = "trading.order_free"
    label = _("Free of charge, ready for delivery")


@dataclass(frozen=True, kw_only=True)
class PaymentHeld(Fact):
    """The buyer's money came in and is held until acceptance."""

    kind = "trading.payment_held"
    label = _("Payment received and held")
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class OrderDelivered(Fact):
    """The buyer opened the data for the first time; the term of acceptance runs."""

    kind = "trading.order_delivered"
    label = _("Order delivered")
    acceptance_due_on: str


@dataclass(frozen=True, kw_only=True)
class DeliveryObjected(Fact):
    """The buyer objected to what was delivered; the term stops and the money stays held."""

    kind = "trading.delivery_objected"
    label = _("Delivery objected to")


@dataclass(frozen=True, kw_only=True)
class OrderCompleted(Fact):
    """The delivery was accepted, or the term passed in silence; the money is released."""

    kind = "trading.order_completed"
    label = _("Delivery accepted and payment released")
    is_silent: bool
    released: str
    fee: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class RightSaleBegun(Fact):
    """The register's case is open by which a sold and paid right passes; `about` names it."""

    kind = "trading.right_sale_begun"
    label = _("Transfer of the sold right opened")


@dataclass(frozen=True, kw_only=True)
class RightSaleEnded(Fact):
    """The register did not pass a sold right, and what was held went back to the buyer."""

    kind = "trading.right_sale_ended"
    label = _("Right not passed, money refunded")
    refunded: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class TerminationGiven(Fact):
    """A side gave notice: the contract ends when what is paid for is over."""

    kind = "trading.termination_given"
    label = _("Notice of termination given")
    side: str
    ends_on: str


@dataclass(frozen=True, kw_only=True)
class ContractTerminated(Fact):
    """The contract ended; `side` ended it, and is empty where a notice ran out."""

    kind = "trading.contract_terminated"
    label = _("Contract terminated")
    side: str
    refunded: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class DemandPosted(Fact):
    """A buyer asked for data that is not listed."""

    kind = "trading.demand_posted"
    label = _("Data asked for")


@dataclass(frozen=True, kw_only=True)
class DemandAnswered(Fact):
    """A seller answered a request for data, with a listing or in words."""

    kind = "trading.demand_answered"
    label = _("Request for data answered")
    has_listing: bool


@dataclass(frozen=True, kw_only=True)
class DemandClosed(Fact):
    """The buyer closed a request for data."""

    kind = "trading.demand_closed"
    label = _("Request for data closed")


@dataclass(frozen=True, kw_only=True)
class DemandExpired(Fact):
    """The last day of a request for data passed."""

    kind = "trading.demand_expired"
    label = _("Request for data ran out")
