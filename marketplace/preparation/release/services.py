"""Keep sketches of people, let versions out, and write copies for one recipient."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Func, Q, QuerySet
from django.utils.translation import gettext as _

from desensitize.attacks import Attack
from desensitize.attacks.apart import Compared
from desensitize.attacks.people import PROBE_BYTES, Probe, Sketch, same_people, shared_people
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, WrongState, clock, locked, visible
from marketplace.core.envelope import new_key, unwrap, wrap
from marketplace.core.months import months_after
from marketplace.core.versions import compare_expected
from marketplace.credentials.models import CredentialKind
from marketplace.credentials.services import issue_credential, next_number
from marketplace.jobs.rules import check_works
from marketplace.jobs.steps import end_done, held_job
from marketplace.ledger.services.recording import record
from marketplace.preparation.policy.services import ensure_dataset_key
from marketplace.preparation.release.events import CopyFinished, PeopleCompared
from marketplace.preparation.release.models import (
    Copy,
    PeopleComparison,
    PeopleKey,
    PeopleSketch,
    PublishedVersion,
)
from marketplace.preparation.release.people import Stood
from marketplace.preparation.release.rules import check_start_composition
from marketplace.preparation.release.selectors import copy_for
from marketplace.preparation.release.steps import keep_compositions
from marketplace.preparation.report.measurement import Measurement, Thresholds, failures_of
from marketplace.preparation.report.relabelled import relabelled_claims
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.report.services import NUMBER_PREFIX, attackers_of
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.selectors import active_run
from marketplace.preparation.run.steps import RUNS, concerns, held_run, request_run
from marketplace.preparation.version.rules import check_decides
from marketplace.vault.models import Purpose
from marketplace.vault.services import store_path


def people_key(organization_id: UUID) -> bytes:
    """Open the key of an organization's sketches, made now where there is none."""
    wrapped = wrap(new_key(), purpose=people_key_purpose(organization_id))
    kept, _made = PeopleKey.objects.get_or_create(
        organization_id=organization_id, defaults={"wrapped_key": wrapped}
    )
    return unwrap(kept.wrapped_key, purpose=people_key_purpose(organization_id))


def people_key_purpose(organization_id: UUID) -> str:
    """Return for what the key of an organization's sketches is wrapped."""
    return f"preparation:people:{organization_id}"


def locked_people(organization_id: UUID) -> None:
    """Lock what an organization lets out, so that two releases see each other."""
    people_key(organization_id)
    PeopleKey.objects.select_for_update().get(organization_id=organization_id)


@transaction.atomic
def keep_sketch(version_id: UUID, *, sketch: Sketch, person: str | None, by: Actor) -> PeopleSketch:
    """Keep the sketch of a source version, and which other sources share people with it.

    Whom it knows again in another source is in both, whatever a comparison of all rows found that
    knew less of what tells persons apart.

    Raises:
        NotFound: there is no such version.
        NotAllowed: the actor is not the centre's software.
    """
    check_works(by)
    version = visible(versions_visible_to(by), pk=version_id)
    organization_id = version.dataset.organization_id
    # Of two that are kept at once, the second is compared with the first.
    locked_people(organization_id)
    kept, _made = PeopleSketch.objects.update_or_create(
        version=version,
        defaults={
            "organization_id": organization_id,
            "content": sketch.to_bytes(),
            "person": person or "",
        },
    )
    others = PeopleSketch.objects.filter(organization_id=organization_id).exclude(pk=kept.pk)
    near = others.filter(pk__in=_near(sketch, others))
    kept.others.set(
        [
            other
            for other in near.iterator(chunk_size=10)
            if same_people(sketch, Sketch.from_bytes(bytes(other.content)))
        ]
    )
    _take_back(kept, sketch)
    return kept


