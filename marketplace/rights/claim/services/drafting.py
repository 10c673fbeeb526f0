"""The claimant's acts: begin a claim, attach evidence, submit it, take it back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.models import Dataset
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.core.terms import keep_term
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import open_case, withdraw_case
from marketplace.rights.certificate.locks import hold_grounds
from marketplace.rights.certificate.selectors import certificates_held, rights_held
from marketplace.rights.claim import rules
from marketplace.rights.claim.choices import ClaimKind, EvidenceKind
from marketplace.rights.claim.decision_clock import DECISION_CLOCK, resume_decision_clock
from marketplace.rights.claim.events import (
    ClaimDrafted,
    ClaimSubmitted,
    ClaimWithdrawn,
    EvidenceAttached,
)
from marketplace.rights.claim.models import Claim, ClaimedRight, Evidence
from marketplace.rights.claim.rules import check_kept, check_renewable, check_texts
from marketplace.rights.claim.selectors import claims_visible_to, evidence_of
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.objection.lapse import lapse_objections
from marketplace.rights.procedure.clocks import clocks
from marketplace.rights.right.coverage import present_scope
from marketplace.rights.right.origins import chosen_procedure, origin_of, origin_of_dataset
from marketplace.rights.right.registrability import check_claimable, missing
from marketplace.vault.models import Purpose
from marketplace.vault.uploads import EncryptedUpload, keep_upload

MOST_FILES = 30
LONGEST_TITLE = 120


@transaction.atomic
def draft_claim(
    dataset_id: UUID,
    *,
    rights: frozenset[str],
    term_years: int,
    restrictions: str = "",
    industry: str = "",
    contract_grants_right: bool = False,
    procedure: str = "",
    by: Actor,
) -> Claim:
    """Begin to claim rights over a dataset of the actor's organization.

    `restrictions` says how far the rights reach, "" for without limits; `industry` is a section of
    GB/T 4754. `contract_grants_right` matters for data that is processed for somebody else. Where
    the organization holds one of the rights over the data as it was before, the claim is a change
    of that registration; where it holds all of them and their renewal may be asked for, a renewal.
    The earlier certificate goes on covering what it was given for. `procedure` names the profile
    whose terms apply, "" for the centre's default.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of the dataset's organization.
        WrongState: its content is not approved, or a claim on it is running.
        Invalid: these rights cannot be registered, with the code of the rule; or they are held.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_draft_claim(dataset, by)
    terms = chosen_procedure(procedure, dataset)
    origin = origin_of_dataset(dataset, contract_grants_right=contract_grants_right)
    check_claimable(origin, rights=rights, years=term_years, terms=terms)
    check_texts(restrictions, industry)
    check_kept(dataset, rights)
    claim = Claim.objects.create(
        dataset=dataset,
        organization_id=dataset.organization_id,
        kind=_kind_of_claim(dataset, rights),
        procedure=terms.name,
        term_years=term_years,
        restrictions=restrictions.strip(),
        industry=industry,
        contract_grants_right=contract_grants_right,
    )
    ClaimedRight.objects.bulk_create(
        ClaimedRight(claim=claim, right=right) for right in sorted(rights)
    )
    record(
        ClaimDrafted(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            rights=tuple(claim.rights),
            term_years=term_years,
        ),
        by=by,
    )
    return claim


