"""Ask for what follows from a certificate: its renewal, a change of it, or its end.

The holder asks, whether it claimed the right first or acquired it; the register examines it by the
same procedure as a claim, and a second reviewer decides.
"""

from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Actor, Invalid, clock, longest_of, text_digest
from marketplace.core.arguments import Reason, Text, Whole
from marketplace.ledger.facts import Fact
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.locks import locked_certificate
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.particulars import agreed_terms, last_day_of
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim, ClaimedRight
from marketplace.rights.claim.registrability import check_term
from marketplace.rights.claim.selectors import running_claim
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.follow_up.events import CancellationAsked, ChangeAsked, RenewalAsked
from marketplace.rights.procedure.profile import profile
from marketplace.rights.registration.outcome import check_agreed, particulars
from marketplace.rights.registration.rules import check_texts
from marketplace.rights.registration.services import INDUSTRY
from marketplace.rights.title import rules

NEW_TERM = Whole(
    label=gettext_lazy("Term in years"),
    help=gettext_lazy("It runs from the day on which the renewal is registered."),
)
SHORTER_TERM = Whole(
    label=gettext_lazy("Term in years"),
    help=gettext_lazy("It can become shorter; a longer one is a renewal."),
)
WHAT_CHANGED = Reason(
    label=gettext_lazy("What changed, and why"),
    help=gettext_lazy("The register reads it. No names of people."),
    longest=longest_of(Claim, "grounds"),
    lines=3,
)
WHY_GIVEN_UP = Reason(
    label=gettext_lazy("Why is the right given up?"),
    help=gettext_lazy("It stands in the register. No names of people."),
    longest=longest_of(Claim, "grounds"),
    lines=3,
)
RESTRICTIONS = Text(
    label=gettext_lazy("Restrictions"),
    help=gettext_lazy("As they shall stand. Empty: no limits."),
    longest=longest_of(Claim, "restrictions"),
    lines=3,
)


@transaction.atomic
def ask_renewal(certificate_id: UUID, *, term_years: Annotated[int, NEW_TERM], by: Actor) -> Claim:
    """Begin the renewal of a certificate: the same rights over the same data, for a new term.

    Asking again while it runs changes nothing.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor does not look after the holder's rights.
        WrongState: it is not the time for it (art. 36), the right is in doubt or over, or another
            claim or transfer is running.
        Invalid: the procedure does not confirm rights for so long.
    """
    held, certificate = _held(certificate_id, by=by)
    running = _running(certificate, kind=ClaimKind.RENEWAL, term_years=term_years)
    if running is not None:
        return running
    rules.check_ask_renewal(certificate, by)
    check_term(term_years, profile(held.procedure))
    claim = _begin(held, certificate, kind=ClaimKind.RENEWAL, term_years=term_years)
    return _begun(RenewalAsked(**_told(claim), term_years=term_years), claim, by=by)


@transaction.atomic
def ask_change(
    certificate_id: UUID,
    *,
    grounds: Annotated[str, WHAT_CHANGED],
    restrictions: Annotated[str, RESTRICTIONS] = "",
    industry: Annotated[str, INDUSTRY] = "",
    term_years: Annotated[int, SHORTER_TERM],
    by: Actor,
) -> Claim:
    """Begin a change of what a certificate states, without a change of the right's holder.

    `grounds` says what changed and why. Restrictions, industry and term are given as they shall
    stand; the term can only become shorter. The holder's details and the description of the data,
    as far as it may change under the same right, are taken as they are kept by the centre when
    the change is confirmed. Asking again while a change runs changes nothing.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor does not look after the holder's rights.
        WrongState: the right is in doubt or over, or another claim or transfer is running.
        Invalid: nothing would change, the term is longer or over, agreed limits are left out, or a
            text is missing or too long.
    """
    held, certificate = _held(certificate_id, by=by)
    grounds = WHAT_CHANGED.given(grounds, field="grounds")
    check_texts(restrictions, industry)
    asked = {
        "kind": ClaimKind.CHANGE,
        "grounds": grounds,
        "restrictions": restrictions.strip(),
        "industry": industry,
        "term_years": term_years,
    }
    running = _running(certificate, **asked)
    if running is not None:
        return running
    rules.check_ask_change(certificate, by)
    check_agreed(restrictions, agreed_terms(certificate))
    _check_shortened(term_years, held)
    claim = _begin(held, certificate, **asked)
    _check_running(claim)
    changed = tuple(name for name, _before, _after in particulars(claim))
    if not changed:
        sentence = _(
            "Nothing would change: the certificate states all of this already. Correct the "
            "details of your organization or of the data first, or change the fields here."
        )
        raise Invalid(sentence, code="nothing-changed")
    return _begun(
        ChangeAsked(**_told(claim), particulars=changed, grounds_sha256=text_digest(grounds)),
        claim,
        by=by,
    )


