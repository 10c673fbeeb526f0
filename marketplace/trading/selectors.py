"""Read listings, orders, contracts and balances."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.credentials.documents import canonical_bytes
from marketplace.trading.books.models import Transfer
from marketplace.trading.gate import GateFinding, findings_of, proofs_of
from marketplace.trading.market import shown_to
from marketplace.trading.models import (
    Charge,
    Contract,
    Demand,
    DemandAnswer,
    Listing,
    ListingRenewal,
    ListingReport,
    Order,
    Proposal,
    Sandbox,
)
from marketplace.trading.money.states import ChargeState
from marketplace.trading.states import (
    NEGOTIATING,
    ON_MARKET,
    DemandState,
    ListingState,
    OrderState,
    RenewalState,
)

LONG = (
    *("contract__text", "contract__document", "contract__agreed", "contract__terms"),
    "listing__search_text",
)
"""What is long and nobody asks of an order: its contract has a page of its own."""


def listings_visible_to(by: Actor) -> QuerySet[Listing]:
    """Answer every listing to the centre's staff, else the published and the actor's own.

    A buyer goes on seeing what they have ordered.
    """
    rows = Listing.objects.select_related("organization")
    if is_centre_staff(by):
        return rows
    public = Q(state=ListingState.PUBLISHED) & shown_to(by)
    if by.organization_id is None:
        return rows.filter(public)
    ordered = Order.objects.filter(buyer_id=by.organization_id).values("listing_id")
    return rows.filter(public | Q(organization_id=by.organization_id) | Q(pk__in=ordered))


def listings_of_sellers(by: Actor) -> QuerySet[Listing]:
    """Answer the listings that the actor works on: all to the centre's staff, else their own."""
    rows = Listing.objects.select_related("organization", "dataset")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def listings_to_replace(dataset_id: UUID, by: Actor) -> QuerySet[Listing]:
    """Answer the actor's own listings of a dataset whose place a newer one can take."""
    rows = listings_of_sellers(by).filter(dataset_id=dataset_id, state__in=ON_MARKET)
    return rows.order_by("-published_at")


def successor_of(listing: Listing) -> Listing | None:
    """Answer the listing that took a replaced one's place, and has none before it itself."""
    found: Listing | None = None
    following = Listing.objects.filter(replaces=listing, published_at__isnull=False).first()
    while following is not None:
        found = following
        following = Listing.objects.filter(replaces=found, published_at__isnull=False).first()
    return found


def renewals_visible_to(by: Actor) -> QuerySet[ListingRenewal]:
    """Answer the renewals of the listings that the actor works on."""
    rows = ListingRenewal.objects.select_related("listing__organization")
    return rows.filter(listing__in=listings_of_sellers(by))


def waiting_renewal_of(listing: Listing) -> ListingRenewal | None:
    """Answer the renewal of a listing that waits for a second officer."""
    rows = ListingRenewal.objects.select_related("certificate", "risk_report", "appraisal")
    return rows.filter(listing=listing, state=RenewalState.WAITING).first()


def relabelled_columns(listing: Listing) -> list[str]:
    """Name the columns that count for less than was found, in what waits to be published."""
    report = (waiting_renewal_of(listing) or listing).risk_report
    return [one["column"] for one in report.relabelled] if report is not None else []


def returned_renewal_of(listing: Listing) -> ListingRenewal | None:
    """Answer the newest renewal of a listing, where a second officer refused it."""
    newest = ListingRenewal.objects.filter(listing=listing).order_by("-created_at").first()
    return newest if newest and newest.state == RenewalState.RETURNED else None


def certificates_before(listing: Listing) -> list[UUID]:
    """Answer the certificates that a listing rested on before its renewals, without today's."""
    past = ListingRenewal.objects.filter(listing=listing, old_certificate__isnull=False)
    ids = past.exclude(old_certificate_id=listing.certificate_id)
    return list(ids.order_by().values_list("old_certificate_id", flat=True).distinct())


def listings_with_proofs() -> QuerySet[Listing]:
    """Answer what stands in the market with all that the gate asks about, in two queries."""
    return (
        Listing.objects.filter(state=ListingState.PUBLISHED)
        .select_related(
            "organization",
            *("dataset", "version__file", "version__parent", "certificate", "risk_report"),
            "appraisal",
        )
        .prefetch_related("dataset__ceilings")
    )


