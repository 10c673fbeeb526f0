from django.urls import URLPattern, path

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.quality import api
from marketplace.catalog.quality.selectors import checks_of, rules_of
from marketplace.catalog.quality.serializers import (
    QualityCheckOut,
    QualityRulesOut,
    SetQualityRulesIn,
)
from marketplace.catalog.quality.services import set_quality_rules
from marketplace.core import Scope
from marketplace.web.api import act_view, list_view

urlpatterns: list[URLPattern] = []

api_patterns = [
    list_view(
        "datasets/<uuid:pk>/quality/",
        rules_of,
        of=datasets_visible_to,
        operation="list_quality_rules",
        gives=QualityRulesOut,
        summary="List the quality rules of a dataset",
        about="The quality rules of a dataset through time, the newest, which are in force, first.",
    ),
    act_view(
        "datasets/<uuid:pk>/quality/set/",
        set_quality_rules,
        scope=Scope.TRADE,
        takes=SetQualityRulesIn,
        gives=QualityRulesOut,
        summary="Set the quality rules of a dataset",
        about=(
            "Say what the versions of a dataset must keep to. All rules are sent; a reason is "
            "needed "
            "where others stood before. They are asked of the newest version at once."
        ),
    ),
    path(
        "datasets/<uuid:pk>/quality/preview/",
        api.PreviewQuality.as_view(),
        name="api_preview_quality_rules",
    ),
    list_view(
        "datasets/<uuid:pk>/quality/checks/",
        checks_of,
        of=datasets_visible_to,
        operation="list_quality_checks",
        gives=QualityCheckOut,
        summary="List what the quality rules found",
        about=(
            "What the quality rules found of each version of a dataset, the newest version first. "
        ),
    ),
]