@transaction.atomic
def ask_cancellation(
    certificate_id: UUID, *, grounds: Annotated[str, WHY_GIVEN_UP], by: Actor
) -> Claim:
    """Begin to give a right up; it ends once a second reviewer confirms it.

    Asking again while it runs changes nothing.

    Raises:
        NotFound: there is no such certificate among those the actor may see.
        NotAllowed: the actor does not look after the holder's rights.
        WrongState: the right is in doubt or over, or another claim or transfer is running.
        Invalid: there is no reason.
    """
    held, certificate = _held(certificate_id, by=by)
    grounds = WHY_GIVEN_UP.given(grounds, field="grounds")
    running = _running(certificate, kind=ClaimKind.CANCEL, grounds=grounds)
    if running is not None:
        return running
    rules.check_ask_change(certificate, by)
    claim = _begin(held, certificate, kind=ClaimKind.CANCEL, grounds=grounds)
    return _begun(
        CancellationAsked(**_told(claim), grounds_sha256=text_digest(grounds)), claim, by=by
    )


def _held(certificate_id: UUID, *, by: Actor) -> tuple[Claim, Certificate]:
    held, certificate = locked_certificate(certificate_id, by=by)
    rules.check_follows_up(certificate, by)
    return held, certificate


def _running(certificate: Certificate, **asked: Any) -> Claim | None:
    """Return the running claim that asks for the same already."""
    running = running_claim(certificate.dataset_id, certificate.organization_id)
    if running is None or running.preceding_id != certificate.pk:
        return None
    is_same = {name: getattr(running, name) for name in asked} == asked
    return running if is_same else None


def _begin(held: Claim, certificate: Certificate, **asked: Any) -> Claim:
    same = {
        "procedure": held.procedure,
        "term_years": held.term_years,
        "restrictions": held.restrictions,
        "industry": held.industry,
        "contract_grants_right": held.contract_grants_right,
    }
    claim = Claim.objects.create(
        dataset=certificate.dataset,
        organization=certificate.organization,
        version=certificate.version,
        scope_sha256=certificate.scope_sha256,
        preceding=certificate,
        **(same | asked),
    )
    ClaimedRight.objects.bulk_create(
        ClaimedRight(claim=claim, right=right) for right in certificate.rights
    )
    return claim


def _begun(fact: Fact, claim: Claim, *, by: Actor) -> Claim:
    record(fact, by=by)
    return claim


def _told(claim: Claim) -> dict[str, Any]:
    return {"subject": f"claim:{claim.pk}", "about": concerns(claim)}


def _check_shortened(years: int, held: Claim) -> None:
    if not 1 <= years <= held.term_years:
        sentence = _(
            "A change can make the term shorter, from %(most)d years to one at least. A longer one "
            "is a renewal."
        ) % {"most": held.term_years}
        raise Invalid(sentence, code="term-longer", fields={"term_years": [sentence]})


def _check_running(claim: Claim) -> None:
    if last_day_of(claim) < clock.today():
        sentence = _("The right would have ended already. Give it up instead.")
        raise Invalid(sentence, code="term-over", fields={"term_years": [sentence]})
