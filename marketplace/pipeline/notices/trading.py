"""What happens to listings, orders and contracts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.delivery.grant.events import GrantAdvanced, GrantIssued, LicenceEnding
from marketplace.notices.kinds import Email, Group
from marketplace.pipeline.notices import matters
from marketplace.pipeline.notices.audiences import (
    APPROVERS,
    ASKED_SELLERS,
    ASKER,
    ASKERS,
    BOTH_SIDES,
    BUYERS,
    GRANTEES,
    GUESTS,
    INQUIRERS,
    LISTING_OFFICERS,
    OTHER_SIDE,
    SELLERS,
)
from marketplace.pipeline.notices.row import Row
from marketplace.trading.listings.demand.events import DemandAnswered
from marketplace.trading.listings.inquiry.events import (
    InquiryAnswered,
    InquiryAsked,
    InquiryWithheld,
)
from marketplace.trading.listings.listing.events import (
    ListingPublished,
    ListingSuspended,
    OrganizationsInvited,
)
from marketplace.trading.listings.renewal.events import ListingRenewed
from marketplace.trading.orders.amendment.events import (
    AmendmentDeclined,
    AmendmentExpired,
    AmendmentProposed,
    AmendmentSigned,
    AmendmentWithdrawn,
)
from marketplace.trading.orders.approval.events import (
    ApprovalAsked,
    SigningApproved,
    SigningRefused,
)
from marketplace.trading.orders.contract.events import (
    ContractSigned,
    ContractTerminated,
    TerminationGiven,
)
from marketplace.trading.orders.negotiation.events import OfferExpired, OfferMade
from marketplace.trading.orders.order.events import (
    DeliveryObjected,
    OrderAccepted,
    OrderCancelled,
    OrderCompleted,
    OrderDeclined,
    OrderDelivered,
    OrderPlaced,
)
from marketplace.trading.orders.right_sale.events import RightSaleEnded

ROWS = (
    Row(
        name="licence_ending",
        facts=(LicenceEnding,),
        to=(BOTH_SIDES,),
        parameters=matters.day(),
        label=_("A licence runs out"),
        title=_("The licence of “%(thing)s” runs out on %(day)s"),
        body=_(
            "On that day access and keys end. Agree on an amendment to use the data longer; else "
            "the buyer deletes every copy and states it on the order's page."
        ),
        group=Group.TRADING,
        email=Email.ALWAYS,
    ),
    Row(
        name="grant_advanced",
        facts=(GrantAdvanced,),
        to=(GRANTEES,),
        parameters=lambda entry: {"number": str(entry.payload["number"])},
        label=_("Later revision delivered"),
        title=_("Revision %(number)s of “%(thing)s” is yours"),
        body=_("The page of the delivery has it, with its digest, beside the revisions before."),
        group=Group.TRADING,
    ),
    Row(
        name="listing_suspended",
        facts=(ListingSuspended,),
        to=(LISTING_OFFICERS,),
        label=_("Listing suspended"),
        title=_("The listing “%(thing)s” is suspended"),
        body=_("Nobody can order it now. Its page says which proof is missing and what to do."),
        group=Group.TRADING,
    ),
    Row(
        name="listing_offered",
        facts=(ListingPublished, OrganizationsInvited),
        to=(GUESTS,),
        page=matters.public_page,
        label=_("Invited to a listing"),
        title=_("“%(thing)s” is offered to you by invitation"),
        body=_("Only those that its seller invited see it. Its page says price and terms."),
        group=Group.TRADING,
    ),
    Row(
        name="listing_renewed",
        facts=(ListingRenewed,),
        to=(GUESTS,),
        page=matters.public_page,
        label=_("Listing of an invitation renewed"),
        title=_("“%(thing)s” is on sale for new days"),
        body=_("Your organization is invited to it. Its page says until when, and at what price."),
        group=Group.TRADING,
    ),
    Row(
        name="demand_answered",
        facts=(DemandAnswered,),
        to=(ASKERS,),
        label=_("Request for data answered"),
        title=_("A seller answered your request “%(thing)s”"),
        body=_("Read the answer, and order what fits or close the request."),
        group=Group.TRADING,
    ),
    Row(
        name="inquiry_makeed",
        facts=(InquiryAsked,),
        to=(ASKED_SELLERS,),
        label=_("Inquiry about data asked"),
        title=_("Somebody asks about “%(thing)s”"),
        body=_("Answer it: everybody reads the answer on the page of the data."),
        group=Group.TRADING,
    ),
    Row(
        name="inquiry_answered",
        facts=(InquiryAnswered,),
        to=(INQUIRERS,),
        label=_("Inquiry about data answered"),
        title=_("Your inquiry about “%(thing)s” is answered"),
        body=_("Read the answer on the page of the data."),
        group=Group.TRADING,
    ),
    Row(
        name="inquiry_withheld",
        facts=(InquiryWithheld,),
        to=(ASKED_SELLERS, INQUIRERS),
        label=_("Inquiry about data taken off the page"),
        title=_("An inquiry about “%(thing)s” is not shown any more"),
        body=_("The reason stands on its page."),
        group=Group.TRADING,
    ),
    Row(
        name="order_placed",
        facts=(OrderPlaced,),
        to=(SELLERS,),
        label=_("Order placed"),
        title=_("A buyer ordered “%(thing)s”"),
        body=_("Accept the order or decline it with a reason."),
        group=Group.TRADING,
    ),
    Row(
        name="offer_made",
        facts=(OfferMade,),
        to=(OTHER_SIDE,),
        label=_("Offer made"),
        title=_("The other side makes another offer on “%(thing)s”"),
        body=_(
            "Its page shows what would change. Accept it, decline it, or make an offer of yours."
        ),
        group=Group.TRADING,
    ),
    Row(
        name="offer_accepted",
        facts=(OrderAccepted,),
        to=(SELLERS,),
        when=matters.by_side("buyer"),
        label=_("Offer accepted"),
        title=_("Your offer on “%(thing)s” is accepted"),
        body=_("Read the contract and sign it."),
        group=Group.TRADING,
    ),
    Row(
        name="offer_declined",
        facts=(OrderDeclined,),
        to=(SELLERS,),
        when=matters.by_side("buyer"),
        label=_("Offer declined"),
        title=_("Your offer on “%(thing)s” is declined"),
        body=_("The reason stands on its page."),
        group=Group.TRADING,
    ),
    Row(
        name="offer_expired",
        facts=(OfferExpired,),
        to=(BOTH_SIDES,),
        label=_("Offer ran out"),
        title=_("The offer on “%(thing)s” ran out"),
        body=_("Nobody answered it in time, and nobody owes anything."),
        group=Group.TRADING,
    ),
    Row(
        name="order_accepted",
        facts=(OrderAccepted,),
        to=(BUYERS,),
        when=matters.by_side("seller"),
        label=_("Order accepted"),
        title=_("Your order of “%(thing)s” is accepted"),
        body=_("Read the contract and sign it."),
        group=Group.TRADING,
    ),
    Row(
        name="order_declined",
        facts=(OrderDeclined,),
        to=(BUYERS,),
        when=matters.by_side("seller"),
        label=_("Order declined"),
        title=_("Your order of “%(thing)s” is declined"),
        body=_("The reason stands on its page."),
        group=Group.TRADING,
    ),
    Row(
        name="order_cancelled",
        facts=(OrderCancelled,),
        to=(OTHER_SIDE,),
        label=_("Order cancelled"),
        title=_("The order of “%(thing)s” is cancelled"),
        body=_("There is nothing more to do."),
        group=Group.TRADING,
    ),
    Row(
        name="approval_asked",
        facts=(ApprovalAsked,),
        to=(APPROVERS,),
        label=_("Approval to sign asked for"),
        title=_("A colleague asks to sign “%(thing)s” above their limit"),
        body=_("Read the text, and approve or refuse that it is signed for your organization."),
        group=Group.TRADING,
    ),
    Row(
        name="signing_approved",
        facts=(SigningApproved,),
        to=(ASKER,),
        label=_("Signing approved"),
        title=_("You can sign “%(thing)s”: a colleague approved it"),
        body=_("The approval is of this text alone. You sign it on its own page."),
        group=Group.TRADING,
    ),
    Row(
        name="signing_refused",
        facts=(SigningRefused,),
        to=(ASKER,),
        label=_("Signing refused"),
        title=_("A colleague refused that you sign “%(thing)s”"),
        body=_("The reason stands with the approval. You cannot sign it alone."),
        group=Group.TRADING,
    ),
    Row(
        name="contract_signed",
        facts=(ContractSigned,),
        to=(OTHER_SIDE,),
        label=_("Contract signed"),
        title=_("The other side signed the contract on “%(thing)s”"),
        body=_("Its page says whether your signature is missing."),
        group=Group.TRADING,
    ),
    Row(
        name="contract_amended",
        facts=(
            AmendmentProposed,
            AmendmentSigned,
            AmendmentDeclined,
            AmendmentWithdrawn,
            AmendmentExpired,
        ),
        to=(OTHER_SIDE,),
        label=_("Contract amended"),
        title=_("There is news of an amendment of the contract on “%(thing)s”"),
        body=_(
            "Its page says what changes, whether it holds, and whether your signature is missing."
        ),
        group=Group.TRADING,
        email=Email.ALWAYS,
    ),
    Row(
        name="contract_terminated",
        facts=(TerminationGiven, ContractTerminated, RightSaleEnded),
        to=(OTHER_SIDE,),
        label=_("Contract terminated"),
        title=_("The contract on “%(thing)s” is terminated"),
        body=_("Its page says why, and what becomes of access and money."),
        group=Group.TRADING,
        email=Email.ALWAYS,
    ),
    Row(
        name="data_ready",
        facts=(GrantIssued,),
        to=(GRANTEES,),
        label=_("Data ready"),
        title=_("“%(thing)s” is ready to download"),
        body=_("Download it, check it, and accept the delivery."),
        group=Group.TRADING,
    ),
    Row(
        name="order_delivered",
        facts=(OrderDelivered,),
        to=(SELLERS,),
        label=_("Order delivered"),
        title=_("“%(thing)s” was delivered"),
        body=_("The buyer checks it now. Their term runs."),
        group=Group.TRADING,
        email=Email.ON_WISH,
    ),
    Row(
        name="delivery_objected",
        facts=(DeliveryObjected,),
        to=(SELLERS,),
        label=_("Delivery objected to"),
        title=_("The buyer objects to the delivery of “%(thing)s”"),
        body=_(
            "Read the reason on the order and settle it. The money stays held until they accept."
        ),
        group=Group.TRADING,
        email=Email.ALWAYS,
    ),
    Row(
        name="order_completed",
        facts=(OrderCompleted,),
        to=(SELLERS,),
        label=_("Order completed"),
        title=_("The order of “%(thing)s” is completed"),
        body=_("The payment is released."),
        group=Group.TRADING,
    ),
)
