from django.db.models import QuerySet

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor
from marketplace.core.reading import read_once
from marketplace.jobs.states import ACTIVE
from marketplace.preparation.run.models import Run, RunKind


def runs_visible_to(by: Actor) -> QuerySet[Run]:
    """Return every run to the centre's staff, else those of the actor's organization."""
    rows = Run.objects.select_related("version__dataset", "organization", "policy")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def runs_of(version: DatasetVersion) -> QuerySet[Run]:
    """Return the runs of a source version, newest first."""
    return Run.objects.filter(version=version).select_related("version").order_by("-created_at")


@read_once
def active_run(version: DatasetVersion, kind: RunKind) -> Run | None:
    return Run.objects.filter(version=version, kind=kind, state__in=ACTIVE).first()


def runs_under_way(version: DatasetVersion) -> QuerySet[Run]:
    """Return the runs of a version that wait or work."""
    return Run.objects.filter(version=version, state__in=ACTIVE)


@read_once
def last_run(version: DatasetVersion, kind: RunKind) -> Run | None:
    return (
        Run.objects.filter(version=version, kind=kind)
        .select_related("version__dataset", "result_version", "policy")
        .order_by("-created_at")
        .first()
    )
