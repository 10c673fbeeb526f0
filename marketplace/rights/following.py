"""What a renewal, a change and a cancellation do to the certificate that they rest on."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, WrongState
from marketplace.credentials.selectors import claims_of
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate_text import certificate_fields
from marketplace.rights.certifying import certify, last_day_of
from marketplace.rights.choices import ClaimKind
from marketplace.rights.events import RegistrationChanged
from marketplace.rights.gatekeeping import concerns, locked_pair
from marketplace.rights.models import Certificate, Claim
from marketplace.rights.remarking import carry_over
from marketplace.rights.selectors import is_renewed
from marketplace.rights.standing import check_standing, check_undoubted
from marketplace.rights.states import CertificateState, ClaimState
from marketplace.rights.steps import cancel, supersede

CARRIED = ("agreed_terms", "passed_on")
"""What a certificate remarks by itself and its followers go on remarking."""


def check_in_time(claim: Claim, certificate: Certificate) -> None:
    """Refuse a renewal before its time, after it, or twice (art. 36).

    Raises:
        WrongState: with the days, or because it is renewed.
    """
    _refuse_renewed(claim, certificate)
    if not certificate.renewal_from <= clock.today() < certificate.valid_until:
        raise WrongState(
            _("A renewal may be asked for from %(first)s to the day before %(last)s.")
            % {
                "first": date_format(certificate.renewal_from),
                "last": date_format(certificate.valid_until),
            },
            code="RENEWAL_OUT_OF_TIME",
        )


def checked_basis(claim: Claim) -> tuple[Claim, Certificate]:
    """Answer the claim and certificate that a registration rests on, locked and still sound.

    A renewal that was asked for in time is decided also after the right has expired.

    Raises:
        WrongState: an objection to it is open, it is frozen or over, a renewal is asked for out of
            its time, or a shortened right would have ended already.
    """
    assert claim.preceding is not None
    held, certificate = locked_pair(claim.preceding)
    if claim.kind == ClaimKind.RENEWAL and claim.submitted_on is None:
        check_standing(held, certificate)
        check_in_time(held, certificate)
    elif claim.kind == ClaimKind.RENEWAL:
        _check_lasted(held, certificate)
    else:
        check_standing(held, certificate)
    if claim.kind == ClaimKind.CHANGE and last_day_of(claim) < clock.today():
        raise WrongState(
            _("The right would have ended already. Give it up instead."), code="TERM_OVER"
        )
    return held, certificate


def particulars(claim: Claim) -> list[tuple[str, str, str]]:
    """Answer what a change would alter: the name of each particular, as it is stated and as it
    would be."""
    assert claim.preceding is not None
    stated, asked = claims_of(claim.preceding.credential), certificate_fields(claim)
    return [
        (name, before, after)
        for name, before, after in (
            (name, str(_part(stated, *path)), str(_part(asked, *path))) for name, path in _PARTS
        )
        if before != after
    ]


def conclude(held: Claim, preceding: Certificate, claim: Claim, *, by: Actor) -> Certificate:
    """Do what was confirmed: certify the renewal or the change, or end the right.

    The renewed certificate stays in force until its last day; a changed one ends at once.
    """
    if claim.kind == ClaimKind.CANCEL:
        cancel(held, preceding, reason=claim.grounds, cause=StatusReason.WITHDRAWN, by=by)
        return preceding
    changed = tuple(name for name, _before, _after in particulars(claim))
    stated = claims_of(preceding.credential)["remarks"]
    certificate = certify(
        claim, remarks={name: stated[name] for name in CARRIED if name in stated}, by=by
    )
    carry_over(preceding, claim, certificate, by=by)
    if claim.kind == ClaimKind.CHANGE:
        supersede(held, preceding, certificate, state=ClaimState.SUPERSEDED, by=by)
        fact = RegistrationChanged(
            subject=f"certificate:{certificate.pk}", about=concerns(claim), particulars=changed
        )
        record(fact, by=by)
    return certificate


def check_agreed(restrictions: str, agreed: str) -> None:
    """Refuse to widen a right beyond the terms within which it passed (art. 34).

    Raises:
        Invalid: the restrictions leave an agreed term out.
    """
    if not all(part in restrictions for part in agreed.split("; ")):
        sentence = _(
            "This right passed to you within agreed limits: %(terms)s. Leave them as they stand; "
            "only a transfer gives more."
        ) % {"terms": agreed}
        raise Invalid(sentence, code="LIMITS_AGREED", fields={"restrictions": [sentence]})


def _check_lasted(held: Claim, certificate: Certificate) -> None:
    check_undoubted(held, certificate)
    if certificate.state not in (CertificateState.IN_FORCE, CertificateState.EXPIRED):
        raise WrongState(
            _("The right ended before its time, so there is nothing to renew."),
            code="CERTIFICATE_NOT_IN_FORCE",
        )
    _refuse_renewed(held, certificate)


def _refuse_renewed(claim: Claim, certificate: Certificate) -> None:
    if is_renewed(claim, certificate):
        raise WrongState(
            _("This right is renewed already. The newer certificate goes on from here."),
            code="RENEWED_ALREADY",
        )


def _part(fields: Any, *path: str) -> Any:
    for name in path:
        fields = fields.get(name, "")
    return fields


_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("holder_name", ("applicant", "name")),
    ("holder_kind", ("applicant", "type")),
    ("uscc", ("applicant", "uscc")),
    ("contact", ("applicant", "contact")),
    ("abstract", ("data", "abstract")),
    ("theme", ("data", "theme")),
    ("time_scope", ("data", "time_scope")),
    ("industry", ("data", "industry")),
    ("term_years", ("rights", "term_years")),
    ("restrictions", ("rights", "restrictions")),
)
