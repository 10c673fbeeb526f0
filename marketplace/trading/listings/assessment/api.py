"""The API of impact assessments."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.trading.listings.assessment import selectors, serializers, services
from marketplace.web.api import act_view, list_view, thing_view

MakeAssessment = act_view(
    services.make_assessment,
    scope=Scope.TRADE,
    takes=serializers.AssessmentIn,
    gives=serializers.AssessmentOut,
    creates=True,
    made_at="get_assessment",
    summary="Assess the impact on persons",
)

Assessments = list_view(
    selectors.assessments_visible_to,
    operation="list_assessments",
    gives=serializers.AssessmentOut,
    summary="List impact assessments",
    about="Impact assessments: for sellers their own, for the centre's staff all.",
)

OneAssessment = thing_view(
    selectors.assessments_visible_to,
    operation="get_assessment",
    gives=serializers.AssessmentOut,
    summary="Get an impact assessment",
    about="An impact assessment, with the acts on it that are open to you.",
)

ApproveAssessment = act_view(
    services.approve_assessment,
    scope=Scope.ADMINISTER,
    gives=serializers.AssessmentOut,
    summary="Approve an impact assessment",
)

ReturnAssessment = act_view(
    services.return_assessment,
    scope=Scope.ADMINISTER,
    takes=serializers.AssessmentReturnIn,
    gives=serializers.AssessmentOut,
    summary="Return an impact assessment",
)
