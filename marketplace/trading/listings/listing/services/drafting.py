"""A seller drafts, revises and submits a listing."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.catalog.choices import SourceKind
from marketplace.catalog.models import DatasetVersion
from marketplace.catalog.selectors import versions_visible_to
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import open_case
from marketplace.trading.listings import gate
from marketplace.trading.listings.budget.reserving import refuse_if_sold_out
from marketplace.trading.listings.gate.composing import refuse_unless_composes
from marketplace.trading.listings.listing import rules
from marketplace.trading.listings.listing.events import (
    ListingDrafted,
    ListingRevised,
    ListingSubmitted,
)
from marketplace.trading.listings.listing.models import DeliveryChoice, Listing, ListingInvitation
from marketplace.trading.listings.listing.selectors import listings_of_version, listings_visible_to
from marketplace.trading.listings.listing.services.inviting import invited_by_code
from marketplace.trading.listings.listing.states import LISTING, ON_MARKET, ListingState
from marketplace.trading.listings.plans import Free, Menu, Once, Plan, Subscription, plan_of_price
from marketplace.trading.listings.plans.base import ZERO
from marketplace.trading.listings.revision.services import register_revision
from marketplace.trading.listings.sale.availability import refuse_if_sold_elsewhere
from marketplace.trading.listings.sale.rights import problems_of_sale
from marketplace.trading.listings.sale.values import Sale, Visibility
from marketplace.trading.listings.terms.row_quota import quota_problems
from marketplace.trading.listings.terms.scope import scope_problems, unmarkable
from marketplace.trading.listings.terms.terms import Terms

LONGEST_TITLE = 80
LONGEST_SUMMARY = 600


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a seller says of a listing; prices are in the centre's currency.

    A `price` alone is paid once, and is free when it is 0; a `plan` says more, and is then used.
    """

    title: str
    summary: str
    terms: Terms
    price: Decimal = ZERO
    plan: Plan | None = None
    sale: Sale = field(default_factory=Sale)
    delivery_mode: str = DeliveryChoice.FILE.value

    @property
    def price_plan(self) -> Plan:
        """Return the plan, made of the price where none is given."""
        return self.plan or plan_of_price(self.price)

    def problems(self) -> dict[str, list[str]]:
        """Say by field what cannot stand."""
        found = self.terms.problems() | self._price_problems() | self.sale.problems()
        for name, most in (("title", LONGEST_TITLE), ("summary", LONGEST_SUMMARY)):
            given = getattr(self, name).strip()
            if not given:
                found[name] = [_("Say it in a few words; buyers read it first.")]
            elif len(given) > most:
                found[name] = [_("Use at most %(most)d characters.") % {"most": most}]
        if self.delivery_mode not in DeliveryChoice.values:
            found["delivery_mode"] = [_("Choose one of the listed ways of delivery.")]
        if self.delivery_mode == DeliveryChoice.RIGHT:
            found |= problems_of_sale(self.price_plan, self.terms)
        return found

    def _price_problems(self) -> dict[str, list[str]]:
        plan = self.price_plan
        found = plan.problems()
        if found:
            return found
        if isinstance(plan, Once) and plan.rows is not None:
            return {"rows": [_("A size belongs to a choice of several sizes.")]}
        if self.terms.public_purpose and not isinstance(plan, Free):
            return {
                "price": [
                    _("What is for public governance or welfare is free. Set the price to 0.")
                ]
            }
        if self.plan is None and isinstance(plan, Free) and not self.terms.public_purpose:
            return {
                "price": [
                    _(
                        "Give a price above zero, or offer it for public governance or welfare "
                        "alone."
                    )
                ]
            }
        months = self.terms.licence_months
        if isinstance(plan, Subscription) and plan.months != months:
            return {
                "licence_months": [
                    _("The licence lasts as long as the subscription: %(months)d months.")
                    % {"months": plan.months}
                ]
            }
        if any(due.months > months for due in plan.schedule()):
            return {"parts": [_("The last instalment is due while the licence lasts.")]}
        return {}


@transaction.atomic
def draft_listing(
    version_id: UUID, *, offer: Offer, replaces: UUID | None = None, by: Actor
) -> Listing:
    """Begin to offer a desensitized version. It needs no proofs yet.

    `replaces` is a listing of the same data on the market, whose place it takes when published.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of the organization that holds the data.
        WrongState: the version is listed already.
        Invalid: the version is not desensitized, the offer needs corrections, or there is no such
            listing to replace.
    """
    version = locked(versions_visible_to(by), pk=version_id)
    rules.check_draft_listing(version, by)
    _check(offer, version)
    old = None if replaces is None else rules.check_replaced(replaces, version, by)
    on_market = listings_of_version(version).filter(state__in=ON_MARKET).first()
    if on_market not in (None, old):
        raise rules.listed_already()
    guests = _guests(offer.sale)
    revision = register_revision(version.pk, by=by)
    listing = Listing.objects.create(
        product=revision.product,
        revision=revision,
        organization_id=revision.product.organization_id,
        currency=settings.CENTRE["CURRENCY"],
        replaces=old,
        **_columns(offer),
    )
    _invite(listing, guests)
    record(ListingDrafted(subject=f"listing:{listing.pk}", about=listing.concerns), by=by)
    return listing


