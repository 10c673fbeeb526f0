"""The addresses of the pipeline app."""

from django.urls import path

from marketplace.pipeline import api, views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("pipeline/", views.pipeline, name="pipeline"),
    path("pipeline/set-asides/retry/", views.set_asides_retry, name="set_asides_retry"),
    path("pipeline/set-asides/<uuid:pk>/retry/", views.set_aside_retry, name="set_aside_retry"),
]
api_patterns = [
    path("pipeline/", api.Pipeline.as_view(), name="api_get_pipeline"),
    path("pipeline/set-asides/", api.SetAsides.as_view(), name="api_list_set_asides"),
    path(
        "pipeline/set-asides/retry/",
        api.RetryAllSetAsides.as_view(),
        name="api_retry_all_set_asides",
    ),
    path(
        "pipeline/set-asides/<uuid:pk>/retry/",
        api.RetrySetAside.as_view(),
        name="api_retry_set_aside",
    ),
]
