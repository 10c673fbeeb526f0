"""Access is granted when the payment is held, used, and ends by revocation or with the licence."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.core.locking import locked
from marketplace.delivery.bought import licence_end, needs_copy, projection_of
from marketplace.delivery.events import GrantExpired, GrantIssued, GrantRevoked
from marketplace.delivery.models import Grant
from marketplace.delivery.modes import MODES
from marketplace.delivery.rules import check_revoke_grant
from marketplace.delivery.selectors import copy_of_order, grant_of_order, grants_visible_to
from marketplace.delivery.states import GRANT, GrantState
from marketplace.ledger.services.recording import record
from marketplace.trading.listings.budget.reserving import release_reserved
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.states import OrderState


@transaction.atomic
def issue_grant(order_id: UUID, *, by: Actor) -> Grant:
    """Open the data of a paid order to its buyer. Issuing it again changes nothing.

    Raises:
        NotFound: there is no such order.
        NotAllowed: the actor is not the centre's own software.
        WrongState: the order's payment is not held, or the buyer's copy has not passed
            (`copy-missing`).
    """
    order = locked(orders_visible_to(by), pk=order_id)
    if not by.is_system:
        raise NotAllowed(_("The centre's own software grants access, once the payment is held."))
    issued = grant_of_order(order.pk)
    if issued is not None:
        return issued
    if order.state != OrderState.PAID:
        raise WrongState(_("Access is granted once the payment is held."))
    listing = order.listing
    begins, months = clock.now(), order.agreed_terms.licence_months
    copy = copy_of_order(order.pk) if needs_copy(order) else None
    if needs_copy(order) and (copy is None or copy.file is None):
        raise WrongState(
            _("The buyer's copy is not written yet, or its risk is too high."), code="copy-missing"
        )
    file = listing.revision.version.file if copy is None or copy.file is None else copy.file
    grant = Grant.objects.create(
        order=order,
        organization_id=order.buyer_id,
        listing=listing,
        version_id=listing.revision.version_id,
        copy=copy,
        sha256=file.sha256,
        size=file.size,
        projection=projection_of(order).as_json() if copy is None else {},
        mode=MODES[listing.delivery_mode].name,
        created_at=begins,
        expires_at=licence_end(begins, months),
    )
    record(
        GrantIssued(
            subject=f"grant:{grant.pk}", about=grant.concerns, mode=grant.mode, sha256=grant.sha256
        ),
        by=by,
    )
    return grant


@transaction.atomic
def revoke_grant(grant_id: UUID, *, reason: str, by: Actor) -> Grant:
    """Take access back; what is being sent at this moment still ends.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the grant is over already.
        Invalid: there is no reason.
    """
    grant = locked(grants_visible_to(by), pk=grant_id)
    check_revoke_grant(grant, by)
    GRANT.move(grant, GrantState.REVOKED)
    if not reason.strip():
        sentence = _("Say why the access is revoked; both sides read it.")
        raise Invalid(sentence, fields={"reason": [sentence]})
    grant.reason = reason.strip()
    grant.save(update_fields=["state", "reason"])
    release_reserved(grant.order_id)
    record(GrantRevoked(subject=f"grant:{grant.pk}", about=grant.concerns), by=by)
    return grant


@transaction.atomic
def end_grant_of_order(order_id: UUID, *, by: Actor) -> Grant | None:
    """Take back the access of an order whose contract has ended; None where there is none.

    Ending it again changes nothing. The gate refuses at once, whenever this comes.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software ends access with its contract."))
    grant = Grant.objects.select_for_update().filter(order_id=order_id).first()
    # Also of a contract that ended before its data was to be had.
    release_reserved(order_id)
    if grant is None or grant.state != GrantState.ACTIVE:
        return grant
    GRANT.move(grant, GrantState.REVOKED)
    grant.reason = gettext_noop("The contract has ended.")
    grant.save(update_fields=["state", "reason"])
    record(GrantRevoked(subject=f"grant:{grant.pk}", about=grant.concerns), by=by)
    return grant


def expire_grants(*, by: Actor) -> list[UUID]:
    """End each grant whose licence has run out; return which.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's own software watches the licences."))
    due = Grant.objects.filter(state=GrantState.ACTIVE, expires_at__lte=clock.now())
    expired = []
    for grant_id in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            grant = locked(grants_visible_to(by), pk=grant_id)
            if grant.state != GrantState.ACTIVE:
                continue
            GRANT.move(grant, GrantState.EXPIRED)
            grant.save(update_fields=["state"])
            release_reserved(grant.order_id)
            record(GrantExpired(subject=f"grant:{grant.pk}", about=grant.concerns), by=by)
            expired.append(grant_id)
    return expired
