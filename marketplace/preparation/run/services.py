"""Ask for runs, cancel them, and keep what they made."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from desensitize.attacks import Attack
from desensitize.detectors import Proposal
from desensitize.policy import Policy
from desensitize.profile import ColumnProfile
from desensitize.tables import ColumnInfo
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.new_version.services import add_masked_version
from marketplace.core import Actor, Invalid, locked
from marketplace.jobs.states import JobState
from marketplace.jobs.steps import end_cancelled, end_done, held_job
from marketplace.ledger.services.recording import record
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.policy.services import ensure_dataset_key
from marketplace.preparation.release.models import RevisionCounts
from marketplace.preparation.report.measurement import Measurement
from marketplace.preparation.report.services import record_report
from marketplace.preparation.run.events import ColumnsClassified, MaskingFinished
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.rules import check_cancel_run, check_cancels
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.preparation.run.steps import (
    RUNS,
    concerns,
    keep_compositions,
    keep_counts,
    request_run,
)
from marketplace.preparation.version.locks import locked_source
from marketplace.preparation.version.rules import (
    check_current,
    check_left_out,
    check_profiles,
    check_start_masking,
    check_start_profile,
    checked_to_mask,
    standing_profile,
    standing_result,
)


@transaction.atomic
def start_profile(version_id: UUID, *, by: Actor) -> Run:
    """Ask a worker to profile and classify the columns of an approved dataset's newest data.

    A run that is under way, or that has classified these very bytes, is answered instead.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, or the raw data was destroyed.
    """
    version = locked_source(version_id, by=by)
    check_profiles(version, by)
    existing = standing_profile(version)
    if existing is not None:
        return existing
    check_start_profile(version, by)
    return request_run(version, RunKind.PROFILE, by=by)


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
def cancel_run(run_id: UUID, *, by: Actor) -> Run:
    """End a run that waits or works. Cancelling it again changes nothing.

    A worker that is busy with it stops at its next report.

    Raises:
        NotFound: there is no such run among those the actor may see.
        NotAllowed: the actor is neither an officer of its organization nor the administrator.
        WrongState: it ended already.
    """
    run = locked(runs_visible_to(by), pk=run_id)
    check_cancels(run, by)
    if run.state == JobState.CANCELLED:
        return run
    check_cancel_run(run, by)
    end_cancelled(run, queue=RUNS, by=by)
    return run


# Keep what a finished run found or made, in one short transaction.


@transaction.atomic
def finish_profile(
    run_id: UUID,
    *,
    attempt: int,
    profiles: Sequence[ColumnProfile],
    proposals: Sequence[Proposal],
    key: tuple[str, str] | None = None,
    by: Actor,
) -> Run:
    """Keep what a profile run found about each column, in place of what was found before.

    `key` are two columns that together tell each row from every other.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
        WrongState: the run was cancelled, or another worker has it.
    """
    run = held_job(run_id, attempt=attempt, queue=RUNS, by=by)
    _refuse_other_kind(run, RunKind.PROFILE)
    findings_of(run.version).delete()
    ColumnFinding.objects.bulk_create(
        ColumnFinding(
            version=run.version,
            position=position,
            name=profile.name,
            # Staff and auditors see it, who may not see the rows.
            profile=profile.shown(proposal.role).as_dict(),
            role=proposal.role,
            kind=proposal.kind or "",
            key_with=key[1] if key is not None and key[0] == profile.name else "",
            confidence=proposal.confidence,
            evidence_code=proposal.evidence_code,
            evidence_parameters=proposal.evidence_parameters,
        )
        for position, (profile, proposal) in enumerate(
            zip(profiles, proposals, strict=True), start=1
        )
    )
    end_done(run)
    counts = Counter(proposal.role for proposal in proposals)
    record(
        ColumnsClassified(
            subject=f"run:{run.pk}",
            about=concerns(run),
            columns=len(proposals),
            direct=counts[ColumnRole.DIRECT],
            quasi=counts[ColumnRole.QUASI],
            sensitive=counts[ColumnRole.SENSITIVE],
        ),
        by=by,
    )
    return run


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
    run = held_job(run_id, attempt=attempt, queue=RUNS, by=by)
    _refuse_other_kind(run, RunKind.MASK)
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


def _refuse_other_kind(run: Run, kind: RunKind) -> None:
    if run.kind != kind:
        raise Invalid(_("This run does something else."))
