"""Which data can be delivered in place of what a buyer objected to."""

from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.core import Invalid, share_locked
from marketplace.trading.listings.gate import refuse_unless_standing
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.terms.clauses.part import scope_problems
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.selectors import held_of


def replacement_of(order: Order, refund: Decimal) -> Revision:
    """Return what the listing of a locked order offers now, to be delivered instead.

    Raises:
        Invalid: each later revision reaches the buyer anyway (`replaced-anyway`), nothing newer is
            offered (`nothing-newer`), all of the money would go back (`all-given-back`), or the
            data lacks what the terms are about.
        WrongState: what is offered may not be sold now (the code of its proof).
    """
    if order.follows:
        raise _refused(_("Each later revision reaches this buyer anyway."), "replaced-anyway")
    if refund and refund == held_of(order):
        raise _refused(
            _("All of the money back ends the contract: nothing is delivered then."),
            "all-given-back",
        )
    rows = Listing.objects.select_related("revision__version")
    revision = share_locked(rows, pk=order.listing_id).revision
    if revision.number <= order.revision.number:
        raise _refused(
            _(
                "The offer holds what was delivered. Publish the mended data as a version of "
                "it first."
            ),
            "nothing-newer",
        )
    for sentences in scope_problems(revision.version, order.agreed_terms).values():
        raise _refused(sentences[0], "terms-not-met")
    refuse_unless_standing(order.listing, revision.pk)
    return revision


def _refused(sentence: str, code: str) -> Invalid:
    return Invalid(sentence, code=code, fields={"replaces": [sentence]})
