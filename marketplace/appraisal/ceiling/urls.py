"""The addresses of price ceilings."""

from django.urls import path

from marketplace.appraisal.ceiling import api, views

CEILING = "ceilings/<uuid:pk>/"

urlpatterns = [
    path("ceilings/", views.ceiling_list, name="ceiling_list"),
    path("datasets/<uuid:pk>/ceiling/", views.ceiling_draft, name="ceiling_draft"),
    path(CEILING, views.ceiling_detail, name="ceiling_detail"),
    path(f"{CEILING}revise/", views.ceiling_revise, name="ceiling_revise"),
    path(f"{CEILING}submit/", views.ceiling_submit, name="ceiling_submit"),
    path(f"{CEILING}withdraw/", views.ceiling_withdraw, name="ceiling_withdraw"),
    path(f"{CEILING}close/", views.ceiling_close, name="ceiling_close"),
    path(f"{CEILING}review/", views.ceiling_review, name="ceiling_review"),
    path(f"{CEILING}approve/", views.ceiling_approve, name="ceiling_approve"),
    path(f"{CEILING}return/", views.ceiling_return, name="ceiling_return"),
]
api_patterns = [
    path("ceilings/", api.Ceilings.as_view(), name="api_list_ceilings"),
    path("datasets/<uuid:pk>/draft-ceiling/", api.DraftCeiling.as_view(), name="api_draft_ceiling"),
    path(CEILING, api.OneCeiling.as_view(), name="api_get_ceiling"),
    path(f"{CEILING}revise/", api.ReviseCeiling.as_view(), name="api_revise_ceiling"),
    path(f"{CEILING}submit/", api.SubmitCeiling.as_view(), name="api_submit_ceiling"),
    path(f"{CEILING}withdraw/", api.WithdrawCeiling.as_view(), name="api_withdraw_ceiling"),
    path(f"{CEILING}close/", api.CloseCeiling.as_view(), name="api_close_ceiling"),
    path(f"{CEILING}approve/", api.ApproveCeiling.as_view(), name="api_approve_ceiling"),
    path(f"{CEILING}return/", api.ReturnCeiling.as_view(), name="api_return_ceiling"),
]
