"""What happens to security assessments: ids and days."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class SecurityAssessmentRecorded(
    Fact,
    kind="trading.security_assessment_recorded",
    label=_("Security assessment of an export recorded"),
):
    """The centre saw that important data may go to a buyer abroad until a day."""

    reference_sha256: str
    valid_until: str
