"""A right is frozen by order of the centre and let go, and a certificate is cancelled."""

from typing import Annotated
from uuid import UUID

from django.db import transaction

from marketplace.core import Actor, visible
from marketplace.core.arguments import reason_of
from marketplace.rights.certificate.locks import locked_certificate, locked_with_followers
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.freeze import rules
from marketplace.rights.freeze.freezes import end_right, lift_order, order_freeze

WHY = reason_of(Certificate)


@transaction.atomic
def freeze_certificate(
    certificate_id: UUID, *, reason: Annotated[str, WHY], by: Actor
) -> Certificate:
    """Freeze a right by order of the centre, with every certificate that its holder has of it.

    Freezing it again changes nothing. Whoever relies on it in an open transaction finishes first.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was cancelled or has expired.
        Invalid: there is no reason.
    """
    _claim, certificate = locked_certificate(certificate_id, by=by)
    rules.check_freezes(certificate, by)
    reason = WHY.given(reason)
    if rules.is_ordered(certificate):
        return certificate
    rules.check_freeze_certificate(certificate, by)
    order_freeze(certificate, order=reason, by=by)
    return certificate


@transaction.atomic
def unfreeze_certificate(certificate_id: UUID, *, by: Actor) -> Certificate:
    """Let a right go that the centre froze, with every certificate of it.

    One that is in force stays as it is.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was cancelled or has expired, an objection is open, or a court or authority
            holds it.
    """
    _claim, certificate = locked_certificate(certificate_id, by=by)
    rules.check_lets_go(certificate, by)
    if certificate.state == CertificateState.IN_FORCE:
        return certificate
    rules.check_unfreeze_certificate(certificate, by)
    lift_order(certificate, by=by)
    return certificate


@transaction.atomic
def cancel_certificate(
    certificate_id: UUID, *, reason: Annotated[str, WHY], by: Actor
) -> Certificate:
    """End a certificate for good, by the centre on its own; a holder asks for a cancellation.

    What renewed or changed it since ends with it.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was cancelled or has expired, or a court or authority holds it.
        Invalid: there is no reason.
    """
    seen = visible(certificates_visible_to(by), pk=certificate_id)
    rules.check_cancels(seen, by)
    reason = WHY.given(reason)
    ended = locked_with_followers(seen)
    rules.check_cancel_certificate(ended[0][1], by)
    end_right(ended, reason=reason, by=by)
    return ended[0][1]
