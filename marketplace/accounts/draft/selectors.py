"""Read drafts: everybody sees their own alone."""

from django.db.models import QuerySet

from marketplace.accounts.draft.models import FormDraft
from marketplace.core import Actor


def drafts_of(by: Actor) -> QuerySet[FormDraft]:
    """Return the actor's own drafts, last kept first."""
    if by.person_id is None:
        return FormDraft.objects.none()
    return FormDraft.objects.filter(person_id=by.person_id).order_by("-kept_at")
