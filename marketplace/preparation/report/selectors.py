from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, NotFound
from marketplace.core.reading import read_once
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.states import ReportState

NEARLY_ALL = 1 - 1e-9
"""A loss that is more than this is whole, whatever was lost in adding shares up."""


def reports_visible_to(by: Actor) -> QuerySet[RiskReport]:
    """Return every risk report to the centre's staff, else those of the actor's organization."""
    rows = RiskReport.objects.select_related("version__dataset", "organization", "run__policy")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def passed_reports(by: Actor) -> QuerySet[RiskReport]:
    """Return the reports in force by which data may be let out, oldest first."""
    rows = reports_visible_to(by).filter(state=ReportState.IN_FORCE, passed=True)
    return rows.select_related("run__version__file", "version__file").order_by("created_at")


def reports_in_force(version_id: UUID) -> QuerySet[RiskReport]:
    """Return the risk report in force of a version, which has one at most."""
    return RiskReport.objects.filter(version_id=version_id, state=ReportState.IN_FORCE)


@read_once
def report_of(version_id: UUID) -> RiskReport | None:
    """Find the risk report in force of a masked version, passed or not."""
    rows = reports_in_force(version_id)
    return rows.select_related("run__policy", "version", "credential").first()


def without_detail(report: RiskReport) -> tuple[str, ...]:
    """Name the columns of the source that the search made the same in every row."""
    losses: Mapping[str, float] = report.figures.get("column_losses", {})
    return tuple(name for name, loss in losses.items() if loss > NEARLY_ALL)


def membership_of(version: DatasetVersion) -> RiskReport:
    """Return what was measured of a model last, whether it is in force or not.

    Raises:
        NotFound: nothing was.
    """
    rows = RiskReport.objects.filter(version=version, verdict=Verdict.MEMBERS_HIDDEN)
    found = rows.order_by("-created_at").first()
    if found is None:
        raise NotFound(_("Nothing was measured of this model."))
    return found


def newest_reports(source: DatasetVersion) -> dict[UUID, RiskReport]:
    """Return the newest report of each version that was made from a source, in force or not."""
    reports = RiskReport.objects.filter(version__parent=source)
    reports = reports.select_related("version", "run__policy")
    return {report.version_id: report for report in reports.order_by("measured_at")}
