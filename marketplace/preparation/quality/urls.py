from django.urls import path

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.preparation.quality import api, views
from marketplace.web.api import thing_view

urlpatterns = [
    path("datasets/<uuid:pk>/quality/", views.dataset_quality, name="dataset_quality"),
    path("datasets/<uuid:pk>/quality/rules/", views.quality_edit, name="quality_edit"),
]

api_patterns = [
    thing_view(
        "datasets/<uuid:pk>/quality/proposed/",
        datasets_visible_to,
        operation="get_proposed_quality_rules",
        gives=api.ProposedRulesOut,
        shown=api.rules_proposed,
        summary="Get the quality rules that are proposed",
        about=(
            "Rules that the profile of the newest version and the annotations of its columns "
            "suggest, "
            "and that are not in force yet."
        ),
    ),
]
