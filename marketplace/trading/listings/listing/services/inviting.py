"""Who sees a listing that is for invited organizations changes while it is on the market."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import Organization
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.listing import rules
from marketplace.trading.listings.listing.events import InvitationTakenBack, OrganizationsInvited
from marketplace.trading.listings.listing.models import Listing, ListingInvitation
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.sale.values import MOST_INVITED


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


@transaction.atomic
def invite_to_listing(listing_id: UUID, *, invited: Sequence[str], by: Actor) -> Listing:
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
    if len(before) + len(new) > MOST_INVITED:
        sentence = _("Name at most %(most)d organizations.") % {"most": MOST_INVITED}
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
