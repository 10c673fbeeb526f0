"""The addresses of security assessments."""

from django.urls import path

from marketplace.trading.listings.abroad import api, views

RECORD = "listings/<uuid:pk>/security-assessment/"

urlpatterns = [
    path(RECORD, views.security_assessment_record, name="security_assessment_record"),
]

api_patterns = [
    path(
        "security-assessments/<uuid:pk>/",
        api.OneSecurityAssessment.as_view(),
        name="api_get_security_assessment",
    ),
    path(
        "listings/<uuid:pk>/record-security-assessment/",
        api.RecordSecurityAssessment.as_view(),
        name="api_record_security_assessment",
    ),
    path(
        "security-assessments/",
        api.SecurityAssessments.as_view(),
        name="api_list_security_assessments",
    ),
]
