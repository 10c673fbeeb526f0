from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.policies import rows_of_holder
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.push.models import Push, PushPart
from marketplace.catalog.push.states import PushState
from marketplace.core import Actor, clock


def pushes_visible_to(by: Actor) -> QuerySet[Push]:
    """Return every push to the centre's staff, else those of the actor's organization."""
    rows = Push.objects.select_related("feed__dataset__organization", "version")
    return rows_of_holder(rows, by, holder="feed__dataset__organization_id")


def pushes_of(dataset: Dataset) -> QuerySet[Push]:
    """Return what was sent to the feeds of a dataset, the newest first."""
    rows = Push.objects.filter(feed__dataset=dataset).select_related("version")
    return rows.order_by("-created_at")


def open_pushes_for(organization_id: UUID) -> QuerySet[Push]:
    return Push.objects.filter(feed__dataset__organization_id=organization_id, state=PushState.OPEN)


def parts_of(push: Push) -> QuerySet[PushPart]:
    """Return the parts of a push in their order."""
    return PushPart.objects.filter(push=push).select_related("file").order_by("number")


def pushes_expired() -> QuerySet[Push]:
    """Return what was not committed in time."""
    return Push.objects.filter(state=PushState.OPEN, expires_at__lte=clock.now())
