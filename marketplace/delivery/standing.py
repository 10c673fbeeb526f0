"""Whether a grant stands at this moment: asked anew by every act that lets data out."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.delivery import policies
from marketplace.delivery.bought import licence_ends_at
from marketplace.delivery.models import Grant
from marketplace.delivery.modes import file_of
from marketplace.delivery.states import GrantState
from marketplace.preparation.models import Copy
from marketplace.trading.listings.gate import refuse_unless_standing
from marketplace.trading.orders.order.access import refuse_unless_usable
from marketplace.trading.orders.order.states import OrderState

ENDED = (OrderState.REFUNDED, OrderState.TERMINATED)


def refuse_unless_open(grant: Grant, *, by: Actor) -> UUID:
    """Return the person who may have the data now; right, risk report and listing are share-locked.

    Raises:
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: the grant is revoked (`grant-revoked`) or expired (`grant-expired`), the order
            is in dispute, over or overdue (`order-disputed`, `order-ended`, `payment-overdue`),
            the listing is suspended, a proof does not stand (its code), or the bytes are others
            (`bytes-changed`).
    """
    if not policies.may_download(by, grant) or by.person_id is None:
        raise NotAllowed(_("Only the buyer can open this data."))
    refuse_unless_active(grant)
    refuse_unless_usable(grant.order_id)
    proofs = refuse_unless_standing(grant.order.listing)
    if grant.copy is not None:
        refuse_unless_copy_stands(grant.copy)
    sold = proofs.bytes_sha256 if grant.copy is None else file_of(grant).sha256
    if sold != grant.sha256:
        raise WrongState(
            _("The stored bytes are not those that were sold. Tell the centre."),
            code="bytes-changed",
        )
    return by.person_id


def refuse_unless_copy_stands(copy: Copy) -> None:
    """Ask whether the copy's own risk report still counts.

    Raises:
        WrongState: it is out of date (`risk-expired`), or did not pass (`risk-failed`).
    """
    if not copy.passed:
        raise WrongState(_("The risk of this copy is too high to let it out."), code="risk-failed")
    if copy.valid_until is None or copy.valid_until < clock.today():
        raise WrongState(
            _("The risk report of this copy is out of date. Ask the seller for a new copy."),
            code="risk-expired",
        )


def refuse_unless_active(grant: Grant) -> None:
    """Ask the grant and the contract it rests on.

    Raises:
        WrongState: the contract has ended (`contract-ended`), or the grant is revoked
            (`grant-revoked`) or expired (`grant-expired`).
    """
    if grant.order.state in ENDED:
        raise WrongState(
            _("The contract has ended, and the access with it. The order's page says why."),
            code="contract-ended",
        )
    if grant.state == GrantState.REVOKED:
        raise WrongState(
            _("The centre revoked this access. The reason stands on the grant's page."),
            code="grant-revoked",
        )
    # The grant follows an amendment a moment later; a licence that was shortened ends at once.
    if grant.state == GrantState.EXPIRED or not (
        clock.now() < min(grant.expires_at, licence_ends_at(grant))
    ):
        raise WrongState(
            _("The licence has run out. Order the data anew to use it longer."),
            code="grant-expired",
        )
