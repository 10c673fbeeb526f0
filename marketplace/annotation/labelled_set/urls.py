from django.urls import path

from marketplace.annotation.labelled_set import api, views
from marketplace.annotation.labelled_set.selectors import labelled_sets_visible_to
from marketplace.annotation.labelled_set.serializers import (
    LabelledSetOut,
    OneLabelledSetOut,
)
from marketplace.annotation.labelled_set.services import make_labelled_set
from marketplace.core import Scope
from marketplace.web.api import act_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    path("labelling/<uuid:pk>/set/", views.labelled_set_make, name="labelled_set_make"),
    path("labelled-sets/<uuid:pk>/file/", views.labelled_set_file, name="labelled_set_file"),
]
api_patterns = [
    act_view(
        "labellings/<uuid:pk>/set/make/",
        make_labelled_set,
        scope=Scope.TRADE,
        takes=serializer_of(
            make_labelled_set, about="What the new dataset is called, and what is in it."
        ),
        gives=LabelledSetOut,
        creates=True,
        made_at="get_labelled_set",
        summary="Make a labelled set",
        about="Make a dataset of a project's accepted items, with a column of labels.",
    ),
    thing_view(
        "labelled-sets/<uuid:pk>/",
        labelled_sets_visible_to,
        operation="get_labelled_set",
        gives=OneLabelledSetOut,
        summary="Get a labelled set",
        about="What was made of the labels of a project: a dataset of the catalog.",
    ),
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
