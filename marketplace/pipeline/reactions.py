"""What follows from what: for each fact, the acts, notices and messages that it starts.

A reaction takes the sealed entry, calls one act, and returns nothing. It runs once, in the
transaction that moves the cursor; a test and the page of the pipeline name it by its function.
"""

from decimal import Decimal
from typing import Protocol
from uuid import UUID

from django.utils import timezone

from marketplace.accounts.invitation.events import InvitationResent, PersonInvited
from marketplace.accounts.organization.events import (
    ApplicationLapsed,
    OrganizationApplied,
    OrganizationRefused,
    OrganizationReinstated,
    OrganizationSuspended,
    OrganizationVerified,
)
from marketplace.accounts.person.events import AddressProofAsked
from marketplace.accounts.tasks import send_address_letter, send_invitation_letter
from marketplace.annotation.acceptance.events import BatchInspected
from marketplace.annotation.arbitration.events import ItemArbitrated, LabelDoubted
from marketplace.annotation.labelled_set.events import LabelledSetMade
from marketplace.annotation.labelled_set.selectors import labelled_sets_visible_to
from marketplace.annotation.renewal.events import LabellingRenewed
from marketplace.annotation.tasks import compare_labels
from marketplace.appraisal.appraisal.events import (
    AppraisalExpired,
    AppraisalSuperseded,
    AppraisalWithdrawn,
)
from marketplace.appraisal.appraisal.services import (
    SettledTrade,
    correct_comparable,
    note_comparable,
)
from marketplace.appraisal.ceiling.events import CeilingClosed, CeilingExcessCarried
from marketplace.appraisal.ceiling.services import book_income
from marketplace.appraisal.known_cost.services import note_cost
from marketplace.catalog.dataset.events import DatasetApproved, DatasetReopened, DatasetRetired
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed.selectors import feed_that_brought
from marketplace.catalog.lineage.events import OriginDeclared, OriginWithdrawn
from marketplace.catalog.quality.events import QualityAsked, QualityMeasured, QualityRulesSet
from marketplace.catalog.tasks import measure_quality
from marketplace.catalog.version.events import (
    MaskedVersionAdded,
    VersionReceived,
    VersionTakenUp,
)
from marketplace.catalog.version.models import Quality, VersionKind
from marketplace.catalog.version.selectors import latest_source_version, versions_visible_to
from marketplace.core import WrongState, visible
from marketplace.delivery.certificate.services import certify_delivery
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import grant_of_order
from marketplace.delivery.grant.services import (
    advance_grant,
    advance_grants,
    amend_grant_of_order,
    end_grant_of_order,
    open_order,
)
from marketplace.learning.model.services import settle_models
from marketplace.ledger.facts import KINDS, Fact
from marketplace.ledger.models import Entry
from marketplace.notices.events import EmailAskedAgain, PeopleNotified
from marketplace.notices.selectors import organizations_notified
from marketplace.notices.tasks import send_notice_email
from marketplace.pipeline import notices, webhooks
from marketplace.pipeline.broker import start
from marketplace.pipeline.lineage import tell_lineage
from marketplace.pipeline.long_work import QUEUES
from marketplace.pipeline.notices.row import Row
from marketplace.pipeline.things import PIPELINE, id_of, kind_of, order_of
from marketplace.preparation.arrival.services import prepare_arrival
from marketplace.preparation.exclusion.events import PersonAdmitted, PersonExcluded
from marketplace.preparation.profile.services import start_profile
from marketplace.preparation.release.events import CopyFinished
from marketplace.preparation.report.events import (
    RiskMeasured,
    RiskReportRecalled,
    RiskReportWithdrawn,
)
from marketplace.preparation.run.events import ColumnsClassified, MaskingFinished
from marketplace.preparation.study.services import help_failed_report
from marketplace.preparation.version.rules import OUTDATED
from marketplace.review.services import destroy_documents
from marketplace.rights.certificate.events import (
    CertificateCancelled,
    CertificateExpired,
    CertificateFrozen,
    CertificateSuperseded,
    CertificateUnfrozen,
)
from marketplace.rights.certificate.services import note_reliance
from marketplace.rights.claim.events import (
    ClaimNotAccepted,
    ClaimRefused,
    ClaimTerminated,
    ClaimWithdrawn,
)
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.hearing.services import note_holder_told
from marketplace.rights.objection.selectors import objections_visible_to
from marketplace.rights.registration.events import RightTransferred
from marketplace.trading.listings.advance.events import ListingAdvanced
from marketplace.trading.listings.line.services import advance_arrival
from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.listing.states import ON_MARKET, ListingState
from marketplace.trading.listings.plans import is_comparable
from marketplace.trading.listings.publication.events import (
    ListingPublished,
    ListingResumed,
    ListingSuperseded,
    ListingSuspended,
    ListingWithdrawn,
)
from marketplace.trading.listings.publication.services import (
    resume_mended_listings,
    suspend_broken_listings,
)
from marketplace.trading.listings.renewal.events import ListingRenewed
from marketplace.trading.listings.renewal.selectors import certificates_before
from marketplace.trading.listings.revision.events import RevisionWentLive
from marketplace.trading.listings.tasks import compare_revision
from marketplace.trading.orders.amendment.events import AmendmentSigned
from marketplace.trading.orders.amendment.selectors import amendments_visible_to
from marketplace.trading.orders.contract.events import ContractTerminated
from marketplace.trading.orders.deletion.events import DeletionAsked
from marketplace.trading.orders.dispute.events import DisputeEnded, DisputeWithdrawn
from marketplace.trading.orders.dispute.selectors import disputes_visible_to
from marketplace.trading.orders.objection.events import RemedyAccepted
from marketplace.trading.orders.order.events import OrderCompleted, OrderFree
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState
from marketplace.trading.orders.person_request.events import PersonSearchAsked, PersonSearched
from marketplace.trading.orders.person_request.services import note_rows_left
from marketplace.trading.orders.recall.events import OrderRecallBegun, OrderRecalled
from marketplace.trading.orders.recall.services import begin_recall, recall_order
from marketplace.trading.orders.right_sale.services import (
    begin_right_sale,
    complete_right_sale,
    end_right_sale,
)
from marketplace.trading.orders.right_sale.sold_rights import transfer_of
from marketplace.trading.orders.settlement.events import PaymentHeld
from marketplace.trading.orders.settlement.selectors import refunded_of
from marketplace.trading.orders.tasks import search_person_rows
from marketplace.trading.orders.termination.services import end_refused_order
from marketplace.trading.treasury.payout.events import DisbursementApproved
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to