@transaction.atomic
def attach_evidence(
    claim_id: UUID,
    *,
    kind: EvidenceKind,
    upload: EncryptedUpload,
    title: str = "",
    by: Actor,
) -> Evidence:
    """Add a file to a claim. The same file for the same purpose again changes nothing.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no officer of the claimant.
        WrongState: the claim is with the register.
        Invalid: the file is empty or too large, or there are too many.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_attach_evidence(claim, by)
    incoming = upload.received()
    if incoming.size == 0:
        sentence = _("The file is empty. Choose the file that shows it.")
        raise Invalid(sentence, code="evidence-empty", fields={"upload": [sentence]})
    attached = list(evidence_of(claim))
    for evidence in attached:
        if evidence.kind == kind and evidence.file.sha256 == incoming.sha256:
            return evidence
    if len(attached) >= MOST_FILES:
        sentence = _("A claim carries up to %(most)d files. Join some of them.") % {
            "most": MOST_FILES
        }
        raise Invalid(sentence, code="evidence-too-many", fields={"upload": [sentence]})
    side = by.organization_id or claim.organization_id
    file = keep_upload(upload, purpose=Purpose.EVIDENCE, organization_id=side, by=by)
    evidence = Evidence.objects.create(
        claim=claim, kind=kind, title=(title.strip() or file.name)[:LONGEST_TITLE], file=file
    )
    record(
        EvidenceAttached(
            subject=f"claim:{claim.pk}",
            about=(f"file:{file.pk}", *concerns(claim)),
            evidence_kind=kind.value,
            sha256=file.sha256,
        ),
        by=by,
    )
    return evidence


@transaction.atomic
def submit_claim(claim_id: UUID, *, by: Actor) -> Claim:
    """Hand a claim to the register; or hand it back, completed.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no officer of the claimant.
        WrongState: the claim is with the register or ended, the time to complete it has passed, or
            the dataset's content is not approved any more; the acquirer has not joined a transfer,
            or what it passes is in doubt or in use.
        Invalid: needed evidence is missing; the sentences name all of it, the code the first.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_completes(claim, by)
    basis, was = hold_grounds(claim), claim.state
    CLAIM.move(claim, rules.check_submit_claim(claim, by))
    if basis is None:
        claim.version, claim.scope_sha256 = present_scope(claim.dataset)
    attached = frozenset(evidence.kind for evidence in evidence_of(claim))
    lacks = missing(origin_of(claim), rights=frozenset(claim.rights), attached=attached)
    if lacks:
        sentences = [f"{need.kind.label}: {need.why}{_article(need.article)}" for need in lacks]
        raise Invalid(
            _("Evidence is missing. %(first)s") % {"first": sentences[0]},
            code=lacks[0].code,
            fields={"": sentences},
        )
    if was == ClaimState.SUPPLEMENT_REVIEW:
        resume_decision_clock(claim)
    else:
        claim.submitted_on = clock.today()
        keep_term(claim, "reply_due_on", clocks(claim.procedure).reply_due(claim.submitted_on))
    claim.supplement_due_on = None
    claim.save(
        update_fields=[
            "state",
            "version",
            "scope_sha256",
            "submitted_on",
            "reply_due_on",
            "supplement_due_on",
            *DECISION_CLOCK,
        ]
    )
    record(
        ClaimSubmitted(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            is_supplement=was != ClaimState.DRAFT,
        ),
        by=by,
    )
    open_case(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        organization_id=claim.organization_id,
        about=concerns(claim)[1:],
        by=by,
    )
    return claim


@transaction.atomic
def withdraw_claim(claim_id: UUID, *, by: Actor) -> Claim:
    """Take a claim back before it is deposited; open objections lapse.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no officer of the claimant.
        WrongState: the claim is certified or ended.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_withdraw_claim(claim, by)
    CLAIM.move(claim, ClaimState.WITHDRAWN)
    claim.save(update_fields=["state"])
    record(ClaimWithdrawn(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)
    withdraw_case(
        kind=CaseKind.RIGHT, subject=f"claim:{claim.pk}", about=concerns(claim)[1:], by=by
    )
    lapse_objections(claim, by=by)
    return claim


def _kind_of_claim(dataset: Dataset, rights: frozenset[str]) -> ClaimKind:
    """Return whether the rights are registered for the first time, renewed or changed.

    Raises:
        Invalid: some are held over this very data, and their renewal may not be asked for.
    """
    owner, today = dataset.organization_id, clock.today()
    _version, scope = present_scope(dataset)
    held = [
        certificate
        for certificate in certificates_held(dataset.pk, owner, on=today, scope=scope)
        if rights & set(certificate.rights)
    ]
    if held:
        check_renewable(held, rights, today)
        return ClaimKind.RENEWAL
    if rights & rights_held(dataset.pk, owner, on=today):
        return ClaimKind.CHANGE
    return ClaimKind.FIRST


def _article(number: str) -> str:
    return " " + _("(art. %(article)s)") % {"article": number} if number else ""
