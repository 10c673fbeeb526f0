"""What a feed brought reaches the offers of its product, or is held with the reason."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.feed.changes import hold_arrival
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.selectors import feed_that_brought
from marketplace.catalog.version.models import Quality
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, Invalid, NotAllowed, WrongState, visible
from marketplace.trading.listings.advance.services import advance_product
from marketplace.trading.listings.revision.models import Revision

NO_OFFER = "nothing-to-advance"


@transaction.atomic
def advance_arrival(version_id: UUID, *, by: Actor) -> Revision | None:
    """Let the offers of a product move on to what a feed brought and its policy has prepared.

    Where a person would have to decide, it is held with the code of the refusal. Return the
    revision, None where nothing moved.

    Raises:
        NotFound: there is no such version.
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    version = visible(versions_visible_to(by).select_related("parent"), pk=version_id)
    source = version.source
    if feed_that_brought(source) is None or version.quality == Quality.WAITING:
        return None
    try:
        return advance_product(version.pk, by=by)
    except (Invalid, WrongState) as refusal:
        if refusal.code != NO_OFFER:
            hold_arrival(source.arrival, Held.REFUSED, details=[refusal.code], by=by)
        return None
