"""The addresses of labelled sets."""

from django.urls import path

from marketplace.annotation.labelled_set import api, views

urlpatterns = [
    path("labelling/<uuid:pk>/set/", views.labelled_set_make, name="labelled_set_make"),
    path("labelled-sets/<uuid:pk>/file/", views.labelled_set_file, name="labelled_set_file"),
]
api_patterns = [
    path(
        "labellings/<uuid:pk>/set/make/",
        api.MakeLabelledSet.as_view(),
        name="api_make_labelled_set",
    ),
    path("labelled-sets/<uuid:pk>/", api.OneLabelledSet.as_view(), name="api_get_labelled_set"),
    path(
        "labelled-sets/<uuid:pk>/label-studio/",
        api.SaveLabelStudio.as_view(),
        name="api_save_labels_for_label_studio",
    ),
    path(
        "labelled-sets/<uuid:pk>/records/",
        api.SaveRecords.as_view(),
        name="api_save_labels_as_records",
    ),
    path(
        "labelled-sets/<uuid:pk>/croissant/",
        api.SaveCroissant.as_view(),
        name="api_save_labels_as_croissant",
    ),
    path(
        "labelled-sets/<uuid:pk>/parquet/",
        api.SaveParquet.as_view(),
        name="api_save_labels_as_parquet",
    ),
]
