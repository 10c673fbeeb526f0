"""The addresses of samples."""

from django.urls import path

from marketplace.annotation.acceptance import api, views

urlpatterns = [
    path("batches-of-items/<uuid:pk>/inspect/", views.batch_inspect, name="batch_inspect"),
]
api_patterns = [
    path(
        "batches-of-items/<uuid:pk>/inspect/",
        api.InspectBatch.as_view(),
        name="api_inspect_batch",
    ),
]