def profile_approved(entry: Entry) -> None:
    """Ask for a profile of the data whose content was approved; a model has no values."""
    version = versions_visible_to(PIPELINE).get(pk=entry.payload["version"])
    if not version.is_model:
        _profile(version.pk)


def destroy_papers(entry: Entry) -> None:
    """Destroy the documents of an application that was refused, or that nobody followed up."""
    destroy_documents(id_of(entry.subject), before=entry.happened_at, by=PIPELINE)


def help_failed(entry: Entry) -> None:
    """Have treatments tried where a version cannot be traded as it is."""
    help_failed_report(id_of(entry.subject), by=PIPELINE)


def ask_worker(entry: Entry) -> None:
    """Ask a worker to take long work that waits."""
    queues = {queue.name: queue for queue in QUEUES}
    queue = queues[kind_of(entry.subject)]
    start(QUEUES[queue], str(id_of(entry.subject)), priority=queue.priority)


def settle_trained(entry: Entry) -> None:
    """Suspend the models whose data may not be used any more; reinstate those that stand again."""
    settle_models(by=PIPELINE)


def ask_searcher(entry: Entry) -> None:
    """Ask a worker to look for the rows of a person."""
    start(search_person_rows, str(id_of(entry.subject)))


def end_removals(entry: Entry) -> None:
    """End the requests whose rows a new version, or the end of the dataset, leaves out."""
    for subject in (entry.subject, *entry.about):
        if kind_of(subject) == "dataset":
            note_rows_left(id_of(subject), by=PIPELINE)


def ask_measurer(entry: Entry) -> None:
    """Ask a worker to ask a version the rules of its dataset, where it has any."""
    version = visible(versions_visible_to(PIPELINE), pk=id_of(entry.subject))
    if version.quality == Quality.WAITING:
        start(measure_quality, str(version.pk))


