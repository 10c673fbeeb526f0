"""Whether a certified right stands, so that something can follow from it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.errors import WrongState
from marketplace.rights.models import Certificate, Claim
from marketplace.rights.selectors import open_objections
from marketplace.rights.states import CertificateState, ClaimState


def check_standing(claim: Claim, certificate: Certificate) -> None:
    """Refuse to go on from a right that is in doubt or over; claim and certificate are locked.

    Raises:
        WrongState: an objection is open, or the certificate is frozen or over.
    """
    check_undoubted(claim, certificate)
    if (
        certificate.state != CertificateState.IN_FORCE
        or claim.state != ClaimState.CERTIFIED
        or clock.today() > certificate.valid_until
    ):
        raise WrongState(
            _("The certificate is not in force, so nothing can follow from it."),
            code="CERTIFICATE_NOT_IN_FORCE",
        )


def check_undoubted(claim: Claim, certificate: Certificate) -> None:
    """Refuse to go on from a right that is objected to or frozen.

    Raises:
        WrongState: an objection is open, or the certificate is frozen.
    """
    if open_objections(claim).exists():
        raise WrongState(
            _("An objection to this right is open. Wait until it is decided."),
            code="OBJECTION_OPEN",
        )
    if certificate.state == CertificateState.FROZEN:
        raise WrongState(
            _("The certificate is frozen. Wait until it is let go."),
            code="CERTIFICATE_FROZEN",
        )
