"""What the acts on a revision refuse, by right."""

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotAllowed
from marketplace.trading.listings.product.policies import may_offer
from marketplace.trading.listings.revision.models import Revision


def check_release_revision(revision: Revision, by: Actor) -> None:
    """Refuse to let a revision go live.

    Raises:
        NotAllowed: the actor is no reviewer, and no officer of the seller whose offers move on.
    """
    seller_id = revision.product.organization_id
    reviews = by.has(Role.REVIEWER) and not by.belongs_to(seller_id)
    if not (by.is_system or reviews or may_offer(by, seller_id)):
        raise NotAllowed(_("Only a reviewer of the centre can decide on a listing."))