def profile_arrived(entry: Entry) -> None:
    """Ask for a profile of what a feed brought, where nobody has to look at it first."""
    version = visible(versions_visible_to(PIPELINE), pk=id_of(entry.subject))
    if version.dataset.is_approved and feed_that_brought(version) is not None:
        _profile(version.pk)


def _profile(version_id: UUID) -> None:
    """Ask for a profile, unless newer data came meanwhile: that is profiled in its place."""
    try:
        start_profile(version_id, by=PIPELINE)
    except WrongState as refusal:
        if refusal.code != OUTDATED:
            raise


def prepare_arrived(entry: Entry) -> None:
    """Go on with what a feed brought, once its columns are known and its quality is measured."""
    for subject in (entry.subject, *entry.about):
        if kind_of(subject) == "version":
            version = visible(versions_visible_to(PIPELINE), pk=id_of(subject))
            if version.kind == VersionKind.SOURCE:
                prepare_arrival(version.pk, by=PIPELINE)


def advance_arrived(entry: Entry) -> None:
    """Let offers move on to what a feed brought, once it is tried and its quality is measured."""
    for subject in (entry.subject, *entry.about):
        if kind_of(subject) == "version":
            version = visible(versions_visible_to(PIPELINE), pk=id_of(subject))
            if version.kind == VersionKind.MASKED:
                advance_arrival(version.pk, by=PIPELINE)


def ask_measurer_of_newest(entry: Entry) -> None:
    """Ask a worker to ask the newest version the rules that were just set."""
    dataset = visible(datasets_visible_to(PIPELINE), pk=id_of(entry.subject))
    newest = latest_source_version(dataset)
    if newest is not None:
        start(measure_quality, str(newest.pk))


def follow_quality(entry: Entry) -> None:
    """Take the listings off the market whose data a rule of quality holds, or bring them back."""
    (suspend_listings if entry.payload["holds"] else resume_listings)(entry)


def ask_comparer(entry: Entry) -> None:
    """Ask a worker to compare a revision with the one before, for its history."""
    start(compare_revision, str(id_of(entry.subject)))


def note_listing(entry: Entry) -> None:
    """Tell the register whether a listing rests on its certificate."""
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(entry.subject))
    if listing.certificate_id is not None:
        note_reliance(
            listing.certificate_id,
            subject=entry.subject,
            is_current=listing.state in ON_MARKET,
            by=PIPELINE,
        )


def note_renewal(entry: Entry) -> None:
    """Tell the register that a renewed listing rests on its certificate of before no more."""
    listing = visible(listings_visible_to(PIPELINE), pk=id_of(entry.subject))
    for certificate_id in certificates_before(listing):
        note_reliance(certificate_id, subject=entry.subject, is_current=False, by=PIPELINE)


def note_trade(entry: Entry) -> None:
    """Note what was paid for which kind of data, where one price was paid to use the whole of it.

    What went back to the buyer in a dispute was not paid, and what was paid for the right itself
    tells nothing of what a licence is worth.
    """
    order = visible(orders_visible_to(PIPELINE), pk=id_of(entry.subject))
    if not is_comparable(order.agreed_plan) or sells_right(order.listing):
        return
    assert order.completed_at is not None
    trade = SettledTrade(
        key=str(order.pk),
        price=order.price - refunded_of(order),
        currency=order.currency,
        is_exclusive=order.is_exclusive,
        settled_on=timezone.localdate(order.completed_at),
    )
    note_comparable(order.revision.version_id, trade=trade, by=PIPELINE)


def note_labelling_cost(entry: Entry) -> None:
    """Note what the labels of a set cost, so that a valuation of it by cost begins with that."""
    sets = labelled_sets_visible_to(PIPELINE).filter(project_id=id_of(entry.subject))
    for made in sets:
        note_cost(
            made.version.dataset_id,
            reference=f"labelled-set:{made.pk}",
            units=made.items,
            amount=made.cost,
            currency=made.project.currency,
            by=PIPELINE,
        )


def ask_label_comparer(entry: Entry) -> None:
    """Ask a worker which labels of a project are likely wrong, since others count now."""
    for subject in (entry.subject, *entry.about):
        if kind_of(subject) == "labelling":
            start(compare_labels, str(id_of(subject)))


