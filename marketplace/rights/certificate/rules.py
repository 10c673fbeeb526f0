"""What the acts on a certificate refuse, and what cannot follow from one that does not stand."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.choices import SourceKind
from marketplace.core import Actor, NotAllowed, WrongState, clock
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_held, is_relied_on, is_renewed
from marketplace.rights.certificate.states import CERTIFICATE, LASTING, CertificateState
from marketplace.rights.claim import policies
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import running_claim
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.due.terms import last_day_of
from marketplace.rights.objection.selectors import objections_holding, open_objections
from marketplace.rights.remark.selectors import is_held_by_remark
from marketplace.rights.transfer.selectors import running_transfer


def check_standing(certificate: Certificate) -> None:
    """Refuse to go on from a right that is in doubt or over.

    Raises:
        WrongState: an objection is open, or the certificate is frozen or over.
    """
    check_undoubted(certificate)
    if (
        certificate.state != CertificateState.IN_FORCE
        or certificate.claim.state != ClaimState.CERTIFIED
        or clock.today() > certificate.valid_until
    ):
        raise WrongState(
            _("The certificate is not in force, so nothing can follow from it."),
            code="certificate-not-in-force",
        )


def check_undoubted(certificate: Certificate) -> None:
    """Refuse to go on from a right that is objected to or frozen.

    Raises:
        WrongState: an objection is open, or the certificate is frozen.
    """
    if open_objections(certificate.claim).exists():
        raise WrongState(
            _("An objection to this right is open. Wait until it is decided."),
            code="objection-open",
        )
    if certificate.state == CertificateState.FROZEN:
        raise WrongState(
            _("The certificate is frozen. Wait until it is unfrozen."),
            code="certificate-frozen",
        )


def check_transferable(certificate: Certificate, *, is_sold: bool = False) -> None:
    """Refuse to pass rights that are in doubt or in use.

    `is_sold` lets the listing stand by which the right itself was sold.

    Raises:
        WrongState: an objection is open, the certificate is frozen or over, the data comes from a
            statutory duty, the holder asks for something else, or a listing rests on it.
    """
    check_standing(certificate)
    if certificate.claim.described.source_kind == SourceKind.STATUTORY_DUTY:
        raise WrongState(
            _(
                "Data that comes from a statutory duty is no property, so that its registration "
                "cannot pass to somebody else. Offer licences of the data instead."
            ),
            code="not-transferable-public-duty-data",
        )
    if running_claim(certificate.dataset_id, certificate.organization_id) is not None:
        raise WrongState(
            _("Another claim of the holder on this dataset is running. Finish it first."),
            code="claim-running",
        )
    if not is_sold and is_relied_on(certificate):
        raise WrongState(
            _("A listing on the market rests on this certificate. Withdraw the listing first."),
            code="listing-relies",
        )


def check_held_once(certificate: Certificate, rights: frozenset[str], limits: str) -> None:
    """Refuse to pass a right wholly that its holder would keep by another certificate.

    Raises:
        WrongState: a renewal, or the certificate before it, gives one of the rights too.
    """
    if limits:
        return
    lasting = certificates_held(
        certificate.dataset_id, certificate.organization_id, on=clock.today()
    )
    for other in lasting.exclude(pk=certificate.pk):
        if rights & set(other.rights):
            raise WrongState(
                _(
                    "Certificate %(number)s gives you the same right, so it would not pass wholly. "
                    "Give that one up first, or wait until it ends."
                )
                % {"number": other.number},
                code="right-held-twice",
            )


def check_in_time(certificate: Certificate) -> None:
    """Refuse a renewal before its time, after it, or twice (art. 36).

    Raises:
        WrongState: with the days, or because it is renewed.
    """
    _refuse_renewed(certificate)
    if not certificate.renewal_from <= clock.today() < certificate.valid_until:
        raise WrongState(
            _("A renewal may be asked for from %(first)s to the day before %(last)s.")
            % {
                "first": date_format(certificate.renewal_from),
                "last": date_format(certificate.valid_until),
            },
            code="renewal-out-of-time",
        )


def check_basis(claim: Claim) -> None:
    """Refuse a claim whose certificate does not bear it (any more); one without stands by itself.

    A renewal that was asked for in time is decided also after the right has expired.

    Raises:
        WrongState: an objection to the certificate is open, it is frozen or over, a renewal is
            asked for out of its time, or a shortened right would have ended already; for a
            transfer, see `check_transferable`.
    """
    certificate = claim.preceding
    if certificate is None:
        return
    if claim.kind == ClaimKind.TRANSFER:
        check_transferable(certificate)
        check_held_once(certificate, frozenset(claim.rights), claim.limits)
        return
    if claim.kind == ClaimKind.RENEWAL and claim.submitted_on is None:
        check_standing(certificate)
        check_in_time(certificate)
    elif claim.kind == ClaimKind.RENEWAL:
        _check_lasted(certificate)
    else:
        check_standing(certificate)
    if claim.kind == ClaimKind.CHANGE and last_day_of(claim) < clock.today():
        raise WrongState(
            _("The right would have ended already. Give it up instead."), code="term-over"
        )


def _check_lasted(certificate: Certificate) -> None:
    check_undoubted(certificate)
    if certificate.state not in (CertificateState.IN_FORCE, CertificateState.EXPIRED):
        raise WrongState(
            _("The right ended before its time, so there is nothing to renew."),
            code="certificate-not-in-force",
        )
    _refuse_renewed(certificate)


def _refuse_renewed(certificate: Certificate) -> None:
    if is_renewed(certificate.claim, certificate):
        raise WrongState(
            _("This right is renewed already. Use the newer certificate."),
            code="renewed-already",
        )


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
