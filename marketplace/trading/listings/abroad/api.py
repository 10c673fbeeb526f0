"""The API of security assessments."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.listings.abroad import selectors, serializers, services
from marketplace.web.api import act_view, list_view, thing_view

RecordSecurityAssessment = act_view(
    services.record_security_assessment,
    scope=Scope.ADMINISTER,
    takes=serializers.SecurityAssessmentIn,
    gives=serializers.SecurityAssessmentOut,
    creates=True,
    made_at="get_security_assessment",
    summary="Record a security assessment",
)

SecurityAssessments = list_view(
    selectors.security_assessments_visible_to,
    operation="list_security_assessments",
    gives=serializers.SecurityAssessmentOut,
    summary="List security assessments",
    about="Security assessments of exports: of one's data or purchases, for the centre all.",
)

OneSecurityAssessment = thing_view(
    selectors.security_assessments_visible_to,
    operation="get_security_assessment",
    gives=serializers.SecurityAssessmentOut,
    about="The security assessment of an export.",
)
