"""What a renewal, a change and a cancellation do to the certificate that they rest on."""

from typing import Any

from django.utils.translation import gettext as _

from marketplace.core import Actor, Invalid
from marketplace.credentials.selectors import claims_of
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.particulars import certificate_fields
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.entry.effects import carry_over
from marketplace.rights.freeze.endings import cancel, supersede
from marketplace.rights.registration.events import RegistrationChanged
from marketplace.rights.registration.issue import certify

CARRIED = ("agreed_terms", "passed_on")
"""What a certificate remarks by itself and its followers go on remarking."""


def particulars(claim: Claim) -> list[tuple[str, str, str]]:
    """Return what a change would alter: the name of each particular, as it is stated and as it
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
        raise Invalid(sentence, code="limits-agreed", fields={"restrictions": [sentence]})


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
