from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.models import Organization
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.policies import rows_of_holder
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.annotation.project.models import Guideline, Item, LabellingProject
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.core import Actor, clock
from marketplace.preparation.report.selectors import passed_reports, report_of
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.states import CertificateState
from marketplace.rights.right.choices import Right


def labellings_visible_to(by: Actor) -> QuerySet[LabellingProject]:
    """Return every project to the centre's staff, else those of the actor's organization.

    Annotators read none of these rows: what is open to them is `batch.selectors.work_open_to`.
    """
    rows = LabellingProject.objects.select_related(
        "version__dataset", "version__file", "organization"
    )
    return rows_of_holder(rows, by, holder="organization_id")


def guidelines_of(project: LabellingProject) -> QuerySet[Guideline]:
    """Return the editions of a guideline, newest first."""
    return Guideline.objects.filter(project=project)


def guideline_in_force(project: LabellingProject) -> Guideline | None:
    """Return the newest edition of a project's guideline."""
    return guidelines_of(project).first()


def gold_of(project: LabellingProject) -> QuerySet[Item]:
    """Return the gold items of a project in the order of their rows."""
    return Item.objects.filter(project=project, gold__isnull=False, is_gone=False)


def gone_of(project: LabellingProject) -> int:
    """Count the items of a project whose rows left the data."""
    return Item.objects.filter(project=project, is_gone=True).count()


def labelling_services() -> QuerySet[Organization]:
    """Return the verified organizations whose people can label."""
    return Organization.objects.filter(
        kind=OrganizationKind.SERVICE, state=OrganizationState.VERIFIED
    )


def known_services(ids: Iterable[UUID]) -> list[Organization]:
    """Return those among some organizations whose people can label."""
    return list(labelling_services().filter(pk__in=set(ids)))


def has_passed(version: DatasetVersion) -> bool:
    """Return whether a version is masked, under a passed risk report that is in date."""
    if version.kind != VersionKind.MASKED:
        return False
    report = report_of(version.pk)
    return report is not None and report.passed and report.valid_until >= clock.today()


def versions_to_label(by: Actor) -> list[DatasetVersion]:
    """Return the passed versions that an officer can have labelled, the newest first.

    Their right to use the data is in force; whether it reaches this very version, the rule asks.
    """
    if not by.has(Role.OFFICER) or by.organization_id is None:
        return []
    reports = passed_reports(by).filter(
        organization_id=by.organization_id,
        valid_until__gte=clock.today(),
        version__kind=VersionKind.MASKED,
    )
    held = Certificate.objects.filter(
        organization_id=by.organization_id, state=CertificateState.IN_FORCE
    )
    usable = {
        one.dataset_id for one in held.only("dataset_id", "rights") if Right.USE in one.rights
    }
    reports = reports.select_related("version__content", "version__parent__content")
    reports = reports.select_related("version__dataset", "version__parent__dataset")
    versions = [report.version for report in reports.order_by("-created_at")]
    return [version for version in versions if version.dataset_id in usable]
