"""What happens to impact assessments: codes and digests, never what was written."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class AssessmentMade(Fact, kind="trading.assessment_made", label=_("Impact assessment made")):
    """An officer assessed what a version on sale does to persons."""

    cases: tuple[str, ...]
    policy_digest: str
    text_sha256: str


class AssessmentApproved(
    Fact, kind="trading.assessment_approved", label=_("Impact assessment approved")
):
    """A second person approved an impact assessment, which is kept until a day at least."""

    kept_until: str


class AssessmentReturned(
    Fact, kind="trading.assessment_returned", label=_("Impact assessment returned")
):
    """A second person returned an impact assessment with the reason."""

    reason_sha256: str
