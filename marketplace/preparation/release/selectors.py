"""Read copies, and by which policy and run a version was made."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from desensitize.masks import MASKS
from desensitize.policy import Policy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core import NotFound
from marketplace.jobs.states import JobState
from marketplace.preparation.release.models import Copy, RevisionCounts
from marketplace.preparation.run.models import Run, RunKind


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


def failed_copies(version_ids: Collection[UUID] | QuerySet[Any, Any]) -> QuerySet[Copy]:
    """Return the copies of masked versions that were not let out, or whose run broke, by age."""
    broken = Q(passed=None, run__state__in=(JobState.FAILED, JobState.CANCELLED))
    rows = Copy.objects.filter(Q(passed=False) | broken, run__version_id__in=version_ids)
    return rows.select_related("run", "recipient").order_by("created_at")


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
        if MASKS[policy.released_rule(column.name).mask].description.pseudonymous
    )


def counts_before(run: Run) -> RevisionCounts | None:
    """Find the counts of what a run's dataset let out last by the very policy of the run."""
    return (
        RevisionCounts.objects.filter(
            version__dataset_id=run.version.dataset_id,
            version__publication__isnull=False,
            version__made_by_runs__policy__digest=run.followed.digest,
        )
        .select_related("version__file", "file")
        .order_by("-version__publication__created_at")
        .first()
    )


def chain_of(newest: RevisionCounts) -> tuple[RevisionCounts, ...]:
    """Return the counts of all revisions up to one, the oldest first."""
    found = [newest]
    while found[-1].before_id is not None:
        found.append(RevisionCounts.objects.select_related("file").get(pk=found[-1].before_id))
    return tuple(reversed(found))


def chain_before(version: DatasetVersion) -> list[UUID]:
    """Return the versions whose counts those of a masked version go on from."""
    own = RevisionCounts.objects.filter(version=version).first()
    return [one.version_id for one in chain_of(own) if one.pk != own.pk] if own else []


def policy_that_made(version: DatasetVersion) -> Policy | None:
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
