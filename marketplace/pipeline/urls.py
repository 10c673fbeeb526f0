from django.urls import path

from marketplace.core import Scope
from marketplace.pipeline import api, views
from marketplace.pipeline.filters import SetAsideFilters
from marketplace.pipeline.selectors import set_asides_visible_to
from marketplace.pipeline.serializers import SetAsideOut
from marketplace.pipeline.services import retry_set_aside
from marketplace.web.api import act_view, list_view

urlpatterns = [
    path("health/", views.health, name="health"),
    path("pipeline/", views.pipeline, name="pipeline"),
    path("pipeline/set-asides/retry/", views.set_asides_retry, name="set_asides_retry"),
    path("pipeline/set-asides/<uuid:pk>/retry/", views.set_aside_retry, name="set_aside_retry"),
]
api_patterns = [
    path("pipeline/", api.Pipeline.as_view(), name="api_get_pipeline"),
    list_view(
        "pipeline/set-asides/",
        set_asides_visible_to,
        operation="list_set_asides",
        filters=SetAsideFilters,
        gives=SetAsideOut,
        summary="List reactions put aside",
        about="The reactions that were put aside, newest first, for the centre's staff.",
    ),
    path(
        "pipeline/set-asides/retry/",
        api.RetryAllSetAsides.as_view(),
        name="api_retry_all_set_asides",
    ),
    act_view(
        "pipeline/set-asides/<uuid:pk>/retry/",
        retry_set_aside,
        scope=Scope.ADMINISTER,
        gives=SetAsideOut,
        summary="Try a reaction again",
        about="Try a reaction again; where it fails again, it is answered as still put aside.",
    ),
]
