"""Keep what a finished run found or made, in one short transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from desensitize.attacks import Attack
from desensitize.detectors import Proposal
from desensitize.profile import ColumnProfile
from desensitize.tables import ColumnInfo
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.services import add_masked_version
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.preparation.endings import concerns, end_done, keep_compositions
from marketplace.preparation.events import ColumnsClassified, MaskingFinished
from marketplace.preparation.guards import held_run
from marketplace.preparation.measurement import Measurement
from marketplace.preparation.models import ColumnFinding, ColumnRole, Run, RunKind
from marketplace.preparation.rules import check_current, check_left_out
from marketplace.preparation.selectors import findings_of
from marketplace.preparation.services.reports import record_report


@transaction.atomic
def finish_profile(
    run_id: UUID,
    *,
    attempt: int,
    profiles: Sequence[ColumnProfile],
    proposals: Sequence[Proposal],
    by: Actor,
) -> Run:
    """Keep what a profile run found about each column, in place of what was found before.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
        WrongState: the run was cancelled, or another worker has it.
    """
    run = held_run(run_id, attempt=attempt, by=by)
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
    by: Actor,
) -> Run:
    """Keep what a masking run wrote as a masked version, with its risk report, all or nothing.

    `composed` is what an attacker reached with it and each earlier release of the same people,
    `exclusions` are the codes of persons whose rows were left out.

    Raises:
        NotFound, NotAllowed: as for `finish_profile`.
        WrongState: as for `finish_profile`; or the content was opened for changes or replaced
            meanwhile; or persons are to leave since it began (`persons-left`); or the file is not
            the one that was measured (`digest-mismatch`).
    """
    run = held_run(run_id, attempt=attempt, by=by)
    _refuse_other_kind(run, RunKind.MASK)
    run.version.dataset = locked(datasets_visible_to(by), pk=run.version.dataset_id)
    check_current(run.version)
    check_left_out(run.version, exclusions)
    version = add_masked_version(
        run.version_id,
        path=path,
        rows=measured.risk.rows,
        columns=columns,
        sha256=measured.risk.sha256,
        by=by,
    )
    run.result_version, run.exclusions = version, list(exclusions)
    run.save(update_fields=["exclusions"])
    end_done(run)
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
    return run


def _refuse_other_kind(run: Run, kind: RunKind) -> None:
    if run.kind != kind:
        raise Invalid(_("This run does something else."))
