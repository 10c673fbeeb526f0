from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.preparation.run.serializers import RunOut
from marketplace.preparation.study import api, views
from marketplace.preparation.study.services import start_comparison, start_tradeoff
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("preparation/<uuid:pk>/picture/", views.tradeoff_detail, name="tradeoff_detail"),
    act_page(
        "preparation/<uuid:pk>/picture/start/",
        start_tradeoff,
        done=_("Treatments are being tried."),
        onto="tradeoff_detail",
        name="tradeoff_start",
    ),
    path("preparation/<uuid:pk>/comparison/", views.comparison_detail, name="comparison_detail"),
]

api_patterns = [
    act_view(
        "preparations/<uuid:pk>/picture/start/",
        start_tradeoff,
        scope=Scope.TRADE,
        gives=RunOut,
        summary="Start a risk-utility picture",
        about="Compare what each method loses at each smallest class, by the policy as it stands.",
    ),
    act_view(
        "preparations/<uuid:pk>/comparison/start/",
        start_comparison,
        scope=Scope.TRADE,
        takes=serializer_of(
            start_comparison,
            name="ComparisonIn",
            about="The masked versions to compare with their source.",
        ),
        gives=RunOut,
        summary="Start a comparison of versions",
        about="Compare one or two masked versions with their source.",
    ),
    path(
        "runs/<uuid:pk>/treatments/<int:place>/",
        api.TreatmentPolicy.as_view(),
        name="api_get_treatment_policy",
    ),
    path("runs/<uuid:pk>/study/", api.OneStudy.as_view(), name="api_get_study"),
]
