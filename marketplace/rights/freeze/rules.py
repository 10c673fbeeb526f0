"""What freezing, letting go and cancelling a certificate refuse."""

from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.rights.certificate import policies
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import CERTIFICATE, LASTING, CertificateState
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.objection.selectors import objections_holding
from marketplace.rights.remark.selectors import is_held_by_remark


def check_freeze_certificate(certificate: Certificate, by: Actor) -> None:
    """Refuse to freeze a right by order of the centre.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it has ended, or the centre's order holds it already.
    """
    check_freezes(certificate, by)
    if certificate.state not in LASTING:
        raise WrongState(_("This certificate has ended, so there is nothing to freeze."))
    if is_ordered(certificate):
        raise WrongState(_("An order of the centre freezes this right already."))


def is_ordered(certificate: Certificate) -> bool:
    """Return whether an order of the centre freezes a right that lasts."""
    return certificate.state in LASTING and bool(certificate.freeze_order)


def check_freezes(certificate: Certificate, by: Actor) -> None:
    """Refuse who does not freeze certificates.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
    """
    if not policies.may_freeze(by, certificate):
        raise NotAllowed(_("Only a reviewer of the centre can freeze a certificate."))


def check_lets_go(certificate: Certificate, by: Actor) -> None:
    """Refuse who does not let certificates go.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
    """
    if not policies.may_freeze(by, certificate):
        raise NotAllowed(_("Only a reviewer of the centre can unfreeze a certificate."))


def check_unfreeze_certificate(certificate: Certificate, by: Actor) -> None:
    """Refuse to let a right go that the centre froze.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it is in force, was cancelled or has expired, an objection is open, or a court
            or authority holds it.
    """
    check_lets_go(certificate, by)
    if certificate.state == CertificateState.IN_FORCE:
        raise WrongState(_("This certificate is in force and not frozen."))
    if certificate.state not in LASTING:
        raise WrongState(_("This certificate has ended, so there is nothing to unfreeze."))
    if objections_holding(certificate).exists():
        raise WrongState(
            _("An objection is open. Decide it, and the certificate follows from that."),
            code="objection-open",
        )
    _refuse_held(certificate)


def check_cancels(certificate: Certificate, by: Actor) -> None:
    """Refuse who does not cancel certificates.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
    """
    if not policies.may_freeze(by, certificate):
        raise NotAllowed(_("Only a reviewer of the centre can cancel it; a holder gives it up."))


def check_cancel_certificate(certificate: Certificate, by: Actor) -> None:
    """Refuse to end a certificate for good.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was cancelled or has expired, or a court or authority holds it.
    """
    check_cancels(certificate, by)
    _refuse_held(certificate)
    CLAIM.check(certificate.claim, ClaimState.CANCELLED)
    CERTIFICATE.check(certificate, CertificateState.CANCELLED)


def _refuse_held(certificate: Certificate) -> None:
    if is_held_by_remark(certificate):
        raise WrongState(
            _("A court or authority holds this certificate. Lift its remark first, by two people."),
            code="held-by-remark",
        )
