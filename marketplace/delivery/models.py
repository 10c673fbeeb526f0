from marketplace.delivery.changes.models import RevisionChanges
from marketplace.delivery.grant.models import Download, GivenRevision, Grant
from marketplace.delivery.report.models import ReportOpening, SignedReport
from marketplace.delivery.sandbox.models import Answer, QuestionBudget, Release
from marketplace.delivery.use.models import GrantKey, QuotaPart, Use, UseDay

__all__ = [
    "Answer",
    "Download",
    "GivenRevision",
    "Grant",
    "GrantKey",
    "QuestionBudget",
    "QuotaPart",
    "Release",
    "ReportOpening",
    "RevisionChanges",
    "SignedReport",
    "Use",
    "UseDay",
]
