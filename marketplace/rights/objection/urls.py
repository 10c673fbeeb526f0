"""The addresses of objections."""

from django.urls import path

from marketplace.rights.objection import api, views

CLAIM = "claims/<uuid:pk>/"
OBJECTION = "objections/<uuid:pk>/"

urlpatterns = [
    path(f"{CLAIM}object/", views.claim_object, name="claim_object"),
    path(OBJECTION, views.objection_detail, name="objection_detail"),
    path(f"{OBJECTION}decide/", views.objection_decide, name="objection_decide"),
    path(f"{OBJECTION}refer/", views.objection_refer, name="objection_refer"),
    path(f"{OBJECTION}exhibits/", views.exhibit_attach, name="exhibit_attach"),
    path(
        f"{OBJECTION}exhibits/<uuid:exhibit_pk>/",
        views.exhibit_download,
        name="exhibit_download",
    ),
]

api_patterns = [
    path(f"{CLAIM}object/", api.ObjectToClaim.as_view(), name="api_object_to_claim"),
    path("objections/", api.Objections.as_view(), name="api_list_objections"),
    path(OBJECTION, api.OneObjection.as_view(), name="api_get_objection"),
    path(f"{OBJECTION}decide/", api.DecideObjection.as_view(), name="api_decide_objection"),
    path(f"{OBJECTION}refer/", api.ReferObjection.as_view(), name="api_refer_objection"),
    path(
        f"{OBJECTION}exhibits/",
        api.ObjectionExhibits.as_view(),
        name="api_list_exhibits",
    ),
    path("exhibits/<uuid:pk>/", api.OneExhibit.as_view(), name="api_get_exhibit"),
    path(f"{OBJECTION}attach/", api.AttachExhibit.as_view(), name="api_attach_exhibit"),
]
