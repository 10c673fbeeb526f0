from django.urls import path

from marketplace.core import Scope
from marketplace.trading.listings.assessment import views
from marketplace.trading.listings.assessment.selectors import assessments_visible_to
from marketplace.trading.listings.assessment.serializers import (
    AssessmentOut,
    AssessmentReturnIn,
)
from marketplace.trading.listings.assessment.services import (
    approve_assessment,
    make_assessment,
    return_assessment,
)
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

ONE = "assessments/<uuid:pk>/"
MAKE = "listings/<uuid:pk>/assessment/"

urlpatterns = [
    path(MAKE, views.assessment_make, name="assessment_make"),
    path(ONE, views.assessment_detail, name="assessment_detail"),
    path(f"{ONE}approve/", views.assessment_approve, name="assessment_approve"),
    path(f"{ONE}return/", views.assessment_return, name="assessment_return"),
]

api_patterns = [
    act_view(
        "listings/<uuid:pk>/make-assessment/",
        make_assessment,
        scope=Scope.TRADE,
        takes=serializer_of(
            make_assessment, name="AssessmentIn", about="What an officer assesses."
        ),
        gives=AssessmentOut,
        creates=True,
        made_at="get_assessment",
        summary="Assess the impact on persons",
    ),
    list_view(
        "assessments/",
        assessments_visible_to,
        operation="list_assessments",
        gives=AssessmentOut,
        summary="List impact assessments",
        about="Impact assessments: for sellers their own, for the centre's staff all.",
    ),
    thing_view(
        ONE,
        assessments_visible_to,
        operation="get_assessment",
        gives=AssessmentOut,
        summary="Get an impact assessment",
        about="An impact assessment, with the acts on it that are open to you.",
    ),
    act_view(
        f"{ONE}approve/",
        approve_assessment,
        scope=Scope.ADMINISTER,
        gives=AssessmentOut,
        summary="Approve an impact assessment",
    ),
    act_view(
        f"{ONE}return/",
        return_assessment,
        scope=Scope.ADMINISTER,
        takes=AssessmentReturnIn,
        gives=AssessmentOut,
        summary="Return an impact assessment",
    ),
]
