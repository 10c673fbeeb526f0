"""What happens to impact assessments: codes and digests, never what was written."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AssessmentMade(Fact):
    """An officer assessed what a version on sale does to persons."""

    kind = "trading.assessment_made"
    label = _("Impact assessment made")
    cases: tuple[str, ...]
    policy_digest: str
    text_sha256: str


@dataclass(frozen=True, kw_only=True)
class AssessmentApproved(Fact):
    """A second person approved an impact assessment, which is kept until a day at least."""

    kind = "trading.assessment_approved"
    label = _("Impact assessment approved")
    kept_until: str


@dataclass(frozen=True, kw_only=True)
class AssessmentReturned(Fact):
    """A second person returned an impact assessment with the reason."""

    kind = "trading.assessment_returned"
    label = _("Impact assessment returned")
    reason_sha256: str
