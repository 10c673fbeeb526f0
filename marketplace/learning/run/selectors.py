from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor
from marketplace.jobs.states import ACTIVE
from marketplace.learning.run.models import TrainingRun


def training_runs_visible_to(by: Actor) -> QuerySet[TrainingRun]:
    """Return every training run to the centre's staff, else those of the actor's organization."""
    rows = TrainingRun.objects.select_related(
        "version__dataset", "organization", "model", "replaces"
    )
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def trainable_versions_visible_to(by: Actor) -> QuerySet[DatasetVersion]:
    """Return the prepared versions that the actor may see."""
    return versions_visible_to(by).filter(kind=VersionKind.MASKED)


def active_training(version: DatasetVersion, digest: str) -> TrainingRun | None:
    """Find the run of a declaration that is under way, other than to train a model again."""
    rows = _under_way().filter(replaces=None)
    return rows.filter(version=version, digest=digest).first()


def active_retraining(model_id: UUID) -> TrainingRun | None:
    """Find the run that trains a model again."""
    return _under_way().filter(replaces_id=model_id).first()


def _under_way() -> QuerySet[TrainingRun]:
    rows = TrainingRun.objects.select_related("version__dataset", "organization")
    return rows.filter(state__in=ACTIVE)
