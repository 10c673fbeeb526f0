"""Four-eyes cases are opened, decided and closed; documents of organizations are attached."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.models import Organization
from marketplace.accounts.organization.changes import note_document
from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.accounts.organization.rules import check_attach_document
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.core import (
    Actor,
    Invalid,
    NotAllowed,
    WrongState,
    clock,
    locked,
    visible,
)
from marketplace.core.arguments import Choice, Upload, reason_of
from marketplace.ledger.services.recording import record
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.events import (
    CaseDecided,
    CaseOpened,
    CaseWithdrawn,
    DocumentAttached,
    DocumentOpened,
)
from marketplace.review.models import Case, OrganizationDocument
from marketplace.review.rules import check_decide_case, not_waiting
from marketplace.review.selectors import documents_visible_to, open_case_of
from marketplace.review.states import CASE, CaseState
from marketplace.vault.models import Purpose
from marketplace.vault.reading import SeekableDecrypted
from marketplace.vault.services import open_stored, remove_stored
from marketplace.vault.uploads import EncryptedUpload, keep_upload

CASE_REASON = reason_of(Case)
"""Why a case is not approved."""
DOCUMENT_KIND = Choice(label=gettext_lazy("What the file shows"), choices=OrganizationDocumentKind)
DOCUMENT = Upload(
    label=gettext_lazy("File"),
    help=gettext_lazy(
        "A scan as PDF or picture. It is kept encrypted; only administrators open it."
    ),
)


@transaction.atomic
def open_case(
    *, kind: str, subject: str, organization_id: UUID, about: tuple[str, ...] = (), by: Actor
) -> Case:
    """Submit a thing to a second person. The thing's own act calls it, and has checked the right.

    Raises:
        NotAllowed: nobody is signed in, so there is no one to keep apart from the decider.
        WrongState: the thing is under review already.
    """
    if by.person_id is None:
        raise NotAllowed(_("Sign in to submit something for review."))
    if open_case_of(kind, subject) is not None:
        raise WrongState(_("This is under review already."))
    case = Case.objects.create(
        kind=kind, subject=subject, organization_id=organization_id, submitted_by_id=by.person_id
    )
    record(CaseOpened(subject=f"case:{case.pk}", about=(subject, *about), case_kind=kind), by=by)
    return case


@transaction.atomic
def decide(
    *,
    kind: str,
    subject: str,
    decision: CaseState,
    reason: str = "",
    checklist: Sequence[str] = (),
    about: tuple[str, ...] = (),
    by: Actor,
) -> Case:
    """Decide the open case of a thing. Called by the thing's own act in its transaction.

    Raises:
        WrongState: the thing is not under review, or another reviewer was faster.
        NotAllowed: the actor is no reviewer, submitted it, or belongs to who submitted it.
        Invalid: approval without every point of the checklist, or anything else without a reason
            that can be kept.
    """
    case = (
        Case.objects.select_for_update()
        .filter(kind=kind, subject=subject, state=CaseState.OPEN)
        .first()
    )
    if case is None:
        raise not_waiting()
    check_decide_case(case, by)
    codes = [code for code, _sentence in CHECKLISTS[kind]]
    if decision == CaseState.APPROVED and set(checklist) != set(codes):
        sentence = _("Tick every point of the checklist, or return it with a reason.")
        raise Invalid(sentence, fields={"checklist": [sentence]})
    if decision != CaseState.APPROVED:
        reason = CASE_REASON.given(reason)
    CASE.move(case, decision)
    case.decided_by_id = by.person_id
    case.decided_at = clock.now()
    case.reason = reason
    case.checklist = [code for code in codes if code in set(checklist)]
    case.save(update_fields=["state", "decided_by_id", "decided_at", "reason", "checklist"])
    record(
        CaseDecided(
            subject=f"case:{case.pk}",
            about=(subject, *about),
            case_kind=kind,
            decision=decision,
            checklist=tuple(case.checklist),
        ),
        by=by,
    )
    return case


@transaction.atomic
def withdraw_case(*, kind: str, subject: str, about: tuple[str, ...] = (), by: Actor) -> None:
    """Take back the open case of a thing, where there is one. Called by the thing's own act."""
    case = (
        Case.objects.select_for_update()
        .filter(kind=kind, subject=subject, state=CaseState.OPEN)
        .first()
    )
    if case is None:
        return
    CASE.move(case, CaseState.WITHDRAWN)
    case.save(update_fields=["state"])
    record(CaseWithdrawn(subject=f"case:{case.pk}", about=(subject, *about), case_kind=kind), by=by)


