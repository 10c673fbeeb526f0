"""Read runs, findings, policies and risk reports."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pyarrow.parquet as pq
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desensitize.masks import MASKS
from desensitize.policy import Policy
from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.version.models import DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import columns_of, versions_visible_to
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locking import visible
from marketplace.core.reading import read_once
from marketplace.preparation.models import (
    ColumnFinding,
    ColumnHierarchy,
    Copy,
    MaskingPolicy,
    RiskReport,
    Run,
    RunKind,
    Study,
)
from marketplace.preparation.states import ACTIVE, ReportState
from marketplace.vault.services import open_stored


def runs_visible_to(by: Actor) -> QuerySet[Run]:
    """Return every run to the centre's staff, else those of the actor's organization."""
    rows = Run.objects.select_related("version__dataset", "organization", "policy")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


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


def policies_visible_to(by: Actor) -> QuerySet[MaskingPolicy]:
    """Return every policy to the centre's staff, else those of the actor's organization."""
    rows = MaskingPolicy.objects.select_related("version__dataset")
    if is_centre_staff(by):
        return rows
    if by.organization_id is None:
        return rows.none()
    return rows.filter(version__dataset__organization_id=by.organization_id)


def source_visible_to(by: Actor, version_id: UUID) -> DatasetVersion:
    """Return a source version to prepare.

    Raises:
        NotFound: there is no such source version among those the actor may see.
    """
    return visible(versions_visible_to(by).filter(kind=VersionKind.SOURCE), pk=version_id)


def labels_of(version: DatasetVersion) -> dict[str, str]:
    """Return what the officer calls each column of a version that has a label."""
    return {column.name: column.label for column in columns_of(version) if column.label}


def findings_of(version: DatasetVersion) -> QuerySet[ColumnFinding]:
    """Return what was found about each column of a version, in their order."""
    return ColumnFinding.objects.filter(version=version).order_by("position")


@read_once
def is_classified(version: DatasetVersion) -> bool:
    """Return whether the columns of a version were looked at."""
    return findings_of(version).exists()


def finding_at(version: DatasetVersion, position: int) -> ColumnFinding:
    """Return what was found about the column at a place of a version, counted from 1.

    Raises:
        NotFound: there is no such column.
    """
    finding = findings_of(version).filter(position=position).first()
    if finding is None:
        raise NotFound(_("This version has no such column."))
    return finding


def hierarchies_of(version: DatasetVersion) -> QuerySet[ColumnHierarchy]:
    """Return the hierarchies that were set for a source version."""
    return ColumnHierarchy.objects.filter(version=version).order_by("name")


def hierarchy_of(version: DatasetVersion, column: str) -> ColumnHierarchy | None:
    """Find the hierarchy that was set for a column of a source version."""
    return hierarchies_of(version).filter(name=column).first()


def earlier_hierarchies(version: DatasetVersion) -> list[ColumnHierarchy]:
    """Return the newest hierarchy that an earlier version of the dataset had for each column.

    Columns for which this version has one of its own are left out.
    """
    newest: dict[str, ColumnHierarchy] = {}
    for one in _earlier(version):
        newest.setdefault(one.name, one)
    return sorted(newest.values(), key=lambda one: one.name)


def earlier_hierarchy(version: DatasetVersion, column: str) -> ColumnHierarchy | None:
    """Find what an earlier version had for a column that has no hierarchy of its own."""
    return _earlier(version).filter(name=column).first()


def inheritable_columns(version: DatasetVersion) -> list[str]:
    """Return the columns of `earlier_hierarchies`, without reading their rows."""
    names = _earlier(version).order_by("name").values_list("name", flat=True)
    return list(names.distinct())


def _earlier(version: DatasetVersion) -> QuerySet[ColumnHierarchy]:
    return (
        ColumnHierarchy.objects.filter(
            version__dataset_id=version.dataset_id, version__number__lt=version.number
        )
        .exclude(name__in=hierarchies_of(version).values("name"))
        .select_related("version")
        .order_by("-version__number")
    )


@read_once
def policy_of(version: DatasetVersion) -> MaskingPolicy | None:
    """Find the policy that was last confirmed for a source version."""
    return MaskingPolicy.objects.filter(version=version).order_by("-created_at").first()


def runs_of(version: DatasetVersion) -> QuerySet[Run]:
    """Return the runs of a source version, newest first."""
    return Run.objects.filter(version=version).select_related("version").order_by("-created_at")


@read_once
def active_run(version: DatasetVersion, kind: RunKind) -> Run | None:
    """Find the run of a kind that is under way."""
    return Run.objects.filter(version=version, kind=kind, state__in=ACTIVE).first()


def runs_under_way(version: DatasetVersion) -> QuerySet[Run]:
    """Return the runs of a version that wait or work."""
    return Run.objects.filter(version=version, state__in=ACTIVE)


@read_once
def last_run(version: DatasetVersion, kind: RunKind) -> Run | None:
    """Find the newest run of a kind."""
    return (
        Run.objects.filter(version=version, kind=kind)
        .select_related("version__dataset", "result_version", "policy")
        .order_by("-created_at")
        .first()
    )


def studies_visible_to(by: Actor) -> QuerySet[Study]:
    """Return the studies of the runs that the actor may see."""
    rows = Study.objects.select_related("run__version__dataset", "run__organization")
    return rows.filter(run__in=runs_visible_to(by).values("pk"))


def study_of_run(by: Actor, run_id: UUID) -> Study:
    """Return the study of a run.

    Raises:
        NotFound: there is no such run among those the actor may see, or it makes no study.
    """
    study = studies_visible_to(by).filter(run_id=run_id).first()
    if study is None:
        raise NotFound(_("There is no such comparison, or you may not see it."))
    return study


@read_once
def last_study(version: DatasetVersion, kind: RunKind) -> Study | None:
    """Find the newest study of a kind of a source version, answered or not."""
    return (
        Study.objects.filter(run__version=version, run__kind=kind)
        .select_related("run__version__dataset")
        .order_by("-created_at")
        .first()
    )


def masked_versions_of(version: DatasetVersion) -> QuerySet[DatasetVersion]:
    """Return the masked versions that were made from a source version, newest first."""
    return (
        DatasetVersion.objects.filter(parent=version, kind=VersionKind.MASKED)
        .select_related("file", "dataset")
        .order_by("-number")
    )


@read_once
def report_of(version_id: UUID) -> RiskReport | None:
    """Find the risk report in force of a masked version, passed or not."""
    return (
        RiskReport.objects.filter(version_id=version_id, state=ReportState.IN_FORCE)
        .select_related("run__policy", "version", "credential")
        .first()
    )


def newest_reports(source: DatasetVersion) -> dict[UUID, RiskReport]:
    """Return the newest report of each version that was made from a source, in force or not."""
    reports = RiskReport.objects.filter(version__parent=source).select_related("version")
    return {report.version_id: report for report in reports.order_by("measured_at")}


@dataclass(frozen=True)
class Sample:
    """The first rows of a masked version, as texts; a missing value is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def sample_rows(version: DatasetVersion, limit: int) -> Sample:
    """Read the first rows of a masked version, straight from the vault.

    The caller has checked that the actor may see them; a source version has no sample.

    Raises:
        NotFound: the version is not masked.
        WrongState: its file was removed or is damaged.
    """
    if version.kind != VersionKind.MASKED:
        raise NotFound("Only a masked version has a sample.")
    with open_stored(version.file) as stored, pq.ParquetFile(stored) as table:
        batch = next(table.iter_batches(batch_size=limit), None)
        columns = tuple(table.schema_arrow.names)
    rows = batch.to_pylist() if batch is not None else []
    return Sample(
        columns,
        tuple(
            tuple(None if row[name] is None else str(row[name]) for name in columns) for row in rows
        ),
    )


