"""What follows from what: for each fact, the acts that it starts and the notices of it.

A reaction takes the sealed entry, calls one act, and returns nothing. It runs once, in the
transaction that moves the cursor; a test and the page of the pipeline name it by its function.
"""

from __future__ import annotations

from typing import Protocol

from marketplace.appraisal.appraisal.events import (
    AppraisalExpired,
    AppraisalSuperseded,
    AppraisalWithdrawn,
)
from marketplace.appraisal.ceiling.events import CeilingClosed, CeilingExcessCarried
from marketplace.catalog.dataset.events import DatasetApproved, DatasetReopened, DatasetRetired
from marketplace.catalog.source.events import DrawingRequested
from marketplace.ledger.facts import KINDS, Fact
from marketplace.ledger.models import Entry
from marketplace.notices.events import PeopleNotified
from marketplace.pipeline.notices import ROWS
from marketplace.pipeline.reactions.appraising import return_income
from marketplace.pipeline.reactions.drawing import ask_drawer
from marketplace.pipeline.reactions.emails import send_emails
from marketplace.pipeline.reactions.persons import ask_searcher, end_removals
from marketplace.pipeline.reactions.preparing import ask_worker, help_failed, profile_approved
from marketplace.pipeline.reactions.recalls import begin_to_recall, undo_order
from marketplace.pipeline.reactions.rights import note_listing, note_renewal
from marketplace.pipeline.reactions.selling_rights import complete_sale, end_sale
from marketplace.pipeline.reactions.trading import (
    amend_access,
    certify,
    end_access,
    grant_access,
    grant_copy,
    suspend_listings,
)
from marketplace.pipeline.reactions.valuing import correct_trade, note_trade
from marketplace.preparation.release.events import CopyFinished
from marketplace.preparation.report.events import (
    RiskMeasured,
    RiskReportRecalled,
    RiskReportWithdrawn,
)
from marketplace.preparation.run.events import MaskingFinished, RunRequested
from marketplace.rights.certificate.events import (
    CertificateCancelled,
    CertificateExpired,
    CertificateFrozen,
    CertificateSuperseded,
)
from marketplace.rights.claim.events import (
    ClaimNotAccepted,
    ClaimRefused,
    ClaimTerminated,
    ClaimWithdrawn,
)
from marketplace.rights.transfer.events import RightTransferred
from marketplace.trading.listings.listing.events import (
    ListingPublished,
    ListingResumed,
    ListingSuperseded,
    ListingSuspended,
    ListingWithdrawn,
)
from marketplace.trading.listings.renewal.events import ListingRenewed
from marketplace.trading.orders.amendment.events import AmendmentSigned
from marketplace.trading.orders.contract.events import ContractTerminated
from marketplace.trading.orders.dispute.events import DisputeEnded, DisputeWithdrawn
from marketplace.trading.orders.order.events import OrderCompleted, OrderFree
from marketplace.trading.orders.person_request.events import PersonSearchAsked
from marketplace.trading.orders.recall.events import OrderRecallBegun, OrderRecalled
from marketplace.trading.orders.settlement.events import PaymentHeld
from marketplace.trading.treasury.payout.events import DisbursementApproved


class Reaction(Protocol):
    """What is called with an entry; its name is kept where it is put aside."""

    @property
    def __name__(self) -> str: ...

    def __call__(self, entry: Entry, /) -> None: ...


ACTS: dict[type[Fact], tuple[Reaction, ...]] = {
    DatasetApproved: (profile_approved,),
    DatasetReopened: (suspend_listings,),
    DatasetRetired: (suspend_listings, end_removals),
    DrawingRequested: (ask_drawer,),
    RunRequested: (ask_worker,),
    MaskingFinished: (end_removals,),
    CopyFinished: (grant_copy,),
    RiskMeasured: (help_failed,),
    RiskReportWithdrawn: (suspend_listings,),
    RiskReportRecalled: (suspend_listings, begin_to_recall),
    ClaimNotAccepted: (end_sale,),
    ClaimTerminated: (end_sale,),
    ClaimRefused: (end_sale,),
    ClaimWithdrawn: (end_sale,),
    CertificateFrozen: (suspend_listings,),
    CertificateCancelled: (suspend_listings,),
    CertificateSuperseded: (suspend_listings,),
    RightTransferred: (complete_sale,),
    CertificateExpired: (suspend_listings,),
    AppraisalSuperseded: (suspend_listings,),
    AppraisalWithdrawn: (suspend_listings,),
    AppraisalExpired: (suspend_listings,),
    CeilingClosed: (suspend_listings,),
    CeilingExcessCarried: (suspend_listings,),
    ListingPublished: (note_listing,),
    ListingResumed: (note_listing,),
    ListingSuspended: (note_listing,),
    ListingRenewed: (note_listing, note_renewal),
    ListingSuperseded: (note_listing,),
    ListingWithdrawn: (note_listing,),
    OrderFree: (grant_access,),
    ContractTerminated: (end_access,),
    AmendmentSigned: (amend_access,),
    PaymentHeld: (grant_access,),
    DisbursementApproved: (correct_trade,),
    DisputeWithdrawn: (undo_order,),
    DisputeEnded: (correct_trade, undo_order),
    PersonSearchAsked: (ask_searcher,),
    OrderRecallBegun: (undo_order,),
    OrderRecalled: (end_access, correct_trade),
    OrderCompleted: (certify, return_income, note_trade),
    PeopleNotified: (send_emails,),
}
"""What a fact starts, before its notices are written."""


def _reactions() -> dict[type[Fact], tuple[Reaction, ...]]:
    found = dict(ACTS)
    for row in ROWS:
        for fact in row.facts:
            found[fact] = (*found.get(fact, ()), row)
    return found


REACTIONS = _reactions()


def reactions_to(kind: str) -> tuple[Reaction, ...]:
    """Return what follows from a fact of a kind, as an entry holds it."""
    return REACTIONS.get(KINDS[kind], ()) if kind in KINDS else ()
