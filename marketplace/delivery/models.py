"""The models of the app, one noun a folder."""

from marketplace.delivery.grant.models import Download, Grant
from marketplace.delivery.report.models import ReportOpening, SignedReport
from marketplace.delivery.sandbox.models import Answer, QuestionBudget, Release
from marketplace.delivery.use.models import GrantKey, Use, UseDay

__all__ = [
    "Answer",
    "Download",
    "Grant",
    "GrantKey",
    "QuestionBudget",
    "Release",
    "ReportOpening",
    "SignedReport",
    "Use",
    "UseDay",
]
