from django.urls import path

from marketplace.credentials import api, views

urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("credentials/<uuid:pk>/", views.credential_detail, name="credential_detail"),
    path("credentials/<uuid:pk>/sheet/", views.credential_sheet, name="credential_sheet"),
    path(
        "credentials/status/<str:issuer>/<slug:purpose>/<count:number>",
        views.status_list,
        name="status_list",
    ),
    path(".well-known/did.json", views.did_document, name="did_document"),
    path("credentials/<uuid:pk>.json", views.credential_json, name="credential_json"),
]
api_patterns = [
    path("credentials/<uuid:pk>/", api.OneCredential.as_view(), name="api_get_credential"),
    path(
        "credentials/check/<str:number>/",
        api.CheckNumber.as_view(),
        name="api_check_credential_number",
    ),
]
