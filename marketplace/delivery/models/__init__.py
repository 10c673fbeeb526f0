"""Grants of access, the keys to them, each time one was used, and what was answered."""

from marketplace.delivery.models.answers import Answer, QuestionBudget, Release
from marketplace.delivery.models.grants import Download, Grant
from marketplace.delivery.models.keys import GrantKey
from marketplace.delivery.models.reports import ReportOpening, SignedReport
from marketplace.delivery.models.uses import Use, UseDay, UseKind

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
    "UseKind",
]
