"""Let the register know of listings that rest on its certificates and that it was not told of."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, NotFound
from marketplace.core.locking import share_locked
from marketplace.rights.certificate.models import Reliance
from marketplace.rights.certificate.services.relying import note_reliance
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState


@transaction.atomic
def note_standing_listings(*, by: Actor) -> int:
    """Note each offered listing that rests on a certificate and is not noted; return how many.

    Listings from before the register kept such notes have none, and a transfer of the right would
    not wait for their end. Each loop asks once when it begins: an act and no migration, since a
    migration cannot seal facts, and an older release may publish until it is stopped.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    noted = set(
        Reliance.objects.filter(is_current=True, subject__startswith="listing:").values_list(
            "subject", "certificate_id"
        )
    )
    missing = [
        pk
        for pk, certificate in _offered().values_list("pk", "certificate_id")
        if (f"listing:{pk}", certificate) not in noted
    ]
    return sum(_note(pk, by=by) for pk in missing)


def _offered() -> QuerySet[Listing]:
    states = (ListingState.PUBLISHED, ListingState.SUSPENDED)
    return Listing.objects.filter(state__in=states, certificate__isnull=False)


def _note(listing_id: UUID, *, by: Actor) -> bool:
    """Note one, unless it was taken off the market meanwhile."""
    try:
        listing = share_locked(_offered(), pk=listing_id)
    except NotFound:
        return False
    assert listing.certificate_id is not None
    note_reliance(listing.certificate_id, subject=f"listing:{listing.pk}", is_current=True, by=by)
    return True
