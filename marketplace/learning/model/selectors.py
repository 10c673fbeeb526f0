from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet, Sum

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.core import Actor, clock
from marketplace.learning.grounds.locks import grounds_of
from marketplace.learning.model.models import Scoring, TrainedModel
from marketplace.learning.model.states import OUT_OF_USE
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.states import ReportState

RECENT = timedelta(days=30)


def models_visible_to(by: Actor) -> QuerySet[TrainedModel]:
    """Return every model to the centre's staff, else those of the actor's organization."""
    rows = TrainedModel.objects.select_related(
        *("run", "version__dataset__organization", "organization", "certificate", "credential"),
        *("file", "replaces", "successor", "asset"),
    )
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def model_of_asset(version_id: UUID) -> TrainedModel:
    """Return the model that a version of the catalog is; the caller has checked who may ask."""
    rows = TrainedModel.objects.select_related("file", "version__dataset", "organization")
    return rows.get(asset_id=version_id)


def models_in_use() -> QuerySet[TrainedModel]:
    """Return the models that are neither replaced nor withdrawn, oldest first."""
    return TrainedModel.objects.exclude(state__in=OUT_OF_USE).order_by("created_at", "pk")


def is_verdict_withdrawn(model: TrainedModel) -> bool:
    """Return whether the verdict on a model that is an asset was withdrawn or recalled."""
    if model.asset_id is None:
        return False
    reports = RiskReport.objects.filter(version_id=model.asset_id)
    return reports.filter(state=ReportState.WITHDRAWN).exists()


def rows_scored(model: TrainedModel) -> int:
    """Return how many rows were given to a model in the last thirty days."""
    recent = Scoring.objects.filter(model=model, created_at__gte=clock.now() - RECENT)
    return recent.aggregate(total=Sum("rows"))["total"] or 0


def standing_version(model: TrainedModel) -> DatasetVersion | None:
    """Return the newest prepared version after a model's own on which training may go on."""
    newer = DatasetVersion.objects.filter(
        dataset_id=model.version.dataset_id,
        kind=VersionKind.MASKED,
        number__gt=model.version.number,
    ).select_related("dataset__organization", "file", "parent")
    standing = (
        one for one in newer.order_by("-number") if not grounds_of(one, model.organization).trouble
    )
    return next(standing, None)
