"""A claim is drafted, accepted, examined, published, and confirmed or refused."""

from collections.abc import Collection, Sequence
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, Invalid, clock, locked, longest_of, text_digest
from marketplace.core.arguments import Choice, Flag, Names, Several, Text, Upload, Whole, reason_of
from marketplace.core.terms import keep_term
from marketplace.ledger.services.recording import record
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.review.services import decide, open_case, withdraw_case
from marketplace.review.states import CaseState
from marketplace.rights.certificate.locks import hold_grounds
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_held, rights_held
from marketplace.rights.claim.choices import ClaimKind, EvidenceKind, Industry
from marketplace.rights.claim.decision_clock import (
    DECISION_CLOCK,
    resume_decision_clock,
    stop_decision_clock,
)
from marketplace.rights.claim.events import (
    ClaimAccepted,
    ClaimDeposited,
    ClaimDrafted,
    ClaimRefused,
    ClaimSubmitted,
    ClaimTerminated,
    ClaimWithdrawn,
    DecisionExtended,
    EvidenceAttached,
    NoticeOpened,
    NoticeWaived,
    ReviewStarted,
    SupplementAsked,
)
from marketplace.rights.claim.models import Claim, ClaimedRight, Evidence
from marketplace.rights.claim.origins import chosen_procedure, origin_of, origin_of_dataset
from marketplace.rights.claim.registrability import check_claimable, missing
from marketplace.rights.claim.selectors import claims_visible_to, evidence_of
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.objection.lapse import lapse_objections
from marketplace.rights.procedure.clocks import clocks
from marketplace.rights.registration import rules
from marketplace.rights.registration.issue import certify
from marketplace.rights.registration.outcome import conclude
from marketplace.rights.registration.passage import pass_on
from marketplace.rights.registration.rules import check_kept, check_renewable, check_texts
from marketplace.rights.right.choices import Right
from marketplace.rights.right.coverage import present_scope
from marketplace.vault.models import Purpose
from marketplace.vault.uploads import EncryptedUpload, keep_upload

RIGHTS = Several(
    label=gettext_lazy("Claimed rights"),
    help=gettext_lazy(
        "Each can be claimed by itself. To list the data you need the right to operate."
    ),
    choices=Right,
)
YEARS = Whole(
    label=gettext_lazy("Term in years"),
    help=gettext_lazy("At most what the procedure allows; it can be renewed."),
)
RESTRICTIONS = Text(
    label=gettext_lazy("Restrictions"),
    help=gettext_lazy("How far the rights reach, such as a place or a purpose. Empty: no limits."),
    longest=longest_of(Claim, "restrictions"),
    lines=3,
)
INDUSTRY = Choice(
    label=gettext_lazy("Industry"),
    help=gettext_lazy("A section of GB/T 4754; it stands on the certificate."),
    choices=Industry,
    nothing=gettext_lazy("Not stated"),
)
GRANTED = Flag(
    label=gettext_lazy("A contract grants these rights to us"),
    help=gettext_lazy("Matters for data that is processed for somebody else, or produced jointly."),
)
PROCEDURE = Text(
    label=gettext_lazy("Procedure"),
    help=gettext_lazy("It decides the terms of the register; days are working days."),
    longest=longest_of(Claim, "procedure"),
)
MISSING = Names(
    label=gettext_lazy("What is missing"),
    help=gettext_lazy(
        "One point a line. Name everything: before acceptance you can ask only once."
    ),
    longest=1000,
    lines=4,
)
CHECKED = Several(label=gettext_lazy("I have checked"), choices=CHECKLISTS[CaseKind.RIGHT])
WHY_EXTENDED = reason_of(Claim, "extension_reason")
WHY = reason_of(Claim)
WHY_WAIVED = reason_of(Claim, "waive_reason")

# The claimant's acts: begin a claim, attach evidence, submit it, take it back.

MOST_FILES = 30


