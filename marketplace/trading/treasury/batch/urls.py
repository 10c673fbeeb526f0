"""The addresses of batches of payouts."""

from django.urls import path

from marketplace.trading.treasury.batch import api, views

urlpatterns = [
    path("money/batches/", views.batch_list, name="batch_list"),
    path("money/batches/make/", views.batch_make, name="batch_make"),
    path("money/batches/<uuid:pk>/", views.batch_detail, name="batch_detail"),
    path("money/batches/<uuid:pk>/pain.001.xml", views.batch_xml, name="batch_xml"),
    path("money/batches/<uuid:pk>/batch.csv", views.batch_csv, name="batch_csv"),
    path("money/batch-lines/<uuid:pk>/refuse/", views.batch_line_refuse, name="batch_line_refuse"),
]

api_patterns = [
    path("batches/", api.Batches.as_view(), name="api_list_batches"),
    path("batches/make/", api.MakeBatch.as_view(), name="api_make_batch"),
    path("batches/<uuid:pk>/", api.OneBatch.as_view(), name="api_get_batch"),
    path("batches/<uuid:pk>/lines/", api.BatchLines.as_view(), name="api_list_batch_lines"),
    path(
        "batch-lines/<uuid:pk>/refuse/",
        api.RefuseBatchLine.as_view(),
        name="api_refuse_batch_line",
    ),
]