def _take_back(kept: PeopleSketch, sketch: Sketch) -> None:
    """Say no more that nobody is in both where a sketch now knows somebody again."""
    mine = kept.version.sha256
    same = Q(sha256=mine) | Q(other_sha256=mine)
    for found in PeopleComparison.objects.filter(same, are_apart=True):
        theirs = found.other_sha256 if found.sha256 == mine else found.sha256
        other = kept.others.filter(version__sha256=theirs).first()
        if other and shared_people(sketch, Sketch.from_bytes(bytes(other.content))).share:
            found.are_apart = False
            found.save(update_fields=["are_apart"])


def _near(sketch: Sketch, others: QuerySet[PeopleSketch]) -> list[UUID]:
    """Name the sketches that must be compared with one, by their probes alone.

    Whole sketches are hundreds of kilobytes, and an organization may have thousands.
    """
    mine = sketch.probe()
    begins = Func(
        F("content"), 5, PROBE_BYTES, function="SUBSTR", output_field=models.BinaryField()
    )
    probes = others.order_by().values_list("pk", begins)
    return [
        pk
        for pk, content in probes.iterator(chunk_size=500)
        if mine.may_share(Probe.from_bytes(bytes(content)))
    ]


@transaction.atomic
def keep_comparison(
    version_id: UUID,
    *,
    other_id: UUID,
    run_id: UUID,
    stood: tuple[Stood, Stood],
    found: Compared,
    by: Actor,
) -> PeopleComparison:
    """Keep what all rows of two sources say of their people, bound to the bytes that were compared.

    Raises:
        NotFound: there is no such version.
        NotAllowed: the actor is not the centre's software.
    """
    check_works(by)
    version, other = (visible(versions_visible_to(by), pk=one) for one in (version_id, other_id))
    mine, theirs = stood
    kept = PeopleComparison.objects.create(
        version=version,
        other=other,
        origin=mine.origin,
        other_origin=theirs.origin,
        sha256=mine.version.sha256,
        other_sha256=theirs.version.sha256,
        kinds=list(found.kinds),
        are_apart=found.are_apart,
        run_id=run_id,
    )
    record(
        PeopleCompared(
            subject=f"version:{version.pk}",
            about=(f"version:{other.pk}", f"run:{run_id}"),
            sha256=kept.sha256,
            other_sha256=kept.other_sha256,
            kinds=found.kinds,
            are_apart=kept.are_apart,
        ),
        by=by,
    )
    return kept


def let_out(version: DatasetVersion) -> PublishedVersion:
    """Remember that a version's rows go out; what an organization lets out is locked."""
    published, _made = PublishedVersion.objects.get_or_create(
        version=version, defaults={"organization_id": version.dataset.organization_id}
    )
    return published


@transaction.atomic
def start_composition(version_id: UUID, *, by: Actor) -> Run:
    """Ask a worker to try a masked version together with earlier releases of the same people.

    Tried are those that were let out since it was measured. A run that is under way is answered
    instead.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: no risk report of it is in force (`risk-missing`), all were tried already
            (`composition-tried`), or the raw data was destroyed (`raw-destroyed`).
    """
    version = visible(versions_visible_to(by), pk=version_id)
    check_decides(version, by)
    version.dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    compare_expected(version)
    existing = active_run(version, RunKind.COMPOSE)
    if existing is not None:
        return existing
    check_start_composition(version, by)
    return request_run(version, RunKind.COMPOSE, by=by)


@transaction.atomic
def finish_composition(
    run_id: UUID, *, attempt: int, found: Mapping[UUID, Attack], by: Actor
) -> Run:
    """Keep what an attacker made of a version together with earlier ones, by their ids.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
        WrongState: the run was cancelled, or another worker has it.
        Invalid: the run does something else.
    """
    run = held_run(run_id, RunKind.COMPOSE, attempt=attempt, by=by)
    keep_compositions(run.version, found, run=run, by=by)
    end_done(run)
    return run


# Ask for a copy of a masked version for one recipient, and keep it once it is measured.

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
    check_works(by)
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
    run = held_job(run_id, attempt=attempt, queue=RUNS, by=by)
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
            subject=copy.subject,
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
        subject=copy.subject,
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