@transaction.atomic
def revise_listing(listing_id: UUID, *, offer: Offer, by: Actor) -> Listing:
    """Change what a draft or a returned listing says. The same again changes nothing.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing was submitted.
        Invalid: the offer needs corrections.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_revise_listing(listing, by)
    _check(offer, listing.revision.version)
    wanted, guests = _columns(offer), _guests(offer.sale)
    invited = set(listing.invitations.values_list("organization_id", flat=True))
    if invited == {guest.pk for guest in guests} and all(
        getattr(listing, name) == value for name, value in wanted.items()
    ):
        return listing
    for name, value in wanted.items():
        setattr(listing, name, value)
    listing.save(update_fields=list(wanted))
    _invite(listing, guests)
    record(ListingRevised(subject=f"listing:{listing.pk}", about=listing.concerns), by=by)
    return listing


@transaction.atomic
def submit_listing(listing_id: UUID, *, by: Actor) -> Listing:
    """Bind the proofs that stand now and ask a second officer to publish.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing was submitted already, its bytes are sold to one buyer alone
            (`exclusive-taken`), or tell more together with an earlier release of the same people
            (`composition-refused`, `composition-untried`).
        Invalid: a proof is missing, expired, frozen or of other bytes (`code` names the first), or
            no column can carry the marks that the terms promise (`not-markable`).
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_submit_listing(listing, by)
    LISTING.move(listing, ListingState.SUBMITTED)
    proofs = gate.lock_proofs(gate.newest_proofs(listing))
    gate.refuse(gate.findings_of(listing, proofs, on=clock.today()))
    if marks := unmarkable(listing.revision.version, Terms.from_json(listing.terms)):
        raise Invalid(marks["is_marked"][0], code="not-markable", fields=marks)
    refuse_if_sold_elsewhere(listing)
    refuse_if_sold_out(listing)
    refuse_unless_composes(listing, by=by)
    listing.certificate = proofs.certificate
    listing.risk_report = proofs.risk_report
    listing.appraisal = proofs.appraisal
    listing.submitted_by_id = by.person_id
    listing.reason = ""
    listing.save(
        update_fields=[
            *("state", "certificate", "risk_report", "appraisal", "submitted_by_id", "reason")
        ]
    )
    subject = f"listing:{listing.pk}"
    record(
        ListingSubmitted(subject=subject, about=listing.concerns, bytes_sha256=proofs.bytes_sha256),
        by=by,
    )
    open_case(
        kind=CaseKind.LISTING,
        subject=subject,
        organization_id=listing.organization_id,
        about=listing.concerns,
        by=by,
    )
    return listing


def _check(offer: Offer, version: DatasetVersion) -> None:
    found, rows = offer.problems(), version.rows
    for name, sentences in scope_problems(version, offer.terms).items():
        found.setdefault(name, []).extend(sentences)
    plan = offer.price_plan
    from_duty = version.dataset.source_kind == SourceKind.STATUTORY_DUTY
    if from_duty and offer.delivery_mode == DeliveryChoice.RIGHT:
        found.setdefault("delivery_mode", []).append(
            _(
                "Data that comes from a statutory duty is no property, so that the right itself "
                "cannot be sold. Offer a licence of the data."
            )
        )
    if not found:
        found = quota_problems(offer.terms, plan=plan, delivery_mode=offer.delivery_mode, rows=rows)
    if isinstance(plan, Menu) and any(tier.rows > rows for tier in plan.tiers):
        found.setdefault("tiers", []).append(
            _("The data has %(rows)d rows; no size has more.") % {"rows": rows}
        )
    if found:
        raise Invalid(_("The listing needs corrections. See the fields."), fields=found)


def _guests(sale: Sale) -> list[Organization]:
    """Find the organizations that are invited, by their unified social credit codes."""
    if sale.visibility != Visibility.INVITED:
        return []
    return invited_by_code(sale.invited)


def _invite(listing: Listing, guests: list[Organization]) -> None:
    listing.invitations.all().delete()
    ListingInvitation.objects.bulk_create(
        ListingInvitation(listing=listing, organization=guest) for guest in guests
    )


def _columns(offer: Offer) -> dict[str, object]:
    return {
        "title": offer.title.strip(),
        "summary": offer.summary.strip(),
        "plan": offer.price_plan.as_json(),
        "price": offer.price_plan.price,
        "terms": offer.terms.as_json(),
        "quota": offer.sale.quota,
        "on_sale_from": offer.sale.on_sale_from,
        "on_sale_until": offer.sale.on_sale_until,
        "visibility": offer.sale.visibility,
        "visible_kinds": "".join(f",{kind}" for kind in sorted(offer.sale.visible_kinds)) + ","
        if offer.sale.visibility == Visibility.KINDS
        else "",
        "delivery_mode": offer.delivery_mode,
    }
