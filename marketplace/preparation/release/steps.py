"""Parts of the acts that end a run: what it tells beside what went out before."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from desensitize.attacks import Attack
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor
from marketplace.ledger.services.recording import record
from marketplace.preparation.release.events import CompositionTried
from marketplace.preparation.release.models import Composition, RevisionCounts
from marketplace.preparation.report.measurement import Measurement
from marketplace.preparation.run.models import Run
from marketplace.preparation.run.steps import concerns
from marketplace.vault.models import Purpose
from marketplace.vault.services import store_path


def keep_compositions(
    version: DatasetVersion, found: Mapping[UUID, Attack], *, run: Run, by: Actor
) -> None:
    """Keep what was found of a masked version with each earlier one; part of the act that ends."""
    for earlier_id, attack in found.items():
        tried = Composition.objects.create(
            version=version,
            earlier_id=earlier_id,
            run=run,
            attack=attack.as_dict(),
            passed=attack.passed,
        )
        record(
            CompositionTried(
                subject=f"version:{version.pk}",
                about=(f"version:{earlier_id}", f"run:{run.pk}", *concerns(run)),
                passed=tried.passed,
            ),
            by=by,
        )


def keep_counts(
    version: DatasetVersion,
    path: Path,
    *,
    before: RevisionCounts | None,
    measured: Measurement,
    by: Actor,
) -> None:
    """Keep what a masked version tells beyond the one before; part of the act that ends."""
    RevisionCounts.objects.create(
        version=version,
        before=before,
        file=store_path(
            path,
            name=f"counts-{version.sha256[:12]}.zip",
            purpose=Purpose.COUNTS,
            organization_id=version.dataset.organization_id,
            content_type="application/zip",
            by=by,
        ),
        recoding_sha256=measured.recoding,
        waiting_rows=measured.waiting_rows,
        staying_rows=measured.staying_rows,
    )
