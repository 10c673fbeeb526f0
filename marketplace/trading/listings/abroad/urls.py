from django.urls import path

from marketplace.core import Scope
from marketplace.trading.listings.abroad import views
from marketplace.trading.listings.abroad.selectors import security_assessments_visible_to
from marketplace.trading.listings.abroad.serializers import (
    SecurityAssessmentIn,
    SecurityAssessmentOut,
)
from marketplace.trading.listings.abroad.services import record_security_assessment
from marketplace.web.api import act_view, list_view, thing_view

RECORD = "listings/<uuid:pk>/security-assessment/"

urlpatterns = [
    path(RECORD, views.security_assessment_record, name="security_assessment_record"),
]

api_patterns = [
    thing_view(
        "security-assessments/<uuid:pk>/",
        security_assessments_visible_to,
        operation="get_security_assessment",
        gives=SecurityAssessmentOut,
        about="The security assessment of an export.",
    ),
    act_view(
        "listings/<uuid:pk>/record-security-assessment/",
        record_security_assessment,
        scope=Scope.ADMINISTER,
        takes=SecurityAssessmentIn,
        gives=SecurityAssessmentOut,
        creates=True,
        made_at="get_security_assessment",
        summary="Record a security assessment",
    ),
    list_view(
        "security-assessments/",
        security_assessments_visible_to,
        operation="list_security_assessments",
        gives=SecurityAssessmentOut,
        summary="List security assessments",
        about="Security assessments of exports: of one's data or purchases, for the centre all.",
    ),
]
