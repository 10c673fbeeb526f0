"""What the acts on a certificate refuse, by right and state."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.rights import policies
from marketplace.rights.models import Certificate
from marketplace.rights.rules.basis import check_in_time, check_standing, check_transferable
from marketplace.rights.selectors import (
    is_held_by_remark,
    objections_holding,
    running_claim,
    running_transfer,
)
from marketplace.rights.states import CERTIFICATE, CLAIM, LASTING, CertificateState, ClaimState


def check_follows_up(certificate: Certificate, by: Actor) -> None:
    """Refuse who does not look after the holder's rights.

    Raises:
        NotAllowed: the actor does not.
    """
    if not policies.may_follow_up(by, certificate):
        raise NotAllowed(_("Only the holder of the right can ask for this."))


def check_ask_change(certificate: Certificate, by: Actor) -> None:
    """Refuse to begin a change, or to give a right up.

    Raises:
        NotAllowed: the actor does not look after the holder's rights.
        WrongState: the right is in doubt or over, or another claim or transfer is running.
    """
    check_follows_up(certificate, by)
    if running_claim(certificate.dataset_id, certificate.organization_id) is not None:
        raise WrongState(
            _("Another claim of the holder on this dataset is running. Finish it first."),
            code="claim-running",
        )
    _refuse_while_transferred(certificate)
    check_standing(certificate)


def check_ask_renewal(certificate: Certificate, by: Actor) -> None:
    """Refuse to begin a renewal.

    Raises:
        NotAllowed: the actor does not look after the holder's rights.
        WrongState: it is not the time for it (art. 36), the right is in doubt or over, or another
            claim or transfer is running.
    """
    check_ask_change(certificate, by)
    check_in_time(certificate)


def check_transfers(certificate: Certificate, by: Actor) -> None:
    """Refuse who does not transfer the holder's rights.

    Raises:
        NotAllowed: the actor is no officer of the holder.
    """
    if not policies.may_transfer(by, certificate):
        raise NotAllowed(_("Only a data officer of the holder can transfer the right."))


def check_open_transfer(certificate: Certificate, by: Actor) -> None:
    """Refuse to begin a transfer.

    Raises:
        NotAllowed: the actor is no officer of the holder.
        WrongState: an objection is open, the certificate is frozen or over, a listing rests on
            it, or another claim or transfer is running.
    """
    check_transfers(certificate, by)
    _refuse_while_transferred(certificate)
    check_transferable(certificate, is_sold=by.is_system)


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
    """Tell whether an order of the centre freezes a right that lasts."""
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


def _refuse_while_transferred(certificate: Certificate) -> None:
    if running_transfer(certificate) is not None:
        raise WrongState(
            _("A transfer of this certificate is running. Finish it, or withdraw it first."),
            code="transfer-running",
        )


def _refuse_held(certificate: Certificate) -> None:
    if is_held_by_remark(certificate):
        raise WrongState(
            _("A court or authority holds this certificate. Lift its remark first, by two people."),
            code="held-by-remark",
        )
