"""The addresses of labelling projects."""

from django.urls import path

from marketplace.annotation.project import api, views

urlpatterns = [
    path("labelling/", views.labelling_list, name="labelling_list"),
    path("versions/<uuid:pk>/labelling/", views.labelling_open, name="labelling_open"),
    path("labelling/<uuid:pk>/", views.labelling_detail, name="labelling_detail"),
    path("labelling/<uuid:pk>/edit/", views.labelling_edit, name="labelling_edit"),
    path("labelling/<uuid:pk>/guideline/", views.guideline_write, name="guideline_write"),
    path("labelling/<uuid:pk>/rows/<int:row>/", views.labelling_item, name="labelling_item"),
    path("labelling/<uuid:pk>/publish/", views.labelling_publish, name="labelling_publish"),
    path("labelling/<uuid:pk>/pause/", views.labelling_pause, name="labelling_pause"),
    path("labelling/<uuid:pk>/close/", views.labelling_close, name="labelling_close"),
]

api_patterns = [
    path("labellings/", api.Labellings.as_view(), name="api_list_labellings"),
    path(
        "versions/<uuid:pk>/labellings/open/",
        api.OpenLabelling.as_view(),
        name="api_open_labelling",
    ),
    path("labellings/<uuid:pk>/", api.OneLabelling.as_view(), name="api_get_labelling"),
    path("labellings/<uuid:pk>/edit/", api.EditLabelling.as_view(), name="api_edit_labelling"),
    path("labellings/<uuid:pk>/gold/set/", api.SetGold.as_view(), name="api_set_gold"),
    path("labellings/<uuid:pk>/guidelines/", api.Guidelines.as_view(), name="api_list_guidelines"),
    path(
        "labellings/<uuid:pk>/guidelines/write/",
        api.WriteGuideline.as_view(),
        name="api_write_guideline",
    ),
    path(
        "labellings/<uuid:pk>/publish/",
        api.PublishLabelling.as_view(),
        name="api_publish_labelling",
    ),
    path("labellings/<uuid:pk>/pause/", api.PauseLabelling.as_view(), name="api_pause_labelling"),
    path("labellings/<uuid:pk>/close/", api.CloseLabelling.as_view(), name="api_close_labelling"),
]