@transaction.atomic
def open_document(document_id: UUID, *, by: Actor) -> SeekableDecrypted:
    """Open a document by which an organization is verified; each look is on record.

    Raises:
        NotFound: there is no such document among those the actor may see.
        WrongState: it was destroyed, or its bytes are missing or damaged.
    """
    document = visible(documents_visible_to(by), pk=document_id)
    opened = open_stored(document.file)
    record(
        DocumentOpened(
            subject=f"organization:{document.organization_id}",
            about=(f"file:{document.file_id}",),
            document_kind=document.kind,
        ),
        by=by,
    )
    return opened


@transaction.atomic
def destroy_documents(organization_id: UUID, *, before: datetime, by: Actor) -> int:
    """Destroy what was attached to an application until it was refused; return how many.

    They show who represents somebody with whom the centre has nothing to do. Their digests stay in
    the ledger. Again it changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    kept = OrganizationDocument.objects.filter(
        organization_id=organization_id, created_at__lte=before, file__removed_at=None
    )
    files = list(kept.order_by("file_id").values_list("file_id", flat=True))
    for file_id in files:
        remove_stored(file_id, by=by)
    return len(files)


MOST_DOCUMENTS = 30


def _refuse_repeated(
    organization: Organization, kind: OrganizationDocumentKind, sha256: str
) -> None:
    """Refuse one file as two documents.

    Raises:
        Invalid: it is attached as another kind (`document-repeated`).
    """
    others = {digest: code for code, digest in organization.documents.items() if code != kind}
    if sha256 in others:
        sentence = _(
            "This file is attached already as “%(other)s”. Choose the file that shows “%(wanted)s”."
        ) % {"other": OrganizationDocumentKind(others[sha256]).label, "wanted": kind.label}
        raise Invalid(sentence, code="document-repeated", fields={"upload": [sentence]})


@transaction.atomic
def attach_document(
    organization_id: UUID,
    *,
    kind: Annotated[OrganizationDocumentKind, DOCUMENT_KIND],
    upload: Annotated[EncryptedUpload, DOCUMENT],
    by: Actor,
) -> OrganizationDocument:
    """Attach a document by which an organization is verified, encrypted.

    It takes the place of the one of its kind from before, which is kept, and what was examined
    is to be examined again. The same file again changes nothing.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor neither applied for it, nor owns it, nor is an administrator of the
            centre.
        WrongState: the application was refused, or it is the centre itself.
        Invalid: the file is empty or too large, or there are too many; or it is the same file as
            another document (`document-repeated`).
    """
    kind = OrganizationDocumentKind(kind)
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_attach_document(organization, by)
    incoming = upload.received()
    if incoming.size == 0:
        sentence = _("The file is empty. Choose the scan of the document.")
        raise Invalid(sentence, code="document-empty", fields={"upload": [sentence]})
    attached = OrganizationDocument.objects.filter(organization=organization, file__removed_at=None)
    newest = attached.filter(kind=kind).select_related("file").first()
    if newest is not None and organization.documents.get(kind.value) == incoming.sha256:
        return newest
    _refuse_repeated(organization, kind, incoming.sha256)
    if attached.count() >= MOST_DOCUMENTS:
        sentence = _("At most %(most)d documents are kept of an organization. Ask the centre.") % {
            "most": MOST_DOCUMENTS
        }
        raise Invalid(sentence, code="documents-too-many", fields={"upload": [sentence]})
    assert by.person_id is not None, "Whoever applied, owns or administrates is a person."
    side = by.organization_id or organization.pk
    file = keep_upload(upload, purpose=Purpose.DOCUMENT, organization_id=side, by=by)
    document = OrganizationDocument.objects.create(
        organization=organization, kind=kind, file=file, attached_by_id=by.person_id
    )
    note_document(organization, kind, sha256=file.sha256)
    record(
        DocumentAttached(
            subject=f"organization:{organization.pk}",
            about=(f"file:{file.pk}",),
            document_kind=kind.value,
            sha256=file.sha256,
        ),
        by=by,
    )
    return document