@transaction.atomic
def draft_claim(
    dataset_id: UUID,
    *,
    rights: Annotated[Collection[str], RIGHTS] = (),
    term_years: Annotated[int, YEARS],
    restrictions: Annotated[str, RESTRICTIONS] = "",
    industry: Annotated[str, INDUSTRY] = "",
    contract_grants_right: Annotated[bool, GRANTED] = False,
    procedure: Annotated[str, PROCEDURE] = "",
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
    dataset, rights = locked(datasets_visible_to(by), pk=dataset_id), frozenset(rights)
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
    kind: Annotated[
        EvidenceKind, Choice(label=gettext_lazy("What the file shows"), choices=EvidenceKind)
    ],
    title: Annotated[
        str,
        Text(
            label=gettext_lazy("Title"),
            longest=longest_of(Evidence, "title"),
            help=gettext_lazy("As it shall stand on the certificate. Empty: the name of the file."),
        ),
    ] = "",
    upload: Annotated[EncryptedUpload, Upload(label=gettext_lazy("File"))],
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
    incoming = upload.received_evidence()
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
        claim=claim,
        kind=kind,
        title=(title.strip() or file.name)[: longest_of(Evidence, "title")],
        file=file,
    )
    record(
        EvidenceAttached(
            subject=f"claim:{claim.pk}",
            about=(f"file:{file.pk}", *concerns(claim)),
            evidence_kind=EvidenceKind(kind).value,
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


# The register replies to a claim: it takes it on, or asks once for all that is missing.

LONGEST_LIST = 1000


@transaction.atomic
def accept_claim(claim_id: UUID, *, by: Actor) -> Claim:
    """Take a claim on, so that the decision's term begins.

    Where the register has not replied in time, the claim counts as accepted on the next working
    day, whenever this is called; the centre's software calls it then.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre; or it is the centre's software, and
            there is time left to reply.
        WrongState: the claim does not wait for a reply.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_accept_claim(claim, by)
    CLAIM.move(claim, ClaimState.ACCEPTED)
    silence_on = rules.accepted_by_silence(claim)
    claim.was_accepted_silently = silence_on is not None
    claim.accepted_on = silence_on or clock.today()
    claim.reply_due_on = None
    keep_term(claim, "decision_due_on", clocks(claim.procedure).decision_due(claim.accepted_on))
    claim.save(
        update_fields=[
            "state",
            "was_accepted_silently",
            "accepted_on",
            "reply_due_on",
            "decision_due_on",
            "provisional",
        ]
    )
    record(
        ClaimAccepted(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            is_silent=claim.was_accepted_silently,
            accepted_on=claim.accepted_on.isoformat(),
        ),
        by=by,
    )
    return claim


@transaction.atomic
def ask_supplement(
    claim_id: UUID, *, missing: Annotated[Sequence[str], MISSING], by: Actor
) -> Claim:
    """Ask the claimant for what is missing: before acceptance once, for everything at a time.

    During review it may be asked again; the decision's term stands still meanwhile.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not being examined, was asked to be completed before, or counts as
            accepted because the register did not reply in time.
        Invalid: nothing is named, or too much.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    CLAIM.move(claim, rules.check_ask_supplement(claim, by))
    points = _points(missing)
    claim.missing = points
    if claim.state == ClaimState.SUPPLEMENT_ACCEPTANCE:
        claim.was_asked_to_complete = True
    supplement = clocks(claim.procedure).supplement_due(clock.today())
    keep_term(claim, "supplement_due_on", supplement)
    claim.reply_due_on = None
    stop_decision_clock(claim)
    claim.save(
        update_fields=[
            "state",
            "missing",
            "was_asked_to_complete",
            "supplement_due_on",
            "reply_due_on",
            *DECISION_CLOCK,
        ]
    )
    decide(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        decision=CaseState.RETURNED,
        reason="\n".join(points),
        about=concerns(claim)[1:],
        by=by,
    )
    record(
        SupplementAsked(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            points=len(points),
            due_on=supplement.last_day.isoformat(),
        ),
        by=by,
    )
    return claim


def _points(missing: Sequence[str]) -> list[str]:
    points = [point.strip() for point in missing if point.strip()]
    if not points:
        sentence = _("Name everything that is missing, one point a line.")
        raise Invalid(sentence, code="nothing-named", fields={"missing": [sentence]})
    if len("\n".join(points)) > LONGEST_LIST:
        sentence = _("Shorten this to %(most)d characters.") % {"most": LONGEST_LIST}
        raise Invalid(sentence, code="too-long", fields={"missing": [sentence]})
    return points


# The register examines a claim: it begins, takes more time, refuses, or ends it.


@transaction.atomic
def start_review(claim_id: UUID, *, by: Actor) -> Claim:
    """Begin to examine the accuracy of the description, the source and the clarity of the right.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not accepted, or under review already.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_start_review(claim, by)
    CLAIM.move(claim, ClaimState.UNDER_REVIEW)
    claim.examined_by_id = by.person_id
    claim.save(update_fields=["state", "examined_by_id"])
    record(ReviewStarted(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)
    return claim


@transaction.atomic
def extend_decision(claim_id: UUID, *, reason: Annotated[str, WHY_EXTENDED], by: Actor) -> Claim:
    """Give the decision more time, once (art. 28).

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the decision's term does not run, or was extended already.
        Invalid: there is no reason.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    decision = rules.check_extend_decision(claim, by)
    reason = WHY_EXTENDED.given(reason)
    extended = clocks(claim.procedure).extended(decision)
    keep_term(claim, "decision_due_on", extended)
    claim.was_extended = True
    claim.extension_reason = reason
    claim.save(update_fields=["decision_due_on", "provisional", "was_extended", "extension_reason"])
    record(
        DecisionExtended(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            due_on=extended.last_day.isoformat(),
            reason_sha256=text_digest(reason),
        ),
        by=by,
    )
    return claim


@transaction.atomic
def refuse_claim(claim_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Claim:
    """Refuse a claim under review, in writing (art. 22).

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not under review.
        Invalid: there is no reason.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_refuse_claim(claim, by)
    CLAIM.move(claim, ClaimState.REFUSED)
    claim.reason = WHY.given(reason)
    claim.decision_due_on = None
    claim.save(update_fields=["state", "reason", "decision_due_on"])
    decide(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        decision=CaseState.REFUSED,
        reason=claim.reason,
        about=concerns(claim)[1:],
        by=by,
    )
    record(
        ClaimRefused(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            reason_sha256=text_digest(claim.reason),
        ),
        by=by,
    )
    return claim


@transaction.atomic
def terminate_claim(claim_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Claim:
    """End a claim that was not completed during review, once the time for it has passed.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim does not wait for completion, or there is time left.
        Invalid: there is no reason.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_terminate_claim(claim, by)
    CLAIM.move(claim, ClaimState.TERMINATED)
    claim.reason = WHY.given(reason)
    claim.decision_days_left = None
    claim.save(update_fields=["state", "reason", "decision_days_left"])
    record(
        ClaimTerminated(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            reason_sha256=text_digest(claim.reason),
        ),
        by=by,
    )
    return claim


# The public notice of a claim: begin it, or waive it for a reason.


@transaction.atomic
def open_notice(claim_id: UUID, *, by: Actor) -> Claim:
    """Publish a claim, so that others can object; the decision's term stands still meanwhile.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not under review, or its notice was waived.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_open_notice(claim, by)
    CLAIM.move(claim, ClaimState.PUBLIC_NOTICE)
    claim.notice_from = clock.today()
    notice = clocks(claim.procedure).notice(claim.notice_from)
    keep_term(claim, "notice_until", notice)
    stop_decision_clock(claim)
    claim.save(update_fields=["state", "notice_from", "notice_until", *DECISION_CLOCK])
    record(
        NoticeOpened(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            until=notice.last_day.isoformat(),
        ),
        by=by,
    )
    return claim


@transaction.atomic
def waive_notice(claim_id: UUID, *, reason: Annotated[str, WHY_WAIVED], by: Actor) -> Claim:
    """Let a claim go on without public notice, for a reason that is kept. Again changes nothing.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not under review.
        Invalid: there is no reason.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_examines(claim, by)
    if rules.is_waived(claim):
        return claim
    rules.check_waive_notice(claim, by)
    reason = WHY_WAIVED.given(reason)
    claim.waive_reason, claim.examined_by_id = reason, by.person_id
    claim.save(update_fields=["waive_reason", "examined_by_id"])
    record(
        NoticeWaived(
            subject=f"claim:{claim.pk}",
            about=concerns(claim),
            reason_sha256=text_digest(reason),
        ),
        by=by,
    )
    return claim


# Confirm the rights of a claim: deposit them in the register and certify them.


@transaction.atomic
def confirm_claim(
    claim_id: UUID, *, checklist: Annotated[Sequence[str], CHECKED] = (), by: Actor
) -> Certificate:
    """Deposit the rights and certify them, by a second person.

    A transfer ends the certificate that passes; what is left to its holder is certified anew. A
    change ends the certificate that it alters, a cancellation the one that is given up.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, submitted the claim, or examined it or
            waived its notice.
        WrongState: the claim is not under review or in notice, its notice was neither waived nor
            is over, an objection is open, the dataset's content is not approved any more, or it is
            other data than was submitted; or what the claim rests on is in doubt, over or in use.
        Invalid: not every point of the checklist is ticked.
    """
    claim = locked(claims_visible_to(by), pk=claim_id)
    rules.check_examines(claim, by)
    basis = hold_grounds(claim)
    rules.check_confirm_claim(claim, by)
    CLAIM.move(claim, ClaimState.DEPOSITED)
    decide(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=concerns(claim)[1:],
        by=by,
    )
    claim.deposited_on, claim.certified_by_id = clock.today(), by.person_id
    claim.decision_due_on = None
    claim.decision_days_left = None
    record(ClaimDeposited(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)
    is_over = claim.kind == ClaimKind.CANCEL
    CLAIM.move(claim, ClaimState.CANCELLED if is_over else ClaimState.CERTIFIED)
    claim.save(
        update_fields=[
            "state",
            "deposited_on",
            "certified_by_id",
            "decision_due_on",
            "decision_days_left",
        ]
    )
    if basis is None:
        return certify(claim, by=by)
    conclusion = pass_on if claim.kind == ClaimKind.TRANSFER else conclude
    return conclusion(*basis, claim, by=by)
