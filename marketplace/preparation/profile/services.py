"""Ask for profiles, and keep what they found."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from desensitize.detectors import Proposal
from desensitize.profile import ColumnProfile
from marketplace.core import Actor
from marketplace.jobs.steps import end_done
from marketplace.ledger.services.recording import record
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.profile.rules import check_start_profile, standing_profile
from marketplace.preparation.run.events import ColumnsClassified
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.steps import concerns, held_run, request_run
from marketplace.preparation.version.locks import locked_source
from marketplace.preparation.version.rules import check_profiles


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
    run = held_run(run_id, RunKind.PROFILE, attempt=attempt, by=by)
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
