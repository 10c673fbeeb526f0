"""The addresses of the review app. Cases have no pages but those of what is decided on."""

from django.urls import path

from marketplace.review import api, views

urlpatterns = [
    path(
        "organizations/<uuid:pk>/documents/",
        views.organization_documents,
        name="organization_documents",
    ),
    path("organizations/<uuid:pk>/attach/", views.document_attach, name="document_attach"),
    path("documents/<uuid:pk>/", views.document_download, name="document_download"),
]
api_patterns = [
    path(
        "organizations/<uuid:pk>/documents/",
        api.Documents.as_view(),
        name="api_list_documents",
    ),
    path(
        "organizations/<uuid:pk>/attach/",
        api.AttachDocument.as_view(),
        name="api_attach_document",
    ),
    path("documents/<uuid:pk>/", api.OneDocument.as_view(), name="api_get_document"),
    path("review/queue/", api.OpenCases.as_view(), name="api_list_open_cases"),
    path("review/cases/", api.Cases.as_view(), name="api_list_cases"),
    path("review/cases/<uuid:pk>/", api.OneCase.as_view(), name="api_get_case"),
]
