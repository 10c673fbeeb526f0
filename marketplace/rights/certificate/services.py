"""Certificates are frozen and released, and acts that rely on one hold it."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, locked, visible
from marketplace.core.arguments import reason_of
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate import rules
from marketplace.rights.certificate.events import RelianceNoted
from marketplace.rights.certificate.freezes import end_right, lift_order, order_freeze
from marketplace.rights.certificate.locks import locked_certificate, locked_with_followers
from marketplace.rights.certificate.models import Certificate, Reliance
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.certificate.states import CertificateState

WHY = reason_of(Certificate)

# Freeze a right by order of the centre, let it go, cancel a certificate.


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


# Note what of a higher app rests on a certificate, so that a transfer can wait for its end.


@transaction.atomic
def note_reliance(
    certificate_id: UUID, *, subject: str, is_current: bool, by: Actor
) -> Reliance | None:
    """Note that a thing of the ledger rests on a certificate, or does no longer.

    What is noted already, and the end of what was never noted, changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
        NotFound: there is no such certificate.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    certificate = locked(certificates_visible_to(by), pk=certificate_id)
    noted = Reliance.objects.filter(certificate=certificate, subject=subject).first()
    if noted is None and not is_current:
        return None
    if noted is None:
        noted = Reliance.objects.create(certificate=certificate, subject=subject)
    elif noted.is_current == is_current:
        return noted
    else:
        noted.is_current = is_current
        noted.save(update_fields=["is_current"])
    record(
        RelianceNoted(
            subject=f"certificate:{certificate.pk}", about=(subject,), is_current=is_current
        ),
        by=by,
    )
    return noted
