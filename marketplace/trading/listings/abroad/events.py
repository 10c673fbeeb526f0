"""What happens to security assessments: ids and days."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SecurityAssessmentRecorded(Fact):
    """The centre saw that important data may go to a buyer abroad until a day."""

    kind = "trading.security_assessment_recorded"
    label = _("Security assessment of an export recorded")
    reference_sha256: str
    valid_until: str
