from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.organization.policies import may_attach_documents
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import Role
from marketplace.core import Actor
from marketplace.review.models import Case, OrganizationDocument
from marketplace.review.states import CaseState


def cases_visible_to(by: Actor) -> QuerySet[Case]:
    """Return every case to the centre's staff, else those of the actor's organization."""
    rows = Case.objects.all()
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def open_cases(by: Actor) -> QuerySet[Case]:
    """Return the open cases that the actor may see, oldest first."""
    return cases_visible_to(by).filter(state=CaseState.OPEN).order_by("created_at")


def open_case_of(kind: str, subject: str) -> Case | None:
    return Case.objects.filter(kind=kind, subject=subject, state=CaseState.OPEN).first()


def cases_of(kind: str, subject: str) -> QuerySet[Case]:
    """Return every case of a thing, newest first, to a caller that has checked who may see it."""
    return Case.objects.filter(kind=kind, subject=subject).order_by("-created_at")


def reasons_of_return(subjects: Collection[str], *, by: Actor) -> dict[str, str]:
    """Return why things were returned last, by their subjects."""
    if not subjects:
        return {}
    rows = cases_visible_to(by).filter(subject__in=subjects, state=CaseState.RETURNED)
    return dict(rows.order_by("created_at").values_list("subject", "reason"))


def documents_visible_to(by: Actor) -> QuerySet[OrganizationDocument]:
    """Return the documents of the organizations that the actor may attach some to.

    They show who represents an organization: administrators see them, and its own people who
    applied or own it; no reviewer, auditor or colleague does.
    """
    rows = OrganizationDocument.objects.select_related("file", "organization")
    if by.has(Role.ADMINISTRATOR):
        return rows
    own = organizations_visible_to(by).filter(pk=by.member_of or UUID(int=0)).first()
    return rows.filter(organization=own) if own and may_attach_documents(by, own) else rows.none()
