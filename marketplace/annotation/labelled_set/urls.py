"""The addresses of labelled sets."""

from django.urls import path

from marketplace.annotation.labelled_set import api, views

urlpatterns = [
    path("labelling/<uuid:pk>/set/", views.labelled_set_make, name="labelled_set_make"),
]
api_patterns = [
    path(
        "labellings/<uuid:pk>/set/make/",
        api.MakeLabelledSet.as_view(),
        name="api_make_labelled_set",
    ),
    path("labelled-sets/<uuid:pk>/", api.OneLabelledSet.as_view(), name="api_get_labelled_set"),
]
