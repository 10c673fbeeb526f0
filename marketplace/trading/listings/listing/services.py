"""A seller drafts a listing, revises it, and invites organizations to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import Organization
from marketplace.accounts.roles import OrganizationKind
from marketplace.catalog.dataset.choices import SourceKind
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, Invalid, locked
from marketplace.core.arguments import Choice, Group, Key, Number, Several
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.listing import rules
from marketplace.trading.listings.listing.events import (
    InvitationTakenBack,
    ListingDrafted,
    ListingRevised,
    OrganizationsInvited,
)
from marketplace.trading.listings.listing.models import (
    Listing,
    ListingInvitation,
)
from marketplace.trading.listings.listing.rights import problems_of_sale
from marketplace.trading.listings.listing.selectors import (
    invited_codes,
    listings_of_sellers,
    listings_visible_to,
)
from marketplace.trading.listings.listing.states import OPEN_TO_CHANGE
from marketplace.trading.listings.listing.texts import OfferTexts, texts_of
from marketplace.trading.listings.mode.base import Mode
from marketplace.trading.listings.mode.file import FILE
from marketplace.trading.listings.mode.modes import MODES, modes_to_choose
from marketplace.trading.listings.plans import Free, Menu, Once, Plan, Subscription, plan_of_price
from marketplace.trading.listings.plans.base import ZERO
from marketplace.trading.listings.revision.services import register_revision
from marketplace.trading.listings.sale.values import INVITED, Sale, Visibility
from marketplace.trading.listings.terms.clauses.base import OfferedAs
from marketplace.trading.listings.terms.terms import Terms

# A seller drafts and revises a listing.

PRICE = Number(
    label=gettext_lazy("Price"),
    told="One price, paid once; 0 is free. Leave it out when a plan is given.",
    digits=18,
    places=2,
)
SALE = Group(
    of=Sale,
    name="SaleIn",
    about="To whom, when and how often a listing is sold; what is left out bounds nothing.",
)
DELIVERY = Choice(label=gettext_lazy("Delivery"), choices=modes_to_choose)


@dataclass(frozen=True, kw_only=True)
class Offer(OfferTexts):
    """What a seller says of a listing; prices are in the centre's currency.

    A `price` alone is paid once, and is free when it is 0; a `plan` says more, and is then used.
    """

    terms: Terms
    price: Annotated[Decimal, PRICE] = ZERO
    plan: Plan | None = None
    sale: Annotated[Sale, SALE] = field(default_factory=Sale)
    delivery_mode: Annotated[str, DELIVERY] = FILE.name

    @property
    def price_plan(self) -> Plan:
        """Return the plan, made of the price where none is given."""
        return self.plan or plan_of_price(self.price)

    def problems(self) -> dict[str, list[str]]:
        found = self.terms.problems() | self._price_problems() | self.sale.problems()
        found |= self.text_problems()
        mode = MODES.get(self.delivery_mode)
        if mode is None:
            found["delivery_mode"] = [_("Choose one of the listed ways of delivery.")]
        elif mode.sells_right:
            found |= problems_of_sale(self.price_plan)
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


REPLACES = Key(
    label=gettext_lazy("Takes the place of"),
    help=gettext_lazy(
        "The older listing leaves the market when this one is published. Its orders continue."
    ),
    told="The listing of the same data on the market whose place it takes.",
)


@transaction.atomic
def draft_listing(
    version_id: UUID,
    *,
    offer: Offer,
    replaces: Annotated[UUID | None, REPLACES] = None,
    by: Actor,
) -> Listing:
    """Begin to offer a desensitized version. It needs no proofs yet.

    A version has as many offers as its seller likes. The same draft again answers the one that
    waits. `replaces` is a listing of the same data on the market, whose place it takes when
    published.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of the organization that holds the data.
        Invalid: the version is not desensitized, the offer needs corrections, or there is no such
            listing to replace.
    """
    version = locked(versions_visible_to(by), pk=version_id)
    rules.check_draft_listing(version, by)
    _check(offer, version)
    old = None if replaces is None else rules.check_replaced(replaces, version, by)
    guests, columns = _guests(offer.sale), _columns(offer)
    revision = register_revision(version.pk, by=by)
    for draft in revision.listings.filter(state__in=OPEN_TO_CHANGE, replaces=old):
        if _says(draft, columns, guests):
            return draft
    listing = Listing.objects.create(
        product=revision.product,
        revision=revision,
        organization_id=revision.product.organization_id,
        currency=settings.CENTRE["CURRENCY"],
        replaces=old,
        **columns,
    )
    _invite(listing, guests)
    record(ListingDrafted(subject=f"listing:{listing.pk}", about=listing.concerns), by=by)
    return listing


FREE_FOR = Several(
    label=gettext_lazy("Free of charge for"),
    help=gettext_lazy(
        "A second offer of the same data is drafted, with the same delivery and terms. "
        "Organizations of other kinds do not see it."
    ),
    choices=OrganizationKind,
)


@transaction.atomic
def offer_to_others(
    listing_id: UUID, *, visible_kinds: Annotated[Sequence[str], FREE_FOR], by: Actor
) -> Listing:
    """Draft what a listing offers once more, free of charge for organizations of certain kinds.

    The draft has the revision, delivery and terms of the listing, which stays as it is. Asking
    again answers the draft that waits.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is not on the market, or is sold to one buyer alone
            (`exclusive-taken`).
        Invalid: no kind of organization is named, or the offer needs corrections.
    """
    listing = locked(listings_of_sellers(by), pk=listing_id)
    rules.check_offer_to_others(listing, by)
    kinds = tuple(sorted(set(visible_kinds)))
    offer = Offer(
        **texts_of(listing),
        terms=Terms.from_json(listing.terms),
        plan=Free(),
        sale=Sale(visibility=Visibility.KINDS.value, visible_kinds=kinds),
        delivery_mode=listing.delivery_mode,
    )
    return draft_listing(listing.revision.version_id, offer=offer, by=by)


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
    if _says(listing, wanted, guests):
        return listing
    for name, value in wanted.items():
        setattr(listing, name, value)
    listing.save(update_fields=list(wanted))
    _invite(listing, guests)
    record(ListingRevised(subject=f"listing:{listing.pk}", about=listing.concerns), by=by)
    return listing


def _check(offer: Offer, version: DatasetVersion) -> None:
    found, rows, mode = offer.problems(), version.rows, MODES.get(offer.delivery_mode)
    others = _model_problems(offer, mode) if version.is_model else _data_problems(mode)
    for name, sentences in others.items():
        found.setdefault(name, []).extend(sentences)
    plan = offer.price_plan
    from_duty = version.described.source_kind == SourceKind.STATUTORY_DUTY
    if from_duty and mode and mode.sells_right:
        found.setdefault("delivery_mode", []).append(
            _(
                "Data that comes from a statutory duty is no property, so that the right itself "
                "cannot be sold. Offer a licence of the data."
            )
        )
    if mode:
        offered = OfferedAs(version=version, plan=plan, mode=mode)
        found = offer.terms.unfit(offered) | found
    if isinstance(plan, Menu) and any(tier.rows > rows for tier in plan.tiers):
        found.setdefault("tiers", []).append(
            _("The data has %(rows)d rows; no size has more.") % {"rows": rows}
        )
    if found:
        raise Invalid(_("The listing needs corrections. See the fields."), fields=found)


def _data_problems(mode: Mode | None) -> dict[str, list[str]]:
    """Say by field how data cannot be delivered."""
    if mode and not mode.is_for_data:
        return {"delivery_mode": [_("Only a trained model scores rows. Choose another way.")]}
    return {}


def _model_problems(offer: Offer, mode: Mode | None) -> dict[str, list[str]]:
    """Say by field how a model, which has no rows, can be neither delivered nor sold."""
    found = {}
    if mode is None or not mode.is_for_models:
        found["delivery_mode"] = [_("A trained model is delivered as a file, or scores rows.")]
    if isinstance(offer.price_plan, Menu):
        found["tiers"] = [_("A trained model has no sizes. Choose another price plan.")]
    return found


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


def _says(listing: Listing, columns: Mapping[str, object], guests: list[Organization]) -> bool:
    """Return whether a listing says just this, to these guests."""
    invited = set(listing.invitations.values_list("organization_id", flat=True))
    return invited == {guest.pk for guest in guests} and all(
        getattr(listing, name) == value for name, value in columns.items()
    )


def _columns(offer: Offer) -> dict[str, object]:
    return {
        **offer.texts(),
        "plan": offer.price_plan.as_json(),
        "price": offer.price_plan.price_as_paid,
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


# Who sees a listing that is for invited organizations changes while it is on the market.


def invited_by_code(codes: Sequence[str]) -> list[Organization]:
    """Find the organizations that are invited, by their unified social credit codes.

    Raises:
        Invalid: none is named, or one is not known here.
    """
    wanted = {code.strip().upper() for code in codes} - {""}
    guests = list(Organization.objects.filter(uscc__in=wanted))
    unknown = sorted(wanted - {guest.uscc for guest in guests})
    sentence = ""
    if unknown:
        sentence = _("There is no organization with the code %(code)s here.") % {
            "code": unknown[0][:40]
        }
    elif not wanted:
        sentence = _("Name at least one organization.")
    if sentence:
        raise Invalid(sentence, fields={"invited": [sentence]})
    return guests


FURTHER_INVITED = replace(
    INVITED,
    label=gettext_lazy("Invite further organizations"),
    help=gettext_lazy("One unified social credit code a line."),
    lines=2,
)


@transaction.atomic
def invite_to_listing(
    listing_id: UUID, *, invited: Annotated[Sequence[str], FURTHER_INVITED], by: Actor
) -> Listing:
    """Let further organizations see a listing. Who is invited already stays so.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is not for invited organizations, or is not on the market.
        Invalid: an organization is not known here, or there are too many.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_invite_to_listing(listing, by)
    guests = invited_by_code(invited)
    before = set(listing.invitations.values_list("organization_id", flat=True))
    new = [guest for guest in guests if guest.pk not in before]
    if not new:
        return listing
    if sentence := INVITED.refused([*invited_codes(listing), *(guest.uscc for guest in new)]):
        raise Invalid(sentence, fields={"invited": [sentence]})
    ListingInvitation.objects.bulk_create(
        ListingInvitation(listing=listing, organization=guest) for guest in new
    )
    about = (*(f"organization:{guest.pk}" for guest in new), *listing.concerns)
    record(OrganizationsInvited(subject=f"listing:{listing.pk}", about=about), by=by)
    return listing


@transaction.atomic
def take_invitation_back(listing_id: UUID, *, organization_id: UUID, by: Actor) -> Listing:
    """Let an organization see a listing no more. What it has ordered goes on.

    Raises:
        NotFound: there is no such listing among those the actor may see.
        NotAllowed: the actor is no officer of the seller.
        WrongState: the listing is not for invited organizations, or is not on the market.
    """
    listing = locked(listings_visible_to(by), pk=listing_id)
    rules.check_invite_to_listing(listing, by)
    gone, _rows = listing.invitations.filter(organization_id=organization_id).delete()
    if gone:
        about = (f"organization:{organization_id}", *listing.concerns)
        record(InvitationTakenBack(subject=f"listing:{listing.pk}", about=about), by=by)
    return listing
