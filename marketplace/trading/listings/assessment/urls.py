"""The addresses of impact assessments."""

from django.urls import path

from marketplace.trading.listings.assessment import api, views

ONE = "assessments/<uuid:pk>/"
MAKE = "listings/<uuid:pk>/assessment/"

urlpatterns = [
    path(MAKE, views.assessment_make, name="assessment_make"),
    path(ONE, views.assessment_detail, name="assessment_detail"),
    path(f"{ONE}approve/", views.assessment_approve, name="assessment_approve"),
    path(f"{ONE}return/", views.assessment_return, name="assessment_return"),
]

api_patterns = [
    path(
        "listings/<uuid:pk>/make-assessment/",
        api.MakeAssessment.as_view(),
        name="api_make_assessment",
    ),
    path("assessments/", api.Assessments.as_view(), name="api_list_assessments"),
    path(ONE, api.OneAssessment.as_view(), name="api_get_assessment"),
    path(f"{ONE}approve/", api.ApproveAssessment.as_view(), name="api_approve_assessment"),
    path(f"{ONE}return/", api.ReturnAssessment.as_view(), name="api_return_assessment"),
]