def orders_visible_to(by: Actor) -> QuerySet[Order]:
    """Answer every order to the centre's staff and finance, else those of which one is a side."""
    rows = Order.objects.select_related("listing__organization", "buyer", "contract").defer(*LONG)
    if is_centre_staff(by) or is_centre_finance(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(
        Q(buyer_id=by.organization_id) | Q(listing__organization_id=by.organization_id)
    )


def contracts_visible_to(by: Actor) -> QuerySet[Contract]:
    """Answer the contracts of the orders that the actor may see."""
    rows = Contract.objects.select_related("order__listing__organization", "order__buyer")
    return rows.prefetch_related("signatures").filter(order__in=orders_visible_to(by))


def contract_of(order: Order) -> Contract | None:
    """Answer the contract of an order, once it was accepted."""
    return Contract.objects.filter(order=order).first()


def contract_document(contract: Contract) -> bytes:
    """Answer the document that both sides get, in canonical form.

    Raises:
        WrongState: not both sides have signed.
    """
    if contract.document is None:
        raise WrongState(_("The document is there once both sides have signed."))
    return canonical_bytes(contract.document)


def proposals_of(order: Order) -> QuerySet[Proposal]:
    """Answer every offer that the sides made each other, first to last."""
    return Proposal.objects.filter(order=order).order_by("number")


def latest_proposal(order: Order) -> Proposal | None:
    """Answer the offer that can be accepted; none of an order from before offers were kept."""
    return proposals_of(order).last()


def orders_unanswered(today: date) -> QuerySet[Order]:
    """Answer the orders whose latest offer should have been answered before a day."""
    return Order.objects.filter(state__in=NEGOTIATING, answer_due_on__lt=today)


def next_charge_of(order: Order, *, on: date) -> Charge | None:
    """Answer what the buyer of an order owes first after a day: the beginning of a new period."""
    coming = Charge.objects.filter(order=order, state=ChargeState.OPEN, due_on__gt=on)
    return coming.order_by("due_on", "number").first()


def orders_ending(today: date) -> QuerySet[Order]:
    """Answer the accepted orders that were given notice to a day that has come."""
    return Order.objects.filter(state=OrderState.COMPLETED, ends_on__lte=today)


def report_of_listing(listing: Listing) -> ListingReport | None:
    """Answer the report that a listing delivers."""
    return ListingReport.objects.filter(listing=listing).first()


def sandbox_of(listing: Listing) -> Sandbox | None:
    """Answer what was declared of a listing's sandbox."""
    return Sandbox.objects.filter(listing=listing).first()


def organization_kind_of(by: Actor) -> str:
    """Answer the kind of the organization that the actor acts for, "" for none."""
    if by.organization_id is None:
        return ""
    kinds = Organization.objects.filter(pk=by.organization_id).values_list("kind", flat=True)
    return kinds.first() or ""


def is_centre_finance(by: Actor) -> bool:
    """Tell whether the actor is a finance officer of the centre; one query for finance officers."""
    return by.has(Role.FINANCE) and organization_kind_of(by) == OrganizationKind.CENTRE


def transfers_of(order: Order) -> QuerySet[Transfer]:
    """Answer the money that an order has moved, oldest first."""
    return Transfer.objects.filter(belongs_to=order.pk).select_related("debit", "credit")


def gate_findings(listing: Listing) -> tuple[GateFinding, ...]:
    """Answer what the gate finds at this moment, of the bound proofs or else of the newest."""
    return findings_of(listing, proofs_of(listing), on=clock.today())


def settled_orders_count() -> int:
    """Count the orders that ended in an accepted delivery, for everybody to know."""
    return Order.objects.filter(state=OrderState.COMPLETED).count()


def demands_visible_to(by: Actor) -> QuerySet[Demand]:
    """Answer every request for data to the centre's staff, and to all one's organization's own.

    Officers read those that are open, and those that their organization has answered.
    """
    rows = Demand.objects.select_related("buyer")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    seen = Q(buyer_id=by.organization_id)
    if by.has(Role.OFFICER):
        answered = DemandAnswer.objects.filter(seller_id=by.organization_id).values("demand_id")
        seen |= Q(state=DemandState.OPEN) | Q(pk__in=answered)
    return rows.filter(seen)


def answers_visible_to(by: Actor, demand: Demand) -> QuerySet[DemandAnswer]:
    """Answer all answers to the buyer and the centre's staff, else one's organization's own."""
    rows = DemandAnswer.objects.filter(demand=demand).select_related("seller", "listing")
    if is_centre_staff(by) or by.acts_for(demand.buyer_id):
        return rows
    return rows.filter(seller_id=by.organization_id)


def demands_past(today: date) -> QuerySet[Demand]:
    """Answer the open requests whose last day has passed."""
    return Demand.objects.filter(state=DemandState.OPEN, open_until__lt=today)
