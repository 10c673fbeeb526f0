"""Read models and what was given to them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet, Sum

from marketplace.accounts.policies import is_centre_staff
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.learning.model.models import Scoring, TrainedModel
from marketplace.learning.model.states import ModelState

RECENT = timedelta(days=30)


def models_visible_to(by: Actor) -> QuerySet[TrainedModel]:
    """Return every model to the centre's staff, else those of the actor's organization."""
    rows = TrainedModel.objects.select_related(
        "run", "version__dataset__organization", "organization", "certificate", "credential", "file"
    )
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def models_in_use() -> QuerySet[TrainedModel]:
    """Return the models that are not withdrawn, oldest first."""
    return TrainedModel.objects.exclude(state=ModelState.WITHDRAWN).order_by("created_at", "pk")


def rows_scored(model: TrainedModel) -> int:
    """Return how many rows were given to a model in the last thirty days."""
    recent = Scoring.objects.filter(model=model, created_at__gte=clock.now() - RECENT)
    return recent.aggregate(total=Sum("rows"))["total"] or 0
