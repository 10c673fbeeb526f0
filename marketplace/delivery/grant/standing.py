"""Whether a grant stands at this moment: asked anew by every act that lets data out."""

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import Actor, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.rules import check_active, check_copy_stands, check_reads
from marketplace.delivery.grant.stored import file_of
from marketplace.learning.model.answering import hold_model
from marketplace.trading.listings.gate import refuse_unless_standing
from marketplace.trading.orders.delivery.access import refuse_unless_usable


def refuse_unless_open(grant: Grant, *, by: Actor, is_shared: bool = False) -> UUID:
    """Return the person who may have the data now; right, risk report and listing are share-locked.

    So is the order where `is_shared`, so that requests that change nothing of it do not queue.

    Raises:
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: the grant is revoked (`grant-revoked`) or expired (`grant-expired`), the order
            is in dispute, over or overdue (`order-disputed`, `order-ended`, `payment-overdue`),
            other data takes the place of what the grant gives (`replacement-awaited`),
            the listing is suspended, a proof does not stand (its code), or the bytes are others
            (`bytes-changed`).
    """
    check_reads(grant, by)
    check_active(grant, by)
    order = refuse_unless_usable(grant.order_id, is_shared=is_shared)
    if not order.follows and grant.revision_id != order.revision_id:
        raise WrongState(
            _("Other data takes the place of this. It opens once it is ready."),
            code="replacement-awaited",
        )
    proofs = refuse_unless_standing(grant.order.listing, grant.revision_id)
    if grant.version.is_model:
        hold_model(grant.version_id)
    if grant.copy is not None:
        check_copy_stands(grant.copy)
    sold = proofs.bytes_sha256 if grant.copy is None else file_of(grant).sha256
    if sold != grant.sha256:
        raise WrongState(
            _("The stored bytes are not those that were sold. Tell the centre."),
            code="bytes-changed",
        )
    assert by.person_id is not None, "A buyer is signed in."
    return by.person_id