def correct_trade(entry: Entry) -> None:
    """Let a noted trade compare at what is left of it, once money went back after its end."""
    order = _order_of(entry)
    if order is not None and order.completed_at is not None:
        left = order.price - refunded_of(order)
        correct_comparable(str(order.pk), price=left, by=PIPELINE)


def _order_of(entry: Entry) -> Order | None:
    """Return the order that a refund, the end of a dispute or a recall belongs to."""
    if entry.subject.startswith("order:"):
        return visible(orders_visible_to(PIPELINE), pk=id_of(entry.subject))
    if entry.kind == "trading.dispute_ended":
        return visible(disputes_visible_to(PIPELINE), pk=id_of(entry.subject)).order
    return visible(disbursements_visible_to(PIPELINE), pk=id_of(entry.subject)).order


def return_income(entry: Entry) -> None:
    """Write what the buyer paid into the account of the period in which the trade settled."""
    order = visible(orders_visible_to(PIPELINE), pk=id_of(entry.subject))
    assert order.completed_at is not None
    book_income(
        order.listing.product.dataset_id,
        source=order.pk,
        amount=Decimal(entry.payload["released"]) + Decimal(entry.payload["fee"]),
        currency=entry.payload["currency"],
        settled_on=timezone.localtime(order.completed_at).date(),
        by=PIPELINE,
    )


def end_access(entry: Entry) -> None:
    """Take the buyer's access back, now that the contract has ended."""
    end_grant_of_order(id_of(entry.subject), by=PIPELINE)


def amend_access(entry: Entry) -> None:
    """Let the grant follow the amended terms, once both sides have signed them."""
    if entry.payload["is_concluded"]:
        amendment = visible(amendments_visible_to(PIPELINE), pk=id_of(entry.subject))
        amend_grant_of_order(amendment.contract.order_id, by=PIPELINE)


def grant_access(entry: Entry) -> None:
    """Open the data to the buyer, or have the buyer's copy written, now that it is paid.

    Where the right itself was sold, the register's case is opened instead.
    """
    order = order_of(entry.subject)
    if sells_right(order.listing):
        begin_right_sale(order.pk, by=PIPELINE)
    elif end_refused_order(order.pk, by=PIPELINE).state == OrderState.PAID:
        open_order(order.pk, by=PIPELINE)


def grant_copy(entry: Entry) -> None:
    """Open a copy to the buyer that it was written for, once its risk has passed."""
    order_id = id_of(entry.subject)
    if not entry.payload["passed"]:
        return
    grant = grant_of_order(order_id)
    if grant is not None:
        advance_grant(grant.pk, by=PIPELINE)
        return
    if end_refused_order(order_id, by=PIPELINE).state == OrderState.PAID:
        opened = open_order(order_id, by=PIPELINE)
        if isinstance(opened, Grant):
            # The listing may have moved on while the copy was written.
            advance_grant(opened.pk, by=PIPELINE)


def give_replacement(entry: Entry) -> None:
    """Deliver other data in place of what was objected to, where the remedy says so."""
    grant = grant_of_order(id_of(entry.subject))
    if entry.payload["replacement"] and grant is not None:
        advance_grant(grant.pk, by=PIPELINE)


def give_revision(entry: Entry) -> None:
    """Give a later revision to the buyers who get each of them."""
    advance_grants(listing_id=id_of(entry.subject), by=PIPELINE)


def certify(entry: Entry) -> None:
    """Certify the delivery of an order that its buyer has accepted, where data was delivered."""
    grant = grant_of_order(id_of(entry.subject))
    if grant is not None:
        certify_delivery(grant.pk, is_silent=entry.payload["is_silent"], by=PIPELINE)


def suspend_listings(entry: Entry) -> None:
    """Take the listings off the market whose proof fell: those of the dataset that it is of."""
    for subject in (entry.subject, *entry.about):
        kind, _colon, pk = subject.partition(":")
        if kind == "dataset":
            suspend_broken_listings(dataset_id=UUID(pk), by=PIPELINE)


