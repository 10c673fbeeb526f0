"""Freeze a right by order of the centre, let it go, cancel a certificate."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.locking import visible
from marketplace.rights import policies
from marketplace.rights.gatekeeping import (
    given_reason,
    locked_certificate,
    locked_with_followers,
)
from marketplace.rights.holding import end_right, lift_order, order_freeze
from marketplace.rights.models import Certificate
from marketplace.rights.selectors import (
    certificates_visible_to,
    is_held_by_remark,
    objections_holding,
)
from marketplace.rights.states import LASTING, CertificateState

LONGEST_REASON = 500


@transaction.atomic
def freeze_certificate(certificate_id: UUID, *, reason: str, by: Actor) -> Certificate:
    """Freeze a right by order of the centre, with every certificate that its holder has of it.

    Freezing it again changes nothing. Whoever relies on it in an open transaction finishes first.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was cancelled or has expired.
        Invalid: there is no reason.
    """
    _claim, certificate = locked_certificate(certificate_id, by=by)
    if not policies.may_freeze(by, certificate):
        raise NotAllowed(_("Only a reviewer of the centre can freeze a certificate."))
    reason = given_reason(reason, longest=LONGEST_REASON)
    if certificate.state not in LASTING:
        raise WrongState(_("This certificate has ended, so there is nothing to freeze."))
    if not certificate.freeze_order:
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
    if not policies.may_freeze(by, certificate):
        raise NotAllowed(_("Only a reviewer of the centre can let a certificate go."))
    if certificate.state == CertificateState.IN_FORCE:
        return certificate
    if certificate.state not in LASTING:
        raise WrongState(_("This certificate has ended, so there is nothing to let go."))
    if objections_holding(certificate).exists():
        raise WrongState(
            _("An objection is open. Decide it, and the certificate follows from that."),
            code="OBJECTION_OPEN",
        )
    _check_not_held(certificate)
    lift_order(certificate, by=by)
    return certificate


@transaction.atomic
def cancel_certificate(certificate_id: UUID, *, reason: str, by: Actor) -> Certificate:
    """End a certificate for good, by the centre on its own; a holder asks for a cancellation.

    What renewed or changed it since ends with it.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was cancelled or has expired, or a court or authority holds it.
        Invalid: there is no reason.
    """
    seen = visible(certificates_visible_to(by), pk=certificate_id)
    if not policies.may_cancel(by, seen):
        raise NotAllowed(_("Only a reviewer of the centre can cancel it; a holder gives it up."))
    reason = given_reason(reason, longest=LONGEST_REASON)
    ended = locked_with_followers(seen)
    _check_not_held(ended[0][1])
    end_right(ended, reason=reason, by=by)
    return ended[0][1]


def _check_not_held(certificate: Certificate) -> None:
    if is_held_by_remark(certificate):
        raise WrongState(
            _("A court or authority holds this certificate. Lift its remark first, by two people."),
            code="HELD_BY_REMARK",
        )