def copy_of_run(run: Run) -> Copy | None:
    """Return the copy that a run writes; None for other runs, and for one that another replaced."""
    return Copy.objects.filter(run=run).first()


def copy_for(asked_for: str) -> Copy | None:
    """Return the copy that was asked for a thing. The caller has checked who may see it."""
    return (
        Copy.objects.select_related("run__version__dataset", "file", "recipient", "credential")
        .filter(asked_for=asked_for)
        .first()
    )


def copies_of(version_id: UUID) -> QuerySet[Copy]:
    """Return the copies that were written of a masked version."""
    return Copy.objects.filter(run__version_id=version_id)


def copies_with_digest(sha256: str) -> QuerySet[Copy]:
    """Return the copies whose bytes have a digest."""
    return Copy.objects.select_related("recipient", "run").filter(sha256=sha256, passed=True)


def marked_copies() -> QuerySet[Copy]:
    """Return the copies that carry pseudonyms of their recipient."""
    copies = Copy.objects.select_related("recipient", "run__version__dataset", "file")
    return copies.filter(passed=True).exclude(marked_columns=[])


def pseudonym_columns(version: DatasetVersion) -> frozenset[str]:
    """Return the columns of a masked version that hold pseudonyms, which a copy can mark."""
    policy = policy_that_made(version)
    if policy is None:
        return frozenset()
    return frozenset(
        column.name
        for column in columns_of(version)
        if MASKS[policy.rule(column.name).mask].description.pseudonymous
    )


def policy_that_made(version: DatasetVersion) -> Policy | None:
    """Return the policy by which a masked version was made."""
    run = Run.objects.select_related("policy").filter(result_version=version).first()
    return None if run is None or run.policy is None else Policy.from_dict(run.policy.document)


def run_that_made(version: DatasetVersion) -> Run:
    """Return the run that desensitized a version, with its policy and its risk report.

    Raises:
        NotFound: no run did, or the version is not desensitized.
    """
    runs = Run.objects.select_related("policy", "risk_report")
    run = runs.filter(result_version=version, kind=RunKind.MASK).first()
    if run is None:
        raise NotFound(_("No run of the preparation has made this version."))
    return run
