"""Ask for masked versions, and keep what was made."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.db import transaction

from desensitize.attacks import Attack
from desensitize.policy import Policy
from desensitize.tables import ColumnInfo
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.new_version.services import add_masked_version
from marketplace.core import Actor, locked
from marketplace.jobs.steps import end_done
from marketplace.ledger.services.recording import record
from marketplace.preparation.masking.rules import (
    check_left_out,
    check_start_masking,
    checked_to_mask,
    standing_result,
)
from marketplace.preparation.policy.services import ensure_dataset_key
from marketplace.preparation.release.models import RevisionCounts
from marketplace.preparation.release.steps import keep_compositions, keep_counts
from marketplace.preparation.report.measurement import Measurement
from marketplace.preparation.report.services import record_report
from marketplace.preparation.run.events import MaskingFinished
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.steps import concerns, held_run, request_run
from marketplace.preparation.version.locks import locked_source
from marketplace.preparation.version.rules import check_current


@transaction.atomic
def start_masking(version_id: UUID, *, by: Actor) -> Run:
    """Ask a worker to desensitize a source version by its confirmed policy.

    A run that is under way, or whose result by this policy has a passed report in date, is answered
    instead, unless a reviewer has confirmed a relabelled column since.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, no policy is confirmed, it takes
            a class away without a reason (`reason-missing`), or the raw data was destroyed.
    """
    version = locked_source(version_id, by=by)
    policy = checked_to_mask(version, by)
    existing = standing_result(version, policy)
    if existing is not None:
        return existing
    check_start_masking(version, by)
    ensure_dataset_key(version.dataset)
    return request_run(version, RunKind.MASK, policy=policy, by=by)


@transaction.atomic
def finish_masking(
    run_id: UUID,
    *,
    attempt: int,
    path: Path,
    columns: Sequence[ColumnInfo],
    measured: Measurement,
    composed: Mapping[UUID, Attack] | None = None,
    exclusions: Sequence[str] = (),
    counts: Path | None = None,
    before: RevisionCounts | None = None,
    by: Actor,
) -> Run:
    """Keep what a masking run wrote as a masked version, with its risk report, all or nothing.

    `composed` is what an attacker reached with it and each earlier release of the same people,
    `exclusions` are the codes of persons whose rows were left out. `counts` is the file of what the
    version tells beyond `before`.

    Raises:
        NotFound, NotAllowed: as for `finish_profile`.
        WrongState: as for `finish_profile`; or the content was opened for changes or replaced
            meanwhile; or persons are to leave since it began (`persons-left`); or the file is not
            the one that was measured (`digest-mismatch`).
    """
    run = held_run(run_id, RunKind.MASK, attempt=attempt, by=by)
    run.version.dataset = locked(datasets_visible_to(by), pk=run.version.dataset_id)
    check_current(run.version)
    check_left_out(run.version, exclusions)
    policy = Policy.from_dict(run.followed.document)
    version = add_masked_version(
        run.version_id,
        path=path,
        rows=measured.risk.rows,
        columns=columns,
        unaltered=policy.unaltered,
        ends=policy.ends,
        sha256=measured.risk.sha256,
        by=by,
    )
    run.result_version, run.exclusions = version, list(exclusions)
    end_done(run, "result_version", "exclusions")
    record(
        MaskingFinished(
            subject=f"run:{run.pk}",
            about=(f"version:{version.pk}", *concerns(run)),
            sha256=version.sha256,
            rows=version.rows,
            suppressed_rows=measured.suppressed_rows,
        ),
        by=by,
    )
    record_report(run.pk, measured=measured, by=by)
    keep_compositions(version, composed or {}, run=run, by=by)
    if counts is not None:
        keep_counts(version, counts, before=before, measured=measured, by=by)
    return run
