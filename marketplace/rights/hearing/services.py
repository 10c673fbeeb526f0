"""Somebody objects to a claim, attaches evidence, and reviewers decide."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import (
    Actor,
    Invalid,
    clock,
    locked,
    longest_of,
    text_digest,
    visible,
)
from marketplace.core.arguments import Decision, Reason, Text, Upload, reason_of
from marketplace.core.terms import keep_term, running_term
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services import decide
from marketplace.review.states import CaseState
from marketplace.rights.certificate.locks import certificate_of, locked_with_followers
from marketplace.rights.claim.events import ClaimRefused
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claims_open_to, claims_visible_to
from marketplace.rights.claim.states import CLAIM, ClaimState
from marketplace.rights.claim.timelines import concerns
from marketplace.rights.freeze.freezes import end_right, settle
from marketplace.rights.objection import rules
from marketplace.rights.objection.events import (
    ExhibitAttached,
    HolderNotified,
    ObjectionDecided,
    ObjectionRaised,
    ObjectionReferred,
)
from marketplace.rights.objection.lapse import lapse_objections
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.rights.objection.rules import check_attach_exhibit
from marketplace.rights.objection.selectors import (
    exhibits_of,
    objections_visible_to,
    open_objections,
)
from marketplace.rights.objection.states import OBJECTION, ObjectionState
from marketplace.rights.procedure.clocks import clocks
from marketplace.vault.models import Purpose
from marketplace.vault.uploads import EncryptedUpload, keep_upload

WHY = reason_of(Objection)
OBJECTION_TEXT = Reason(
    label=gettext_lazy("Objection"),
    help=gettext_lazy(
        "Say which right is wrong and why. The claimant and the centre read it, nobody else."
    ),
    longest=longest_of(Objection, "text"),
    lines=6,
)
UPHELD = Decision(
    label=gettext_lazy("Decision"),
    yes=gettext_lazy("Uphold the objection: the claim ends"),
    no=gettext_lazy("Reject the objection: the claim continues"),
)

# What the parties to an objection show.

MOST_FILES = 20


@transaction.atomic
def attach_exhibit(
    objection_id: UUID,
    *,
    title: Annotated[
        str,
        Text(
            label=gettext_lazy("Title"),
            longest=longest_of(Exhibit, "title"),
            help=gettext_lazy("What it shows. Empty: the name of the file."),
        ),
    ] = "",
    upload: Annotated[
        EncryptedUpload,
        Upload(
            label=gettext_lazy("File"),
            help=gettext_lazy("Both parties and the centre's reviewers can read it."),
        ),
    ],
    by: Actor,
) -> Exhibit:
    """Add a file to an objection, for either party. The same file again changes nothing.

    Raises:
        NotFound: there is no such objection among those the actor may see.
        NotAllowed: the actor acts for neither party.
        WrongState: the objection is decided or has lapsed.
        Invalid: the file is empty or too large, or there are too many.
    """
    objection = locked(objections_visible_to(by), pk=objection_id)
    organization_id = check_attach_exhibit(objection, by)
    incoming = upload.received_evidence()
    shown = [each for each in exhibits_of(objection) if each.organization_id == organization_id]
    for exhibit in shown:
        if exhibit.file.sha256 == incoming.sha256:
            return exhibit
    if len(shown) >= MOST_FILES:
        sentence = _("Each party can add up to %(most)d files. Join some of them.") % {
            "most": MOST_FILES
        }
        raise Invalid(sentence, code="evidence-too-many", fields={"upload": [sentence]})
    file = keep_upload(upload, purpose=Purpose.EVIDENCE, organization_id=organization_id, by=by)
    exhibit = Exhibit.objects.create(
        objection=objection,
        organization_id=organization_id,
        title=(title.strip() or file.name)[: longest_of(Exhibit, "title")],
        file=file,
    )
    record(
        ExhibitAttached(
            subject=f"objection:{objection.pk}",
            about=(f"file:{file.pk}", *concerns(objection.claim)),
            sha256=file.sha256,
        ),
        by=by,
    )
    return exhibit


# Object to a claim, in the notice or afterwards; decide the objection.

AFTERWARDS = (ClaimState.POST_OBJECTION, ClaimState.DISPUTE_EXTERNAL)
"""Where a claim stands when a certified right is objected to."""


@transaction.atomic
def object_to_claim(
    claim_id: UUID, *, text: Annotated[str, OBJECTION_TEXT], by: Actor
) -> Objection:
    """Object to a claim: it stands still, and a certified right is frozen, until it is decided.

    An organization has one open objection to a claim; objecting again changes nothing.

    Raises:
        NotFound: there is no such claim among those that are published.
        NotAllowed: the actor is of the claimant, the centre, or no verified organization.
        WrongState: the claim is not published any more, or its notice has ended.
        Invalid: the objection says nothing, or too much.
    """
    claim = locked(claims_open_to(by), pk=claim_id)
    person_id, organization_id = rules.check_objects(claim, by)
    text = OBJECTION_TEXT.given(text, field="text")
    raised = rules.open_objection_of(claim, by)
    if raised is not None:
        return raised
    rules.check_object_to_claim(claim, by)
    _hold_up(claim)
    objection = Objection(
        claim=claim, organization_id=organization_id, raised_by_id=person_id, text=text
    )
    terms = clocks(claim.procedure)
    keep_term(objection, "due_on", terms.objection_due(clock.today()))
    if claim.state in AFTERWARDS:
        keep_term(objection, "notify_due_on", terms.objection_notice_due(clock.today()))
    objection.save(force_insert=True)
    record(
        ObjectionRaised(
            subject=f"objection:{objection.pk}",
            about=concerns(claim),
            due_on=objection.due_on.isoformat(),
            text_sha256=text_digest(text),
        ),
        by=by,
    )
    if claim.state in AFTERWARDS:
        settle(certificate_of(claim), by=by)
    return objection


@transaction.atomic
def note_holder_told(objection_id: UUID, *, by: Actor) -> Objection:
    """Note that the holder of a certified right was notified of an objection; once.

    Raises:
        NotFound: there is no such objection.
        NotAllowed: the actor is not the centre's own software.
    """
    objection = locked(objections_visible_to(by), pk=objection_id)
    rules.check_note_holder_told(by)
    if objection.notify_due_on is None or objection.holder_told_at is not None:
        return objection
    objection.holder_told_at = clock.now()
    objection.save(update_fields=["holder_told_at"])
    record(
        HolderNotified(
            subject=f"objection:{objection.pk}",
            about=concerns(objection.claim),
            due_on=objection.notify_due_on.isoformat(),
        ),
        by=by,
    )
    return objection


@transaction.atomic
def refer_objection(objection_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Objection:
    """Record that an objection to a certified right is before a court, arbitrator or mediator.

    The certificate stays frozen until the outcome is recorded as the objection's decision.
    `reason` says before whom and why; the party concerned gets it with the decision's digest in
    the ledger.

    Raises:
        NotFound: there is no such objection among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the right is not certified, or the objection is not under investigation.
        Invalid: there is no reason.
    """
    claim, objection = _examined_objection(objection_id, by=by)
    rules.check_refer_objection(objection, by)
    OBJECTION.move(objection, ObjectionState.REFERRED)
    objection.reason = WHY.given(reason)
    objection.save(update_fields=["state", "reason"])
    if claim.state != ClaimState.DISPUTE_EXTERNAL:
        CLAIM.move(claim, ClaimState.DISPUTE_EXTERNAL)
        claim.save(update_fields=["state"])
    record(
        ObjectionReferred(
            subject=f"objection:{objection.pk}",
            about=concerns(claim),
            reason_sha256=text_digest(objection.reason),
        ),
        by=by,
    )
    return objection


@transaction.atomic
def decide_objection(
    objection_id: UUID,
    *,
    is_upheld: Annotated[bool, UPHELD],
    reason: Annotated[str, WHY],
    by: Actor,
) -> Objection:
    """Decide an objection, or record what a court decided: an upheld one ends the claim and
    what renewed or changed it since, a rejected one lets it go on.

    Raises:
        NotFound: there is no such objection among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was decided or has lapsed.
        Invalid: there is no reason.
    """
    claim, objection = _examined_objection(objection_id, by=by)
    rules.check_decide_objection(objection, by)
    OBJECTION.move(objection, ObjectionState.UPHELD if is_upheld else ObjectionState.REJECTED)
    objection.reason = WHY.given(reason)
    objection.decided_by_id = by.person_id
    objection.decided_at = clock.now()
    objection.save(update_fields=["state", "reason", "decided_by_id", "decided_at"])
    record(
        ObjectionDecided(
            subject=f"objection:{objection.pk}",
            about=concerns(claim),
            outcome=objection.state,
            reason_sha256=text_digest(objection.reason),
        ),
        by=by,
    )
    if is_upheld:
        _end(claim, reason=objection.reason, by=by)
    elif not open_objections(claim).exists():
        _go_on(claim, by=by)
    return objection


def _examined_objection(objection_id: UUID, *, by: Actor) -> tuple[Claim, Objection]:
    """Return an objection and its claim, both locked, the claim first."""
    seen = visible(objections_visible_to(by), pk=objection_id)
    rules.check_decides(seen, by)
    claim = locked(claims_visible_to(by), pk=seen.claim_id)
    objection = locked(objections_visible_to(by), pk=objection_id)
    objection.claim = claim
    return claim, objection


def _hold_up(claim: Claim) -> None:
    today = clock.today()
    if claim.state == ClaimState.PUBLIC_NOTICE:
        notice = running_term(claim, "notice_until")
        assert notice is not None
        CLAIM.move(claim, ClaimState.OBJECTION)
        claim.notice_days_left = clocks(claim.procedure).days_left(today, notice.last_day)
        claim.notice_until = None
        claim.save(update_fields=["state", "notice_days_left", "notice_until"])
    elif claim.state == ClaimState.CERTIFIED:
        CLAIM.move(claim, ClaimState.POST_OBJECTION)
        claim.save(update_fields=["state"])


def _end(claim: Claim, *, reason: str, by: Actor) -> None:
    if claim.state in AFTERWARDS:
        end_right(locked_with_followers(claim.certificate), reason=reason, by=by)
        return
    CLAIM.move(claim, ClaimState.REFUSED)
    claim.reason = reason
    claim.notice_days_left = None
    claim.decision_days_left = None
    claim.save(update_fields=["state", "reason", "notice_days_left", "decision_days_left"])
    lapse_objections(claim, by=by)
    decide(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        decision=CaseState.REFUSED,
        reason=reason,
        about=concerns(claim)[1:],
        by=by,
    )
    record(
        ClaimRefused(
            subject=f"claim:{claim.pk}", about=concerns(claim), reason_sha256=text_digest(reason)
        ),
        by=by,
    )


def _go_on(claim: Claim, *, by: Actor) -> None:
    if claim.state in AFTERWARDS:
        CLAIM.move(claim, ClaimState.CERTIFIED)
        claim.save(update_fields=["state"])
        settle(certificate_of(claim), by=by)
        return
    CLAIM.move(claim, ClaimState.PUBLIC_NOTICE)
    resumed = clocks(claim.procedure).resumed(clock.today(), claim.notice_days_left or 0)
    keep_term(claim, "notice_until", resumed)
    claim.notice_days_left = None
    claim.save(update_fields=["state", "notice_until", "notice_days_left", "provisional"])
