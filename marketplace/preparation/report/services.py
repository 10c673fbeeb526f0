"""Record risk reports, withdraw them, and take a verdict back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from desensitize.policy import Policy
from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, WrongState, clock, locked, visible
from marketplace.core.arguments import reason_of
from marketplace.core.months import months_after
from marketplace.credentials.models import Credential, CredentialKind
from marketplace.credentials.services import issue_credential, next_number, revoke_credential
from marketplace.credentials.states import StatusReason
from marketplace.jobs.rules import check_works
from marketplace.ledger.services.recording import record
from marketplace.preparation.policy.models import Station
from marketplace.preparation.policy.relabelling import relabellings_of
from marketplace.preparation.policy.rules import check_no_writer
from marketplace.preparation.policy.services import _confirm
from marketplace.preparation.report.events import RiskMeasured, RiskReportWithdrawn
from marketplace.preparation.report.measurement import Measurement, Thresholds, failures_of
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.outcomes import outcomes_of
from marketplace.preparation.report.relabelled import relabelled_claims
from marketplace.preparation.report.rules import check_record_membership, check_withdraw_report
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.report.states import REPORT, ReportState
from marketplace.preparation.run.models import Run
from marketplace.preparation.run.selectors import runs_visible_to

WHY = reason_of(RiskReport)

NUMBER_PREFIX = "RR"


@transaction.atomic
def record_report(run_id: UUID, *, measured: Measurement, by: Actor) -> RiskReport:
    """Record what was measured on a run's masked version, and sign it where it passed.

    Called by the act that finishes the run, in its transaction. Thresholds are the centre's of this
    moment, and are kept with the report.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
        WrongState: the run made no version, or another file than this was measured
            (`digest-mismatch`).
    """
    check_works(by)
    run = visible(runs_visible_to(by), pk=run_id)
    version = run.result_version
    judgement = measured.judgement
    if version is None or run.policy is None or judgement is None:
        raise WrongState(_("This run made nothing that could be measured."))
    if {version.sha256, version.file.sha256} != {measured.risk.sha256}:
        raise WrongState(
            _("The stored file is not the one that was measured. Run the masking again."),
            code="digest-mismatch",
        )
    policy = Policy.from_dict(run.policy.document)
    thresholds = Thresholds.of_centre()
    failures = failures_of(measured, thresholds)
    today = clock.today()
    report = RiskReport.objects.create(
        version=version,
        run=run,
        organization_id=run.organization_id,
        sha256=measured.risk.sha256,
        figures=measured.figures(),
        thresholds=thresholds.as_dict(),
        failures=failures,
        passed=not failures,
        relabelled=[dict(one) for one in measured.relabelled],
        quasi_identifiers=list(measured.quasi_identifiers),
        verdict=judgement.verdict,
        judgement=judgement.as_dict(),
        measured_at=clock.now(),
        valid_until=months_after(today, settings.CENTRE["RISK_REPORT_MONTHS"]),
    )
    record(
        RiskMeasured(
            subject=f"risk_report:{report.pk}",
            about=report.concerns,
            sha256=report.sha256,
            passed=report.passed,
            verdict=report.verdict,
            smallest_class=measured.risk.smallest_class,
            failures=tuple(failures),
        ),
        by=by,
    )
    if report.passed:
        _sign(report, run, policy, by=by)
    return report


@transaction.atomic
def record_membership(
    version_id: UUID,
    *,
    figures: Mapping[str, Any],
    upper_bound: float,
    most: float,
    valid_until: date,
    credential: Credential,
    by: Actor,
) -> RiskReport:
    """Record how well attackers could tell who a model was trained on: what stands for its risk.

    Called by the act that makes an asset of the model, in its transaction; the `credential` is the
    one that was signed when the model was measured.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: the version is no model, or who was trained on can be told
            (`members-told-apart`).
    """
    version = visible(versions_visible_to(by), pk=version_id)
    check_record_membership(version, upper_bound=upper_bound, most=most, by=by)
    report = RiskReport.objects.create(
        version=version,
        organization_id=version.dataset.organization_id,
        sha256=version.file.sha256,
        figures=dict(figures),
        thresholds={"membership_advantage": most},
        passed=True,
        verdict=Verdict.MEMBERS_HIDDEN,
        judgement={"membership_advantage": upper_bound},
        measured_at=clock.now(),
        valid_until=valid_until,
        credential=credential,
    )
    record(
        RiskMeasured(
            subject=f"risk_report:{report.pk}",
            about=report.concerns,
            sha256=report.sha256,
            passed=True,
            verdict=report.verdict,
            smallest_class=0,
            failures=(),
        ),
        by=by,
    )
    return report


@transaction.atomic
def withdraw_report(report_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> RiskReport:
    """Let a risk report not count any more, for good, with a reason. Its credential is revoked.

    Raises:
        NotFound: there is no such report among those the actor may see.
        NotAllowed: the actor is neither an officer of its organization nor a reviewer.
        WrongState: it was withdrawn already.
        Invalid: there is no reason.
    """
    report = locked(reports_visible_to(by), pk=report_id)
    check_withdraw_report(report, by)
    REPORT.move(report, ReportState.WITHDRAWN)
    report.reason = WHY.given(reason)
    report.save(update_fields=["state", "reason"])
    record(
        RiskReportWithdrawn(subject=f"risk_report:{report.pk}", about=report.concerns),
        by=by,
    )
    if report.credential_id is not None:
        revoke_credential(report.credential_id, reason=StatusReason.WITHDRAWN, by=by)
    return report


def _sign(report: RiskReport, run: Run, policy: Policy, *, by: Actor) -> None:
    """Issue the credential that shows a passed report to anybody."""
    assert run.policy is not None
    today = clock.today()
    figures = report.figures
    report.credential = issue_credential(
        kind=CredentialKind.RISK,
        subject=f"risk_report:{report.pk}",
        number=next_number(NUMBER_PREFIX, on=today),
        claims={
            "sha256": report.sha256,
            "dataset": f"dataset:{run.version.dataset_id}",
            "version": f"version:{report.version_id}",
            "policy_digest": run.policy.digest,
            # By what each value was shown, the same for all revisions of a product.
            **({"labels_digest": figures["recoding"]} if figures["recoding"] else {}),
            "measured_at": report.measured_at.isoformat(timespec="seconds"),
            "quasi_identifiers": report.quasi_identifiers,
            "rows": figures["rows"],
            "classes": figures["classes"],
            "smallest_class": figures["smallest_class"],
            "unique_share": figures["unique_share"],
            "prosecutor_risk": figures["prosecutor_max"],
            "suppressed_share": figures["suppressed_share"],
            "thresholds": report.thresholds,
            "verdict": report.verdict,
            "attackers": attackers_of(report.judgement),
            **({"synthetic": figures["synthetic"]} if "synthetic" in figures else {}),
            **relabelled_claims(report),
        },
        valid_from=today,
        valid_until=report.valid_until,
        about=report.concerns,
        by=by,
    )
    report.save(update_fields=["credential"])


def attackers_of(judgement: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return of each attacker what a credential states: shares from 0 to 1, and how it ended."""
    return [
        {name: one[name] for name in ("name", "rate", "control", "excess", "high", "passed")}
        | {"outcome": outcome}
        for outcome, one in zip(outcomes_of(judgement), judgement["attackers"], strict=True)
    ]


@transaction.atomic
def confirm_published_roles(
    report_id: UUID, *, columns: Sequence[str], subject: str, about: tuple[str, ...], by: Actor
) -> None:
    """Agree as the publisher of `subject` to every column that a report's data relabels.

    Called by the act that publishes, which has checked who may, in its transaction.

    Raises:
        NotAllowed: the actor wrote a reason.
        Invalid: a column is not named (`roles-unnamed`).
    """
    report = RiskReport.objects.select_related("run__policy").get(pk=report_id)
    kept = None if report.run is None else report.run.policy
    rows = relabellings_of(kept) if kept is not None else []
    check_no_writer(rows, by)
    _confirm(rows, columns, Station.PUBLISHER, subject, about, by)
