"""What cannot follow from a certificate that does not stand, and who may ask for what follows."""

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.choices import SourceKind
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed, clock
from marketplace.rights.certificate import policies
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.particulars import last_day_of
from marketplace.rights.certificate.selectors import certificates_held, is_relied_on, is_renewed
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.certificate.transfers import running_transfer
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import running_claim
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.freeze import rules as freeze
from marketplace.rights.objection.selectors import open_objections
from marketplace.rights.remark.rules import check_enter_remark


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


def _refuse_while_transferred(certificate: Certificate) -> None:
    if running_transfer(certificate) is not None:
        raise WrongState(
            _("A transfer of this certificate is running. Finish it, or withdraw it first."),
            code="transfer-running",
        )


ACTS_ON_CERTIFICATE: Mapping[str, Rule[Certificate]] = {
    "ask_renewal": check_ask_renewal,
    "ask_change": check_ask_change,
    "ask_cancellation": check_ask_change,
    "open_transfer": check_open_transfer,
    "freeze_certificate": freeze.check_freeze_certificate,
    "unfreeze_certificate": freeze.check_unfreeze_certificate,
    "cancel_certificate": freeze.check_cancel_certificate,
    "enter_remark": check_enter_remark,
}


def acts_on_certificate(certificate: Certificate, by: Actor) -> Allowed:
    return allowed(ACTS_ON_CERTIFICATE, certificate, by)
