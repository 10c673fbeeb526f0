"""Ask for a copy of a masked version for one recipient, and keep it once it is measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.core.locking import locked, visible
from marketplace.core.months import months_after
from marketplace.credentials.models import CredentialKind
from marketplace.credentials.services import issue_credential, next_number
from marketplace.ledger.services.recording import record
from marketplace.preparation.beginnings import request_run
from marketplace.preparation.endings import concerns, end_done
from marketplace.preparation.events import CopyFinished
from marketplace.preparation.guards import held_run
from marketplace.preparation.measurement import Measurement, Thresholds, failures_of
from marketplace.preparation.models import Copy, Run, RunKind
from marketplace.preparation.roles_in_words import relabelled_claims
from marketplace.preparation.rules import check_works_on_runs
from marketplace.preparation.selectors import copy_for, report_of
from marketplace.preparation.services.keys import ensure_dataset_key
from marketplace.preparation.services.reports import NUMBER_PREFIX, attackers_of
from marketplace.vault.models import Purpose
from marketplace.vault.services import store_path

PARQUET = "application/vnd.apache.parquet"


@transaction.atomic
def request_copy(
    version_id: UUID,
    *,
    recipient_id: UUID,
    asked_for: str,
    projection: Mapping[str, Any],
    is_marked: bool,
    by: Actor,
) -> Copy:
    """Ask a worker to write and measure a copy; for the same thing it is asked once.

    A run that failed or was cancelled is taken up anew.

    Raises:
        NotFound: there is no such version.
        NotAllowed: the actor is not the centre's software.
    """
    check_works_on_runs(by)
    version = visible(versions_visible_to(by), pk=version_id)
    version.dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    existing = copy_for(asked_for)
    if existing is not None:
        if existing.run.is_final and existing.passed is None:
            existing.run = request_run(version, RunKind.COPY, by=by)
            existing.save(update_fields=["run"])
        return existing
    if is_marked:
        ensure_dataset_key(version.dataset)
    return Copy.objects.create(
        run=request_run(version, RunKind.COPY, by=by),
        recipient_id=recipient_id,
        asked_for=asked_for,
        projection=dict(projection),
        is_marked=is_marked,
    )


@transaction.atomic
def finish_copy(
    run_id: UUID,
    *,
    attempt: int,
    path: Path,
    marked_columns: Sequence[str],
    measured: Measurement,
    by: Actor,
) -> Run:
    """Keep what was measured on a copy, and the copy itself where it passed.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
        WrongState: the run was cancelled, or another worker has it; or the file is not the one that
            was measured (`digest-mismatch`).
    """
    run = held_run(run_id, attempt=attempt, by=by)
    copy = locked(Copy.objects.all(), pk=run.copy.pk)
    thresholds = Thresholds.of_centre()
    copy.failures = failures_of(measured, thresholds)
    copy.passed = not copy.failures
    copy.figures, copy.thresholds = measured.figures(), thresholds.as_dict()
    copy.sha256, copy.rows = measured.risk.sha256, measured.risk.rows
    copy.marked_columns = list(marked_columns)
    copy.valid_until = months_after(clock.today(), settings.CENTRE["RISK_REPORT_MONTHS"])
    if copy.passed:
        copy.file = store_path(
            path,
            name=f"copy-{copy.sha256[:12]}.parquet",
            purpose=Purpose.MASKED,
            organization_id=run.organization_id,
            content_type=PARQUET,
            by=by,
        )
        if copy.file.sha256 != copy.sha256:
            raise WrongState(
                _("The stored file is not the one that was measured. Run it again."),
                code="digest-mismatch",
            )
        _sign(copy, run, measured, by=by)
    copy.save()
    end_done(run)
    record(
        CopyFinished(
            subject=copy.asked_for,
            about=(f"run:{run.pk}", *concerns(run)),
            sha256=copy.sha256,
            passed=copy.passed,
            failures=tuple(copy.failures),
            smallest_class=measured.risk.smallest_class,
        ),
        by=by,
    )
    return run


def _sign(copy: Copy, run: Run, measured: Measurement, *, by: Actor) -> None:
    """Issue the credential that shows the copy's risk report to whoever gets the copy.

    The verdict is that of the version: whatever can be done with a part of its rows and columns, in
    another order and under other pseudonyms, can be done with the version.
    """
    assert copy.valid_until is not None
    report = report_of(run.version_id)
    if report is None:
        raise WrongState(_("The version has no risk report in force."), code="risk-missing")
    figures = copy.figures
    copy.credential = issue_credential(
        kind=CredentialKind.RISK,
        subject=copy.asked_for,
        number=next_number(NUMBER_PREFIX, on=clock.today()),
        claims={
            "sha256": copy.sha256,
            "dataset": f"dataset:{run.version.dataset_id}",
            "version": f"version:{run.version_id}",
            "measured_at": clock.now().isoformat(timespec="seconds"),
            "quasi_identifiers": list(measured.quasi_identifiers),
            "rows": figures["rows"],
            "classes": figures["classes"],
            "smallest_class": figures["smallest_class"],
            "unique_share": figures["unique_share"],
            "prosecutor_risk": figures["prosecutor_max"],
            "suppressed_share": figures["suppressed_share"],
            "thresholds": copy.thresholds,
            "verdict": report.verdict,
            "attackers": attackers_of(report.judgement),
            **relabelled_claims(report),
        },
        valid_from=clock.today(),
        valid_until=copy.valid_until,
        about=(f"run:{run.pk}", *concerns(run)),
        by=by,
    )
