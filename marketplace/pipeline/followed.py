"""Which facts lead to which states of what is bought, paid, granted and certified.

`verify_ledger --state` reads each state off the ledger again. An act that moves one of these states
under another fact is named here; until it is, what it left is told as a fault.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marketplace.accounts.setting.events import SettingConfirmed, SettingDropped, SettingProposed
from marketplace.accounts.setting.models import CentreSetting
from marketplace.accounts.setting.states import SettingState
from marketplace.delivery.grant.events import (
    GrantAmended,
    GrantExpired,
    GrantIssued,
    GrantRevoked,
)
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.states import GrantState
from marketplace.ledger.following import Effect, States, follow, to
from marketplace.rights.certificate.events import (
    CertificateCancelled,
    CertificateExpired,
    CertificateFrozen,
    CertificateIssued,
    CertificateSuperseded,
    CertificateUnfrozen,
)
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.objection.events import (
    ObjectionDecided,
    ObjectionRaised,
    ObjectionReferred,
)
from marketplace.rights.objection.models import Objection
from marketplace.rights.objection.states import ObjectionState
from marketplace.trading.listings.advance.events import ListingAdvanced
from marketplace.trading.listings.listing.events import ListingDrafted
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState
from marketplace.trading.listings.publication.events import (
    ListingPublished,
    ListingResumed,
    ListingReturned,
    ListingSubmitted,
    ListingSuperseded,
    ListingSuspended,
    ListingWithdrawn,
)
from marketplace.trading.listings.renewal.events import ListingRenewed
from marketplace.trading.orders.amendment.events import (
    AmendmentDeclined,
    AmendmentExpired,
    AmendmentProposed,
    AmendmentSigned,
    AmendmentWithdrawn,
)
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.amendment.states import AmendmentState
from marketplace.trading.orders.approval.events import (
    ApprovalAsked,
    ApprovalFell,
    SigningApproved,
    SigningRefused,
)
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.states import ApprovalState
from marketplace.trading.orders.contract.events import ContractSigned, ContractTerminated
from marketplace.trading.orders.dispute.events import (
    DisputeAppealed,
    DisputeDecided,
    DisputeEnded,
    DisputeOpened,
    DisputeWithdrawn,
    SettlementAnswered,
    SettlementProposed,
)
from marketplace.trading.orders.dispute.models import Dispute
from marketplace.trading.orders.dispute.states import DisputeState
from marketplace.trading.orders.negotiation.events import OfferExpired, OfferMade
from marketplace.trading.orders.objection.events import RemedyAccepted
from marketplace.trading.orders.order.events import (
    DeliveryObjected,
    OrderAccepted,
    OrderCancelled,
    OrderCompleted,
    OrderDeclined,
    OrderDelivered,
    OrderFree,
    OrderPlaced,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.recall.events import OrderRecalled
from marketplace.trading.orders.right_sale.events import RightSaleEnded
from marketplace.trading.orders.settlement.events import PaymentHeld
from marketplace.trading.treasury.bank.events import (
    StatementBooked,
    StatementConfirmed,
    StatementImported,
    StatementRejected,
)
from marketplace.trading.treasury.bank.models import BankStatement
from marketplace.trading.treasury.bank.states import StatementState
from marketplace.trading.treasury.closing.events import ClosingProposed, ClosingRejected, DayClosed
from marketplace.trading.treasury.closing.models import ClosingProposal
from marketplace.trading.treasury.closing.states import ClosingState
from marketplace.trading.treasury.payout.events import OrderRefunded

Told = Mapping[str, Any]


def _back(_told: Told, before: list[States]) -> States | None:
    """Lead back to the states from before the last fact."""
    return before[0]


def _offered(told: Told, _before: list[States]) -> States | None:
    """Lead to waiting for the other side."""
    by_seller = told["side"] == "seller"
    return frozenset({OrderState.COUNTERED if by_seller else OrderState.PLACED})


def _recalled(told: Told, _before: list[States]) -> States | None:
    return frozenset({told["outcome"]})


def _amended(told: Told, _before: list[States]) -> States | None:
    """Open a grant again where it now lasts beyond the moment of the act."""
    lasts = datetime.fromisoformat(told["expires_at"]) > told["happened_at"]
    return frozenset({GrantState.ACTIVE}) if lasts else None


def _advanced(_told: Told, before: list[States]) -> States | None:
    """Put a listing that the gate suspended on the market again; another suspension stays."""
    return frozenset({ListingState.PUBLISHED, *before[-1]})


def _concluded(state: str) -> Effect:
    return lambda told, _before: frozenset({state}) if told["is_concluded"] else None


def _not_agreed(told: Told, _before: list[States]) -> States | None:
    return None if told["is_agreed"] else frozenset({DisputeState.OPEN})


def _ended(told: Told, _before: list[States]) -> States | None:
    return frozenset({told["outcome"]})


follow(
    Order,
    "order",
    {
        OrderPlaced: to(OrderState.PLACED),
        OfferMade: _offered,
        OfferExpired: to(OrderState.EXPIRED),
        OrderDeclined: to(OrderState.DECLINED),
        OrderCancelled: to(OrderState.CANCELLED),
        OrderAccepted: to(OrderState.ACCEPTED),
        ContractSigned: _concluded(OrderState.SIGNED),
        OrderFree: to(OrderState.PAID),
        PaymentHeld: to(OrderState.PAID),
        OrderDelivered: to(OrderState.DELIVERED),
        DeliveryObjected: to(OrderState.OBJECTED),
        # Other data, or all of the money; where it is a part, the order is completed besides.
        RemedyAccepted: to(OrderState.PAID, OrderState.REFUNDED),
        OrderCompleted: to(OrderState.COMPLETED),
        DisputeOpened: to(OrderState.DISPUTED),
        DisputeWithdrawn: _back,
        DisputeEnded: to(OrderState.REFUNDED, OrderState.COMPLETED),
        OrderRefunded: to(OrderState.REFUNDED),
        OrderRecalled: _recalled,
        RightSaleEnded: to(OrderState.REFUNDED),
        ContractTerminated: to(OrderState.TERMINATED),
    },
    is_mentioned=True,
)
follow(
    Dispute,
    "dispute",
    {
        DisputeOpened: to(DisputeState.OPEN),
        SettlementProposed: to(DisputeState.PROPOSED),
        SettlementAnswered: _not_agreed,
        DisputeDecided: to(DisputeState.DECIDED),
        DisputeAppealed: to(DisputeState.APPEALED),
        DisputeEnded: _ended,
        DisputeWithdrawn: to(DisputeState.WITHDRAWN),
    },
)
follow(
    Amendment,
    "amendment",
    {
        AmendmentProposed: to(AmendmentState.PROPOSED),
        AmendmentSigned: _concluded(AmendmentState.IN_FORCE),
        AmendmentDeclined: to(AmendmentState.DECLINED),
        AmendmentWithdrawn: to(AmendmentState.WITHDRAWN),
        AmendmentExpired: to(AmendmentState.EXPIRED),
    },
)
follow(
    SigningApproval,
    "signing_approval",
    {
        ApprovalAsked: to(ApprovalState.ASKED),
        SigningApproved: to(ApprovalState.APPROVED),
        SigningRefused: to(ApprovalState.REFUSED),
        ApprovalFell: to(ApprovalState.FALLEN),
    },
)
follow(
    Listing,
    "listing",
    {
        ListingDrafted: to(ListingState.DRAFT),
        ListingSubmitted: to(ListingState.SUBMITTED),
        ListingReturned: to(ListingState.RETURNED),
        ListingPublished: to(ListingState.PUBLISHED),
        ListingSuspended: to(ListingState.SUSPENDED),
        ListingResumed: to(ListingState.PUBLISHED),
        ListingRenewed: to(ListingState.PUBLISHED),
        ListingAdvanced: _advanced,
        ListingWithdrawn: to(ListingState.WITHDRAWN),
        ListingSuperseded: to(ListingState.SUPERSEDED),
    },
)
follow(
    Grant,
    "grant",
    {
        GrantIssued: to(GrantState.ACTIVE),
        GrantAmended: _amended,
        GrantExpired: to(GrantState.EXPIRED),
        GrantRevoked: to(GrantState.REVOKED),
    },
)
follow(
    Certificate,
    "certificate",
    {
        CertificateIssued: to(CertificateState.IN_FORCE),
        CertificateFrozen: to(CertificateState.FROZEN),
        CertificateUnfrozen: to(CertificateState.IN_FORCE),
        CertificateCancelled: to(CertificateState.CANCELLED),
        CertificateExpired: to(CertificateState.EXPIRED),
        CertificateSuperseded: to(CertificateState.SUPERSEDED),
    },
)
follow(
    Objection,
    "objection",
    {
        ObjectionRaised: to(ObjectionState.OPEN),
        ObjectionReferred: to(ObjectionState.REFERRED),
        ObjectionDecided: _ended,
    },
)
follow(
    ClosingProposal,
    "closing",
    {
        ClosingProposed: to(ClosingState.PROPOSED),
        DayClosed: to(ClosingState.CONFIRMED),
        ClosingRejected: to(ClosingState.REJECTED),
    },
)
follow(
    BankStatement,
    "statement",
    {
        StatementImported: to(StatementState.IMPORTED),
        StatementConfirmed: to(StatementState.CONFIRMED),
        StatementRejected: to(StatementState.REJECTED),
        StatementBooked: to(StatementState.BOOKED),
    },
)
follow(
    CentreSetting,
    "centre_setting",
    {
        SettingProposed: to(SettingState.OPEN),
        SettingConfirmed: to(SettingState.CONFIRMED),
        SettingDropped: to(SettingState.DROPPED),
    },
)