def resume_listings(entry: Entry) -> None:
    """Bring back what was suspended because of a proof that stands again."""
    for subject in (entry.subject, *entry.about):
        kind, _colon, pk = subject.partition(":")
        if kind == "dataset":
            resume_mended_listings(dataset_id=UUID(pk), by=PIPELINE)


def suspend_offers(entry: Entry) -> None:
    """Take the listings of a suspended organization off the market."""
    for dataset_id in _offered_by(entry, ListingState.PUBLISHED):
        suspend_broken_listings(dataset_id=dataset_id, by=PIPELINE)


def resume_offers(entry: Entry) -> None:
    """Bring back the listings of an organization that may act again."""
    for dataset_id in _offered_by(entry, ListingState.SUSPENDED):
        resume_mended_listings(dataset_id=dataset_id, by=PIPELINE)


def _offered_by(entry: Entry, state: ListingState) -> list[UUID]:
    rows = listings_visible_to(PIPELINE).filter(organization_id=id_of(entry.subject), state=state)
    return sorted(set(rows.order_by().values_list("product__dataset_id", flat=True)))


def complete_sale(entry: Entry) -> None:
    """Release the payment of a right that was sold, now that its buyer holds it."""
    for subject in entry.about:
        order_id = _sold_by(subject)
        if order_id is not None:
            complete_right_sale(order_id, certificate_id=id_of(entry.subject), by=PIPELINE)


def end_sale(entry: Entry) -> None:
    """Give the money back of a right that was sold and does not pass."""
    claim = visible(claims_visible_to(PIPELINE), pk=id_of(entry.subject))
    order_id = _sold_by(claim.reference)
    if order_id is not None:
        end_right_sale(order_id, by=PIPELINE)


def _sold_by(reference: str) -> UUID | None:
    """Return the order that sold a right, where that is what the words of a transfer name."""
    kind, _colon, key = reference.partition(":")
    try:
        order_id = UUID(key)
    except ValueError:
        return None
    order = orders_visible_to(PIPELINE).filter(pk=order_id).first()
    if kind != "order" or order is None or transfer_of(order) is None:
        return None
    return order.pk


def begin_to_recall(entry: Entry) -> None:
    """Name the orders that rest on a recalled verdict, each to be undone by itself."""
    begin_recall(id_of(entry.subject), by=PIPELINE)


def undo_order(entry: Entry) -> None:
    """Undo an order whose data was recalled; where a dispute ends, the money that waited for it."""
    order_id = id_of(entry.subject)
    if entry.subject.partition(":")[0] == "dispute":
        order_id = visible(disputes_visible_to(PIPELINE), pk=order_id).order_id
    recall_order(order_id, by=PIPELINE)


def send_invitation(entry: Entry) -> None:
    """Ask a worker to send an invitation to the mailbox of whom it is for."""
    start(send_invitation_letter, str(id_of(entry.subject)))


def ask_for_address(entry: Entry) -> None:
    """Ask a worker to send whoever applied the link that proves their address."""
    start(send_address_letter, str(entry.person_id))


def send_emails(entry: Entry) -> None:
    """Ask a worker to send each notice."""
    for notice in entry.payload["notices"]:
        start(send_notice_email, notice)


def note_holder_told_of(entry: Entry) -> None:
    """Note that a holder was notified of an objection, once one of its people was."""
    if entry.payload["notice_kind"] != "objection_raised":
        return
    objection = visible(objections_visible_to(PIPELINE), pk=id_of(entry.subject))
    if objection.claim.organization_id in organizations_notified(entry.payload["notices"]):
        note_holder_told(objection.pk, by=PIPELINE)


def send_email_once_more(entry: Entry) -> None:
    """Ask a worker to send a notice that had not got through."""
    start(send_notice_email, str(id_of(entry.subject)))


class Reaction(Protocol):
    """What is called with an entry; its name is kept where it is put aside."""

    @property
    def __name__(self) -> str: ...

    def __call__(self, entry: Entry, /) -> None: ...


