"""The addresses of the review app. Cases have no pages but those of what is decided on."""

from django.urls import path

from marketplace.review import api, views
from marketplace.review.selectors import cases_visible_to, documents_visible_to
from marketplace.review.serializers import CaseOut, OrganizationDocumentOut
from marketplace.web.api import list_view, thing_view

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
    thing_view(
        "documents/<uuid:pk>/",
        documents_visible_to,
        operation="get_document",
        gives=OrganizationDocumentOut,
        summary="Get a document of an organization",
        about="A document by which an organization is verified.",
    ),
    path("review/queue/", api.OpenCases.as_view(), name="api_list_open_cases"),
    list_view(
        "review/cases/",
        cases_visible_to,
        operation="list_cases",
        gives=CaseOut,
        about="Every case that the caller may see, the decided ones too, newest first.",
    ),
    thing_view(
        "review/cases/<uuid:pk>/",
        cases_visible_to,
        operation="get_case",
        gives=CaseOut,
        about="A case that the caller may see.",
    ),
]
