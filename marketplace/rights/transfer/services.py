"""Ask for a transfer: the holder opens it, the acquirer joins, then it goes through the procedure.

Source: 国数综政策〔2026〕35号, article 34.
"""

from collections.abc import Collection
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.four_eyes import check_one_side
from marketplace.accounts.models import Organization
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.roles import OrganizationKind
from marketplace.core import Actor, Invalid, WrongState, clock, locked, share_locked
from marketplace.core.arguments import Key, Several, Text
from marketplace.ledger.services.recording import record
from marketplace.rights.certificate.locks import locked_certificate
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.transfers import running_transfer
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim, ClaimedRight
from marketplace.rights.claim.selectors import claims_visible_to, running_claim
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.registration.rules import check_join_transfer, check_joins
from marketplace.rights.right.choices import Right
from marketplace.rights.title.rules import (
    check_held_once,
    check_open_transfer,
    check_transfers,
)
from marketplace.rights.transfer.events import TransferJoined, TransferOpened

LONGEST_LIMITS = 300
LONGEST_RESTRICTIONS = 500
LONGEST_REFERENCE = 120
ACQUIRER = Key(
    label=gettext_lazy("Acquirer"),
    help=gettext_lazy("Its unified social credit code; it must be a verified organization."),
)
RIGHTS = Several(
    label=gettext_lazy("Rights that pass"),
    help=gettext_lazy("What you do not choose stays with you. None chosen: all pass."),
    choices=Right,
)
LIMITS = Text(
    label=gettext_lazy("Limits"),
    help=gettext_lazy(
        "How far the rights pass, such as a share, a place or a purpose; beyond, they stay "
        "with you. Empty: they pass wholly, and you keep nothing of them."
    ),
    longest=LONGEST_LIMITS,
    lines=3,
)
REFERENCE = Text(
    label=gettext_lazy("Contract"),
    help=gettext_lazy("Its number, as both sides know it. No names of people."),
    longest=LONGEST_REFERENCE,
)


@transaction.atomic
def open_transfer(
    certificate_id: UUID,
    *,
    acquirer_id: Annotated[UUID, ACQUIRER],
    rights: Annotated[Collection[str], RIGHTS] = (),
    limits: Annotated[str, LIMITS] = "",
    reference: Annotated[str, REFERENCE] = "",
    by: Actor,
) -> Claim:
    """Begin to pass certified rights to another organization, which then joins.

    `rights` are those that pass, all of the certificate's where none is named. With `limits`, such
    as a place or a purpose, they pass only so far and stay with the holder beyond. `reference`
    names the contract, or as `order:…` the order by which the right was sold; the centre's
    software opens the transfer of a sold right. Asking for the same again changes nothing.

    Raises:
        NotFound: there is no such certificate among those the actor may see, or no such acquirer.
        NotAllowed: the actor is no officer of the holder.
        WrongState: an objection is open, the certificate is frozen or over, a listing rests on
            it, another certificate gives the right too, or another claim or transfer is running.
        Invalid: the acquirer cannot hold the right, or the certificate does not give the rights.
    """
    held, certificate = locked_certificate(certificate_id, by=by)
    check_transfers(certificate, by)
    chosen = frozenset(rights or certificate.rights)
    limits, reference = limits.strip(), reference.strip()
    running = running_transfer(certificate)
    asked = (acquirer_id, chosen, limits, reference)
    if running is not None and _asks_for(running) == asked:
        return running
    check_open_transfer(certificate, by)
    acquirer = _acquirer(acquirer_id, certificate, by=by)
    _check_extent(certificate, chosen, limits, reference)
    check_held_once(certificate, chosen, limits)
    claim = _keep_transfer(held, certificate, acquirer, limits=limits, reference=reference)
    ClaimedRight.objects.bulk_create(
        ClaimedRight(claim=claim, right=right) for right in sorted(chosen)
    )
    record(
        TransferOpened(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            rights=tuple(claim.rights),
            is_limited=bool(limits),
        ),
        by=by,
    )
    return claim


@transaction.atomic
def join_transfer(claim_id: UUID, *, by: Actor) -> Claim:
    """Ask for a transfer too, on the acquirer's side. Joining again changes nothing.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor does not act for the acquirer.
        WrongState: it is no transfer, or it is not in preparation any more.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    check_joins(claim, by)
    if claim.joined_by_id is not None:
        return claim
    check_join_transfer(claim, by)
    claim.joined_by_id, claim.joined_at = by.person_id, clock.now()
    claim.save(update_fields=["joined_by_id", "joined_at"])
    record(TransferJoined(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)
    return claim


def _keep_transfer(
    held: Claim, certificate: Certificate, acquirer: Organization, *, limits: str, reference: str
) -> Claim:
    """Keep the acquirer's claim, over the same data and for the same term as what is held."""
    return Claim.objects.create(
        dataset=certificate.dataset,
        organization=acquirer,
        kind=ClaimKind.TRANSFER,
        procedure=held.procedure,
        version=certificate.version,
        scope_sha256=certificate.scope_sha256,
        term_years=held.term_years,
        restrictions=_restrictions(held, limits),
        industry=held.industry,
        preceding=certificate,
        limits=limits,
        reference=reference,
    )


def _asks_for(claim: Claim) -> tuple[UUID, frozenset[str], str, str]:
    # By its reference a case belongs to the sale of a right, whose money follows that case alone.
    return claim.organization_id, frozenset(claim.rights), claim.limits, claim.reference


def _acquirer(acquirer_id: UUID, certificate: Certificate, *, by: Actor) -> Organization:
    acquirer = share_locked(organizations_visible_to(by), pk=acquirer_id)
    if acquirer.pk == certificate.organization_id:
        sentence = _("Your organization holds this right already. Name another one.")
    elif acquirer.kind == OrganizationKind.CENTRE:
        sentence = _("The centre keeps the register and holds no rights in it.")
    elif acquirer.state != OrganizationState.VERIFIED:
        sentence = _("The acquirer is not a verified organization of the centre.")
    elif running_claim(certificate.dataset_id, acquirer.pk) is not None:
        raise WrongState(
            _("A claim of the acquirer on this dataset is running. It has to be finished first."),
            code="claim-running",
        )
    else:
        check_one_side(by, acquirer.pk)
        return acquirer
    raise Invalid(sentence, code="no-acquirer", fields={"acquirer_id": [sentence]})


def _restrictions(held: Claim, limits: str) -> str:
    """Return those of the holder and the limits of the transfer, as one text."""
    joined = "; ".join(part for part in (held.restrictions, limits) if part)
    most = LONGEST_RESTRICTIONS - len(held.restrictions)
    if limits and len(joined) > LONGEST_RESTRICTIONS:
        sentence = _("Shorten this to %(most)d characters.") % {"most": max(most - 2, 0)}
        raise Invalid(sentence, code="too-long", fields={"limits": [sentence]})
    return joined


def _check_extent(
    certificate: Certificate, rights: frozenset[str], limits: str, reference: str
) -> None:
    if not rights <= set(certificate.rights):
        sentence = _("The certificate does not give all of these rights. Choose among its own.")
        raise Invalid(sentence, code="right-not-held", fields={"rights": [sentence]})
    for field, text, most in (
        ("limits", limits, LONGEST_LIMITS),
        ("reference", reference, LONGEST_REFERENCE),
    ):
        if len(text) > most:
            sentence = _("Shorten this to %(most)d characters.") % {"most": most}
            raise Invalid(sentence, code="too-long", fields={field: [sentence]})