ACTS: dict[type[Fact], tuple[Reaction, ...]] = {
    OrganizationApplied: (ask_for_address,),
    OrganizationRefused: (destroy_papers,),
    OrganizationVerified: (resume_offers,),
    OrganizationSuspended: (suspend_offers,),
    OrganizationReinstated: (resume_offers,),
    ApplicationLapsed: (destroy_papers,),
    AddressProofAsked: (ask_for_address,),
    PersonInvited: (send_invitation,),
    InvitationResent: (send_invitation,),
    DatasetApproved: (profile_approved,),
    DatasetReopened: (suspend_listings,),
    DatasetRetired: (suspend_listings, end_removals, settle_trained),
    VersionReceived: (ask_measurer, profile_arrived),
    VersionTakenUp: (ask_measurer,),
    ColumnsClassified: (prepare_arrived,),
    MaskedVersionAdded: (ask_measurer,),
    QualityAsked: (ask_measurer,),
    QualityRulesSet: (ask_measurer_of_newest,),
    QualityMeasured: (follow_quality, prepare_arrived, advance_arrived),
    **{queue.requested: (ask_worker,) for queue in QUEUES},
    MaskingFinished: (end_removals, settle_trained),
    PersonExcluded: (settle_trained,),
    PersonAdmitted: (settle_trained,),
    PersonSearched: (settle_trained,),
    CopyFinished: (grant_copy,),
    RiskMeasured: (help_failed, advance_arrived),
    RiskReportWithdrawn: (suspend_listings, settle_trained),
    RiskReportRecalled: (suspend_listings, begin_to_recall, settle_trained),
    ClaimNotAccepted: (end_sale,),
    ClaimTerminated: (end_sale,),
    ClaimRefused: (end_sale,),
    ClaimWithdrawn: (end_sale,),
    OriginDeclared: (suspend_listings, settle_trained),
    OriginWithdrawn: (resume_listings, settle_trained),
    CertificateFrozen: (suspend_listings, settle_trained),
    CertificateUnfrozen: (resume_listings, settle_trained),
    CertificateCancelled: (suspend_listings, settle_trained),
    CertificateSuperseded: (suspend_listings, settle_trained),
    RightTransferred: (complete_sale,),
    CertificateExpired: (suspend_listings, settle_trained),
    AppraisalSuperseded: (suspend_listings,),
    AppraisalWithdrawn: (suspend_listings,),
    AppraisalExpired: (suspend_listings,),
    CeilingClosed: (suspend_listings,),
    CeilingExcessCarried: (suspend_listings,),
    RevisionWentLive: (ask_comparer, tell_lineage),
    ListingPublished: (note_listing,),
    ListingAdvanced: (note_listing, give_revision),
    ListingResumed: (note_listing,),
    ListingSuspended: (note_listing,),
    ListingRenewed: (note_listing, note_renewal),
    ListingSuperseded: (note_listing,),
    ListingWithdrawn: (note_listing,),
    OrderFree: (grant_access,),
    ContractTerminated: (end_access,),
    AmendmentSigned: (amend_access,),
    PaymentHeld: (grant_access,),
    RemedyAccepted: (give_replacement,),
    DisbursementApproved: (correct_trade,),
    DisputeWithdrawn: (undo_order,),
    DisputeEnded: (correct_trade, undo_order),
    PersonSearchAsked: (ask_searcher,),
    DeletionAsked: (end_access,),
    OrderRecallBegun: (undo_order,),
    OrderRecalled: (end_access, correct_trade),
    OrderCompleted: (certify, return_income, note_trade),
    BatchInspected: (ask_label_comparer,),
    ItemArbitrated: (ask_label_comparer,),
    LabelDoubted: (ask_label_comparer,),
    LabellingRenewed: (ask_label_comparer,),
    LabelledSetMade: (note_labelling_cost,),
    PeopleNotified: (send_emails, note_holder_told_of),
    EmailAskedAgain: (send_email_once_more,),
}
"""What a fact starts, before its notices and messages are written."""


def _reactions() -> dict[type[Fact], tuple[Reaction, ...]]:
    found = dict(ACTS)
    rows: tuple[Row | webhooks.Row, ...] = (*notices.ROWS, *webhooks.ROWS)
    for row in rows:
        for fact in row.facts:
            found[fact] = (*found.get(fact, ()), row)
    return found


REACTIONS = _reactions()


def reactions_to(kind: str) -> tuple[Reaction, ...]:
    """Return what follows from a fact of a kind, as an entry holds it."""
    return REACTIONS.get(KINDS[kind], ()) if kind in KINDS else ()
