"""Take a verdict back."""

from uuid import UUID

from django.db import transaction

from marketplace.core import Actor, locked
from marketplace.credentials.services import revoke_credential
from marketplace.credentials.states import StatusReason
from marketplace.ledger.services.recording import record
from marketplace.preparation.release.selectors import copies_of
from marketplace.preparation.report.choices import RecallCause
from marketplace.preparation.report.events import RiskReportRecalled
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.rules import check_recall_report
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.report.states import REPORT, ReportState


@transaction.atomic
def recall_report(report_id: UUID, *, cause: RecallCause, by: Actor) -> RiskReport:
    """Take a risk report's verdict back for good; its credential and those of copies are revoked.

    Called by the acts that have had two people decide it. A report that its officers withdrew is
    recalled too, since the trades of before rest on it. Recalling it again changes nothing.

    Raises:
        NotFound: there is no such report.
        NotAllowed: the actor is neither a reviewer of another organization nor the centre's
            software.
    """
    report = locked(reports_visible_to(by), pk=report_id)
    check_recall_report(report, by)
    if report.recall:
        return report
    if report.state != ReportState.WITHDRAWN:
        REPORT.move(report, ReportState.WITHDRAWN)
    report.recall = cause
    report.save(update_fields=["state", "recall"])
    record(
        RiskReportRecalled(
            subject=f"risk_report:{report.pk}", about=report.concerns, cause=cause.value
        ),
        by=by,
    )
    copied = copies_of(report.version_id).values_list("credential_id", flat=True)
    for credential_id in (report.credential_id, *copied):
        if credential_id is not None:
            revoke_credential(credential_id, reason=StatusReason.RECALLED, by=by)
    return report
